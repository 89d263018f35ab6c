//! Every text and key of the author's files that can carry a mark, whatever is made of it.

use super::library::{Library, ValueKind};
use super::one_file::string_text;
use crate::diagnostic::{Diagnostics, FileId, SourceMap, Span};
use crate::markup::Text;
use crate::name::ChangeId;
use crate::source::Located;

/// A place that can carry a mark（印の付くところ）.
#[derive(Debug, Clone)]
pub enum Written {
    /// A text of a Markdown body.
    Body {
        /// Where the id of its heading stands; none: a fragment.
        heading: Option<Span>,
        /// The text as written: fragments and terms not replaced.
        text: Text,
    },
    /// A value in TOML.
    Value(Text),
    /// A key that marks a box, an arrow or a period as new: where the change's id stands.
    Inserted(ChangeId, Span),
    /// A key that marks a box or an arrow as gone.
    Deleted(ChangeId, Span),
}

impl Library {
    /// Everything that can carry a mark, file by file.
    #[must_use]
    pub fn written(&self, sources: &SourceMap) -> Vec<Written> {
        let mut found = Vec::new();
        for entry in self.entries.values() {
            for value in entry.values.values() {
                match &value.kind {
                    ValueKind::Text(text) => found.push(Written::Value(text.clone())),
                    ValueKind::List(members) => found.extend(members.iter().cloned().map(Written::Value)),
                    ValueKind::Flag(_) => {}
                }
            }
            found.extend(entry.headed.iter().map(|headed| body(Some(headed.span), &headed.text)));
        }
        for flow in self.flows.values() {
            found.push(Written::Value(flow.title.clone()));
            found.extend(flow.labels.iter().cloned().map(Written::Value));
            found.extend(flow.remarks.iter().map(|headed| body(Some(headed.span), &headed.text)));
            let nodes = flow.front.node.iter().map(|node| (&node.inserted, &node.deleted));
            let arrows = flow.front.arrow.iter().map(|arrow| (&arrow.inserted, &arrow.deleted));
            for (inserted, deleted) in nodes.chain(arrows) {
                found.extend(inserted.iter().map(|id| key(flow.file, id, Written::Inserted)));
                found.extend(deleted.iter().map(|id| key(flow.file, id, Written::Deleted)));
            }
        }
        found.extend(self.fragments.values().map(|fragment| body(None, &fragment.text)));
        for read in self.cases.values() {
            for period in &read.value.period {
                found.push(Written::Value(value(read.file, &period.label, sources)));
                found.extend(period.inserted.iter().map(|id| key(read.file, id, Written::Inserted)));
            }
        }
        for read in self.checklists.values() {
            let measures = read.value.sheet.iter().flat_map(|sheet| &sheet.measure);
            // A measure without words of its own has its fragment's, which are above.
            let texts = measures.filter_map(|measure| measure.text.as_ref());
            found.extend(texts.map(|text| Written::Value(value(read.file, text, sources))));
        }
        found
    }
}

fn body(heading: Option<Span>, text: &Text) -> Written {
    Written::Body { heading, text: text.clone() }
}

fn key(file: FileId, id: &Located<ChangeId>, make: impl Fn(ChangeId, Span) -> Written) -> Written {
    make(id.value.clone(), Span::new(file, id.range.clone()))
}

/// A string that was read once before; what is wrong with it was said then.
fn value(file: FileId, string: &Located<String>, sources: &SourceMap) -> Text {
    string_text(file, &sources.get(file).text, string, None, &mut Diagnostics::new())
}
