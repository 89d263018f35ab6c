//! What stands in `content/` beside what a workbook says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::change::frozen;
use crate::import::CaseNames;
use crate::markup::State;
use crate::model::{Case, Element, ItemKey, ItemPath, Role};
use crate::session::Checked;

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

/// The municipality as it would be with the new files, the case issued as a document.
pub(super) fn with_files(before: &Checked, files: &BTreeMap<String, String>, names: &CaseNames) -> Checked {
    let sources = &before.workspace.sources;
    // The case, or the 評価書 beside its main one, is the workbook's alone.
    let folder = names.folder();
    let own = sources.iter().filter(|(_, file)| file.path.starts_with(&folder));
    let mut all: BTreeMap<String, Option<String>> = own.map(|(file, _)| (sources.shown(file), None)).collect();
    let municipality = names.municipality.settings();
    if let Some(file) = sources.find(Path::new(&municipality)) {
        let case = toml_edit::Value::from(names.case.as_str());
        let form = names.beside.as_ref().map(|id| format!("form = {}\n", toml_edit::Value::from(id.as_str())));
        let form = form.unwrap_or_default();
        let document = format!(
            "\n[[document]]\n{form}case = {case}\nid = \"imported\"\nkind = \"assessment\"\ntitle = \"\"\nformats = []\n"
        );
        all.insert(municipality, Some(format!("{}{document}", sources.get(file).text)));
    }
    all.extend(files.iter().map(|(path, text)| (path.clone(), Some(text.clone()))));
    before.fork(&all)
}

/// How many mistakes the municipality has with the new files.
pub(super) fn mistakes(before: &Checked, files: &BTreeMap<String, String>, names: &CaseNames) -> usize {
    let checked = with_files(before, files, names);
    let errors = checked.diagnostics.sorted();
    errors.iter().filter(|found| found.code.severity() == crate::diagnostic::Severity::Error).count()
}

/// The items of the case as it stands after its changes beside those of the workbook.
pub(super) fn compare(before: &Checked, files: &BTreeMap<String, String>, names: &CaseNames) -> Option<Compared> {
    let mut own = files.clone();
    own.remove(&names.municipality.settings());
    own.remove(&format!("{}/assessment.toml", names.case.shared_folder()));
    let after = with_files(before, &own, names);
    Some(compared(&items(case(before, names)?, names), &items(case(&after, names)?, names)))
}

pub(super) fn case<'c>(checked: &'c Checked, names: &CaseNames) -> Option<&'c Case> {
    checked.model.case(&names.of_case()).map(|(_, case)| case)
}

/// The texts of a case's assessment by key, in print order; the figures of 别添1 by what they say, since a page is a flow of its own.
fn items(case: &Case, names: &CaseNames) -> Vec<(ItemKey, String)> {
    if let Some(id) = &names.beside {
        let role = Role::Beside(id.clone());
        let own = frozen(case, State::After).into_iter().filter(|item| item.role == Some(&role));
        let texts = own.map(|item| (item.key, item.text.characters(State::After)));
        return texts.filter(|(_, text)| !text.is_empty()).collect();
    }
    let elements = case.main().into_iter().flat_map(|filled| &filled.sections).flat_map(|section| &section.elements);
    let pages: Vec<(ItemKey, ItemKey)> = elements
        .filter_map(|element| if let Element::Flow(page) = element { Some(&page.path) } else { None })
        .map(|page| {
            let id = page.ids().skip(1).collect::<Vec<_>>().join("-");
            (Role::Main.key(page), Role::Main.key(&ItemPath::of(page.first()).join(&id)))
        })
        .collect();
    let one_flow_a_page = |key: ItemKey| {
        let page = pages.iter().find_map(|(page, flow)| Some(flow.join_path(&key.below(page)?)));
        page.unwrap_or(key)
    };
    // The workbook holds the assessment, not what is made from it.
    let of_others = |role: &Role| matches!(role, Role::Beside(_) | Role::Overview(_));
    let own = frozen(case, State::After).into_iter().filter(|item| !item.role.is_some_and(of_others));
    let texts = own.map(|item| (one_flow_a_page(item.key), item.text.characters(State::After)));
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

fn compared(before: &[(ItemKey, String)], after: &[(ItemKey, String)]) -> Compared {
    let old: BTreeMap<&ItemKey, &str> = before.iter().map(|(key, text)| (key, text.as_str())).collect();
    let new: BTreeMap<&ItemKey, &str> = after.iter().map(|(key, text)| (key, text.as_str())).collect();
    let keys: BTreeSet<&ItemKey> = old.keys().chain(new.keys()).copied().collect();
    let mut compared = Compared::default();
    for key in keys {
        match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) if old == new => compared.same += 1,
            (Some(_), Some(_)) => compared.differing.push(key.to_string()),
            (None, _) => compared.new.push(key.to_string()),
            (_, None) => compared.gone.push(key.to_string()),
        }
    }
    compared
}
