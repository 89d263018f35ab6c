//! A new assessment of a municipality（評価書を始める）: from a form alone, or on what is written already.

use std::path::Path;

use super::copying::{Copied, copied};
use super::entries::{asks_for_files, entries};
use super::tables::{quoted, with_document, with_terms};
use super::{Begun, Files, Made, day, form_of, named, none_there, said, settings_of, unreadable};
use crate::desk::checklist::Mode;
use crate::diagnostic::{Code, Lang};
use crate::name::{CaseId, CaseName, FormId, PersonalFileId, Slug};
use crate::session::{Checked, new_in, read};
use crate::{Error, Said};

/// An order for an assessment（評価書を始める依頼）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// What it begins with.
    pub begin: Begin,
    /// Name of the assessment as this municipality prints it; empty: that of what it begins with.
    pub title: String,
    /// Date of the case, as `2026-04-01`.
    pub date: String,
    /// Names of its 特定個人情報ファイル, where a form alone is begun with.
    pub files: Vec<String>,
}

/// What an assessment begins with（始め方）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// A form, by its id: nothing is written yet.
    Form(FormId),
    /// The text that all share（正本）.
    Base,
    /// What another municipality says, by its slug.
    From(Slug),
}

/// What stands for a term that has no word yet; the rule of placeholders tells of it until it has one.
const NO_WORD: &str = "〇〇";

/// Begins an assessment.
///
/// # Errors
/// [`Error::NoMunicipality`], [`Error::NoForm`], [`Error::NoBase`] where there is nothing to begin with, [`Error::AlreadyThere`], [`Error::Shape`]
/// and [`Error::Empty`] for what the order says, and what reading and writing refuse.
pub fn begin_assessment(root: &Path, order: &AssessmentOrder) -> Result<Begun, Error> {
    made(root, order)?.carried(root, Mode::Write)
}

pub(super) fn made(root: &Path, order: &AssessmentOrder) -> Result<Made, Error> {
    named("事務（CASE）", &order.case, "juki")?;
    day("--date", &order.date)?;
    let checked = read(root)?;
    let (path, settings) = settings_of(&checked, &order.municipality)?;
    let name = CaseName::new(&order.municipality, &order.case);
    let folder = name.folder();
    none_there(root, [&folder])?;
    let (title, mut files, comments) = match &order.begin {
        Begin::Form(form) => (order.title.clone(), from_form(root, &checked, (order, form, &folder))?, Vec::new()),
        Begin::Base | Begin::From(_) => {
            let Copied { title, files, terms } = copied(&checked, order, &folder)?;
            (title, files, terms)
        }
    };
    let keys = [
        ("case", order.case.as_str()),
        ("id", "assessment"),
        ("kind", "assessment"),
        ("title", title.as_str()),
        ("footer", "{n} / {N}"),
    ];
    let settings = with_document(&settings, &keys, &["pdf", "xlsx"]).ok_or_else(|| unreadable(&path))?;
    files.insert(path.clone(), Some(settings.clone()));
    let terms = unknown_terms(&checked, &files);
    if !terms.is_empty() {
        let told = |name: &String| comments.iter().find(|(known, _)| known == name).map(|(_, word)| word.as_str());
        let told = |name: &String| match told(name) {
            Some(word) => format!("写した原稿では「{word}」"),
            None => "この自治体での言葉を書く".to_owned(),
        };
        let lines: Vec<(String, String)> = terms.iter().map(|name| (name.clone(), told(name))).collect();
        let with = with_terms(&settings, &lines, NO_WORD).expect("the settings were read as TOML just now");
        files.insert(path, Some(with));
    }
    let what = format!("評価書の作成：{name}");
    Ok(Made { checked, what, files, terms })
}

/// The files of an assessment of which nothing is written yet.
fn from_form(
    root: &Path,
    checked: &Checked,
    (order, form, folder): (&AssessmentOrder, &FormId, &str),
) -> Result<Files, Error> {
    said("--title", &order.title)?;
    let def = form_of(&checked.library, &order.municipality, form)?;
    let base = format!("{}/assessment.toml", order.case.shared_folder());
    if let Some(known) = checked.library.assessments.get(&order.case) {
        let form = &known.value.form.value;
        return Err(Error::NoBase {
            reason: Said::new(
                format!(
                    "事務「{}」には、正本があります：{base}（様式 {form}）。--form の代わりに --base を付けると、正本から始めます",
                    order.case
                ),
                format!(
                    "the case {} has a shared text: {base} (form {form}); --base in place of --form begins with it",
                    order.case
                ),
            ),
        });
    }
    none_there(root, [&base])?;
    let asks = asks_for_files(def);
    if asks && order.files.is_empty() {
        return Err(Error::NotSaid {
            ja: "特定個人情報ファイルの名称",
            en: "the name of a 特定個人情報ファイル",
            option: "--file",
        });
    }
    let names = order.files.iter().filter(|_| asks).enumerate();
    let named: Vec<(PersonalFileId, String)> =
        names.map(|(at, name)| (format!("file-{}", at + 1).into(), name.trim().to_owned())).collect();
    let stage = &checked.library.words.unfinished.stage;
    let mut case = format!(
        "title = {}\n# 書き終えたら「素案」などに改めます。この語の間は、未記入の項目が誤りになりません。\nstage = {}\ndate = {}\n",
        quoted(order.title.trim()),
        quoted(stage),
        quoted(&order.date)
    );
    if named.is_empty() {
        case.push_str("file = []\n");
    }
    for (id, name) in &named {
        case.push_str(&format!("\n[[file]]\nid = {}\nname = {}\n", quoted(id), quoted(name)));
    }
    let of_base = format!("form = {}\ntitle = {}\n", quoted(form), quoted(order.title.trim()));
    let mut files = Files::from([(base, Some(of_base)), (format!("{folder}/case.toml"), Some(case))]);
    let made = entries(def, &named, &[]).into_iter();
    files.extend(made.map(|(path, text)| (format!("{folder}/{path}"), Some(text))));
    Ok(files)
}

/// Terms that the texts of a new case use and that its municipality has no word for.
fn unknown_terms(checked: &Checked, files: &Files) -> Vec<String> {
    let unknown = new_in(&checked.fork(files), checked);
    let unknown = unknown.sorted().into_iter().filter(|found| found.code == Code::TermUnknown);
    let names = unknown.filter_map(|found| {
        let (_, name) = found.args.iter().find(|(key, _)| *key == "name")?;
        Some(name.words(Lang::En).to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}
