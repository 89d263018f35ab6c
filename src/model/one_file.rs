//! One file: what kind it is follows from its place and name, and what it says.

use std::sync::Arc;

use typst::utils::LazyHash;

use super::ItemKey;
use super::document_keys;
use super::edition::{FrozenFile, FrozenTexts};
use super::library::{EntryFile, FlowFile, Fragment, Read, Value, ValueKind, uses};
use super::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, CommentsToml, DerivedForm, DocumentWords, EditionToml,
    EntryFront, FactsToml, FlowFront, FormDef, FragmentFront, IssueToml, LawWordsToml, LooksToml, MunicipalityToml,
    PlaceholdersToml, RegisterToml, ReviewedToml, SealToml, SubmissionToml, ThresholdToml, ValueToml,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, nearest};
use crate::markup::{Exactness, Headed, Origin, Text, parse_body, parse_text, parse_value};
use crate::name::{CaseId, CaseName, ChangeId, EditionName, FormName, FragmentId, IssueId, IssueName, Slug};
use crate::source::{Located, Shape, parted, read_toml, split};

/// One shape per file kind, made once.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    form: Shape<FormDef>,
    derived: Shape<DerivedForm>,
    fragment: Shape<FragmentFront>,
    entry: Shape<EntryFront>,
    flow: Shape<FlowFront>,
    facts: Shape<FactsToml>,
    law_words: Shape<LawWordsToml>,
    placeholders: Shape<PlaceholdersToml>,
    words: Shape<DocumentWords>,
    looks: Shape<LooksToml>,
    assessment: Shape<AssessmentToml>,
    municipality: Shape<MunicipalityToml>,
    case: Shape<CaseToml>,
    changes: Shape<ChangesToml>,
    comments: Shape<CommentsToml>,
    submission: Shape<SubmissionToml>,
    threshold: Shape<ThresholdToml>,
    checklist: Shape<ChecklistToml>,
    edition: Shape<EditionToml>,
    register: Shape<RegisterToml>,
    reviewed: Shape<ReviewedToml>,
    seal: Shape<SealToml>,
    issue: Shape<IssueToml>,
}

/// What one file says, and under which key the library keeps it.
#[derive(Debug, Clone)]
pub(super) enum Parsed {
    Form(FormName, Arc<Read<Arc<FormDef>>>),
    Derived(FormName, Arc<Read<DerivedForm>>),
    Fragment(FragmentId, Arc<Fragment>),
    Entry(String, Arc<EntryFile>),
    Flow(String, Arc<FlowFile>),
    Facts(Arc<Read<FactsToml>>),
    LawWords(Arc<Read<LawWordsToml>>),
    Threshold(Arc<ThresholdToml>),
    Placeholders(Arc<Read<PlaceholdersToml>>),
    Words(Arc<DocumentWords>),
    Looks(Arc<Read<LooksToml>>),
    Assessment(CaseId, Arc<Read<AssessmentToml>>),
    Municipality(Slug, Arc<Read<MunicipalityToml>>),
    Case(CaseName, Arc<Read<CaseToml>>),
    Changes(String, Arc<Read<ChangesToml>>),
    Comments(String, Arc<Read<CommentsToml>>),
    Submission(CaseName, Arc<Read<SubmissionToml>>),
    Checklist(CaseName, Arc<Read<ChecklistToml>>),
    Register(CaseName, Arc<Read<RegisterToml>>),
    Reviewed(String, Arc<Read<ReviewedToml>>),
    About(EditionName, FileId, Option<Arc<Read<EditionToml>>>),
    Frozen(EditionName, ItemKey, FileId, FrozenFile),
    /// A file of an edition that is held as it stands: what was printed, archived texts.
    Kept(EditionName, String, FileId),
    Seal(EditionName, Arc<Read<SealToml>>),
    Issued(IssueName, String, FileId),
    IssueAbout(IssueName, FileId, Option<Arc<Read<IssueToml>>>),
    IssueSeal(IssueName, Arc<Read<SealToml>>),
    /// Nothing that a document is made from, or nothing that could be read.
    Nothing,
}

