//! Every source file, parsed: forms, fragments, entries, flows, settings, by path.
//!
//! What kind of file a path holds follows from its place and name; nothing is looked up yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::edition::{Edition, Issue};
use super::everyone::Everyone;
use super::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, CommentsToml, DerivedForm, DocumentWords, FlowFront, FormDef,
    FragmentFront, LawWordsToml, LooksToml, MunicipalityToml, PlaceholdersToml, RegisterToml, ReviewedToml, StatedDef,
    SubmissionToml, ThresholdToml, WordDef,
};
use super::memory::{Memory, Remembered};
use super::one_file::Parsed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceFile, Span};
use crate::markup::{Block, Headed, Text};
use crate::name::{
    CaseId, CaseName, ChangeId, EditionId, EditionName, FormId, FormName, FragmentId, IssueName, ItemId, Slug,
};
use crate::source::{Located, Workspace};

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
    /// Change id of marks that name none.
    pub change: Option<Located<ChangeId>>,
    /// Items of the base that it omits.
    pub omit: Vec<Located<ItemId>>,
    /// Items that the public does not read.
    pub withhold: Vec<Located<ItemId>>,
    /// Values by item id.
    pub values: IndexMap<ItemId, Value>,
    /// Texts under their headings.
    pub headed: Vec<Headed>,
    /// Ids of the shared texts that they name, whether there are such or not.
    pub uses: BTreeSet<FragmentId>,
    /// Headings of lists by id.
    pub groups: IndexMap<ItemId, String>,
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
    /// `templates/forms/*.toml` by form id, and `content/municipalities/<slug>/forms/*.toml` by municipality and id.
    pub forms: BTreeMap<FormName, Arc<Read<Arc<FormDef>>>>,
    /// Those of them that are written as their differences from another version; they are among `forms` too, made whole.
    pub derived: BTreeMap<FormName, Arc<Read<DerivedForm>>>,
    /// `content/fragments/*.md` by id.
    pub fragments: BTreeMap<FragmentId, Arc<Fragment>>,
    /// Ids of the fragments that are there, those that were not read too.
    pub fragment_names: BTreeSet<FragmentId>,
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
    pub assessments: BTreeMap<CaseId, Arc<Read<AssessmentToml>>>,
    /// `content/municipalities/<slug>/municipality.toml` by slug.
    pub municipalities: BTreeMap<Slug, Arc<Read<MunicipalityToml>>>,
    /// The settings of all municipalities of the workspace by slug, read for their names and codes alone; empty where all are read whole.
    pub others: Arc<Everyone>,
    /// `content/municipalities/<slug>/<case>/case.toml`.
    pub cases: BTreeMap<CaseName, Arc<Read<CaseToml>>>,
    /// `changes.toml` by folder.
    pub changes: BTreeMap<String, Arc<Read<ChangesToml>>>,
    /// `comments.toml` of a municipality's case, by folder.
    pub comments: BTreeMap<String, Arc<Read<CommentsToml>>>,
    /// `content/municipalities/<slug>/submissions/<case>/submission.toml`.
    pub submissions: BTreeMap<CaseName, Arc<Read<SubmissionToml>>>,
    /// `content/municipalities/<slug>/<case>/register.toml`.
    pub registers: BTreeMap<CaseName, Arc<Read<RegisterToml>>>,
    /// `content/municipalities/<slug>/checklists/<case>.toml`.
    pub checklists: BTreeMap<CaseName, Arc<Read<ChecklistToml>>>,
    /// `reviewed.toml` of a municipality's case or submission, by folder.
    pub reviewed: BTreeMap<String, Arc<Read<ReviewedToml>>>,
    /// `content/editions/<slug>/<case>/<id>/` by case and id.
    pub editions: BTreeMap<CaseName, BTreeMap<EditionId, Edition>>,
    /// All that it was read from beside entries and figures.
    pub(super) settled: Settled,
}

/// All that a library was read from beside entries and figures（書く間は動かないもの）: settings, shared texts, editions. Two are equal if they are
/// of the very same files: a file that was not parsed again is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    files: Arc<[Arc<Remembered>]>,
    fragments: Arc<BTreeSet<FragmentId>>,
}

