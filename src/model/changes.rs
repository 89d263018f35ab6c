//! The changes of a case and what the public is told of them.

use std::collections::BTreeMap;

use super::Assembler;
use super::manifest::{ChangeToml, HistoryToml, SummaryToml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span};
use crate::markup::{Register, Text};
use crate::name::ChangeId;

/// The changes of a case（変更の一覧）.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// In the order of the list.
    pub list: Vec<Change>,
    /// Items of 主な変更内容.
    pub summary: Vec<Summary>,
    /// Rows of earlier changes（変更箇所の履歴）, the oldest first.
    pub history: Vec<HistoryToml>,
}

/// A change（変更）.
#[derive(Debug, Clone, Hash)]
pub struct Change {
    /// As written.
    pub settings: ChangeToml,
    /// Where.
    pub span: Span,
}

/// An item of 主な変更内容.
#[derive(Debug, Clone)]
pub struct Summary {
    /// As written.
    pub settings: SummaryToml,
    /// Its file.
    pub file: FileId,
    /// Its text.
    pub text: Text,
}

impl Changes {
    /// The change of an id.
    #[must_use]
    pub fn get(&self, id: &ChangeId) -> Option<&ChangeToml> {
        self.list.iter().map(|change| &change.settings).find(|change| change.id.value == *id)
    }
}

impl Assembler<'_> {
    /// The changes of all folders; a later folder's change goes over an earlier one's of the same id.
    /// What the case has accepted is no change of it any more.
    pub(super) fn changes(&self, folders: &[String], accepted: &[ChangeId], diagnostics: &mut Diagnostics) -> Changes {
        let mut changes = Changes::default();
        for folder in folders {
            let Some(read) = self.library.changes.get(folder) else { continue };
            let mut own: BTreeMap<&str, Span> = BTreeMap::new();
            for change in &read.value.change {
                let span = Span::new(read.file, change.id.range.clone());
                if let Some(first) = own.get(change.id.value.as_str()) {
                    let twice = Diagnostic::new(Code::ChangeTwice, span).with("id", &change.id.value);
                    diagnostics.push(twice.related_as(*first, Label::First));
                }
                own.entry(&change.id.value).or_insert(span);
                if accepted.contains(&change.id.value) {
                    continue;
                }
                let change = Change { settings: change.clone(), span };
                match changes.list.iter_mut().find(|known| known.settings.id.value == change.settings.id.value) {
                    Some(known) => *known = change,
                    None => changes.list.push(change),
                }
            }
            changes.history.extend(read.value.history.iter().cloned());
            if !read.value.summary.is_empty() {
                changes.summary = self.summary(folder, &read.value.summary, accepted, read.file, diagnostics);
            }
        }
        changes
    }

    fn summary(
        &self,
        folder: &str,
        items: &[SummaryToml],
        accepted: &[ChangeId],
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Summary> {
        let texts = self.library.entries.get(&format!("{folder}/change-summary"));
        let mut summary = Vec::new();
        for item in items {
            let mut item = item.clone();
            let told = item.changes.len();
            item.changes.retain(|change| !accepted.contains(&change.value));
            if item.changes.is_empty() && told > 0 {
                continue;
            }
            let headed = texts.into_iter().flat_map(|file| &file.headed);
            let text =
                headed.filter(|headed| headed.register != Register::Short).find(|headed| headed.id == item.id.value);
            match text {
                Some(headed) => {
                    let text = self.resolver().resolve(&headed.text, diagnostics);
                    summary.push(Summary { settings: item, file, text });
                }
                None => {
                    let span = Span::new(file, item.id.range.clone());
                    diagnostics.push(Diagnostic::new(Code::SummaryNoText, span).with("id", &item.id.value));
                }
            }
        }
        summary
    }
}
