//! Every source file, parsed: forms, fragments, entries, flows, settings, by path.
//!
//! What kind of file a path holds follows from its place and name (see [`Library::read`]); nothing is looked up yet.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::edition::Edition;
use super::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, EditionToml, EntryFront, FactsToml, FlowFront, FormDef,
    FragmentFront, IssueToml, MunicipalityToml, ReviewedToml, SealToml, StatedDef, SubmissionToml, ValueToml, WordDef,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, nearest};
use crate::markup::{Block, Exactness, Headed, Text, parse_body, parse_text, parse_value};
use crate::source::{Located, Shape, Workspace, read_toml, split};

/// A TOML file and what it says.
#[derive(Debug)]
pub struct Read<T> {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub value: T,
}

/// A fragment（共通文）.
#[derive(Debug)]
pub struct Fragment {
    /// The file.
    pub file: FileId,
    /// Its text, with its own terms and fragments not yet replaced.
    pub text: Text,
    /// Front matter.
    pub front: FragmentFront,
}

/// An entry file（記載ファイル）, parsed but not merged.
#[derive(Debug)]
pub struct EntryFile {
    /// The file.
    pub file: FileId,
    /// Items of the base that it omits.
    pub omit: Vec<Located<String>>,
    /// Items that the public does not read.
    pub withhold: Vec<Located<String>>,
    /// Values by item id.
    pub values: IndexMap<String, Value>,
    /// Texts under their headings.
    pub headed: Vec<Headed>,
    /// Headings of lists by id.
    pub groups: IndexMap<String, String>,
}

/// A value of front matter, its marks parsed（値）.
#[derive(Debug, Clone)]
pub struct Value {
    /// What was written.
    pub kind: ValueKind,
    /// Where.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum ValueKind {
    /// A line, a choice, a date or a number.
    Text(Text),
    /// A box.
    Flag(bool),
    /// Ticked boxes or record ids, each with its marks.
    List(Vec<Text>),
}

/// A flow file（事務の流れ）, parsed.
#[derive(Debug)]
pub struct FlowFile {
    /// The file.
    pub file: FileId,
    /// Boxes and arrows.
    pub front: FlowFront,
    /// The title, its marks parsed.
    pub title: Text,
    /// Label of each box, in the order of the boxes.
    pub labels: Vec<Text>,
    /// Remarks by step.
    pub remarks: Vec<Headed>,
}

/// All source files, parsed（原稿の一覧）. Keys are paths from the root, without the ending for `.md` files.
#[derive(Debug, Default)]
pub struct Library {
    /// `templates/forms/*.toml` by form id, and `content/municipalities/<slug>/forms/*.toml` by `<slug>/<id>`.
    pub forms: BTreeMap<String, Read<FormDef>>,
    /// `content/fragments/*.md` by id.
    pub fragments: BTreeMap<String, Fragment>,
    /// Entry files.
    pub entries: BTreeMap<String, EntryFile>,
    /// Flow files: those in a folder `flows/`, and those named `flow-…`.
    pub flows: BTreeMap<String, FlowFile>,
    /// `content/facts.toml`.
    pub facts: BTreeMap<String, String>,
    /// Its words and restated facts, with its file.
    pub wording: Option<(FileId, Vec<WordDef>, Vec<StatedDef>)>,
    /// `content/assessments/<case>/assessment.toml` by case.
    pub assessments: BTreeMap<String, Read<AssessmentToml>>,
    /// `content/municipalities/<slug>/municipality.toml` by slug.
    pub municipalities: BTreeMap<String, Read<MunicipalityToml>>,
    /// `content/municipalities/<slug>/<case>/case.toml` by `<slug>/<case>`.
    pub cases: BTreeMap<String, Read<CaseToml>>,
    /// `changes.toml` by folder.
    pub changes: BTreeMap<String, Read<ChangesToml>>,
    /// `content/municipalities/<slug>/submissions/<case>/submission.toml` by `<slug>/<case>`.
    pub submissions: BTreeMap<String, Read<SubmissionToml>>,
    /// `content/municipalities/<slug>/checklists/<case>.toml` by `<slug>/<case>`.
    pub checklists: BTreeMap<String, Read<ChecklistToml>>,
    /// `reviewed.toml` of a municipality's case or submission, by folder.
    pub reviewed: BTreeMap<String, Read<ReviewedToml>>,
    /// `content/editions/<slug>/<case>/<id>/` by `<slug>/<case>` and id.
    pub editions: BTreeMap<String, BTreeMap<String, Edition>>,
}

