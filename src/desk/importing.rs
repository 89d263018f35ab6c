//! An assessment kept in the form's workbook, into `content/`.
//!
//! Nothing is written before the files were read again as a workspace with them; nothing that an author wrote is overwritten: of a
//! case that is there already only the differences are told.

mod beside;
mod compared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceMap};
use crate::import::{self, CaseNames, Imported};
use crate::markup::Register;
use crate::model::Library;
use crate::model::manifest::{AnnexToml, FormDef, View};
use crate::name::{BesideId, CaseId, CaseName, FormId, ItemId, PersonalFileId, Reach, SectionId, Slug};
use crate::render::{Stamp, StampedAnnex};
use crate::session::Session;
use crate::source::{Located, Unseen, Workbook, id_fault};
use crate::write::Steps;
use compared::{compare, mistakes};

pub use compared::Compared;

/// An order to import（取込みの依頼）. What is not said is taken from the workbook, where it is our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOrder {
    /// The workbook.
    pub file: PathBuf,
    /// Slug of the municipality.
    pub municipality: Option<Slug>,
    /// Case.
    pub case: Option<CaseId>,
    /// Id of the 評価書 beside the main one of the case that the workbook holds; none: that of our own workbook, else the main one.
    pub beside: Option<BesideId>,
    /// Id of the form; none: that of the case or of the workbook, else the one whose labels are found.
    pub form: Option<FormId>,
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
    /// New files, and settings that name them, by path from the root.
    pub files: BTreeMap<String, String>,
    /// Where the case is there already: its items beside those of the workbook.
    pub compared: Option<Compared>,
    /// Mistakes of the municipality with the new files.
    pub mistakes: usize,
    /// The files as they were before.
    pub sources: SourceMap,
}

/// Imports a workbook.
///
/// # Errors
/// [`Error::ImportNeeds`] where it is not known where to; what reading and [`Steps::write`] refuse.
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
    let Some(mut book) = read(&mut outcome.diagnostics)? else { return Ok(outcome) };
    let stamp = import::stamp(&book);
    let checked = Session::open(root)?.gather(&reaches(order, stamp.as_ref()))?;
    outcome.sources = checked.workspace.sources.clone();
    let (library, sources) = (&*checked.library, &checked.workspace.sources);
    if stamp.as_ref().is_some_and(|stamp| stamp.view != View::Clean.id()) {
        outcome.diagnostics.push(said(Code::FormMarked, order));
        return Ok(outcome);
    }
    let Some(form) = form(library, &book, order, stamp.as_ref()) else {
        outcome.diagnostics.push(said(Code::FormNone, order));
        return Ok(outcome);
    };
    if stamp.is_some() {
        // The pictures of our own workbooks stand in them as a table too.
        book.unseen.retain(|unseen| *unseen != Unseen::Pictures);
    }
    book.report(&order.file.display().to_string(), &mut outcome.diagnostics);
    let names = names(library, order, stamp.as_ref(), form)?;
    let whole = with_annexes(form, &names.annexes);
    let known = known_files(library, &names, stamp.as_ref());
    let mut imported = import::read(&book, &whole, &known, &library.words);
    if stamp.is_some() {
        // The list of our own workbook is made of the marks of its source.
        imported.history.clear();
    }
    report(&imported, &mut outcome.diagnostics);
    outcome.filled = imported.filled;
    outcome.missing.clone_from(&imported.missing);
    let base = base_items(library, &names);
    outcome.files = import::files(&imported, &names, &base);
    if is_there(library, &names) {
        outcome.compared = compare(&checked, &outcome.files, &names);
        if outcome.compared.as_ref().is_none_or(|compared| !compared.is_same()) {
            let folder = format!("{}/", names.folder());
            outcome.diagnostics.push(said(Code::FormExists, order).with("folder", folder));
        }
        outcome.files.clear();
        return Ok(outcome);
    }
    settle(sources, library, &names, order, &mut outcome);
    if let Some(id) = names.beside.clone() {
        let paper = beside::Paper { checked: &checked, names: &names, id: &id, form };
        outcome.files = paper.files(&mut imported, &base, &mut outcome.diagnostics);
    }
    if outcome.diagnostics.has_errors() {
        outcome.files.clear();
        return Ok(outcome);
    }
    outcome.mistakes = mistakes(&checked, &outcome.files, &names);
    if order.mode == ImportMode::Write {
        let files = outcome.files.iter().map(|(path, text)| (path.clone(), Some(text.clone()))).collect();
        let file = order.file.file_name().unwrap_or_default().to_string_lossy();
        let beside = names.beside.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
        let what = format!("評価書の取込み（{file}）：{}{beside}", names.of_case());
        Steps::of(root).write(sources, (&what, &files))?;
    }
    Ok(outcome)
}