impl PartialEq for Settled {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, other): (&Arc<Remembered>, &Arc<Remembered>)| Arc::ptr_eq(one, other);
        self.files.len() == other.files.len()
            && self.files.iter().zip(other.files.iter()).all(same)
            && self.fragments == other.fragments
    }
}

impl Eq for Settled {}

impl Library {
    /// Parses every file of a workspace; built-in forms and lists of words are added to `workspace.sources` first.
    pub fn read(workspace: &mut Workspace, memory: &Memory, diagnostics: &mut Diagnostics) -> Self {
        workspace.add_settings();
        let mut library = Self { fragment_names: workspace.fragment_names.clone(), ..Self::default() };
        // On every core, and put together in the order of the files.
        let files: Vec<(FileId, &SourceFile)> = workspace.sources.iter().collect();
        let parse = |(file, source): &(FileId, &SourceFile)| memory.parsed(*file, source);
        let mut new = files.iter().filter(|(file, source)| !memory.knows(*file, source));
        // After an edit one file is new, and to wake the other cores would take longer.
        let is_edit = new.nth(1).is_none();
        let parsed: Vec<_> =
            if is_edit { files.iter().map(parse).collect() } else { files.par_iter().map(parse).collect() };
        let mut settled = Vec::with_capacity(parsed.len());
        for remembered in parsed {
            diagnostics.extend(remembered.found.clone());
            library.put(&remembered.parsed);
            if !matches!(remembered.parsed, Parsed::Entry(..) | Parsed::Flow(..)) {
                settled.push(remembered);
            }
        }
        library.settled = Settled { files: settled.into(), fragments: Arc::new(workspace.fragment_names.clone()) };
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
            Parsed::Comments(key, value) => drop(self.comments.insert(key, value)),
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
                edition.texts.insert(below, headed);
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

    fn issue(&mut self, name: IssueName) -> &mut Issue {
        self.edition(name.edition).issues.entry(name.issue).or_default()
    }

    fn edition(&mut self, name: EditionName) -> &mut Edition {
        self.editions.entry(name.case).or_default().entry(name.edition).or_default()
    }
}

impl Library {
    /// The form of an id: a municipality's own before the shared one（自治体の様式が先）.
    #[must_use]
    pub fn form(&self, municipality: Option<&Slug>, id: &FormId) -> Option<&Read<Arc<FormDef>>> {
        FormName::for_one(municipality, id).find_map(|name| self.forms.get(&name)).map(AsRef::as_ref)
    }

    /// The settings of every municipality that is known, whether it was read whole or not.
    pub fn everyone(&self) -> impl Iterator<Item = (&Slug, &Read<MunicipalityToml>)> {
        let others = self.others.settings().iter().filter(|(slug, _)| !self.municipalities.contains_key(*slug));
        self.municipalities.iter().chain(others).map(|(slug, read)| (slug, &**read))
    }

    /// Ids of the fragments that some text or measure names, whether they exist or not.
    #[must_use]
    pub fn used_fragments(&self) -> BTreeSet<&FragmentId> {
        let mut used: BTreeSet<&FragmentId> = self.entries.values().flat_map(|entry| &entry.uses).collect();
        let flows = self.flows.values().flat_map(|flow| &flow.remarks).map(|headed| &headed.text);
        let own = self.fragments.values().map(|fragment| &fragment.text);
        for text in flows.chain(own) {
            fragment_uses(&text.blocks, &mut used);
        }
        let sheets = self.checklists.values().flat_map(|checklist| &checklist.value.sheet);
        let measures = sheets.flat_map(|sheet| &sheet.measure);
        used.extend(measures.filter_map(|measure| measure.fragment.as_ref()).map(|id| &id.value));
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

/// The ids of the shared texts that some texts name.
pub(super) fn uses(headed: &[Headed]) -> BTreeSet<FragmentId> {
    let mut used = BTreeSet::new();
    headed.iter().for_each(|headed| fragment_uses(&headed.text.blocks, &mut used));
    used.into_iter().cloned().collect()
}

fn fragment_uses<'t>(blocks: &'t [Block], used: &mut BTreeSet<&'t FragmentId>) {
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
