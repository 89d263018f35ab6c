//! An assessment kept in the form's workbook, into `content/`.
//!
//! Nothing is written before the files were read again as a workspace with them; nothing that an author wrote is overwritten: of a
//! case that is there already only the differences are told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::change::frozen;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceMap};
use crate::import::{self, CaseNames, Imported};
use crate::markup::{Register, State};
use crate::model::manifest::{AnnexToml, FormDef, View};
use crate::model::{Case, CaseForm, Element, Library, Memory};
use crate::render::{Stamp, StampedAnnex};
use crate::session::{Checked, check_workspace, read};
use crate::source::{Located, Unseen, Workbook, Workspace};
use crate::write::replace;

/// An order to import（取込みの依頼）. What is not said is taken from the workbook, where it is our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOrder {
    /// The workbook.
    pub file: PathBuf,
    /// Slug of the municipality.
    pub municipality: Option<String>,
    /// Case.
    pub case: Option<String>,
    /// Id of the form; none: that of the case or of the workbook, else the one whose labels are found.
    pub form: Option<String>,
    /// Name of a municipality that is new.
    pub name: Option<String>,
    /// Its 全国地方公共団体コード.
    pub code: Option<String>,
    /// Name of the assessment.
    pub title: Option<String>,
    /// Date of the case, as `2023-08-15`.
    pub date: Option<String>,
    /// Whether files are written.
    pub mode: ImportMode,
}

/// What an import does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportMode {
    /// Tells what it would write.
    #[default]
    Report,
    /// Writes it.
    Write,
}

/// What was, or would be, imported（取込みの結果）.
#[derive(Debug, Default)]
pub struct ImportOutcome {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// Items that have a text.
    pub filled: usize,
    /// Items that must have one and have none: section and label.
    pub missing: Vec<(String, String)>,
    /// New files, by path from the root.
    pub files: BTreeMap<String, String>,
    /// Where the case is there already: its items beside those of the workbook.
    pub compared: Option<Compared>,
    /// Mistakes of the workspace with the new files.
    pub mistakes: usize,
    /// The files as they were before.
    pub sources: SourceMap,
}

/// The items of a case beside those of a workbook（既存の原稿との比較）, by their key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many are the same.
    pub same: usize,
    /// Those whose text differs.
    pub differing: Vec<String>,
    /// Those that only the workbook has.
    pub new: Vec<String>,
    /// Those that only the case has.
    pub gone: Vec<String>,
}

impl Compared {
    /// Whether the workbook says nothing else.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.differing.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }
}

/// Imports a workbook.
///
/// # Errors
/// [`Error::ImportNeeds`] where it is not known where to; what reading and [`replace`] refuse.
pub fn import(root: &Path, order: &ImportOrder) -> Result<ImportOutcome, Error> {
    import_from(root, order, |diagnostics| Workbook::read(&order.file, diagnostics))
}

/// As [`import()`], of a workbook that is in no file; the order's `file` is its name alone.
///
/// # Errors
/// As [`import()`].
pub fn import_bytes(root: &Path, bytes: Vec<u8>, order: &ImportOrder) -> Result<ImportOutcome, Error> {
    import_from(root, order, |diagnostics| Ok(Workbook::of_bytes(&order.file, bytes, diagnostics)))
}

