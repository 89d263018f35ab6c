//! Sign-offs（点検済）: who reviewed which item, written to `reviewed.toml` and counted by section.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

use crate::Error;
use crate::change::{Reviewable, reviewables};
use crate::check::is_day;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::{Case, ItemKey};
use crate::name::{CaseId, CaseName, Slug};
use crate::session::{Checked, Session, Wanted, find, nothing_matches};
use crate::source::parted;
use crate::write::Steps;

/// What has been reviewed and what not（点検の状況）: `hyoka review report --format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReviewReport {
    /// In the order of their slugs and ids.
    pub cases: Vec<CaseReview>,
}

/// The reviews of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CaseReview {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Sections in print order; those without an item are left out.
    pub sections: Vec<SectionReview>,
}

/// The reviews of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SectionReview {
    /// Key of the section.
    pub id: ItemKey,
    /// Number and title.
    pub heading: String,
    /// How many items are reviewed.
    pub reviewed: usize,
    /// How many were, and have changed since.
    pub lifted: usize,
    /// How many were never.
    pub open: usize,
    /// In print order.
    pub items: Vec<ItemReview>,
}

/// The review of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ItemReview {
    /// Key of the item.
    pub path: ItemKey,
    /// What it is called on the form.
    pub label: String,
    /// Whether it is reviewed.
    pub state: ReviewState,
    /// Office of the reviewer; none where it was never reviewed.
    pub by: Option<String>,
    /// Date of the review.
    pub on: Option<String>,
}

/// Whether an item is reviewed（点検の状態）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// 点検済.
    Reviewed,
    /// 点検の後に変更.
    Lifted,
    /// 未点検.
    Open,
}

/// What to sign（点検済の指定）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Paths of items; a path that ends before a `/` of an item's takes in all below it. Never empty.
    pub items: Vec<ItemKey>,
    /// Office of the reviewer.
    pub by: String,
    /// Date of the review.
    pub on: String,
}

/// What signing did（点検済の記録の結果）.
#[derive(Debug)]
pub struct Signed {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// How many items were signed.
    pub items: usize,
    /// Where.
    pub path: String,
}

/// The reviews of the wanted cases.
///
/// # Errors
/// [`Error::NothingMatches`] where no case is as asked for.
pub fn review_report(checked: &Checked, wanted: &Wanted) -> Result<ReviewReport, Error> {
    let all = checked.model.cases().filter(|(of, case)| wanted.has_case(&of.name(case)));
    let cases: Vec<CaseReview> = all.map(|(of, case)| case_review(&of.slug, case)).collect();
    if cases.is_empty() {
        return Err(nothing_matches(wanted, &checked.case_names()));
    }
    Ok(ReviewReport { cases })
}

fn case_review(municipality: &Slug, case: &Case) -> CaseReview {
    let mut sections: Vec<SectionReview> = Vec::new();
    for item in reviewables(case) {
        if sections.last().is_none_or(|section| section.id != item.section) {
            let heading = heading(case, &item.section);
            let id = item.section.clone();
            sections.push(SectionReview { id, heading, reviewed: 0, lifted: 0, open: 0, items: Vec::new() });
        }
        let section = sections.last_mut().expect("one was just added");
        let item = item_review(item, case);
        match item.state {
            ReviewState::Reviewed => section.reviewed += 1,
            ReviewState::Lifted => section.lifted += 1,
            ReviewState::Open => section.open += 1,
        }
        section.items.push(item);
    }
    CaseReview { municipality: municipality.to_owned(), case: case.id.clone(), sections }
}

/// Number and title of a section; empty for what is no section of a form.
fn heading(case: &Case, key: &ItemKey) -> String {
    let mut all = case
        .forms
        .iter()
        .flat_map(|form| form.filled.sections.iter().map(|section| (form.role.key(&section.path), section)));
    let found = all.find(|(of, _)| of == key).map(|(_, section)| section);
    found.map_or_else(String::new, |section| {
        [section.heading.as_str(), section.file_name.as_deref().unwrap_or_default()].concat()
    })
}

fn item_review(item: Reviewable, case: &Case) -> ItemReview {
    let review = case.reviews.iter().find(|review| review.key == item.key).map(|review| &review.settings);
    let state = match review {
        Some(review) if review.hash == item.hash() => ReviewState::Reviewed,
        Some(_) => ReviewState::Lifted,
        None => ReviewState::Open,
    };
    let (by, on) = (review.map(|review| review.by.clone()), review.map(|review| review.on.clone()));
    ItemReview { path: item.key, label: item.label, state, by, on }
}

