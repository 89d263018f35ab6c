//! Every source file, parsed: forms, fragments, entries, flows, settings, by path.
//!
//! What kind of file a path holds follows from its place and name (see [`Memory`]); nothing is looked up yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use indexmap::IndexMap;
use rayon::prelude::*;

use super::edition::{Edition, FrozenText, Issue};
use super::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, DerivedForm, DocumentWords, EditionToml, EntryFront,
    FactsToml, FlowFront, FormDef, FragmentFront, IssueToml, LawWordsToml, LooksToml, MunicipalityToml,
    PlaceholdersToml, RegisterToml, ReviewedToml, SealToml, StatedDef, SubmissionToml, ThresholdToml, ValueToml,
    WordDef,
};
use super::{derive, document_keys, form_check};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceFile, Span, nearest};
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
    pub forms: BTreeMap<String, Arc<Read<Arc<FormDef>>>>,
    /// Those of them that are written as their differences from another version; they are among `forms` too, made whole.
    pub derived: BTreeMap<String, Arc<Read<DerivedForm>>>,
    /// `content/fragments/*.md` by id.
    pub fragments: BTreeMap<String, Arc<Fragment>>,
    /// Ids of the fragments that are there, those that were not read too.
    pub fragment_names: BTreeSet<String>,
    /// Entry files.
    pub entries: BTreeMap<String, Arc<EntryFile>>,
    /// Flow files: those in a folder `flows/`, and those named `flow-…`.
    pub flows: BTreeMap<String, Arc<FlowFile>>,
    /// `content/facts.toml`.
    pub facts: BTreeMap<String, String>,
    /// Its words and restated facts, with its file.
    pub wording: Option<(FileId, Vec<WordDef>, Vec<StatedDef>)>,
    /// `templates/words/law.toml`.
    pub law_words: Option<Arc<Read<LawWordsToml>>>,
    /// `templates/rules/threshold.toml`.
    pub threshold: Arc<ThresholdToml>,
    /// `templates/words/placeholders.toml`.
    pub placeholders: Option<PlaceholdersToml>,
    /// `templates/words/document.toml`.
    pub words: Arc<DocumentWords>,
    /// `templates/looks/marks.toml`.
    pub looks: Option<Arc<Read<LooksToml>>>,
    /// `content/assessments/<case>/assessment.toml` by case.
    pub assessments: BTreeMap<String, Arc<Read<AssessmentToml>>>,
    /// `content/municipalities/<slug>/municipality.toml` by slug.
    pub municipalities: BTreeMap<String, Arc<Read<MunicipalityToml>>>,
    /// The settings of all municipalities of the workspace by slug, read for their names and codes alone; empty where all are read whole.
    pub others: Arc<BTreeMap<String, Arc<Read<MunicipalityToml>>>>,
    /// `content/municipalities/<slug>/<case>/case.toml` by `<slug>/<case>`.
    pub cases: BTreeMap<String, Arc<Read<CaseToml>>>,
    /// `changes.toml` by folder.
    pub changes: BTreeMap<String, Arc<Read<ChangesToml>>>,
    /// `content/municipalities/<slug>/submissions/<case>/submission.toml` by `<slug>/<case>`.
    pub submissions: BTreeMap<String, Arc<Read<SubmissionToml>>>,
    /// `content/municipalities/<slug>/<case>/register.toml` by `<slug>/<case>`.
    pub registers: BTreeMap<String, Arc<Read<RegisterToml>>>,
    /// `content/municipalities/<slug>/checklists/<case>.toml` by `<slug>/<case>`.
    pub checklists: BTreeMap<String, Arc<Read<ChecklistToml>>>,
    /// `reviewed.toml` of a municipality's case or submission, by folder.
    pub reviewed: BTreeMap<String, Arc<Read<ReviewedToml>>>,
    /// `content/editions/<slug>/<case>/<id>/` by `<slug>/<case>` and id.
    pub editions: BTreeMap<String, BTreeMap<String, Edition>>,
}

