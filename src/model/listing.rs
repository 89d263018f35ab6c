//! The items of a form as a table（項目の一覧）: what an author looks up while writing.

use schemars::JsonSchema;
use serde::Serialize;

use super::ItemPath;
use super::manifest::{FormDef, ItemDef, ItemKind, SectionDef};
use crate::name::{FormId, ItemId};

/// The items of a form（様式の項目の一覧）.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FormListing {
    /// Id of the form.
    pub form: FormId,
    /// Its title.
    pub title: String,
    /// Its version tag; may be empty.
    pub tag: String,
    /// Its items in print order.
    pub items: Vec<ListedItem>,
}

/// An item of a form（一覧の1行）.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ListedItem {
    /// Number and title of its section.
    pub section: String,
    /// Path as rules name it: `section/item`, in a group `section/group/item`.
    pub path: ItemPath,
    /// Id as an entry file names it.
    pub id: ItemId,
    /// Kind as a form writes it.
    pub kind: ItemKind,
    /// How many items stand above it.
    pub depth: usize,
    /// Label as printed; empty where the content takes the full width.
    pub label: String,
    /// Options, in order; empty where it is not chosen from any.
    pub options: Vec<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// ※: whether a change to it is a 重要な変更.
    pub important: bool,
    /// Labels of the boxes, or options, that leave it blank.
    pub released_by: Vec<String>,
    /// The item of another form that is printed where it has no entry; empty: none.
    pub from: String,
    /// What it asks for.
    pub guidance: String,
}

impl FormListing {
    /// The items of a form.
    #[must_use]
    pub fn of(form: &FormDef) -> Self {
        let mut items = Vec::new();
        for section in &form.section {
            let above = Above { path: ItemPath::of(&section.id.value), depth: 0, important: section.important };
            Lister { form, section, items: &mut items }.list(&section.items, &above);
        }
        Self { form: form.id.value.clone(), title: form.title.clone(), tag: form.tag.clone(), items }
    }
}

struct Above {
    path: ItemPath,
    depth: usize,
    important: bool,
}

struct Lister<'a> {
    form: &'a FormDef,
    section: &'a SectionDef,
    items: &'a mut Vec<ListedItem>,
}

impl Lister<'_> {
    fn list(&mut self, items: &[ItemDef], above: &Above) {
        for item in items {
            let path = above.path.join(&item.id.value);
            let important = item.important.unwrap_or(above.important);
            let options = item.options.as_ref().and_then(|list| self.form.option_list(&list.value));
            self.items.push(ListedItem {
                section: self.section.heading(),
                path: path.clone(),
                id: item.id.value.clone(),
                kind: item.kind,
                depth: above.depth,
                label: item.label.clone(),
                options: options.map(|list| list.labels.clone()).unwrap_or_default(),
                required: item.is_required(),
                important,
                released_by: self.releases(item),
                from: item.from.as_ref().map(|from| from.value.to_string()).unwrap_or_default(),
                guidance: item.guidance.clone().unwrap_or_default(),
            });
            // A band, a cluster and a group pass ※ on; an item does not pass it to its sub-rows.
            let passes = matches!(item.kind, ItemKind::Band | ItemKind::Cluster | ItemKind::Group);
            let inside = Above {
                path: if item.kind == ItemKind::Group { path } else { above.path.clone() },
                depth: above.depth + 1,
                important: if passes { important } else { above.important },
            };
            self.list(&item.ticks, &inside);
            self.list(&item.items, &inside);
        }
    }

    /// The labels of what leaves an item blank.
    fn releases(&self, item: &ItemDef) -> Vec<String> {
        let label = |path: &ItemPath| {
            let id = path.last();
            let section = if path.above().is_some() { path.first() } else { &self.section.id.value };
            let all = self.form.section(section).map(SectionDef::all_items).unwrap_or_default();
            all.iter().find(|item| item.id.value == id).map_or_else(|| id.to_owned(), |item| item.label.clone())
        };
        item.released_by
            .iter()
            .flat_map(|release| {
                let ticks = release.ticks.iter().map(|tick| label(&tick.value));
                ticks.chain(release.is.iter().map(|word| word.value.clone())).collect::<Vec<_>>()
            })
            .collect()
    }
}