/// What is read: the municipality, which may be new, and what its case rests on. Where it is not known, nothing of anybody.
fn reaches(order: &ImportOrder, stamp: Option<&Stamp>) -> Vec<Reach> {
    let municipality = order.municipality.as_ref().or(stamp.map(|stamp| &stamp.municipality)).filter(|id| is_id(id));
    let case = order.case.as_ref().or(stamp.map(|stamp| &stamp.case)).filter(|id| is_id(id));
    let whole = municipality.map(Reach::whole);
    let of_case = municipality.zip(case).map(|(slug, case)| Reach::from(CaseName::new(slug, case)));
    whole.into_iter().chain(of_case).collect()
}

/// Whether a word may become the name of a folder; a workbook's own word is not to be trusted.
fn is_id(id: &str) -> bool {
    id_fault(id).is_none()
}

fn said(code: Code, order: &ImportOrder) -> Diagnostic {
    Diagnostic::nowhere(code).with("path", order.file.display().to_string())
}

/// Id of the 評価書 beside the main one that a workbook holds.
fn beside_of(order: &ImportOrder, stamp: Option<&Stamp>) -> Option<BesideId> {
    order.beside.clone().or(stamp.map(|stamp| stamp.beside.clone())).filter(|id| !id.is_empty())
}

/// Whether the municipality has the case already, or the 評価書 beside its main one.
fn is_there(library: &Library, names: &CaseNames) -> bool {
    let Some(beside) = &names.beside else {
        return library.cases.contains_key(&names.of_case());
    };
    let folder = format!("{}/", names.folder());
    let has_entries = library.entries.keys().any(|path| path.starts_with(&folder));
    let municipality = library.municipalities.get(&names.municipality);
    let issues = municipality.is_some_and(|read| {
        let of_case = read.value.document.iter().filter(|document| document.case.value == names.case);
        let named = of_case.filter_map(|document| document.form.as_ref());
        named.into_iter().any(|form| form.value == *beside)
    });
    has_entries || issues
}

/// The form that a workbook holds.
fn form<'l>(library: &'l Library, book: &Workbook, order: &ImportOrder, stamp: Option<&Stamp>) -> Option<&'l FormDef> {
    let of_case = order.case.as_ref().or(stamp.map(|stamp| &stamp.case)).and_then(|case| library.assessments.get(case));
    let of_case = of_case.and_then(|read| match beside_of(order, stamp) {
        None => Some(&read.value.form.value),
        Some(id) => read.value.beside.iter().find(|beside| beside.id.value == id).map(|beside| &beside.form.value),
    });
    let wanted = order.form.as_ref().or(of_case).or(stamp.map(|stamp| &stamp.form));
    let slug = order.municipality.as_ref().or(stamp.map(|stamp| &stamp.municipality));
    if let Some(id) = wanted {
        let found = library.form(slug, id).map(|read| &read.value)?;
        return (import::likeness(book, found) > 0).then_some(found);
    }
    let shared = library.forms.iter().filter(|(name, _)| name.municipality.is_none()).map(|(_, read)| &*read.value);
    // The version that the workbook names; else the one that is most alike, of two the newer: the ids of versions are in their order.
    let alike = shared.map(|form| (import::bears_tag(book, form), import::likeness(book, form), form));
    alike.filter(|(_, likeness, _)| *likeness > 0).max_by_key(|(named, likeness, _)| (*named, *likeness)).map(|it| it.2)
}