fn import_from(
    root: &Path,
    order: &ImportOrder,
    read: impl FnOnce(&mut Diagnostics) -> Result<Option<Workbook>, Error>,
) -> Result<ImportOutcome, Error> {
    let mut outcome = ImportOutcome::default();
    let mut unused = Diagnostics::new();
    let mut workspace = Workspace::read(root, &mut unused)?;
    outcome.sources = workspace.sources.clone();
    let Some(mut book) = read(&mut outcome.diagnostics)? else { return Ok(outcome) };
    let library = Library::read(&mut workspace, &Memory::default(), &mut unused);
    let stamp = import::stamp(&book);
    if stamp.as_ref().is_some_and(|stamp| stamp.view != View::Clean.id()) {
        outcome.diagnostics.push(said(Code::FormMarked, order));
        return Ok(outcome);
    }
    let Some(form) = form(&library, &book, order, stamp.as_ref()) else {
        outcome.diagnostics.push(said(Code::FormNone, order));
        return Ok(outcome);
    };
    if stamp.is_some() {
        // The pictures of our own workbooks stand in them as a table too.
        book.unseen.retain(|unseen| *unseen != Unseen::Pictures);
    }
    book.report(&order.file.display().to_string(), &mut outcome.diagnostics);
    let names = names(&library, order, stamp.as_ref(), form)?;
    let whole = with_annexes(form, &names.annexes);
    let known = known_files(&library, &names, stamp.as_ref());
    let mut imported = import::read(&book, &whole, &known, &library.words);
    if stamp.is_some() {
        // The list of our own workbook is made of the marks of its source.
        imported.history.clear();
    }
    report(&imported, &mut outcome.diagnostics);
    outcome.filled = imported.filled;
    outcome.missing.clone_from(&imported.missing);
    outcome.files = import::files(&imported, &names, &base_items(&library, &names.case));
    let key = format!("{}/{}", names.municipality, names.case);
    if library.cases.contains_key(&key) {
        outcome.compared = compare(root, &outcome.files, &names)?;
        if outcome.compared.as_ref().is_none_or(|compared| !compared.is_same()) {
            let folder = format!("content/municipalities/{key}/");
            outcome.diagnostics.push(said(Code::FormExists, order).with("folder", folder));
        }
        outcome.files.clear();
        return Ok(outcome);
    }
    settle(&workspace.sources, &library, &names, order, &mut outcome);
    if outcome.diagnostics.has_errors() {
        outcome.files.clear();
        return Ok(outcome);
    }
    outcome.mistakes = mistakes(root, &outcome.files, &names)?;
    if order.mode == ImportMode::Write {
        let files = outcome.files.iter().map(|(path, text)| (path.clone(), Some(text.clone()))).collect();
        replace(root, &workspace.sources, &files)?;
    }
    Ok(outcome)
}

fn said(code: Code, order: &ImportOrder) -> Diagnostic {
    Diagnostic::nowhere(code).with("path", order.file.display().to_string())
}

/// The form that a workbook holds.
fn form<'l>(library: &'l Library, book: &Workbook, order: &ImportOrder, stamp: Option<&Stamp>) -> Option<&'l FormDef> {
    let of_case = order.case.as_ref().or(stamp.map(|stamp| &stamp.case)).and_then(|case| library.assessments.get(case));
    let wanted = order.form.as_ref().or(of_case.map(|read| &read.value.form.value)).or(stamp.map(|stamp| &stamp.form));
    let slug = order.municipality.as_ref().or(stamp.map(|stamp| &stamp.municipality));
    let own = |id: &str| slug.and_then(|slug| library.forms.get(&format!("{slug}/{id}")));
    if let Some(id) = wanted {
        let found = own(id).or_else(|| library.forms.get(id)).map(|read| &read.value)?;
        return (import::likeness(book, found) > 0).then_some(found);
    }
    let shared = library.forms.iter().filter(|(id, _)| !id.contains('/')).map(|(_, read)| &*read.value);
    // The version that the workbook names; else the one that is most alike, of two the newer: the ids of versions are in their order.
    let alike = shared.map(|form| (import::bears_tag(book, form), import::likeness(book, form), form));
    alike.filter(|(_, likeness, _)| *likeness > 0).max_by_key(|(named, likeness, _)| (*named, *likeness)).map(|it| it.2)
}

/// Where the case goes and what it is called.
fn names(library: &Library, order: &ImportOrder, stamp: Option<&Stamp>, form: &FormDef) -> Result<CaseNames, Error> {
    let given = |own: &Option<String>, of_stamp: fn(&Stamp) -> &String| {
        own.clone().or_else(|| stamp.map(of_stamp).filter(|text| !text.is_empty()).cloned())
    };
    let municipality = given(&order.municipality, |stamp| &stamp.municipality);
    let case = given(&order.case, |stamp| &stamp.case);
    let (Some(municipality), Some(case)) = (municipality, case) else {
        return Err(needs("取込先の自治体と事務（--municipality 自治体 --case 事務）"));
    };
    // They become names of folders; a workbook's own word is not to be trusted.
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_id(&municipality) || !is_id(&case) {
        return Err(needs("半角の英数字とハイフンだけの名前（--municipality、--case）"));
    }
    let toml = library.municipalities.get(&municipality).map(|read| &read.value);
    let existing = library.cases.get(&format!("{municipality}/{case}")).map(|read| &read.value);
    let name =
        order.name.clone().or(toml.map(|toml| toml.name.value.clone())).or_else(|| given(&None, |stamp| &stamp.name));
    let code =
        order.code.clone().or(toml.map(|toml| toml.code.value.clone())).or_else(|| given(&None, |stamp| &stamp.code));
    let (Some(name), Some(code)) = (name, code) else {
        return Err(needs("新しい自治体の名称と全国地方公共団体コード（--name 名称 --code コード）"));
    };
    let date = order
        .date
        .clone()
        .or(existing.map(|case| case.date.value.clone()))
        .or_else(|| given(&None, |stamp| &stamp.date));
    let Some(date) = date.filter(|date| date.parse::<jiff::civil::Date>().is_ok()) else {
        return Err(needs("評価書の日付（--date 2026-04-01 の形）"));
    };
    let title = given(&order.title, |stamp| &stamp.title).unwrap_or_else(|| form.title.clone());
    let annexes = stamp.map(|stamp| stamp.annexes.clone()).unwrap_or_default();
    // They become names of files.
    let annexes = annexes.into_iter().filter(|annex| is_id(&annex.id)).collect();
    Ok(CaseNames { municipality, name, code, case, title, date, form: form.id.value.clone(), annexes })
}

