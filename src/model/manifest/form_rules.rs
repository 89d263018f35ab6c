//! What a form asks of its items together（様式の検査のデータ）: `[rules]` of a form.
//!
//! Items are named by section and id, `section/item`; an item of a record by its group too: `section/group/item`.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds;
use super::municipality::DocumentKind;
use super::threshold::AssessmentKind;
use crate::model::ItemPath;
use crate::source::Located;

/// What the checks know of a form.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FormRules {
    /// Items that depend on one another.
    pub condition: Vec<ConditionDef>,
    /// しきい値判断.
    pub threshold: Option<ThresholdDef>,
    /// 提出する評価書の種類.
    pub papers: Option<PapersDef>,
    /// Counts of persons of whom one group is a part of the other.
    pub population: Vec<PopulationDef>,
    /// 意見の聴取.
    pub hearing: Option<HearingDef>,
    /// Items whose dates follow each other; the dates of the first are not after those of the next.
    pub date_order: Vec<DateOrderDef>,
    /// 公表と再実施.
    pub publication: Option<PublicationDef>,
    /// 特定個人情報ファイルの一致.
    pub files: Option<FileSetDef>,
    /// Digests that hold the form to its version.
    pub frozen: Option<FrozenDef>,
    /// Words that promise a document to the public.
    pub promise: Vec<PromiseDef>,
}

impl FormRules {
    /// Every item that the rules name.
    #[must_use]
    pub fn items(&self) -> Vec<&Located<ItemPath>> {
        let conditions = self.condition.iter();
        let mut found: Vec<&Located<ItemPath>> = conditions
            .flat_map(|condition| std::iter::once(&condition.item).chain(condition.then.iter().map(|test| &test.item)))
            .collect();
        found.extend(self.threshold.iter().flat_map(ThresholdDef::items));
        found.extend(self.papers.iter().map(|papers| &papers.item));
        found.extend(self.population.iter().flat_map(|it| std::iter::once(&it.whole).chain(&it.parts)));
        found.extend(self.hearing.iter().flat_map(HearingDef::items));
        found.extend(self.date_order.iter().flat_map(|order| &order.items));
        found.extend(self.publication.iter().flat_map(PublicationDef::items));
        found.extend(self.files.iter().flat_map(|files| files.lists.iter().chain([&files.name])));
        found
    }
}

impl FormRules {
    /// Calls a function with every place that the rules have in their file.
    pub(super) fn each_place(&mut self, visit: &mut dyn FnMut(&mut Range<usize>)) {
        let mut found: Vec<&mut Located<ItemPath>> = Vec::new();
        for condition in &mut self.condition {
            found.push(&mut condition.item);
            found.extend(condition.then.iter_mut().map(|test| &mut test.item));
        }
        if let Some(it) = &mut self.threshold {
            found.extend([&mut it.persons, &mut it.result]);
            found.extend([&mut it.staff, &mut it.incident].into_iter().flatten());
        }
        found.extend(self.papers.iter_mut().map(|papers| &mut papers.item));
        for it in &mut self.population {
            found.push(&mut it.whole);
            found.extend(&mut it.parts);
        }
        if let Some(it) = &mut self.hearing {
            found.extend([&mut it.period, &mut it.shortening]);
            found.extend([&mut it.opinions, &mut it.reflection].into_iter().flatten());
        }
        found.extend(self.date_order.iter_mut().flat_map(|it| &mut it.items));
        if let Some(it) = &mut self.publication {
            found.extend([&mut it.published, &mut it.name]);
            found.extend([&mut it.number, &mut it.department].into_iter().flatten());
        }
        if let Some(it) = &mut self.files {
            found.extend(&mut it.lists);
            found.extend([&mut it.name, &mut it.records]);
        }
        found.into_iter().for_each(|place| visit(&mut place.range));
        let digests = self.frozen.iter_mut().flat_map(|it| [&mut it.labels, &mut it.important]);
        digests.for_each(|digest| visit(&mut digest.range));
    }
}

impl ThresholdDef {
    /// An option of the form as `templates/rules/threshold.toml` words it.
    #[must_use]
    pub fn class<'a>(&'a self, option: &'a str) -> &'a str {
        self.wording.iter().find(|words| words.option == option).map_or(option, |words| &words.class)
    }

    /// What the result says for what is due.
    #[must_use]
    pub fn result_of(&self, due: AssessmentKind) -> Option<&str> {
        self.says.iter().find(|words| words.kind == due).map(|words| words.option.as_str())
    }

    /// The items that it names.
    #[must_use]
    pub fn items(&self) -> Vec<&Located<ItemPath>> {
        [&self.persons, &self.result].into_iter().chain(&self.staff).chain(&self.incident).collect()
    }
}

impl PublicationDef {
    /// The items that it names.
    #[must_use]
    pub fn items(&self) -> Vec<&Located<ItemPath>> {
        [&self.published, &self.name].into_iter().chain(&self.number).chain(&self.department).collect()
    }
}

/// If an item says something, other items must agree（項目の間の約束）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConditionDef {
    /// Which rule it belongs to.
    pub topic: ConditionTopic,
    /// The item that decides.
    pub item: Located<ItemPath>,
    /// Choices or boxes of which one must be chosen for the rest to hold; empty: it always holds.
    #[serde(default)]
    pub is: Vec<String>,
    /// How many of the places of the item must say so.
    #[serde(default)]
    pub places: Places,
    /// What must then be so.
    pub then: Vec<TestDef>,
    /// What to write, in one or two sentences.
    pub advice: String,
}

