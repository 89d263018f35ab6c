//! An abbreviation is defined once, before it is used.

use typst::utils::hash128;

use super::passage::Passage;
use super::reading::Reading;
use super::subject::Document;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::diagnostic::{Label, Span};
use crate::model::ItemPath;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AbbreviationEarly, Code::AbbreviationTwice],
    look,
    explanation: Some(Explanation {
        numbers: &["V23"],
        what: Words {
            ja: "「以下「…」という。」で定めた略称は、定めた箇所より前で使わず、一つの文書で二度定めない。",
            en: "An abbreviation of 「以下「…」という。」 is not used before that place and not defined twice in one document.",
        },
        why: Words {
            ja: "定める前の略称は意味が分からず、二度の定めは食い違いのもとになる。",
            en: "Before its definition it means nothing; two definitions drift apart.",
        },
        example: Words {
            ja: "Ⅲの「公益社団法人国民健康保険中央会（以下「国保中央会」という。）」→ 先に出てくるⅠに移す",
            en: "（以下「国保中央会」という。） in Ⅲ → in Ⅰ, where the name stands first",
        },
        source: "",
    }),
};

/// Where an abbreviation is defined.
struct Definition<'d> {
    /// Index of its passage in the document.
    passage: usize,
    /// The sheet that it is defined on.
    sheet: Sheet<'d>,
    said: Defined,
}

/// What a text says that defines an abbreviation.
#[derive(Debug, Clone)]
struct Defined {
    name: String,
    /// Index of the text in its passage.
    text: usize,
    /// Where its sentence begins: the full name stands in it and may hold the short one.
    sentence: usize,
    span: Span,
}

/// A part of a document that is handed out by itself, by the id of its section: a table with a 件名 of its own（別紙）.
type Sheet<'d> = Option<&'d ItemPath>;

fn sheet<'d>(passage: &Passage<'d>) -> Sheet<'d> {
    passage.section.filter(|section| section.subject.is_some()).map(|section| &section.path)
}

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        let definitions = definitions(document);
        for (index, definition) in definitions.iter().enumerate() {
            let Defined { name, span, .. } = &definition.said;
            let same = |other: &&Definition<'_>| other.said.name == *name && other.sheet == definition.sheet;
            let before = definitions[..index].iter().find(same);
            if let Some(first) = before {
                // A text that is printed several times is written once.
                if first.said.span != *span {
                    let twice = Diagnostic::new(Code::AbbreviationTwice, *span).with("name", name);
                    diagnostics.push(twice.related_as(first.said.span, Label::First));
                }
            } else if let Some(used) = used_before(document, definition) {
                diagnostics.push(Diagnostic::new(Code::AbbreviationEarly, used).with("name", name).related(*span));
            }
        }
    }
}

fn definitions<'d>(document: &'d Document<'_>) -> Vec<Definition<'d>> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let said = passage.made((Code::AbbreviationTwice, 0), defined);
        let of = |said: &Defined| Definition { passage: index, sheet: sheet(passage), said: said.clone() };
        found.extend(said.iter().map(of));
    }
    found
}

fn defined(readings: &[Reading]) -> Vec<Defined> {
    let mut found = Vec::new();
    for (text, reading) in readings.iter().enumerate() {
        let characters = &reading.characters;
        for (at, opening) in characters.match_indices("以下「") {
            let start = at + opening.len();
            let Some(length) = characters[start..].find('」') else { continue };
            if !characters[start + length..].starts_with("」という") {
                continue;
            }
            let name = characters[start..start + length].to_owned();
            let sentence = characters[..at].rfind(['。', '\n']).map_or(0, |end| end + 1);
            if let Some(span) = reading.span(start..start + length) {
                found.push(Defined { name, text, sentence, span });
            }
        }
    }
    found
}

/// Where the name stands by itself before its definition.
fn used_before(document: &Document<'_>, definition: &Definition<'_>) -> Option<Span> {
    let Definition { passage: last, sheet: own, said: Defined { name, text, sentence, .. } } = definition;
    let of_sheet = |passage: &&Passage<'_>| sheet(passage) == *own;
    // Most passages before it are the same after an edit, and so is what stands in them.
    let rule = (Code::AbbreviationEarly, hash128(name));
    let first = |readings: &[Reading]| readings.iter().find_map(|reading| used(reading, name, usize::MAX));
    let mut before = document.passages[..*last].iter().filter(of_sheet);
    before.find_map(|passage| *passage.made(rule, first)).or_else(|| {
        let readings = document.passages[*last].readings().iter().take(text + 1).enumerate();
        let end = |index: usize| if index == *text { *sentence } else { usize::MAX };
        readings.into_iter().find_map(|(index, reading)| used(reading, name, end(index)))
    })
}

/// Where a name stands by itself before a place in a text.
fn used(reading: &Reading, name: &str, end: usize) -> Option<Span> {
    let text = reading.characters.get(..end.min(reading.characters.len()))?;
    let (at, _) = text.match_indices(name).find(|(at, name)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_of_a_word) && !after.is_some_and(|it| is_of_a_word(it) && it != '等')
    })?;
    reading.span(at..at + name.len())
}

/// Whether a character may go on a word.
fn is_of_a_word(character: char) -> bool {
    matches!(character, 'ァ'..='ヶ' | 'ー' | '々' | '\u{4E00}'..='\u{9FFF}')
        || character.is_alphanumeric() && !('ぁ'..='ん').contains(&character)
}