/// The form with the parts that the case of the workbook adds to it.
fn with_annexes(form: &FormDef, annexes: &[StampedAnnex]) -> FormDef {
    let mut whole = form.clone();
    let located = |text: &String| Located { value: text.clone(), range: 0..0 };
    for annex in annexes {
        let (number, title) = (annex.number.clone(), annex.title.clone());
        let (id, after) = (located(&annex.id), Some(located(&annex.after)));
        whole.add_annex(&AnnexToml { id, number, title, after, form: None });
    }
    whole
}

fn needs(what: &str) -> Error {
    Error::ImportNeeds { what: what.to_owned() }
}

/// Files whose ids are kept: those of the case, else those that the workbook names.
fn known_files(library: &Library, names: &CaseNames, stamp: Option<&Stamp>) -> Vec<(String, String)> {
    let case = library.cases.get(&format!("{}/{}", names.municipality, names.case));
    let of_case = case
        .map(|read| read.value.file.iter().map(|file| (file.id.value.clone(), file.name.clone())).collect::<Vec<_>>());
    of_case.or(stamp.map(|stamp| stamp.files.clone())).unwrap_or_default()
}

/// Items of the shared assessment, by the path of their file below its folder.
fn base_items(library: &Library, case: &str) -> BTreeMap<String, Vec<String>> {
    let folder = format!("content/assessments/{case}/");
    let files = library.entries.iter().filter_map(|(path, entry)| Some((path.strip_prefix(&folder)?, entry)));
    files
        .map(|(path, entry)| {
            let texts = entry.headed.iter().filter(|headed| headed.register == Register::Form);
            let items = entry.values.keys().cloned().chain(texts.map(|headed| headed.id.clone()));
            (path.to_owned(), items.collect())
        })
        .collect()
}

/// Tells of every cell that has no place.
fn report(imported: &Imported, diagnostics: &mut Diagnostics) {
    for cell in &imported.unplaced {
        let code = if cell.label.is_empty() { Code::FormCellUnplaced } else { Code::FormValueUnknown };
        diagnostics.push(
            Diagnostic::nowhere(code)
                .with("sheet", &cell.sheet)
                .with("cell", &cell.cell)
                .with("text", &cell.text)
                .with("label", &cell.label),
        );
    }
    diagnostics.extend(imported.said.clone());
    for near in &imported.near {
        diagnostics.push(
            Diagnostic::nowhere(Code::FormLabelNear)
                .with("sheet", &near.sheet)
                .with("cell", &near.cell)
                .with("text", &near.written)
                .with("label", &near.label),
        );
    }
}

/// Takes out of the new files what is there already, and refuses where something else stands in its place.
fn settle(sources: &SourceMap, library: &Library, names: &CaseNames, order: &ImportOrder, outcome: &mut ImportOutcome) {
    if library.municipalities.contains_key(&names.municipality) {
        outcome.files.remove(&municipality_path(names));
        outcome.diagnostics.push(
            Diagnostic::nowhere(Code::FormDocument).with("path", municipality_path(names)).with("case", &names.case),
        );
    }
    if let Some(base) = library.assessments.get(&names.case) {
        let path = format!("content/assessments/{}/assessment.toml", names.case);
        outcome.files.remove(&path);
        if base.value.form.value != names.form {
            outcome.diagnostics.push(said(Code::FormExists, order).with("folder", path));
        }
    }
    for path in outcome.files.keys() {
        if sources.find(Path::new(path)).is_some() {
            outcome.diagnostics.push(said(Code::FormExists, order).with("folder", path));
        }
    }
}