/// One shape per file kind, made once.
#[derive(Default)]
struct Shapes {
    form: Shape<FormDef>,
    fragment: Shape<FragmentFront>,
    entry: Shape<EntryFront>,
    flow: Shape<FlowFront>,
    facts: Shape<FactsToml>,
    assessment: Shape<AssessmentToml>,
    municipality: Shape<MunicipalityToml>,
    case: Shape<CaseToml>,
    changes: Shape<ChangesToml>,
    submission: Shape<SubmissionToml>,
    checklist: Shape<ChecklistToml>,
    edition: Shape<EditionToml>,
    reviewed: Shape<ReviewedToml>,
    seal: Shape<SealToml>,
    issue: Shape<IssueToml>,
}

impl Library {
    /// Parses every file of a workspace; built-in forms are added to `workspace.sources` first.
    pub fn read(workspace: &mut Workspace, diagnostics: &mut Diagnostics) -> Self {
        let forms: Vec<(String, std::sync::Arc<str>)> = workspace
            .templates
            .below("forms/")
            .map(|(path, text)| (format!("templates/{path}"), text.clone()))
            .collect();
        for (path, text) in forms {
            workspace.sources.add(path, text);
        }
        let shapes = Shapes::default();
        let mut library = Self::default();
        for (file, source) in workspace.sources.iter() {
            let path = source.path.to_str().expect("the workspace holds paths as UTF-8");
            let mut reader = Reader { file, text: &source.text, shapes: &shapes, diagnostics };
            if let Some(path) = path.strip_suffix(".md") {
                library.markdown(path, &mut reader);
            } else {
                library.toml(path, &mut reader);
            }
        }
        library
    }

    fn markdown(&mut self, path: &str, reader: &mut Reader<'_>) {
        let parts: Vec<&str> = path.split('/').collect();
        let name = parts.last().copied().unwrap_or_default();
        if let ["content", "fragments", id] = parts[..] {
            if let Some(fragment) = reader.fragment() {
                self.fragments.insert(id.to_owned(), fragment);
            }
        } else if let ["content", "editions", slug, case, id, below @ ..] = &parts[..]
            && !below.is_empty()
        {
            let edition = self.edition(slug, case, id);
            match below {
                ["issued", issue, rest @ ..] if !rest.is_empty() => {
                    let name = format!("{}.md", rest.join("/"));
                    edition.issues.entry((*issue).to_owned()).or_default().files.insert(name, reader.file);
                }
                // What was printed is held against what is printed, line by line.
                ["printed", ..] => {
                    edition.files.insert(format!("{}.md", below.join("/")), reader.file);
                }
                _ => {
                    edition.files.insert(format!("{}.md", below.join("/")), reader.file);
                    // The archived text of 主な変更内容 is for people; nothing is held against it.
                    if *below != ["change-summary"] {
                        edition.add(&below.join("/"), reader.frozen());
                    }
                }
            }
        } else if parts.iter().rev().nth(1) == Some(&"flows") || name.starts_with("flow-") {
            if let Some(flow) = reader.flow() {
                self.flows.insert(path.to_owned(), flow);
            }
        } else if let Some(entry) = reader.entry() {
            self.entries.insert(path.to_owned(), entry);
        }
    }

    fn edition(&mut self, slug: &str, case: &str, id: &str) -> &mut Edition {
        self.editions.entry(format!("{slug}/{case}")).or_default().entry(id.to_owned()).or_default()
    }

