//! A table has no more columns than a page has room for.

use super::{Rule, Subject, each_text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::{Block, Text};
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
            each_text(filled, &mut |text| one(text, diagnostics));
        }
        case.checklist.iter().flat_map(|list| list.texts.values()).for_each(|text| one(text, diagnostics));
    }
}

fn one(text: &Text, diagnostics: &mut Diagnostics) {
    let (Some(span), Some(columns)) = (text.span, widest(&text.blocks)) else { return };
    if columns > TABLE_COLUMNS_MOST {
        diagnostics.push(
            Diagnostic::new(Code::TableTooWide, span)
                .with("count", columns.to_string())
                .with("limit", TABLE_COLUMNS_MOST.to_string()),
        );
    }
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
