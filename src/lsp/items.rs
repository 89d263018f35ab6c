//! Which items a file may hold（ファイルの項目）, and which of them a place means.

use std::collections::BTreeSet;

use super::house::Standing;
use crate::desk::items::{Item, Node, chapters};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::{ItemKind, OptionList};
use crate::model::{Case, CaseForm, ItemPath, Municipality};
use crate::source::{Parts, split, toml_keys};

/// A form that a file is part of, as one municipality fills it（ファイルの様式）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home<'s> {
    pub(super) municipality: &'s Municipality,
    pub(super) case: &'s Case,
    pub(super) form: &'s CaseForm,
    /// Section or record whose entries the file holds.
    home: &'s ItemPath,
}

/// Every form that an entry file is part of; a shared file is part of that of each municipality.
pub(super) fn homes<'s>(standing: &'s Standing, path: &str) -> Vec<Home<'s>> {
    let Some(key) = path.strip_suffix(".md") else { return Vec::new() };
    let mut found = Vec::new();
    for municipality in standing.towns.iter().flat_map(|(_, checked)| &checked.model.municipalities) {
        for case in municipality.cases.values() {
            for form in &case.forms {
                let is_here = |paths: &Vec<String>| paths.iter().any(|known| known == key);
                let here = form.filled.homes.iter().filter(|(_, paths)| is_here(paths));
                found.extend(here.map(|(home, _)| Home { municipality, case, form, home }));
            }
        }
    }
    found
}

impl<'s> Home<'s> {
    /// Its items in print order, each id once.
    pub(super) fn items(&self) -> Vec<Item<'s>> {
        let mut seen = BTreeSet::new();
        let nodes = chapters(self.form).into_iter().flat_map(|chapter| chapter.nodes);
        let items = nodes.filter_map(|node| if let Node::Item(item) = node { Some(*item) } else { None });
        items.filter(|item| item.home == *self.home && seen.insert(item.id.clone())).collect()
    }

    /// The item of an id.
    pub(super) fn item(&self, id: &str) -> Option<Item<'s>> {
        self.items().into_iter().find(|item| item.id == id)
    }

    /// The files in which its items may be written, without their ending; a later one goes over an earlier one.
    pub(super) fn paths(&self) -> &'s [String] {
        self.form.filled.homes.get(self.home).map(Vec::as_slice).unwrap_or_default()
    }

    /// What an item is chosen from.
    pub(super) fn options(&self, item: &Item<'s>) -> Option<&'s OptionList> {
        self.form.filled.form.option_list(&item.def?.options.as_ref()?.value)
    }
}

/// Whether an item is written under a heading, not as a value.
pub(super) fn has_body(item: &Item<'_>) -> bool {
    item.def.is_none_or(|def| def.kind == ItemKind::Text)
}

/// The two halves of a file; one that opens its values and does not close them is all values, for somebody is typing them.
pub(super) fn halves(path: &str, text: &str) -> Parts {
    if path.ends_with(".toml") {
        return Parts { front: 0..text.len(), body: text.len()..text.len() };
    }
    let file = SourceMap::default().add(path, "");
    split(file, text, &mut Diagnostics::new()).unwrap_or(Parts { front: 0..text.len(), body: text.len()..text.len() })
}

/// The item that a place in a file means: its heading, its key, or its value; with the bytes of its id.
pub(super) fn item_at(path: &str, text: &str, offset: usize) -> Option<(String, std::ops::Range<usize>)> {
    let parts = halves(path, text);
    if parts.body.contains(&offset) || parts.body.end == offset && !parts.body.is_empty() {
        return heading_at(text, offset);
    }
    let mut keys = toml_keys(text, parts.front.clone(), "values");
    keys.sort_by_key(|(_, range)| range.start);
    // A value reaches to the next key, or to the next table.
    let (key, range) = keys.into_iter().rfind(|(_, range)| range.start <= offset)?;
    let between = &text[range.end.min(offset)..offset];
    (!between.contains("\n\n") && !between.contains("\n[")).then_some((key, range))
}

/// The heading whose line a place is in.
fn heading_at(text: &str, offset: usize) -> Option<(String, std::ops::Range<usize>)> {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let rest = line.strip_prefix("## ")?;
    let id = rest.split_whitespace().next()?;
    let at = start + line.len() - rest.trim_start().len();
    Some((id.to_owned(), at..at + id.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_means_the_item_around_it() {
        let text = "+++\nchange = \"x\"\n\n[values]\na = \"一\" # 注\nb = [\n  \"二\",\n]\n\n[groups]\nc = \"三\"\n+++\n\n## d @short\n\n四\n";
        let at = |word: &str| item_at("content/a.md", text, text.find(word).expect("it is there")).map(|(id, _)| id);
        assert_eq!(at("a = ").as_deref(), Some("a"));
        assert_eq!(at("一").as_deref(), Some("a"));
        assert_eq!(at("二").as_deref(), Some("b"));
        assert_eq!(at("d @").as_deref(), Some("d"));
        assert_eq!((at("change"), at("三"), at("四")), (None, None, None));
        assert_eq!(item_at("content/a.md", "## e", 4).map(|(id, _)| id).as_deref(), Some("e"));
        assert_eq!(item_at("content/a.md", "", 0), None);
    }
}