    fn toml(&mut self, path: &str, reader: &mut Reader<'_>) {
        let parts: Vec<&str> = path.split('/').collect();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match parts[..] {
            ["templates", "forms", name] => put(&mut self.forms, stem(name), reader.toml(&reader.shapes.form)),
            ["content", "municipalities", slug, "forms", name] => {
                put(&mut self.forms, &format!("{slug}/{}", stem(name)), reader.toml(&reader.shapes.form));
            }
            ["content", "facts.toml"] => {
                if let Some(facts) = reader.toml(&reader.shapes.facts) {
                    self.wording = Some((facts.file, facts.value.word, facts.value.stated));
                    self.facts = facts.value.facts;
                }
            }
            ["content", "assessments", case, "assessment.toml"] => {
                put(&mut self.assessments, case, reader.toml(&reader.shapes.assessment));
            }
            ["content", "municipalities", slug, "municipality.toml"] => {
                put(&mut self.municipalities, slug, reader.toml(&reader.shapes.municipality));
            }
            ["content", "municipalities", slug, "submissions", case, "submission.toml"] => {
                put(&mut self.submissions, &format!("{slug}/{case}"), reader.toml(&reader.shapes.submission));
            }
            ["content", "municipalities", slug, "checklists", name] => {
                put(&mut self.checklists, &format!("{slug}/{}", stem(name)), reader.toml(&reader.shapes.checklist));
            }
            ["content", "municipalities", slug, case, "case.toml"] => {
                put(&mut self.cases, &format!("{slug}/{case}"), reader.toml(&reader.shapes.case));
            }
            ["content", "editions", slug, case, id, "edition.toml"] => {
                self.edition(slug, case, id).files.insert("edition.toml".to_owned(), reader.file);
                if let Some(Read { file, value }) = reader.toml(&reader.shapes.edition) {
                    self.edition(slug, case, id).about = Some((file, value));
                }
            }
            ["content", "editions", slug, case, id, "seal.toml"] => {
                if let Some(Read { file, value }) = reader.toml(&reader.shapes.seal) {
                    self.edition(slug, case, id).seal = Some((file, value));
                }
            }
            ["content", "editions", slug, case, id, "issued", issue, name] if ISSUED.contains(&name) => {
                let issue = self.edition(slug, case, id).issues.entry(issue.to_owned()).or_default();
                if name == "seal.toml" {
                    issue.seal = reader.toml(&reader.shapes.seal).map(|read| (read.file, read.value));
                } else {
                    issue.files.insert(name.to_owned(), reader.file);
                    issue.about = reader.toml(&reader.shapes.issue).map(|read| (read.file, read.value));
                }
            }
            ["content", "municipalities", _, "submissions", _, "reviewed.toml"]
            | ["content", "municipalities", _, _, "reviewed.toml"] => {
                put(&mut self.reviewed, folder, reader.toml(&reader.shapes.reviewed));
            }
            [.., "changes.toml"] => put(&mut self.changes, folder, reader.toml(&reader.shapes.changes)),
            _ => {
                let near =
                    nearest(parts.last().copied().unwrap_or_default(), NAMES.iter().copied()).unwrap_or_default();
                let diagnostic = Diagnostic::new(Code::FileUnused, Span::new(reader.file, 0..0));
                reader.diagnostics.push(diagnostic.with("path", path).with("near", near));
            }
        }
    }
}

/// Names that a TOML file may have.
const NAMES: &[&str] = &[
    "assessment.toml",
    "case.toml",
    "changes.toml",
    "edition.toml",
    "facts.toml",
    "issue.toml",
    "municipality.toml",
    "reviewed.toml",
    "seal.toml",
    "submission.toml",
];

/// Names of TOML files of what was issued.
const ISSUED: &[&str] = &["issue.toml", "seal.toml"];

fn stem(name: &str) -> &str {
    name.strip_suffix(".toml").unwrap_or(name)
}

fn put<T>(map: &mut BTreeMap<String, Read<T>>, key: &str, value: Option<Read<T>>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), value);
    }
}

