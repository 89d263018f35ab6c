//! Edits for the editor to make（編集の依頼）: nothing is written here.

use std::collections::BTreeMap;

use gen_lsp_types as lsp;

use super::found::Way;
use crate::diagnostic::{SourceMap, Span};

/// What the editor can do with edits（エディターの能力）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Able {
    /// It tells the version of a text to which an edit belongs, so that none goes into another text.
    pub(super) versions: bool,
    /// It gives a file another name.
    pub(super) renames: bool,
}

/// A file that gets another name: its old and its new one for the editor.
pub(super) type Renamed = (lsp::Uri, lsp::Uri);

/// New words for stretches of files; none where the editor holds another text of one of them.
pub(super) fn workspace_edit(
    (way, able): (Way<'_>, Able),
    sources: &SourceMap,
    edits: Vec<(Span, String)>,
    renamed: Option<Renamed>,
) -> Option<lsp::WorkspaceEdit> {
    let mut by_file: BTreeMap<String, Vec<lsp::TextEdit>> = BTreeMap::new();
    for (span, new_text) in edits {
        let lsp::Location { uri, range } = way.location(sources, span)?;
        by_file.entry(uri.0).or_default().push(lsp::TextEdit { range, new_text });
    }
    if !able.versions {
        let changes = by_file.into_iter().map(|(uri, edits)| (lsp::Uri(uri), edits)).collect();
        return renamed.is_none().then(|| lsp::WorkspaceEdit { changes: Some(changes), ..Default::default() });
    }
    let mut changes: Vec<lsp::DocumentChange> = by_file
        .into_iter()
        .map(|(uri, edits)| {
            let uri = lsp::Uri(uri);
            let version = way.open.get(&uri).map(|held| held.version);
            let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: lsp::TextDocumentIdentifier { uri },
            };
            let edits = edits.into_iter().map(lsp::Edit::TextEdit).collect();
            lsp::DocumentChange::TextDocumentEdit(lsp::TextDocumentEdit { text_document, edits })
        })
        .collect();
    if let Some((old_uri, new_uri)) = renamed {
        // After the edits, which know it by its old name.
        let rename = lsp::RenameFile { old_uri, new_uri, options: None, annotation_id: None };
        changes.push(lsp::DocumentChange::RenameFile(rename));
    }
    Some(lsp::WorkspaceEdit { document_changes: Some(changes), ..Default::default() })
}
