//! What: every character of every text is in one of the built-in fonts.
//! Why: a missing glyph would be an empty box on paper, and PDF/A forbids it（外字）.
//! Example: a character of the municipality's own extension.

use std::collections::HashSet;

use super::{cases, each_text, forms};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::Text;
use crate::model::Model;
use crate::source::{fonts_have, refused};

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    let mut known: HashSet<char> = HashSet::new();
    for case in cases(model) {
        for filled in forms(case) {
            each_text(filled, &mut |text| one(text, &mut known, diagnostics));
        }
        for text in case.checklist.iter().flat_map(|checklist| checklist.texts.values()) {
            one(text, &mut known, diagnostics);
        }
    }
}

fn one(text: &Text, known: &mut HashSet<char>, diagnostics: &mut Diagnostics) {
    for run in text.runs() {
        for (offset, character) in run.characters().char_indices() {
            if character == '\n' || known.contains(&character) {
                continue;
            }
            if fonts_have(character) {
                known.insert(character);
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
                diagnostics.push(kind.at(character, at));
                continue;
            }
            diagnostics.push(
                Diagnostic::new(Code::GlyphMissing, at)
                    .with("char", character.to_string())
                    .with("code", format!("U+{:04X}", u32::from(character))),
            );
        }
    }
}
