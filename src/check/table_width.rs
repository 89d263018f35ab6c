//! A table has no more columns than a page has room for.

use std::sync::Arc;

use typst::utils::LazyHash;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::{Block, Text};
use crate::model::FilledSection;
use crate::model::manifest::bounds::TABLE_COLUMNS_MOST;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::TableTooWide],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "本文の表の列は20までである。", en: "A table in running text has at most 20 columns."
        },
        why: Words {
            ja: "それより多い列は一字の幅もなく、読めない。数百列の表は、組むのにパソコンの記憶を使い切る。",
            en: "More columns are narrower than a character, and hundreds of them take all memory to set.",
        },
        example: Words {
            ja: "「|」を21個以上並べた行 → 二つの表に分ける",
            en: "a row with 22 signs `|` → two tables of fewer columns",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for case in subject.cases() {
        for filled in case.all_filled() {
            filled
                .sections
                .iter()
                .for_each(|section| too_wide(section).iter().for_each(|found| tell(*found, diagnostics)));
            let registers = filled.registers.values();
            registers.filter_map(one).for_each(|found| tell(found, diagnostics));
        }
        let measures = case.checklist.iter().flat_map(|list| list.texts.values());
        measures.filter_map(one).for_each(|found| tell(found, diagnostics));
    }
}

fn tell((span, columns): (Span, usize), diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(Code::TableTooWide, span)
            .with("count", columns.to_string())
            .with("limit", TABLE_COLUMNS_MOST.to_string()),
    );
}

/// The texts of a section with a table that is too wide. They are remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn too_wide(section: &LazyHash<FilledSection>) -> Arc<[(Span, usize)]> {
    section.texts().into_iter().filter_map(one).collect()
}

/// A text whose widest table has too many columns, and how many.
fn one(text: &Text) -> Option<(Span, usize)> {
    text.span.zip(widest(&text.blocks)).filter(|(_, columns)| *columns > TABLE_COLUMNS_MOST)
}

/// The columns of the widest table.
fn widest(blocks: &[Block]) -> Option<usize> {
    let of = |block: &Block| match block {
        Block::Table { header, rows } => rows.iter().chain([header]).map(Vec::len).max(),
        Block::List { items, .. } => items.iter().filter_map(|item| widest(item)).max(),
        Block::Paragraph(_) | Block::Fragment { .. } => None,
    };
    blocks.iter().filter_map(of).max()
}
