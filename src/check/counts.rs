//! A stated number of records is the number of records.

use std::collections::BTreeSet;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::{Block, Paragraph, Side, State, Text};
use crate::model::{Case, Content, Element, Filled, FilledSection, Inline, ItemPath, Row};
use crate::name::ItemId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CountWrong, Code::AnnexCount],
    look,
    explanation: Some(Explanation {
        numbers: &["V9", "V11"],
        what: Words {
            ja: "委託、提供、移転の件数は、委託事項などの数と一致する。「57件（別紙1のとおり）」と書いた件数は、別紙の表の行と箇条書きの数と一致する。変更の前と後のそれぞれで数える。",
            en: "A stated number of records is the number of records, and one that refers to a 別紙 the number of rows of its tables and lists, before the changes and after them.",
        },
        why: Words {
            ja: "様式は件数と各事項の両方を求めており、事項を一つ加えれば件数の欄も変更箇所になる。",
            en: "The form asks for both, and a new record changes both.",
        },
        example: Words {
            ja: "委託事項が7件ある評価書の consignment-count = 6 → consignment-count = 7",
            en: "`consignment-count = 6` beside seven ids → `consignment-count = 7`",
        },
        source: "様式4 Ⅱ4「委託の有無」、Ⅱ5「提供・移転の有無」",
    }),
};

/// An item of this name counts the records of the group named before it.
const SUFFIX: &str = "-count";

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for filled in subject.cases().flat_map(Case::all_filled) {
        section_counts(filled, diagnostics);
    }
}

fn section_counts(filled: &Filled, diagnostics: &mut Diagnostics) {
    for section in &filled.sections {
        for element in &section.elements {
            if let Element::Row(row) = element {
                for (counter, inline) in counters(row) {
                    for state in [State::Before, State::After] {
                        if let Some((annex, rows)) = annex(filled, &inline.value, state) {
                            of_annex(&inline.value, state, (annex, rows), row.span, diagnostics);
                            continue;
                        }
                        let actual = records(section, &counter, state);
                        hold(&inline.value, state, actual, &counter, row.span, diagnostics);
                    }
                }
            }
        }
    }
}

/// Numbers in a row's cell with the group that each counts.
fn counters(row: &Row) -> Vec<(ItemId, &Inline)> {
    match &row.content {
        Content::Choice { inline, .. } => inline.iter().filter_map(named).collect(),
        Content::Checks { checks, .. } => {
            checks.iter().filter_map(|check| check.count.as_ref()).filter_map(named).collect()
        }
        Content::Text(_) | Content::Line(_) => Vec::new(),
    }
}

fn named(inline: &Inline) -> Option<(ItemId, &Inline)> {
    Some((inline.item.strip_suffix(SUFFIX)?.into(), inline))
}

fn records(section: &FilledSection, group: &ItemId, state: State) -> usize {
    let group = section.path.join(group);
    let mut found: BTreeSet<&ItemPath> = BTreeSet::new();
    for element in &section.elements {
        if let Element::Band(band) = element
            && let Some(record) = &band.record
            && record.below(&group).is_some()
        {
            let side = band.whole.as_ref().map(|whole| whole.side);
            let stands = !matches!((state, side), (State::Before, Some(Side::New)) | (State::After, Some(Side::Old)));
            if stands {
                found.insert(record);
            }
        }
    }
    found.len()
}

/// The 別紙 that a count refers to, as it is printed, and how many rows it has: `57件（別紙1のとおり）`.
fn annex<'f>(filled: &'f Filled, value: &Text, state: State) -> Option<(&'f str, usize)> {
    let written = value.characters(state);
    let sections = filled.sections.iter().map(|section| &***section);
    let annexes = sections.filter(|section| filled.form.section(&section.def_id).is_some_and(|def| def.annex));
    let named = |section: &&FilledSection| {
        let number = section.number.trim_matches(['（', '）', '(', ')']);
        !number.is_empty() && written.contains(number)
    };
    // 別紙1 stands in 別紙12 too: the longest number is the one that is meant.
    let section = annexes.filter(named).max_by_key(|section| section.number.len())?;
    let texts = section.elements.iter().filter_map(|element| match element {
        Element::Row(row) => Some(row.content.texts()),
        Element::Band(_) | Element::Flow(_) | Element::Records(_) => None,
    });
    Some((&section.number, texts.flatten().map(|text| rows(&text.blocks, state)).sum()))
}

/// Rows of the tables and members of the lists that stand in a state.
fn rows(blocks: &[Block], state: State) -> usize {
    let says = |paragraph: &Paragraph| {
        paragraph.runs.iter().any(|run| state.has(run.mark) && !run.characters().trim().is_empty())
    };
    let member = |blocks: &Vec<Block>| {
        blocks.iter().any(|block| matches!(block, Block::Paragraph(paragraph) if says(paragraph)))
    };
    let count = |block: &Block| match block {
        Block::Table { rows, .. } => rows.iter().filter(|cells| cells.iter().any(says)).count(),
        Block::List { items, .. } => items.iter().filter(|item| member(item)).count(),
        Block::Paragraph(_) | Block::Fragment { .. } => 0,
    };
    blocks.iter().map(count).sum()
}

fn of_annex(
    value: &Text,
    state: State,
    (annex, actual): (&str, usize),
    place: Option<Span>,
    diagnostics: &mut Diagnostics,
) {
    let written = value.characters(state);
    let number: String = written.chars().take_while(char::is_ascii_digit).collect();
    if number.parse() != Ok(actual)
        && let Some(span) = value.span.or(place)
    {
        let wrong = Diagnostic::new(Code::AnnexCount, span).with("written", written.trim());
        diagnostics.push(wrong.with("annex", annex).with("actual", actual.to_string()));
    }
}

fn hold(value: &Text, state: State, actual: usize, group: &ItemId, place: Option<Span>, diagnostics: &mut Diagnostics) {
    let written = value.characters(state);
    let written = written.trim_matches(['　', ' ']);
    if written.is_empty() && actual == 0 {
        return;
    }
    if written.parse::<usize>() != Ok(actual)
        && let Some(span) = value.span.or(place)
    {
        diagnostics.push(
            Diagnostic::new(Code::CountWrong, span)
                .with("written", if written.is_empty() { "0" } else { written })
                .with("actual", actual.to_string())
                .with("group", group),
        );
    }
}
