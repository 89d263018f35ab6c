//! A form as data（様式定義）: `templates/forms/<id>.toml`.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds;
use super::form_rules::FormRules;
use super::look::{Align, SectionLayout, Typeface};
use super::municipality::ColumnDef;
use crate::markup::Register;
use crate::model::ItemPath;
use crate::name::{FormId, ItemId, OptionsId, SectionId};
use crate::source::Located;

/// A version of a form（様式の版）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormDef {
    /// Id, the same as the file's name.
    pub id: Located<FormId>,
    /// Title as printed.
    pub title: String,
    /// Version tag as printed in brackets; empty: none.
    #[serde(default)]
    pub tag: String,
    /// Legal source.
    #[serde(default)]
    pub source: String,
    /// First day on which a paper may be filed on this version（使い始めの日）: `2024-10-01`; none: not known.
    #[serde(default)]
    pub in_force_from: Option<Located<String>>,
    /// Last day on which a paper may be filed on it（使い終わりの日）; none: not known, or there is none yet.
    #[serde(default)]
    pub last_filing: Option<Located<String>>,
    /// Typeface of the body.
    pub body: Typeface,
    /// Stands where something is withheld（公表しない部分の表示）; none: `（非公表）`.
    #[serde(default)]
    pub withheld_notice: Option<String>,
    /// Option lists.
    #[serde(default)]
    pub options: Vec<OptionList>,
    /// Sections in print order.
    pub section: Vec<SectionDef>,
    /// What the checks know of it.
    #[serde(default)]
    pub rules: FormRules,
    /// Items that an earlier version calls by another id（改名）, for cases that move from it.
    #[serde(default)]
    pub renamed: Vec<RenamedDef>,
}

/// A list of options（選択肢）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionList {
    /// Id that items refer to.
    pub id: Located<OptionsId>,
    /// The official wording, in order.
    pub labels: Vec<String>,
    /// Options that take text in （　）.
    #[serde(default)]
    pub with_text: Vec<String>,
    /// Options that admit a shortcoming（課題が残されている など）.
    #[serde(default)]
    pub shortcoming: Vec<String>,
}

/// A section（節）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionDef {
    /// Id, the name of the entry file.
    pub id: Located<SectionId>,
    /// Number as printed before the title: `Ⅰ`, `（別添1）`.
    #[serde(default)]
    pub number: String,
    /// Title as printed; empty: none.
    #[serde(default)]
    pub title: String,
    /// Note after the title.
    #[serde(default)]
    pub note: String,
    /// How it is set.
    pub layout: SectionLayout,
    /// Set where the section is printed several times.
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// What leaves the whole section blank; one of them is enough.
    #[serde(default)]
    pub released_by: Vec<Release>,
    /// ※ for every item that does not say otherwise.
    #[serde(default)]
    pub important: bool,
    /// Whether it stays on the page of the section before it.
    #[serde(default)]
    pub same_page: bool,
    /// Id of the item printed as the 件名 line above the table.
    #[serde(default)]
    pub subject_item: Option<ItemId>,
    /// Word before the 件名; none: that of `templates/words/document.toml`.
    #[serde(default)]
    pub subject_label: Option<String>,
    /// The kind of matter that the section puts to a committee, as 要綱の根拠 names it; empty: none.
    #[serde(default)]
    pub matter: String,
    /// Lines printed above the table, in order.
    #[serde(default)]
    #[schemars(length(max = bounds::LEAD_LINES_MOST))]
    pub lead: Vec<String>,
    /// Whether the legend that explains the marks is printed above the table.
    #[serde(default)]
    pub legend: bool,
    /// Items in print order.
    #[serde(default)]
    pub items: Vec<ItemDef>,
    /// Columns of a section that lists the changes（別添3）.
    #[serde(default)]
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<ColumnDef>,
    /// Whether it is a part that a case adds to the form（別紙）.
    #[serde(skip)]
    pub annex: bool,
}

/// By what a section is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Repeat {
    /// Once per 特定個人情報ファイル.
    File,
}

