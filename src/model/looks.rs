//! Looks of marks by name, looked up, and held to what a reader of a black and white copy sees.

use std::collections::BTreeMap;

use super::library::{Library, Read};
use super::manifest::{Alike, LookDef, LooksToml, MarkLook, MarkStyle, MarksDef};
use super::resolve::maybe;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Phrase, Span, nearest};
use crate::source::Located;

/// What a mark does to its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Insert,
    Delete,
    Compare,
}

/// Where looks are looked up（見せ方の置き場所）.
pub(super) struct Looks<'a> {
    own: &'a BTreeMap<String, MarkLook>,
    shared: Option<&'a Read<LooksToml>>,
}

impl<'a> Looks<'a> {
    /// Those of a municipality before those of the workspace.
    pub(super) fn new(library: &'a Library, own: &'a BTreeMap<String, MarkLook>) -> Self {
        Self { own, shared: library.looks.as_deref() }
    }

    /// Reports what is wrong with the usual looks, once for all documents.
    pub(super) fn check_usual(&self, diagnostics: &mut Diagnostics) {
        if let Some(shared) = self.shared {
            self.style(&shared.value.usual, shared.file, diagnostics);
        }
    }

    /// What the marks of a document look like. `file` is where they were written.
    pub(super) fn style(&self, marks: &MarksDef, file: FileId, diagnostics: &mut Diagnostics) -> MarkStyle {
        let found = (
            marks.inserted.as_ref().and_then(|def| self.written(def, Does::Insert, file, diagnostics)),
            marks.deleted.as_ref().and_then(|def| self.written(def, Does::Delete, file, diagnostics)),
            marks.compared.as_ref().and_then(|def| self.written(def, Does::Compare, file, diagnostics)),
        );
        let style = MarkStyle {
            inserted: found.0.or_else(|| self.usual(|usual| usual.inserted.as_ref())).unwrap_or_default(),
            deleted: found.1.or_else(|| self.usual(|usual| usual.deleted.as_ref())).unwrap_or_default(),
            compared: found.2.or_else(|| self.usual(|usual| usual.compared.as_ref())).unwrap_or_default(),
        };
        let place = marks.deleted.as_ref().or(marks.inserted.as_ref());
        if let Some(place) = place
            && style.inserted.is_seen()
            && style.deleted.is_seen()
            && let Some(alike) = style.inserted.alike(&style.deleted)
        {
            let (seen, why) = match alike {
                Alike::Copied => (
                    Phrase::said("複写した紙", "on a copied page"),
                    Phrase::said(
                        "網掛けの濃さ、線の太さ、書体だけの違いは、複写すると分かりません。",
                        "the degree of a shade, the thickness of a line and the typeface do not survive a copier",
                    ),
                ),
                Alike::InCell => (
                    Phrase::said("表計算ファイルのセル", "in a cell of a sheet"),
                    Phrase::said(
                        "セルでは、囲みは太字と下線に、網掛けだけの見せ方は下線になります。",
                        "in a cell a frame becomes bold and underlined, and a shade alone an underline",
                    ),
                ),
            };
            let diagnostic = Diagnostic::new(Code::LooksAlike, Span::new(file, place.range.clone()));
            diagnostics.push(diagnostic.said("where", seen).said("why", why));
        }
        style
    }

    fn usual(&self, side: impl Fn(&MarksDef) -> Option<&Located<LookDef>>) -> Option<MarkLook> {
        self.named(&side(&self.shared?.value.usual)?.value).cloned()
    }

    fn named<'l>(&'l self, def: &'l LookDef) -> Option<&'l MarkLook> {
        match def {
            LookDef::Own(look) => Some(look),
            LookDef::Named(name) => self.own.get(name).or_else(|| self.shared?.value.look.get(name)),
        }
    }

    /// A look as it was written, if it is one.
    fn written(
        &self,
        def: &Located<LookDef>,
        does: Does,
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Option<MarkLook> {
        let span = Span::new(file, def.range.clone());
        let Some(look) = self.named(&def.value) else {
            let LookDef::Named(name) = &def.value else { unreachable!("a look of its own is found") };
            let shared = self.shared.iter().flat_map(|shared| shared.value.look.keys());
            let known: Vec<&str> = self.own.keys().chain(shared).map(String::as_str).collect();
            diagnostics.push(
                Diagnostic::new(Code::LookUnknown, span)
                    .with("id", name)
                    .with("valid", known.join("、"))
                    .with("near", maybe(nearest(name, known.iter().copied()))),
            );
            return None;
        };
        let text = match does {
            Does::Insert => Phrase::said("追記", "inserted text"),
            Does::Delete => Phrase::said("削除", "deleted text"),
            Does::Compare => Phrase::said("新旧の違い", "text that differs"),
        };
        let alone = MarkLook { hidden: true, ..MarkLook::default() };
        if look.hidden && (does != Does::Delete || *look != alone) {
            let (what, cure) = match does {
                Does::Insert => (
                    Phrase::said("追記には", "for inserted text"),
                    Phrase::said(
                        "ほかの見せ方にしてください。追記を示さない文書は view = \"clean\" とします。",
                        "give it another look; a document that does not show what was inserted has view = \"clean\"",
                    ),
                ),
                Does::Compare => (
                    Phrase::said("新旧対照表の違いには", "for what differs side by side"),
                    Phrase::said("ほかの見せ方にしてください。", "give it another look"),
                ),
                Does::Delete => (
                    Phrase::said("ほかの部品と一緒には", "together with other primitives"),
                    Phrase::said(
                        "hidden だけを書くか、hidden を除いてください。",
                        "write `hidden` alone, or leave it out",
                    ),
                ),
            };
            diagnostics.push(Diagnostic::new(Code::LookHides, span).said("what", what).said("cure", cure));
        } else if !look.is_seen() {
            diagnostics.push(Diagnostic::new(Code::LookUnseen, span).said("text", text));
        }
        if look.brackets.as_ref().is_some_and(|both| both.open.trim().is_empty() || both.close.trim().is_empty()) {
            diagnostics.push(Diagnostic::new(Code::BracketsEmpty, span));
        }
        Some(look.clone())
    }
}