/// One shape per file kind, made once.
#[derive(Debug, Default)]
struct Shapes {
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
enum Parsed {
    Form(String, Arc<Read<Arc<FormDef>>>),
    Derived(String, Arc<Read<DerivedForm>>),
    Fragment(String, Arc<Fragment>),
    Entry(String, Arc<EntryFile>),
    Flow(String, Arc<FlowFile>),
    Facts(Arc<Read<FactsToml>>),
    LawWords(Arc<Read<LawWordsToml>>),
    Threshold(Arc<ThresholdToml>),
    Placeholders(Arc<Read<PlaceholdersToml>>),
    Words(Arc<DocumentWords>),
    Looks(Arc<Read<LooksToml>>),
    Assessment(String, Arc<Read<AssessmentToml>>),
    Municipality(String, Arc<Read<MunicipalityToml>>),
    Case(String, Arc<Read<CaseToml>>),
    Changes(String, Arc<Read<ChangesToml>>),
    Submission(String, Arc<Read<SubmissionToml>>),
    Checklist(String, Arc<Read<ChecklistToml>>),
    Register(String, Arc<Read<RegisterToml>>),
    Reviewed(String, Arc<Read<ReviewedToml>>),
    About([String; 3], FileId, Option<Arc<Read<EditionToml>>>),
    Frozen([String; 3], String, FileId, Arc<Vec<(String, FrozenText)>>),
    /// A file of an edition that is held as it stands: what was printed, archived texts.
    Kept([String; 3], String, FileId),
    Seal([String; 3], Arc<Read<SealToml>>),
    Issued([String; 4], String, FileId),
    IssueAbout([String; 4], FileId, Option<Arc<Read<IssueToml>>>),
    IssueSeal([String; 4], Arc<Read<SealToml>>),
    /// Nothing that a document is made from, or nothing that could be read.
    Nothing,
}

/// A file as it was parsed last.
#[derive(Debug)]
struct Remembered {
    file: FileId,
    text: Arc<str>,
    parsed: Parsed,
    found: Diagnostics,
}

/// The forms of a library, made whole and held against themselves.
#[derive(Debug)]
struct Forms {
    /// Those that were written whole, and those written as differences, as the library had them.
    written: Written,
    threshold: Arc<ThresholdToml>,
    /// The latter, made whole.
    made: Whole,
    found: Diagnostics,
}

/// Forms that are written whole, by the key of the library.
pub(super) type Whole = BTreeMap<String, Arc<Read<Arc<FormDef>>>>;
type Written = (Whole, BTreeMap<String, Arc<Read<DerivedForm>>>);

/// How many sets of forms are remembered: the shared ones, and those of a few municipalities that have forms of their own.
const SETS_OF_FORMS: usize = 8;

impl Forms {
    fn of(library: &Library) -> Self {
        let mut found = Diagnostics::new();
        let made = derive::made(library, &mut found);
        let all = library.forms.iter().chain(&made).map(|(key, form)| (key.clone(), form.clone())).collect();
        form_check::check(&all, &library.threshold, &mut found);
        let written = (library.forms.clone(), library.derived.clone());
        Self { written, threshold: library.threshold.clone(), made, found }
    }