/// Signs items of a case: writes their hashes to its `reviewed.toml`, in one step; comments there stay.
///
/// Nothing is signed while the workspace has errors: its items would not be what is printed.
///
/// # Errors
/// [`Error::NothingMatches`] where the case is not there, [`Error::NoItem`] where an item is not, [`Error::Empty`] where the
/// reviewer or the date is, [`Error::NoDate`] where the date is no day, and as [`Steps::write`].
pub fn sign(root: &Path, order: &SignOrder) -> Result<Signed, Error> {
    for (option, said) in [("--by", &order.by), ("--on", &order.on)] {
        if said.trim().is_empty() {
            return Err(Error::Empty { option });
        }
    }
    if !is_day(order.on.trim()) {
        return Err(Error::NoDate { given: order.on.clone() });
    }
    let checked = Session::open(root)?.municipality(&order.municipality)?;
    let name = CaseName::new(&order.municipality, &order.case);
    let case = find(&checked, &name)?;
    let sources = &checked.workspace.sources;
    let home = sources.shown(case.file);
    let path = format!("{}/reviewed.toml", parted(&home).0);
    let mut items = 0;
    if !checked.diagnostics.has_errors() {
        let signed = chosen(case, &order.items)?;
        items = signed.len();
        let before = sources.find(Path::new(&path)).map(|file| sources.get(file).text.to_string());
        let text = written(before.as_deref().unwrap_or(HEAD), &signed, order);
        let what = format!("点検済（{}）：{name}", listed(&order.items));
        Steps::of(root).write(sources, (&what, &BTreeMap::from([(path.clone(), Some(text))])))?;
    }
    Ok(Signed { diagnostics: checked.diagnostics, sources: checked.workspace.sources, items, path })
}

fn listed(items: &[ItemKey]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// The items that were asked for, each with its hash.
fn chosen(case: &Case, asked: &[ItemKey]) -> Result<BTreeMap<ItemKey, String>, Error> {
    let items = reviewables(case);
    let mut signed = BTreeMap::new();
    for asked in asked {
        let fitting: Vec<&Reviewable> = items.iter().filter(|item| item.key.is_in(asked)).collect();
        if fitting.is_empty() {
            let near = asked.nearest(items.iter().map(|item| &item.key)).map(str::to_owned);
            return Err(Error::NoItem { path: asked.to_string(), near });
        }
        signed.extend(fitting.into_iter().map(|item| (item.key.clone(), item.hash())));
    }
    Ok(signed)
}

/// What a new file begins with.
const HEAD: &str =
    "# 点検の記録。「hyoka review sign」が書きます。記載が変わると点検済ではなくなります。\n\n[reviewed]\n";

/// The file's text with the sign-offs put in or renewed.
fn written(before: &str, signed: &BTreeMap<ItemKey, String>, order: &SignOrder) -> String {
    let mut document: DocumentMut = before.parse().expect("the workspace was read without errors");
    let table = document.entry("reviewed").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().expect("the schema says that it is a table");
    for (path, hash) in signed {
        let mut entry = InlineTable::new();
        entry.insert("by", order.by.as_str().into());
        entry.insert("on", order.on.as_str().into());
        entry.insert("hash", hash.as_str().into());
        let path = path.to_string();
        match table.get_mut(&path) {
            // Keeps what stands around it.
            Some(item) => match item.as_value_mut() {
                Some(known) => {
                    let decor = known.decor().clone();
                    *known = entry.into();
                    *known.decor_mut() = decor;
                }
                None => *item = value(entry),
            },
            None => {
                table.insert(&path, value(entry));
            }
        }
    }
    document.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_order_stay() {
        let before = "# 頭\n[reviewed]\n# 一つ目\n\"b/x\" = { by = \"前\", on = \"前\", hash = \"0\" } # 後ろ\n\"a/y\" = { by = \"前\", on = \"前\", hash = \"1\" }\n";
        let order = SignOrder {
            municipality: Slug::default(),
            case: CaseId::default(),
            items: Vec::new(),
            by: "税務課長".to_owned(),
            on: "令和8年4月1日".to_owned(),
        };
        let signed = BTreeMap::from([("b/x", "2"), ("c/z", "3")].map(|(key, hash)| (key.into(), hash.to_owned())));
        assert_eq!(
            written(before, &signed, &order),
            "# 頭\n[reviewed]\n# 一つ目\n\"b/x\" = { by = \"税務課長\", on = \"令和8年4月1日\", hash = \"2\" } # 後ろ\n\"a/y\" = { by = \"前\", on = \"前\", hash = \"1\" }\n\"c/z\" = { by = \"税務課長\", on = \"令和8年4月1日\", hash = \"3\" }\n"
        );
    }
}