/// An item（項目）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ItemDef {
    /// Id, unique within the section.
    pub id: Located<ItemId>,
    /// What kind of value it takes.
    pub kind: ItemKind,
    /// Label as printed, without ※; empty: the content takes the full width.
    #[serde(default)]
    pub label: String,
    /// Sub-rows, rows of a band, rows of a record.
    #[serde(default)]
    pub items: Vec<ItemDef>,
    /// Boxes in a band.
    #[serde(default)]
    pub ticks: Vec<ItemDef>,
    /// Option list of a choice or of checks.
    #[serde(default)]
    pub options: Option<Located<OptionsId>>,
    /// ※: a change to it is a 重要な変更. Printed only where written; holds for everything inside.
    #[serde(default)]
    pub important: Option<bool>,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: Option<bool>,
    /// What leaves it blank, and everything inside it; one of them is enough.
    #[serde(default)]
    pub released_by: Vec<Release>,
    /// Printed in the cell of the item above it.
    #[serde(default)]
    pub inline: bool,
    /// Not printed in the table（件名など）.
    #[serde(default)]
    pub hidden: bool,
    /// How a number is printed; `{}` is the number.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Boxes per line.
    #[serde(default)]
    #[schemars(range(min = 1, max = bounds::BOXES_MOST))]
    pub columns: Option<u8>,
    /// Columns of the printed option list.
    #[serde(default)]
    #[schemars(range(min = 1, max = bounds::OPTIONS_COLUMNS_MOST))]
    pub options_columns: Option<u8>,
    /// Text of a fixed item.
    #[serde(default)]
    pub text: Option<String>,
    /// Item of a group that is printed beside the record's number.
    #[serde(default)]
    pub title_item: Option<ItemId>,
    /// What the item asks for, in our own words.
    #[serde(default)]
    pub guidance: Option<String>,
    /// Path of the assessment's item whose text is printed, where the item has no entry of its own（概要）: an item, with `*` for every
    /// file or record; or a bar, a repeat group or a section for everything in it.
    #[serde(default)]
    pub from: Option<Located<ItemPath>>,
    /// Which of that item's texts.
    #[serde(default)]
    pub register: Option<Register>,
    /// The items of its section of which it repeats one（再掲）.
    #[serde(default)]
    pub repeats: Option<Repeats>,
    /// Most characters that the printed box holds.
    #[serde(default)]
    #[schemars(range(min = 1, max = bounds::BOX_CHARS_MOST))]
    pub max_chars: Option<usize>,
    /// Where the item stands on a cover.
    #[serde(default)]
    pub align: Align,
}

/// Boxes or a choice that leave other items blank（空けてよくする項目）: 「委託しない」.
///
/// An item is named by its id in the same record or section, or by `section/item`. Of a repeated section every file must say so, but
/// inside a repeated section only its own. What ticked boxes leave blank must be blank; what a choice leaves blank may be filled in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Release {
    /// The boxes, all of which must be ticked.
    #[serde(default)]
    pub ticks: Vec<Located<ItemPath>>,
    /// The item that is chosen from options.
    #[serde(default)]
    pub choice: Option<Located<ItemPath>>,
    /// The options of which one must be chosen.
    #[serde(default)]
    pub is: Vec<Located<String>>,
}

/// Which item is repeated（再掲）: the one that stands beside what is chosen.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Repeats {
    /// Id of the item of the same section that is chosen from options.
    pub by: Located<ItemPath>,
    /// Ids of items of the same section, one for each of those options, in their order; where there is none for an option, the item has
    /// an entry of its own.
    pub of: Vec<Located<ItemPath>>,
}

/// Kind of an item（項目種別）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Heading bar.
    Band,
    /// Narrative.
    Text,
    /// One line.
    Line,
    /// One of the options.
    Choice,
    /// Any of the options.
    Checks,
    /// A number.
    Number,
    /// A date.
    Date,
    /// One box.
    Tick,
    /// Text of the form itself.
    Fixed,
    /// Repeat group.
    Group,
    /// Items under one group head.
    Cluster,
}

impl ItemKind {
    /// The kind as it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Band => "band",
            Self::Text => "text",
            Self::Line => "line",
            Self::Choice => "choice",
            Self::Checks => "checks",
            Self::Number => "number",
            Self::Date => "date",
            Self::Tick => "tick",
            Self::Fixed => "fixed",
            Self::Group => "group",
            Self::Cluster => "cluster",
        }
    }
}

/// An item that an earlier version of the form calls otherwise（改名した項目）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RenamedDef {
    /// The item, by the path that rules use.
    pub item: Located<ItemPath>,
    /// Its path in the earlier version: another id in the same section or group.
    pub was: ItemPath,
}

impl FormDef {
    /// The option list of an id.
    #[must_use]
    pub fn option_list(&self, id: &OptionsId) -> Option<&OptionList> {
        self.options.iter().find(|list| list.id.value == *id)
    }

