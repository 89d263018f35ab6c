//! Keys of a `[[document]]` that mean nothing for its kind: what is written and not heeded is a mistake.

use toml::de::{DeTable, DeValue};

use super::manifest::document_keys;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

/// Reports each key that its document does not heed. A file that is no TOML is told of by who reads it.
pub(super) fn check(file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    let Ok(tree) = DeTable::parse(text) else { return };
    let Some(DeValue::Array(documents)) = tree.get_ref().get("document").map(toml::Spanned::get_ref) else { return };
    for document in documents.iter().filter_map(|document| table(document.get_ref())) {
        let Some(DeValue::String(kind)) = document.get("kind").map(toml::Spanned::get_ref) else { continue };
        keys(document, "", &mut |name, at| {
            // A kind that is not one is told of as such.
            let Some(known) = document_keys().iter().find(|known| known.key == name) else { return };
            let kinds: Vec<&str> = known.kinds.iter().map(|kind| kind.id()).collect();
            if !kinds.contains(&kind.as_ref()) && is_kind(kind) {
                diagnostics.push(
                    Diagnostic::new(Code::KeyMeansNothing, Span::new(file, at))
                        .with("key", name)
                        .with("kind", kind.as_ref())
                        .with("valid", kinds.join("、")),
                );
            }
        });
    }
}

fn table<'t, 'i>(value: &'t DeValue<'i>) -> Option<&'t DeTable<'i>> {
    if let DeValue::Table(table) = value { Some(table) } else { None }
}

fn is_kind(word: &str) -> bool {
    document_keys().iter().flat_map(|key| key.kinds).any(|kind| kind.id() == word)
}

/// Each key with its place, those inside a table that is heeded too.
fn keys(document: &DeTable<'_>, before: &str, each: &mut impl FnMut(&str, std::ops::Range<usize>)) {
    for (key, value) in document.iter() {
        let name = format!("{before}{}", key.get_ref());
        each(&name, key.span());
        if let (true, Some(inside)) = (before.is_empty(), table(value.get_ref())) {
            keys(inside, &format!("{name}."), each);
        }
    }
}
