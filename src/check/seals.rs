//! An edition, and what was issued on it, is as it was sealed, and follows the edition that it was sealed on.

use std::collections::BTreeMap;

use super::{Rule, Subject};
use crate::change::{Breach, breaches};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, SourceMap, Span};
use crate::model::manifest::SealToml;
use crate::model::{Case, Edition};
use crate::name::{CaseName, EditionId};
use crate::source::{ByPlace, parted};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::EditionAltered, Code::EditionUnsealed, Code::EditionForeign, Code::EditionChain],
    look,
    explanation: None,
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for (municipality, case) in subject.model.cases() {
        let look = Look { case, of: municipality.name(case), sources: subject.sources };
        for (id, edition) in &case.editions {
            look.edition(id, edition, diagnostics);
        }
    }
}

struct Look<'a> {
    case: &'a Case,
    of: CaseName,
    sources: &'a SourceMap,
}

impl Look<'_> {
    fn edition(&self, id: &EditionId, edition: &Edition, diagnostics: &mut Diagnostics) {
        let is_baseline = self.case.edition.as_ref().is_some_and(|(named, _)| named == id);
        let name = self.of.edition(id);
        let printed = edition.files.keys().any(|path| path.starts_with("printed/"));
        let Some((file, seal)) = &edition.seal else {
            return diagnostics.push(self.unsealed(id, edition));
        };
        if is_baseline && !printed {
            diagnostics.push(self.unsealed(id, edition));
        }
        if !self.is_own((*file, seal), &name.to_string(), diagnostics) {
            return;
        }
        self.files((*file, seal), &edition.files, diagnostics);
        let follows = edition.about.as_ref().map(|(_, about)| about.follows.as_str()).unwrap_or_default();
        let before = self.case.editions.get(follows);
        self.chain((*file, seal), id, follows, before.and_then(|edition| edition.seal.as_ref()), diagnostics);
        for (issue_id, issue) in &edition.issues {
            let Some((file, seal)) = &issue.seal else {
                let span = issue.files.values().next().map(|file| Span::new(*file, 0..0));
                let unsealed = span.map_or_else(
                    || Diagnostic::nowhere(Code::EditionUnsealed),
                    |span| Diagnostic::new(Code::EditionUnsealed, span),
                );
                let unsealed = unsealed.with("id", format!("{id}/issued/{issue_id}"));
                diagnostics.push(unsealed.with("case", self.of.words()).of_case(&self.of));
                continue;
            };
            if !self.is_own((*file, seal), &name.issue(issue_id).to_string(), diagnostics) {
                continue;
            }
            self.files((*file, seal), &issue.files, diagnostics);
            let follows = issue.about.as_ref().map(|(_, about)| about.follows.as_str()).unwrap_or_default();
            let (before, sealed) = match edition.issues.get(follows) {
                Some(issue) => (follows, issue.seal.as_ref()),
                None if follows.is_empty() => (id.as_str(), edition.seal.as_ref()),
                None => (follows, None),
            };
            self.chain((*file, seal), issue_id, before, sealed, diagnostics);
        }
    }

    fn unsealed(&self, id: &EditionId, edition: &Edition) -> Diagnostic {
        let file = edition.about.as_ref().map(|(file, _)| *file).or(edition.files.values().next().copied());
        let unsealed = match file {
            Some(file) => Diagnostic::new(Code::EditionUnsealed, Span::new(file, 0..0)),
            None => Diagnostic::nowhere(Code::EditionUnsealed),
        };
        unsealed.with("id", id).with("case", self.of.words()).of_case(&self.of)
    }

    /// Whether a seal is that of the folder it lies in.
    fn is_own(&self, (file, seal): (FileId, &SealToml), of: &str, diagnostics: &mut Diagnostics) -> bool {
        let own = seal.of.value == of;
        if !own {
            let foreign = Diagnostic::new(Code::EditionForeign, Span::new(file, seal.of.range.clone()));
            diagnostics.push(foreign.with("of", &seal.of.value).of_case(&self.of));
        }
        own
    }

    fn files(
        &self,
        (seal_file, seal): (FileId, &SealToml),
        files: &BTreeMap<String, FileId>,
        diagnostics: &mut Diagnostics,
    ) {
        let text = |file: &FileId| &*self.sources.get(*file).text;
        let held = |file: &FileId| ByPlace(self.sources.get(*file).text.clone());
        let texts = files.iter().map(|(path, file)| (path.clone(), held(file))).collect();
        let folder = self.sources.shown(seal_file);
        let (folder, _) = parted(&folder);
        for breach in breaches(seal, &texts) {
            let (span, path, line) = match &breach {
                Breach::Altered { path, line } => {
                    let file = files[path];
                    let line = line.unwrap_or(1);
                    (line_span(text(&file), file, line), path.as_str(), line)
                }
                Breach::Added { path } => (Span::new(files[path], 0..0), path.as_str(), 1),
                Breach::Gone { path } => {
                    let sealed = seal.file.iter().find(|sealed| sealed.path.value == *path);
                    let range = sealed.expect("it is one of them").path.range.clone();
                    (Span::new(seal_file, range), path.as_str(), 1)
                }
                Breach::Seal => (Span::new(seal_file, seal.digest.range.clone()), "seal.toml", 1),
            };
            let altered = Diagnostic::new(Code::EditionAltered, span).with("path", format!("{folder}/{path}"));
            diagnostics.push(altered.with("line", line.to_string()).of_case(&self.of));
        }
    }

    fn chain(
        &self,
        (file, seal): (FileId, &SealToml),
        id: &str,
        follows: &str,
        before: Option<&(FileId, SealToml)>,
        diagnostics: &mut Diagnostics,
    ) {
        let digest = before.map(|(_, before)| before.digest.value.as_str()).unwrap_or_default();
        if seal.follows.value == digest {
            return;
        }
        let chain = Diagnostic::new(Code::EditionChain, Span::new(file, seal.follows.range.clone()));
        let chain = match before {
            Some((file, before)) => chain.related_as(Span::new(*file, before.digest.range.clone()), Label::Related),
            None => chain,
        };
        let follows = if follows.is_empty() { "–" } else { follows };
        diagnostics.push(chain.with("id", id).with("before", follows).of_case(&self.of));
    }
}

/// A line of a file, from 1; the end of the file where it has fewer.
fn line_span(text: &str, file: FileId, line: usize) -> Span {
    let mut at = 0;
    for (number, written) in text.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            return Span::new(file, at..at + written.trim_end().len());
        }
        at += written.len();
    }
    Span::new(file, at..at)
}
