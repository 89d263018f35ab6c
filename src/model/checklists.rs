//! Checklists: each measure with the words that are asked.

use std::collections::BTreeMap;

use super::accept::accepted;
use super::manifest::{ChecklistToml, MeasureToml};
use super::one_file;
use super::resolve::{Resolver, maybe};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span, nearest};
use crate::markup::{Block, State, Text};
use crate::name::{ChangeId, FragmentId, MeasureId};

/// A checklist（別紙チェックリスト）.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// Its file.
    pub file: FileId,
    /// As written.
    pub settings: ChecklistToml,
    /// Text of each measure by id, its marks parsed and its terms replaced; that of its fragment where it has none of its own.
    pub texts: BTreeMap<MeasureId, Text>,
    /// By measure, the words of the fragment that it shares with the assessment, after all changes.
    pub shared: BTreeMap<MeasureId, String>,
}

impl Checklist {
    /// All measures, in the order of the sheets.
    pub fn measures(&self) -> impl Iterator<Item = &MeasureToml> {
        self.settings.sheet.iter().flat_map(|sheet| &sheet.measure)
    }

    /// The checklist of a file; marks of accepted changes are taken in.
    ///
    /// Pushes [`Code::FragmentUnknown`], [`Code::MissingKey`] for a measure with neither text nor fragment, and [`Code::IdTwice`].
    pub(super) fn of(
        settings: &ChecklistToml,
        (file, source): (FileId, &str),
        (resolver, changes): (Resolver<'_>, &[ChangeId]),
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (mut texts, mut shared) = (BTreeMap::new(), BTreeMap::new());
        let mut first_of: BTreeMap<&MeasureId, Span> = BTreeMap::new();
        for measure in settings.sheet.iter().flat_map(|sheet| &sheet.measure) {
            let id = &measure.id.value;
            let span = Span::new(file, measure.id.range.clone());
            let fragment = fragment(measure, file, resolver, diagnostics);
            let text = match (&measure.text, &fragment) {
                (Some(text), _) => {
                    let text = one_file::string_text(file, source, text, None, diagnostics);
                    accepted(&resolver.resolve(&text, diagnostics), changes)
                }
                (None, Some(shared)) => accepted(shared, changes),
                (None, None) => {
                    if measure.fragment.is_none() {
                        diagnostics.push(Diagnostic::new(Code::MissingKey, span).with("key", "text"));
                    }
                    Text::default()
                }
            };
            let text = if measure.withheld { withheld(text, span) } else { text };
            if let Some(text) = fragment {
                shared.insert(id.clone(), text.characters(State::After));
            }
            if texts.insert(id.clone(), text).is_some() {
                let twice = Diagnostic::new(Code::IdTwice, span).with("id", id);
                diagnostics.push(twice.related_as(first_of[id], Label::First));
            }
            first_of.entry(id).or_insert(span);
        }
        Self { file, settings: settings.clone(), texts, shared }
    }
}

fn withheld(mut text: Text, place: Span) -> Text {
    text.withhold(place);
    text
}

/// The text of a measure's fragment, each paragraph and each item of a list a line of its own: a cell has no lists.
fn fragment(
    measure: &MeasureToml,
    file: FileId,
    resolver: Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    let id = measure.fragment.as_ref()?;
    let Some(fragment) = resolver.library.fragments.get(&id.value) else {
        let near = maybe(nearest(&id.value, resolver.library.fragment_names.iter().map(FragmentId::as_str)));
        let span = Span::new(file, id.range.clone());
        diagnostics.push(Diagnostic::new(Code::FragmentUnknown, span).with("id", &id.value).with("near", near));
        return None;
    };
    let mut text = resolver.resolve(&fragment.text, diagnostics);
    let mut lines = Vec::new();
    flatten(std::mem::take(&mut text.blocks), &mut lines);
    text.blocks = lines;
    Some(text)
}

fn flatten(blocks: Vec<Block>, lines: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Paragraph(_) => lines.push(block),
            Block::List { items, .. } => items.into_iter().for_each(|item| flatten(item, lines)),
            Block::Table { header, rows } => {
                lines.extend(header.into_iter().chain(rows.into_iter().flatten()).map(Block::Paragraph));
            }
            // Uses of other fragments were replaced.
            Block::Fragment { .. } => {}
        }
    }
}