/// Where the case goes and what it is called.
fn names(library: &Library, order: &ImportOrder, stamp: Option<&Stamp>, form: &FormDef) -> Result<CaseNames, Error> {
    let given = |own: &Option<String>, of_stamp: fn(&Stamp) -> &String| {
        own.clone().or_else(|| stamp.map(of_stamp).filter(|text| !text.is_empty()).cloned())
    };
    let slug = stamp.map(|stamp| &stamp.municipality).filter(|slug| !slug.is_empty());
    let municipality = order.municipality.clone().or(slug.cloned());
    let of_stamp = stamp.map(|stamp| &stamp.case).filter(|case| !case.is_empty());
    let case = order.case.clone().or(of_stamp.cloned());
    let (Some(municipality), Some(case)) = (municipality, case) else {
        return Err(needs(
            "取込先の自治体と事務（--municipality 自治体 --case 事務）",
            "the municipality and case to import into (--municipality SLUG --case CASE)",
        ));
    };
    // They become names of folders.
    let beside = beside_of(order, stamp);
    if !is_id(&municipality) || !is_id(&case) || beside.as_ref().is_some_and(|id| !is_id(id)) {
        return Err(needs(
            "半角の英数字とハイフンだけの名前（--municipality、--case、--beside）",
            "names of small letters, digits and hyphens (--municipality, --case, --beside)",
        ));
    }
    if beside.is_some() && !library.cases.contains_key(&CaseName::new(&municipality, &case)) {
        return Err(needs(
            "その事務の主な評価書の原稿（先に様式3又は様式4を取り込む）",
            "the main assessment of the case (import its 様式3 or 様式4 first)",
        ));
    }
    let toml = library.municipalities.get(&municipality).map(|read| &read.value);
    let existing = library.cases.get(&CaseName::new(&municipality, &case)).map(|read| &read.value);
    let name =
        order.name.clone().or(toml.map(|toml| toml.name.value.clone())).or_else(|| given(&None, |stamp| &stamp.name));
    let code =
        order.code.clone().or(toml.map(|toml| toml.code.value.clone())).or_else(|| given(&None, |stamp| &stamp.code));
    let (Some(name), Some(code)) = (name, code) else {
        return Err(needs(
            "新しい自治体の名称と全国地方公共団体コード（--name 名称 --code コード）",
            "the name and the 全国地方公共団体コード of the new municipality (--name NAME --code CODE)",
        ));
    };
    let date = order
        .date
        .clone()
        .or(existing.map(|case| case.date.value.clone()))
        .or_else(|| given(&None, |stamp| &stamp.date));
    let Some(date) = date.filter(|date| date.parse::<jiff::civil::Date>().is_ok()) else {
        return Err(needs("評価書の日付（--date 2026-04-01 の形）", "the date of the assessment (--date 2026-04-01)"));
    };
    let title = given(&order.title, |stamp| &stamp.title).unwrap_or_else(|| form.title.clone());
    let annexes = stamp.map(|stamp| stamp.annexes.clone()).unwrap_or_default();
    // They become names of files.
    let annexes = annexes.into_iter().filter(|annex| is_id(&annex.id)).collect();
    Ok(CaseNames { municipality, name, code, case, title, date, form: form.id.value.clone(), beside, annexes })
}

/// The form with the parts that the case of the workbook adds to it.
fn with_annexes(form: &FormDef, annexes: &[StampedAnnex]) -> FormDef {
    let mut whole = form.clone();
    let located = |id: &SectionId| Located { value: id.clone(), range: 0..0 };
    for annex in annexes {
        let (number, title) = (annex.number.clone(), annex.title.clone());
        let (id, after) = (located(&annex.id), Some(located(&annex.after)));
        whole.add_annex(&AnnexToml { id, number, title, after, form: None });
    }
    whole
}

fn needs(ja: &'static str, en: &'static str) -> Error {
    Error::ImportNeeds { ja, en }
}

/// Files whose ids are kept: those of the case, else those that the workbook names.
fn known_files(library: &Library, names: &CaseNames, stamp: Option<&Stamp>) -> Vec<(PersonalFileId, String)> {
    let case = library.cases.get(&names.of_case());
    let of_case = case
        .map(|read| read.value.file.iter().map(|file| (file.id.value.clone(), file.name.clone())).collect::<Vec<_>>());
    of_case.or(stamp.map(|stamp| stamp.files.clone())).unwrap_or_default()
}

/// Items of the shared assessment, by the path of their file below its folder.
fn base_items(library: &Library, names: &CaseNames) -> BTreeMap<String, Vec<ItemId>> {
    let beside = names.beside.as_ref().map(|id| format!("{id}/")).unwrap_or_default();
    let folder = format!("{}/{beside}", names.case.shared_folder());
    let files = library.entries.iter().filter_map(|(path, entry)| Some((path.strip_prefix(&folder)?, entry)));
    files
        .map(|(path, entry)| {
            let texts = entry.headed.iter().filter(|headed| headed.register == Register::Form);
            let items = entry.values.keys().cloned().chain(texts.map(|headed| ItemId::from(&headed.id)));
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
    if names.beside.is_none() && library.municipalities.contains_key(&names.municipality) {
        outcome.files.remove(&names.municipality.settings());
        outcome.diagnostics.push(
            Diagnostic::nowhere(Code::FormDocument)
                .with("path", names.municipality.settings())
                .with("case", &names.case),
        );
    }
    if let (Some(base), None) = (library.assessments.get(&names.case), &names.beside) {
        let path = format!("{}/assessment.toml", names.case.shared_folder());
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