/// Folder of a case that keeps what its form had no place for any more（移す前の記載）; nothing in it is printed.
const ARCHIVE: &str = "archive";

/// Names that a TOML file may have.
const NAMES: &[&str] = &[
    "assessment.toml",
    "case.toml",
    "changes.toml",
    "comments.toml",
    "document.toml",
    "edition.toml",
    "facts.toml",
    "issue.toml",
    "law.toml",
    "marks.toml",
    "municipality.toml",
    "placeholders.toml",
    "register.toml",
    "reviewed.toml",
    "seal.toml",
    "submission.toml",
    "threshold.toml",
];

fn stem(name: &str) -> &str {
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The case of a municipality, by the folders of a path.
fn case_of(slug: &str, case: &str) -> CaseName {
    CaseName { municipality: slug.into(), case: case.into() }
}

/// An edition, by the folders of its path.
fn edition(slug: &str, case: &str, id: &str) -> EditionName {
    case_of(slug, case).edition(&id.into())
}

/// The file under its key, if it could be read.
fn keyed<K, T>(kind: fn(K, Arc<T>) -> Parsed, key: impl Into<K>, value: Option<T>) -> Parsed {
    value.map_or(Parsed::Nothing, |value| kind(key.into(), Arc::new(value)))
}

/// Whether a form is written as its differences from another: the key stands before the first table.
fn is_derived(text: &str) -> bool {
    let mut head = text.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    head.any(|line| line.strip_prefix("based-on").is_some_and(|rest| rest.trim_start().starts_with('=')))
}

/// One file being read.
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) shapes: &'a Shapes,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// What kind of file a path holds, and what it says.
    pub(super) fn parse(&mut self, path: &str) -> Parsed {
        match path.strip_suffix(".md") {
            Some(path) => self.markdown(path),
            None => self.settings(path),
        }
    }

    fn markdown(&mut self, path: &str) -> Parsed {
        let parts: Vec<&str> = path.split('/').collect();
        let name = parts.last().copied().unwrap_or_default();
        // What a form had no place for any more is kept for people.
        let is_in_archive = parts.split_last().is_some_and(|(_, folders)| folders.contains(&ARCHIVE));
        if matches!(parts[..], ["content", "assessments" | "municipalities", ..]) && is_in_archive {
            return Parsed::Nothing;
        }
        if let ["content", "fragments", id] = parts[..] {
            keyed(Parsed::Fragment, id, self.fragment())
        } else if let ["content", "editions", slug, case, id, below @ ..] = &parts[..]
            && !below.is_empty()
        {
            let name = edition(slug, case, id);
            match below {
                ["issued", issue, rest @ ..] if !rest.is_empty() => {
                    Parsed::Issued(name.issue(&IssueId::from(*issue)), format!("{}.md", rest.join("/")), self.file)
                }
                // What was printed is held against what is printed, line by line. The archived text of 主な変更内容 is for people.
                ["printed", ..] | ["change-summary"] => {
                    Parsed::Kept(name, format!("{}.md", below.join("/")), self.file)
                }
                _ => {
                    let below = ItemKey::from(&*below.join("/"));
                    let texts = FrozenTexts::of(&below, self.frozen());
                    Parsed::Frozen(name, below, self.file, Arc::new(LazyHash::new(texts)))
                }
            }
        } else if parts.iter().rev().nth(1) == Some(&"flows") || name.starts_with("flow-") {
            keyed(Parsed::Flow, path, self.flow())
        } else {
            keyed(Parsed::Entry, path, self.entry())
        }
    }

    fn settings(&mut self, path: &str) -> Parsed {
        let parts: Vec<&str> = path.split('/').collect();
        let (folder, _) = parted(path);
        let shapes = self.shapes;
        match parts[..] {
            ["templates", "forms", name] => self.form(FormName::shared(&stem(name).into())),
            ["templates", "words", "law.toml"] => {
                self.toml(&shapes.law_words).map_or(Parsed::Nothing, |read| Parsed::LawWords(Arc::new(read)))
            }
            ["templates", "rules", "threshold.toml"] => {
                self.toml(&shapes.threshold).map_or(Parsed::Nothing, |read| Parsed::Threshold(Arc::new(read.value)))
            }
            ["templates", "words", "placeholders.toml"] => {
                self.toml(&shapes.placeholders).map_or(Parsed::Nothing, |read| Parsed::Placeholders(Arc::new(read)))
            }
            ["templates", "words", "document.toml"] => {
                self.toml(&shapes.words).map_or(Parsed::Nothing, |read| Parsed::Words(Arc::new(read.value)))
            }
            ["templates", "looks", "marks.toml"] => {
                self.toml(&shapes.looks).map_or(Parsed::Nothing, |read| Parsed::Looks(Arc::new(read)))
            }
            ["content", "municipalities", slug, "forms", name] => {
                self.form(FormName::own(&slug.into(), &stem(name).into()))
            }
            ["content", "facts.toml"] => {
                self.toml(&shapes.facts).map_or(Parsed::Nothing, |read| Parsed::Facts(Arc::new(read)))
            }
            ["content", "assessments", case, "assessment.toml"] => {
                keyed(Parsed::Assessment, case, self.toml(&shapes.assessment))
            }
            ["content", "municipalities", slug, "municipality.toml"] => {
                document_keys::check(self.file, self.text, self.diagnostics);
                keyed(Parsed::Municipality, slug, self.toml(&shapes.municipality))
            }
            ["content", "municipalities", slug, "submissions", case, "submission.toml"] => {
                keyed(Parsed::Submission, case_of(slug, case), self.toml(&shapes.submission))
            }
            ["content", "municipalities", slug, "checklists", name] => {
                keyed(Parsed::Checklist, case_of(slug, stem(name)), self.toml(&shapes.checklist))
            }
            ["content", "municipalities", slug, case, "case.toml"] => {
                keyed(Parsed::Case, case_of(slug, case), self.toml(&shapes.case))
            }
            ["content", "municipalities", slug, case, "register.toml"] => {
                keyed(Parsed::Register, case_of(slug, case), self.toml(&shapes.register))
            }
            ["content", "editions", slug, case, id, "edition.toml"] => {
                let read = self.toml(&shapes.edition).map(Arc::new);
                Parsed::About(edition(slug, case, id), self.file, read)
            }
            ["content", "editions", slug, case, id, "seal.toml"] => {
                keyed(Parsed::Seal, edition(slug, case, id), self.toml(&shapes.seal))
            }
            ["content", "editions", slug, case, id, "issued", issue, "issue.toml"] => {
                let name = edition(slug, case, id).issue(&issue.into());
                Parsed::IssueAbout(name, self.file, self.toml(&shapes.issue).map(Arc::new))
            }
            ["content", "editions", slug, case, id, "issued", issue, "seal.toml"] => {
                keyed(Parsed::IssueSeal, edition(slug, case, id).issue(&issue.into()), self.toml(&shapes.seal))
            }
            ["content", "municipalities", _, "submissions", _, "reviewed.toml"]
            | ["content", "municipalities", _, _, "reviewed.toml"] => {
                keyed(Parsed::Reviewed, folder, self.toml(&shapes.reviewed))
            }
            ["content", "municipalities", _, _, "comments.toml"] => {
                keyed(Parsed::Comments, folder, self.toml(&shapes.comments))
            }
            [.., "changes.toml"] => keyed(Parsed::Changes, folder, self.toml(&shapes.changes)),
            _ => {
                let near =
                    nearest(parts.last().copied().unwrap_or_default(), NAMES.iter().copied()).unwrap_or_default();
                let diagnostic = Diagnostic::new(Code::FileUnused, Span::new(self.file, 0..0));
                self.diagnostics.push(diagnostic.with("path", path).with("near", near));
                Parsed::Nothing
            }
        }
    }

    fn toml<T: serde::de::DeserializeOwned + schemars::JsonSchema>(&mut self, shape: &Shape<T>) -> Option<Read<T>> {
        let value = read_toml(shape, self.file, self.text, 0..self.text.len(), self.diagnostics)?;
        Some(Read { file: self.file, value })
    }

    /// A form is shared by everything that is filled from it.
    fn form(&mut self, key: FormName) -> Parsed {
        if is_derived(self.text) {
            return keyed(Parsed::Derived, key, self.toml(&self.shapes.derived));
        }
        let read = self.toml(&self.shapes.form);
        keyed(Parsed::Form, key, read.map(|Read { file, value }| Read { file, value: Arc::new(value) }))
    }

    fn fragment(&mut self) -> Option<Fragment> {
        let parts = split(self.file, self.text, self.diagnostics)?;
        let front = read_toml(&self.shapes.fragment, self.file, self.text, parts.front, self.diagnostics)?;
        let text = parse_text(self.file, self.text, parts.body, None, self.diagnostics);
        Some(Fragment { file: self.file, text, front })
    }

    /// The texts of an edition's file; values and changes it has none.
    fn frozen(&mut self) -> Vec<Headed> {
        parse_body(self.file, self.text, 0..self.text.len(), None, self.diagnostics)
    }

    fn entry(&mut self) -> Option<EntryFile> {
        let parts = split(self.file, self.text, self.diagnostics)?;
        let front = read_toml(&self.shapes.entry, self.file, self.text, parts.front, self.diagnostics)?;
        let change = front.change.as_ref().map(|change| &change.value);
        let values = front.values.iter().map(|(key, value)| (key.clone(), self.value(value, change))).collect();
        let headed = parse_body(self.file, self.text, parts.body, change, self.diagnostics);
        let EntryFront { change, omit, withhold, groups, .. } = front;
        let uses = uses(&headed);
        Some(EntryFile { file: self.file, change, omit, withhold, values, headed, uses, groups })
    }

    fn flow(&mut self) -> Option<FlowFile> {
        let parts = split(self.file, self.text, self.diagnostics)?;
        let front = read_toml(&self.shapes.flow, self.file, self.text, parts.front, self.diagnostics)?;
        let change = front.change.as_ref().map(|change| &change.value);
        let title = self.string(&front.title, change);
        let labels = front.node.iter().map(|node| self.string(&node.label, change)).collect();
        let remarks = parse_body(self.file, self.text, parts.body, change, self.diagnostics);
        Some(FlowFile { file: self.file, front, title, labels, remarks })
    }

    fn value(&mut self, value: &Located<ValueToml>, change: Option<&ChangeId>) -> Value {
        let kind = match &value.value {
            ValueToml::Text(text) => {
                let located = Located { value: text.clone(), range: value.range.clone() };
                ValueKind::Text(self.string(&located, change))
            }
            ValueToml::Number(number) => {
                let mut text = Text::plain(number.to_string());
                text.span = Some(Span::new(self.file, value.range.clone()));
                text.origin = Origin::Value(value.range.clone());
                ValueKind::Text(text)
            }
            ValueToml::Flag(flag) => ValueKind::Flag(*flag),
            ValueToml::List(members) => {
                ValueKind::List(members.iter().map(|member| self.string(member, change)).collect())
            }
        };
        Value { kind, span: Span::new(self.file, value.range.clone()) }
    }

    fn string(&mut self, value: &Located<String>, change: Option<&ChangeId>) -> Text {
        string_text(self.file, self.text, value, change, self.diagnostics)
    }
}

/// A TOML string as a text with its marks; places inside it are exact where the string holds no escapes.
#[must_use]
pub fn string_text(
    file: FileId,
    source: &str,
    value: &Located<String>,
    change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let outer = value.range.clone();
    let inner = outer.start + 1..outer.end.saturating_sub(1).max(outer.start + 1);
    let exactness =
        if source.get(inner.clone()) == Some(value.value.as_str()) { Exactness::Verbatim } else { Exactness::Escaped };
    let range = match exactness {
        Exactness::Verbatim => inner,
        Exactness::Escaped => outer.clone(),
    };
    let text = parse_value(file, &value.value, range, exactness, change, diagnostics);
    Text { origin: Origin::Value(outer), ..text }
}