    /// Calls a function with every place that the form has in its file, those of its rules too.
    pub fn each_place(&mut self, visit: &mut dyn FnMut(&mut Range<usize>)) {
        visit(&mut self.id.range);
        let days = [&mut self.in_force_from, &mut self.last_filing];
        days.into_iter().flatten().for_each(|day| visit(&mut day.range));
        self.options.iter_mut().for_each(|list| visit(&mut list.id.range));
        for section in &mut self.section {
            visit(&mut section.id.range);
            each_release(&mut section.released_by, visit);
            each_place(&mut section.items, visit);
        }
        self.renamed.iter_mut().for_each(|renamed| visit(&mut renamed.item.range));
        self.rules.each_place(visit);
    }

    /// The section of an id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&SectionDef> {
        self.section.iter().find(|section| section.id.value == id)
    }
}

impl SectionDef {
    /// Heading as printed: number and title.
    #[must_use]
    pub fn heading(&self) -> String {
        match (self.number.is_empty(), self.title.is_empty()) {
            (true, _) => self.title.clone(),
            (false, true) => self.number.clone(),
            (false, false) => format!("{} {}", self.number, self.title),
        }
    }

    /// Every item of the section, those in groups and clusters included, in print order.
    #[must_use]
    pub fn all_items(&self) -> Vec<&ItemDef> {
        let mut found = Vec::new();
        collect(&self.items, &mut found);
        found
    }

    /// The first item that is wanted, of those in [`Self::all_items`].
    #[must_use]
    pub fn first_item(&self, is_wanted: &impl Fn(&ItemDef) -> bool) -> Option<&ItemDef> {
        first(&self.items, is_wanted)
    }

    /// All items by the path that rules use: `section/item`, in a group `section/group/item`.
    #[must_use]
    pub fn paths(&self) -> Vec<ItemPath> {
        let mut found = Vec::new();
        paths(&ItemPath::of(&self.id.value), &self.items, &mut found);
        found
    }

    /// The item at one of its [`Self::paths`].
    #[must_use]
    pub fn item_at(&self, path: &ItemPath) -> Option<&ItemDef> {
        item_at(&self.items, &path.below(&ItemPath::of(&self.id.value))?)
    }
}

impl ItemDef {
    /// Whether it must be filled in; narrative, lines, choices and checks must unless the form says otherwise.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required.unwrap_or(matches!(
            self.kind,
            ItemKind::Text | ItemKind::Line | ItemKind::Choice | ItemKind::Checks | ItemKind::Date
        ))
    }
}

fn collect<'a>(items: &'a [ItemDef], found: &mut Vec<&'a ItemDef>) {
    for item in items {
        found.push(item);
        collect(&item.ticks, found);
        collect(&item.items, found);
    }
}

fn first<'a>(items: &'a [ItemDef], is_wanted: &impl Fn(&ItemDef) -> bool) -> Option<&'a ItemDef> {
    let inside = |item: &'a ItemDef| first(&item.ticks, is_wanted).or_else(|| first(&item.items, is_wanted));
    items.iter().find_map(|item| if is_wanted(item) { Some(item) } else { inside(item) })
}

fn paths(above: &ItemPath, items: &[ItemDef], found: &mut Vec<ItemPath>) {
    for item in items {
        let path = above.join(&item.id.value);
        let inside = if item.kind == ItemKind::Group { &path } else { above };
        paths(inside, &item.ticks, found);
        paths(inside, &item.items, found);
        found.push(path);
    }
}

fn item_at<'i>(items: &'i [ItemDef], below: &ItemPath) -> Option<&'i ItemDef> {
    items.iter().find_map(|item| {
        let inside = match item.kind {
            ItemKind::Group => below.below(&ItemPath::of(&item.id.value)),
            _ => Some(below.clone()),
        };
        let is_here = (*below == *item.id.value).then_some(item);
        is_here
            .or_else(|| inside.and_then(|below| item_at(&item.ticks, &below).or_else(|| item_at(&item.items, &below))))
    })
}

fn each_place(items: &mut [ItemDef], visit: &mut dyn FnMut(&mut Range<usize>)) {
    for item in items {
        visit(&mut item.id.range);
        item.options.iter_mut().for_each(|list| visit(&mut list.range));
        item.from.iter_mut().for_each(|path| visit(&mut path.range));
        each_release(&mut item.released_by, visit);
        if let Some(repeats) = &mut item.repeats {
            std::iter::once(&mut repeats.by).chain(&mut repeats.of).for_each(|path| visit(&mut path.range));
        }
        each_place(&mut item.ticks, visit);
        each_place(&mut item.items, visit);
    }
}

fn each_release(releases: &mut [Release], visit: &mut dyn FnMut(&mut Range<usize>)) {
    for release in releases {
        release.ticks.iter_mut().chain(&mut release.choice).for_each(|path| visit(&mut path.range));
        release.is.iter_mut().for_each(|word| visit(&mut word.range));
    }
}