/// One file being read.
struct Reader<'a> {
    file: FileId,
    text: &'a str,
    shapes: &'a Shapes,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn toml<T: serde::de::DeserializeOwned + schemars::JsonSchema>(&mut self, shape: &Shape<T>) -> Option<Read<T>> {
        let value = read_toml(shape, self.file, self.text, 0..self.text.len(), self.diagnostics)?;
        Some(Read { file: self.file, value })
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
        let change = front.change.as_ref().map(|change| change.value.as_str());
        let values = front.values.iter().map(|(key, value)| (key.clone(), self.value(value, change))).collect();
        let headed = parse_body(self.file, self.text, parts.body, change, self.diagnostics);
        let EntryFront { omit, withhold, groups, .. } = front;
        Some(EntryFile { file: self.file, omit, withhold, values, headed, groups })
    }

    fn flow(&mut self) -> Option<FlowFile> {
        let parts = split(self.file, self.text, self.diagnostics)?;
        let front = read_toml(&self.shapes.flow, self.file, self.text, parts.front, self.diagnostics)?;
        let change = front.change.as_ref().map(|change| change.value.clone());
        let change = change.as_deref();
        let title = self.string(&front.title, change);
        let labels = front.node.iter().map(|node| self.string(&node.label, change)).collect();
        let remarks = parse_body(self.file, self.text, parts.body, change, self.diagnostics);
        Some(FlowFile { file: self.file, front, title, labels, remarks })
    }

    fn value(&mut self, value: &Located<ValueToml>, change: Option<&str>) -> Value {
        let kind = match &value.value {
            ValueToml::Text(text) => {
                let located = Located { value: text.clone(), range: value.range.clone() };
                ValueKind::Text(self.string(&located, change))
            }
            ValueToml::Number(number) => {
                let mut text = Text::plain(number.to_string());
                text.span = Some(Span::new(self.file, value.range.clone()));
                ValueKind::Text(text)
            }
            ValueToml::Flag(flag) => ValueKind::Flag(*flag),
            ValueToml::List(members) => {
                ValueKind::List(members.iter().map(|member| self.string(member, change)).collect())
            }
        };
        Value { kind, span: Span::new(self.file, value.range.clone()) }
    }

    fn string(&mut self, value: &Located<String>, change: Option<&str>) -> Text {
        string_text(self.file, self.text, value, change, self.diagnostics)
    }
}

/// A TOML string as a text with its marks; places inside it are exact where the string holds no escapes.
pub(super) fn string_text(
    file: FileId,
    source: &str,
    value: &Located<String>,
    change: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let outer = value.range.clone();
    let inner = outer.start + 1..outer.end.saturating_sub(1).max(outer.start + 1);
    let exactness =
        if source.get(inner.clone()) == Some(value.value.as_str()) { Exactness::Verbatim } else { Exactness::Escaped };
    let range = match exactness {
        Exactness::Verbatim => inner,
        Exactness::Escaped => outer,
    };
    parse_value(file, &value.value, range, exactness, change, diagnostics)
}

impl Library {
    /// Ids of the fragments that some text or measure names, whether they exist or not.
    #[must_use]
    pub fn used_fragments(&self) -> BTreeSet<&str> {
        let entries = self.entries.values().flat_map(|entry| &entry.headed).map(|headed| &headed.text);
        let flows = self.flows.values().flat_map(|flow| &flow.remarks).map(|headed| &headed.text);
        let own = self.fragments.values().map(|fragment| &fragment.text);
        let mut used = BTreeSet::new();
        for text in entries.chain(flows).chain(own) {
            fragment_uses(&text.blocks, &mut used);
        }
        let sheets = self.checklists.values().flat_map(|checklist| &checklist.value.sheet);
        let measures = sheets.flat_map(|sheet| &sheet.measure);
        used.extend(measures.filter_map(|measure| measure.fragment.as_ref()).map(|id| id.value.as_str()));
        used
    }

    /// Reports fragments whose id differs from their file's name.
    pub fn check_ids(&self, diagnostics: &mut Diagnostics) {
        for (name, fragment) in &self.fragments {
            if fragment.front.id.value != *name {
                let span = Span::new(fragment.file, fragment.front.id.range.clone());
                diagnostics.push(
                    Diagnostic::new(Code::FragmentUnknown, span).with("id", &fragment.front.id.value).with("near", ""),
                );
            }
        }
    }
}

fn fragment_uses<'t>(blocks: &'t [Block], used: &mut BTreeSet<&'t str>) {
    for block in blocks {
        match block {
            Block::Fragment { id, .. } => {
                used.insert(id);
            }
            Block::List { items, .. } => items.iter().for_each(|item| fragment_uses(item, used)),
            Block::Paragraph(_) | Block::Table { .. } => {}
        }
    }
}
