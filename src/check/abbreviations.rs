//! An abbreviation is defined once, before it is used.

use super::subject::{Document, Place};
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
    name: &'d str,
    /// Index of its place in the document.
    place: usize,
    /// The sheet that it is defined on.
    sheet: Sheet<'d>,
    /// Where its sentence begins: the full name stands in it and may hold the short one.
    sentence: usize,
    span: Span,
}

/// A part of a document that is handed out by itself, by the id of its section: a table with a 件名 of its own（別紙）.
type Sheet<'d> = Option<&'d ItemPath>;

fn sheet(place: Place<'_>) -> Sheet<'_> {
    place.section.filter(|section| section.subject.is_some()).map(|section| &section.path)
}

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        let definitions = definitions(document);
        for (index, definition) in definitions.iter().enumerate() {
            let same = |other: &&Definition<'_>| other.name == definition.name && other.sheet == definition.sheet;
            let before = definitions[..index].iter().find(same);
            if let Some(first) = before {
                // A text that is printed several times is written once.
                if first.span != definition.span {
                    diagnostics.push(
                        Diagnostic::new(Code::AbbreviationTwice, definition.span)
                            .with("name", definition.name)
                            .related_as(first.span, Label::First),
                    );
                }
            } else if let Some(used) = used_before(document, definition) {
                diagnostics.push(
                    Diagnostic::new(Code::AbbreviationEarly, used)
                        .with("name", definition.name)
                        .related(definition.span),
                );
            }
        }
    }
}

fn definitions<'d>(document: &'d Document<'_>) -> Vec<Definition<'d>> {
    let mut found = Vec::new();
    for (place, text) in document.places().enumerate() {
        let characters = &text.reading.characters;
        for (at, opening) in characters.match_indices("以下「") {
            let start = at + opening.len();
            let Some(length) = characters[start..].find('」') else { continue };
            let name = &characters[start..start + length];
            if !characters[start + length..].starts_with("」という") {
                continue;
            }
            let sentence = characters[..at].rfind(['。', '\n']).map_or(0, |end| end + 1);
            if let Some(span) = text.reading.span(start..start + length) {
                found.push(Definition { name, place, sheet: sheet(text), sentence, span });
            }
        }
    }
    found
}

/// Where the name stands by itself before its definition.
fn used_before(document: &Document<'_>, definition: &Definition<'_>) -> Option<Span> {
    document.places().take(definition.place + 1).enumerate().find_map(|(index, place)| {
        if sheet(place) != definition.sheet {
            return None;
        }
        let text = &place.reading.characters;
        let end = if index == definition.place { definition.sentence.min(text.len()) } else { text.len() };
        let text = text.get(..end)?;
        let (at, _) = text.match_indices(definition.name).find(|(at, name)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(is_of_a_word) && !after.is_some_and(|it| is_of_a_word(it) && it != '等')
        })?;
        place.reading.span(at..at + definition.name.len())
    })
}

/// Whether a character may go on a word.
fn is_of_a_word(character: char) -> bool {
    matches!(character, 'ァ'..='ヶ' | 'ー' | '々' | '\u{4E00}'..='\u{9FFF}')
        || character.is_alphanumeric() && !('ぁ'..='ん').contains(&character)
}