/// Which rule a condition belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionTopic {
    /// 委託の有無.
    Consignment,
    /// 再委託の有無.
    Reconsignment,
    /// 提供・移転の有無.
    Provision,
    /// 情報連携の有無.
    Linkage,
    /// 「行っている」などの具体的な内容.
    Detail,
    /// 重大事故・政府機関の基準.
    Incident,
}

/// In how many places an item must say something（対象とする箇所）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// Each place that says so is held by itself: within its record or its file.
    #[default]
    Each,
    /// Only if all places say so.
    All,
    /// As soon as one place says so.
    Any,
}

/// What an item must be（満たすこと）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TestDef {
    /// The item; a repeat group is filled if it has a record, a box of a bar if it is ticked.
    pub item: Located<ItemPath>,
    /// Whether something must or must not be written.
    #[serde(default)]
    pub filled: Option<bool>,
    /// One of these must be chosen or ticked.
    #[serde(default)]
    pub is: Vec<String>,
    /// None of these may be chosen or ticked.
    #[serde(default)]
    pub is_not: Vec<String>,
}

/// しきい値判断.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ThresholdDef {
    /// Which kind of assessment the form is for.
    pub kind: AssessmentKind,
    /// Item of the number of persons.
    pub persons: Located<ItemPath>,
    /// Item of the result.
    pub result: Located<ItemPath>,
    /// Item of the 取扱者数, in a form that has one; none: another 評価書 of the case or `case.toml` says it.
    #[serde(default)]
    pub staff: Option<Located<ItemPath>>,
    /// Item of the 重大事故, in a form that has one; none: another 評価書 of the case or `case.toml` says it.
    #[serde(default)]
    pub incident: Option<Located<ItemPath>>,
    /// Options of the form that `templates/rules/threshold.toml` words otherwise.
    #[serde(default)]
    pub wording: Vec<ClassWords>,
    /// What the result says for what is due.
    pub says: Vec<KindWords>,
}

/// An answer as the form words it（しきい値の答えの文言）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClassWords {
    /// The option of the form.
    pub option: String,
    /// The word of the table.
    pub class: String,
}

/// What an item says for a kind of assessment（評価の種類ごとの文言）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KindWords {
    /// The kind.
    pub kind: AssessmentKind,
    /// The option.
    pub option: String,
}

/// Which 評価書 the case hands in, as the form says it（提出する評価書の種類）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PapersDef {
    /// Item that says so.
    pub item: Located<ItemPath>,
    /// What it says for the fullest of them.
    pub says: Vec<KindWords>,
}

/// Counts of persons: the parts are not larger than the whole（本人の数の大小）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PopulationDef {
    /// Item that counts all.
    pub whole: Located<ItemPath>,
    /// Items that count some of them, with the same options.
    pub parts: Vec<Located<ItemPath>>,
}

/// 意見の聴取.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HearingDef {
    /// Item of the period.
    pub period: Located<ItemPath>,
    /// Least number of days, the first and the last included.
    #[schemars(range(min = 1, max = bounds::HEARING_DAYS_MOST))]
    pub days: u32,
    /// Item that gives the reason for a shorter period.
    pub shortening: Located<ItemPath>,
    /// Item of the main opinions（主な意見の内容）, for what `comments.toml` counts.
    #[serde(default)]
    pub opinions: Option<Located<ItemPath>>,
    /// Item of what they changed（評価書への反映）.
    #[serde(default)]
    pub reflection: Option<Located<ItemPath>>,
    /// Words by which that item says that the period is not shortened.
    #[serde(default)]
    pub not_shortened: Vec<String>,
}

impl HearingDef {
    /// The items that it names.
    #[must_use]
    pub fn items(&self) -> Vec<&Located<ItemPath>> {
        [&self.period, &self.shortening].into_iter().chain(&self.opinions).chain(&self.reflection).collect()
    }
}

/// Items in the order of their dates（日付の順）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DateOrderDef {
    /// The items, the earliest first; those without a date are passed over.
    pub items: Vec<Located<ItemPath>>,
}

/// 公表と再実施.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PublicationDef {
    /// Item of the date of publication.
    pub published: Located<ItemPath>,
    /// Item of the name, which says when the work has ended.
    pub name: Located<ItemPath>,
    /// Item of the 評価書番号, for the register of all 評価書.
    #[serde(default)]
    pub number: Option<Located<ItemPath>>,
    /// Item of the 担当部署, for the register.
    #[serde(default)]
    pub department: Option<Located<ItemPath>>,
    /// Years after which the assessment is made again.
    #[schemars(range(min = 1, max = bounds::YEARS_MOST))]
    pub years: i16,
    /// Years after which the assessment is looked over（見直し）.
    #[schemars(range(min = 1, max = bounds::YEARS_MOST))]
    pub look_over_years: i16,
    /// Years for which the assessment of ended work stays published.
    #[schemars(range(min = 1, max = bounds::YEARS_MOST))]
    pub ended_years: i16,
}

/// Where the files of an assessment are named（ファイル名の一致）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileSetDef {
    /// Items that list all files.
    pub lists: Vec<Located<ItemPath>>,
    /// Item of the repeated section that names its one file.
    pub name: Located<ItemPath>,
    /// The repeated section that lists the records of each file.
    pub records: Located<ItemPath>,
}

/// Digests that hold a form to its version（様式の版の固定）: 16 hexadecimal digits of SHA-256.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FrozenDef {
    /// Of sections, items, labels and options in order.
    pub labels: Located<String>,
    /// Of the items with ※.
    pub important: Located<String>,
}

/// Words that promise a document（作ると書いた文書）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PromiseDef {
    /// Words of the text.
    pub words: Vec<String>,
    /// The kind of document that must then be issued.
    pub kind: DocumentKind,
}