    /// Whether the library has these very forms: a file that was not parsed again is the same.
    fn are_of(&self, library: &Library) -> bool {
        let same_table = Arc::ptr_eq(&self.threshold, &library.threshold);
        same_table && same(&self.written.0, &library.forms) && same(&self.written.1, &library.derived)
    }
}

fn same<T>(one: &BTreeMap<String, Arc<T>>, other: &BTreeMap<String, Arc<T>>) -> bool {
    one.keys().eq(other.keys()) && one.values().zip(other.values()).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Parses files and remembers what each one said（読み取りの記憶）: a file is parsed again only when its text is another.
///
/// Whether a text is the same is asked of the text itself, so nothing can be remembered wrongly; the workspaces of several
/// municipalities share what they have in common, if they number its files alike.
#[derive(Debug, Default)]
pub struct Memory {
    shapes: Shapes,
    files: Mutex<BTreeMap<PathBuf, Arc<Remembered>>>,
    /// The newest last.
    forms: Mutex<Vec<Arc<Forms>>>,
}

impl Memory {
    /// Forgets all files below a folder, given by its path from the root with a slash at its end.
    pub fn forget(&self, folder: &str) {
        let mut files = self.files.lock().expect("no reader panics while it holds the memory");
        files.retain(|path, _| !path.starts_with(folder));
    }

    fn parsed(&self, file: FileId, source: &SourceFile) -> Arc<Remembered> {
        let lock = || self.files.lock().expect("no reader panics while it holds the memory");
        let known = lock().get(&source.path).cloned();
        if let Some(known) = known.filter(|known| known.file == file && known.text == source.text) {
            return known;
        }
        let mut found = Diagnostics::new();
        let path = source.path.to_str().expect("the workspace holds paths as UTF-8");
        let parsed = Reader { file, text: &source.text, shapes: &self.shapes, diagnostics: &mut found }.parse(path);
        let now = Arc::new(Remembered { file, text: source.text.clone(), parsed, found });
        lock().insert(source.path.clone(), now.clone());
        now
    }

    fn forms(&self, library: &Library) -> Arc<Forms> {
        let lock = || self.forms.lock().expect("no reader panics while it holds the memory");
        if let Some(known) = lock().iter().find(|known| known.are_of(library)) {
            return known.clone();
        }
        let now = Arc::new(Forms::of(library));
        let mut all = lock();
        if all.len() == SETS_OF_FORMS {
            all.remove(0);
        }
        all.push(now.clone());
        now
    }
}

impl Library {
    /// Parses every file of a workspace; built-in forms and lists of words are added to `workspace.sources` first.
    pub fn read(workspace: &mut Workspace, memory: &Memory, diagnostics: &mut Diagnostics) -> Self {
        workspace.add_settings();
        let mut library = Self { fragment_names: workspace.fragment_names.clone(), ..Self::default() };
        // On every core, and put together in the order of the files.
        let files: Vec<(FileId, &SourceFile)> = workspace.sources.iter().collect();
        let parsed: Vec<_> = files.par_iter().map(|(file, source)| memory.parsed(*file, source)).collect();
        for remembered in parsed {
            diagnostics.extend(remembered.found.clone());
            library.put(&remembered.parsed);
        }
        let forms = memory.forms(&library);
        diagnostics.extend(forms.found.clone());
        library.forms.extend(forms.made.iter().map(|(key, form)| (key.clone(), form.clone())));
        library
    }

    fn put(&mut self, parsed: &Parsed) {
        match parsed.clone() {
            Parsed::Form(key, value) => drop(self.forms.insert(key, value)),
            Parsed::Derived(key, value) => drop(self.derived.insert(key, value)),
            Parsed::Fragment(key, value) => {
                self.fragment_names.insert(key.clone());
                self.fragments.insert(key, value);
            }
            Parsed::Entry(key, value) => drop(self.entries.insert(key, value)),
            Parsed::Flow(key, value) => drop(self.flows.insert(key, value)),
            Parsed::Facts(read) => {
                self.wording = Some((read.file, read.value.word.clone(), read.value.stated.clone()));
                self.facts.clone_from(&read.value.facts);
            }
            Parsed::LawWords(read) => self.law_words = Some(read),
            Parsed::Threshold(table) => self.threshold = table,
            Parsed::Placeholders(read) => self.placeholders = Some(read.value.clone()),
            Parsed::Words(words) => self.words = words,
            Parsed::Looks(read) => self.looks = Some(read),
            Parsed::Assessment(key, value) => drop(self.assessments.insert(key, value)),
            Parsed::Municipality(key, value) => drop(self.municipalities.insert(key, value)),
            Parsed::Case(key, value) => drop(self.cases.insert(key, value)),
            Parsed::Changes(key, value) => drop(self.changes.insert(key, value)),
            Parsed::Submission(key, value) => drop(self.submissions.insert(key, value)),
            Parsed::Checklist(key, value) => drop(self.checklists.insert(key, value)),
            Parsed::Register(key, value) => drop(self.registers.insert(key, value)),
            Parsed::Reviewed(key, value) => drop(self.reviewed.insert(key, value)),
            Parsed::About(key, file, read) => {
                let edition = self.edition(key);
                edition.files.insert("edition.toml".to_owned(), file);
                edition.about = read.map(|read| (read.file, read.value.clone()));
            }
            Parsed::Frozen(key, below, file, headed) => {
                let edition = self.edition(key);
                edition.files.insert(format!("{below}.md"), file);
                edition.add(&headed);
            }
            Parsed::Kept(key, path, file) => drop(self.edition(key).files.insert(path, file)),
            Parsed::Seal(key, read) => self.edition(key).seal = Some((read.file, read.value.clone())),
            Parsed::Issued(key, path, file) => drop(self.issue(key).files.insert(path, file)),
            Parsed::IssueAbout(key, file, read) => {
                let issue = self.issue(key);
                issue.files.insert("issue.toml".to_owned(), file);
                issue.about = read.map(|read| (read.file, read.value.clone()));
            }
            Parsed::IssueSeal(key, read) => self.issue(key).seal = Some((read.file, read.value.clone())),
            Parsed::Nothing => {}
        }
    }

    fn issue(&mut self, [slug, case, id, issue]: [String; 4]) -> &mut Issue {
        self.edition([slug, case, id]).issues.entry(issue).or_default()
    }

    fn edition(&mut self, [slug, case, id]: [String; 3]) -> &mut Edition {
        self.editions.entry(format!("{slug}/{case}")).or_default().entry(id).or_default()
    }
}

/// Folder of a case that keeps what its form had no place for any more（移す前の記載）; nothing in it is printed.
const ARCHIVE: &str = "archive";

/// Names that a TOML file may have.
const NAMES: &[&str] = &[
    "assessment.toml",
    "case.toml",
    "changes.toml",
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

/// The file under its key, if it could be read.
fn keyed<T>(kind: fn(String, Arc<T>) -> Parsed, key: impl Into<String>, value: Option<T>) -> Parsed {
    value.map_or(Parsed::Nothing, |value| kind(key.into(), Arc::new(value)))
}

/// Whether a form is written as its differences from another: the key stands before the first table.
fn is_derived(text: &str) -> bool {
    let mut head = text.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    head.any(|line| line.strip_prefix("based-on").is_some_and(|rest| rest.trim_start().starts_with('=')))
}

/// One file being read.
struct Reader<'a> {
    file: FileId,
    text: &'a str,
    shapes: &'a Shapes,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// What kind of file a path holds, and what it says.
    fn parse(&mut self, path: &str) -> Parsed {
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
            let key = [slug, case, id].map(|part| (*part).to_owned());
            match below {
                ["issued", issue, rest @ ..] if !rest.is_empty() => {
                    let [slug, case, id] = key;
                    Parsed::Issued([slug, case, id, (*issue).to_owned()], format!("{}.md", rest.join("/")), self.file)
                }
                // What was printed is held against what is printed, line by line. The archived text of 主な変更内容 is for people.
                ["printed", ..] | ["change-summary"] => Parsed::Kept(key, format!("{}.md", below.join("/")), self.file),
                _ => {
                    let below = below.join("/");
                    let texts = FrozenText::all(&below, self.frozen());
                    Parsed::Frozen(key, below, self.file, Arc::new(texts))
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
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let shapes = self.shapes;
        match parts[..] {
            ["templates", "forms", name] => self.form(stem(name).to_owned()),
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
            ["content", "municipalities", slug, "forms", name] => self.form(format!("{slug}/{}", stem(name))),
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
                keyed(Parsed::Submission, format!("{slug}/{case}"), self.toml(&shapes.submission))
            }
            ["content", "municipalities", slug, "checklists", name] => {
                keyed(Parsed::Checklist, format!("{slug}/{}", stem(name)), self.toml(&shapes.checklist))
            }
            ["content", "municipalities", slug, case, "case.toml"] => {
                keyed(Parsed::Case, format!("{slug}/{case}"), self.toml(&shapes.case))
            }
            ["content", "municipalities", slug, case, "register.toml"] => {
                keyed(Parsed::Register, format!("{slug}/{case}"), self.toml(&shapes.register))
            }
            ["content", "editions", slug, case, id, "edition.toml"] => {
                let key = [slug, case, id].map(str::to_owned);
                Parsed::About(key, self.file, self.toml(&shapes.edition).map(Arc::new))
            }
            ["content", "editions", slug, case, id, "seal.toml"] => {
                let key = [slug, case, id].map(str::to_owned);
                self.toml(&shapes.seal).map_or(Parsed::Nothing, |read| Parsed::Seal(key, Arc::new(read)))
            }
            ["content", "editions", slug, case, id, "issued", issue, "issue.toml"] => {
                let key = [slug, case, id, issue].map(str::to_owned);
                Parsed::IssueAbout(key, self.file, self.toml(&shapes.issue).map(Arc::new))
            }
            ["content", "editions", slug, case, id, "issued", issue, "seal.toml"] => {
                let key = [slug, case, id, issue].map(str::to_owned);
                self.toml(&shapes.seal).map_or(Parsed::Nothing, |read| Parsed::IssueSeal(key, Arc::new(read)))
            }
            ["content", "municipalities", _, "submissions", _, "reviewed.toml"]
            | ["content", "municipalities", _, _, "reviewed.toml"] => {
                keyed(Parsed::Reviewed, folder, self.toml(&shapes.reviewed))
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
    fn form(&mut self, key: String) -> Parsed {
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
    /// The settings of every municipality that is known, whether it was read whole or not.
    pub fn everyone(&self) -> impl Iterator<Item = (&String, &Read<MunicipalityToml>)> {
        let others = self.others.iter().filter(|(slug, _)| !self.municipalities.contains_key(*slug));
        self.municipalities.iter().chain(others).map(|(slug, read)| (slug, &**read))
    }

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