fn municipality_path(names: &CaseNames) -> String {
    format!("content/municipalities/{}/municipality.toml", names.municipality)
}

/// The workspace as it would be with the new files, the case issued as a document.
fn with_files(root: &Path, files: &BTreeMap<String, String>, names: &CaseNames) -> Result<Checked, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut workspace = Workspace::read(root, &mut diagnostics)?;
    let mut texts: BTreeMap<String, String> = workspace
        .sources
        .iter()
        .map(|(_, file)| {
            (file.path.to_str().expect("the workspace holds paths as UTF-8").to_owned(), file.text.to_string())
        })
        .collect();
    // The case is the workbook's alone.
    let folder = format!("content/municipalities/{}/{}/", names.municipality, names.case);
    texts.retain(|path, _| !path.starts_with(&folder));
    let municipality = municipality_path(names);
    if let (Some(own), false) = (texts.get_mut(&municipality), files.contains_key(&municipality)) {
        let case = toml_edit::Value::from(names.case.as_str());
        own.push_str(&format!(
            "\n[[document]]\ncase ={case}\nid = \"imported\"\nkind = \"assessment\"\ntitle = \"\"\nformats = []\n"
        ));
    }
    texts.extend(files.iter().map(|(path, text)| (path.clone(), text.clone())));
    workspace.sources = SourceMap::default();
    for (path, text) in texts {
        workspace.sources.add(path, text);
    }
    Ok(check_workspace(workspace, diagnostics))
}

fn mistakes(root: &Path, files: &BTreeMap<String, String>, names: &CaseNames) -> Result<usize, Error> {
    let checked = with_files(root, files, names)?;
    let errors = checked.diagnostics.sorted();
    Ok(errors.iter().filter(|found| found.code.severity() == crate::diagnostic::Severity::Error).count())
}

/// The items of the case as it stands after its changes beside those of the workbook.
fn compare(root: &Path, files: &BTreeMap<String, String>, names: &CaseNames) -> Result<Option<Compared>, Error> {
    let before = read(root)?;
    let mut own = files.clone();
    own.remove(&municipality_path(names));
    own.remove(&format!("content/assessments/{}/assessment.toml", names.case));
    let after = with_files(root, &own, names)?;
    let (Some(before), Some(after)) = (case(&before, names), case(&after, names)) else { return Ok(None) };
    Ok(Some(compared(&items(before), &items(after))))
}

fn case<'c>(checked: &'c Checked, names: &CaseNames) -> Option<&'c Case> {
    let municipality = checked.model.municipalities.iter().find(|found| found.slug == names.municipality)?;
    municipality.cases.get(&names.case).map(AsRef::as_ref)
}

/// The texts of a case's assessment by key, in print order; the figures of 别添1 by what they say, since a page is a flow of its own.
fn items(case: &Case) -> Vec<(String, String)> {
    let elements = case.main().into_iter().flat_map(|filled| &filled.sections).flat_map(|section| &section.elements);
    let pages: Vec<(String, String)> = elements
        .filter_map(|element| if let Element::Flow(page) = element { page.path.split_once('/') } else { None })
        .map(|(section, page)| (format!("{section}/{page}/"), format!("{section}/{}/", page.replace('/', "-"))))
        .collect();
    let one_flow_a_page = |key: String| {
        let page =
            pages.iter().find_map(|(page, flow)| key.strip_prefix(page.as_str()).map(|rest| format!("{flow}{rest}")));
        page.unwrap_or(key)
    };
    // The workbook holds the assessment, not what is made from it.
    let own = frozen(case, State::After).into_iter().filter(|item| {
        let of_others = |form: &CaseForm| !form.role.prefix().is_empty() && item.file.starts_with(&form.role.prefix());
        !case.forms.iter().any(of_others)
    });
    let texts = own.map(|item| (one_flow_a_page(item.key()), item.text.characters(State::After)));
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

fn compared(before: &[(String, String)], after: &[(String, String)]) -> Compared {
    let old: BTreeMap<&str, &str> = before.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let new: BTreeMap<&str, &str> = after.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let keys: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut compared = Compared::default();
    for key in keys {
        match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) if old == new => compared.same += 1,
            (Some(_), Some(_)) => compared.differing.push(key.to_owned()),
            (None, _) => compared.new.push(key.to_owned()),
            (_, None) => compared.gone.push(key.to_owned()),
        }
    }
    compared
}
