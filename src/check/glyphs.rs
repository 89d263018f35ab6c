//! Every character is in one of the built-in fonts.

use super::composed::is_added;
use super::passage::{Said, tell, texts};
use super::variants::substitute;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::Text;
use crate::source::{fonts_have, refused};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::GlyphMissing],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "すべての文字が、収録した書体にある。",
            en: "Every character of every text is in one of the built-in fonts.",
        },
        why: Words {
            ja: "書体にない文字（外字など）は、紙の上で空白や□になる。PDF/A はこれを認めない。",
            en: "A missing glyph would be an empty box on paper, and PDF/A forbids it.",
        },
        example: Words {
            ja: "自治体が独自に作った外字 → 情報技術の規格にある文字（例：𠮷）",
            en: "a character of the municipality's own → one of the standard（𠮷）",
        },
        source: "ISO 19005-2（PDF/A-2）6.2.11",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for passage in subject.documents.iter().flat_map(|document| &document.passages) {
        passage.ask_section((Code::GlyphMissing, 0), diagnostics, &|section, said| {
            texts(section).into_iter().for_each(|(text, _)| one(text, said));
        });
    }
    let mut said = Said::new();
    for case in subject.cases() {
        let beside = case.all_filled().flat_map(|filled| filled.registers.values());
        let measures = case.checklist.iter().flat_map(|checklist| checklist.texts.values());
        beside.chain(measures).for_each(|text| one(text, &mut said));
    }
    tell(&said, diagnostics);
}

fn one(text: &Text, said: &mut Said) {
    for run in text.runs() {
        for (offset, character) in run.characters().char_indices() {
            if character == '\n' || fonts_have(character) || is_added(character) {
                continue;
            }
            let Some(span) = run.span.or(text.span) else { continue };
            // A run whose text stands in the file as it is can point at the character itself.
            let exact = span.end - span.start == run.characters().len();
            let at = if exact {
                span.start + offset..span.start + offset + character.len_utf8()
            } else {
                span.start..span.end
            };
            let at = Span::new(span.file, at);
            // One that may not stand anywhere, of an entity or an escape; where it stands as itself the reader of files says the same.
            if let Some(kind) = refused(character) {
                said.push(kind.at(character, at));
                continue;
            }
            said.push(
                Diagnostic::new(Code::GlyphMissing, at)
                    .with("char", character.to_string())
                    .with("code", format!("U+{:04X}", u32::from(character)))
                    .with("near", substitute(character).unwrap_or_default()),
            );
        }
    }
}
