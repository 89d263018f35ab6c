//! 特定個人情報保護評価計画管理書（様式1）: all 評価書 of a municipality, and what of them falls due.
//!
//! A view of the papers of all cases: nothing in it is written by an author, so nothing in it has a mark or an edition.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::compose::{line, plain};
use super::tree::{Block, Grid, GridCell, GridRow, LineRole, Part, Repeats, Section};
use crate::check::{Answer, Judgement, terms, wareki};
use crate::markup::State;
use crate::model::manifest::{
    PublicationDef, RegisterColumn, RegisterField, RegisterToml, SectionLayout, ThresholdDef,
};
use crate::model::{Case, Filled, ItemPath, Municipality};
use crate::name::{CaseId, FormId, Slug};
use crate::source::Located;

/// A 評価書 as the register lists it（台帳の一行）.
///
/// **Shape**: texts as printed after the changes; days as `2027-03-31`; empty or none where nothing is said.
///
/// Source: 特定個人情報保護評価に関する規則第3条、第14条から第16条まで.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RegisteredPaper {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id of its form.
    pub form: FormId,
    /// Version of its form as it is printed.
    #[serde(skip)]
    pub tag: String,
    /// Title of its form.
    pub kind: String,
    /// Which assessment it is（評価の種類）; empty where its form does not judge the threshold.
    pub assessment: String,
    /// 評価書番号.
    pub number: String,
    /// 評価書名.
    pub name: String,
    /// 担当部署.
    pub department: String,
    /// 対象人数.
    pub persons: String,
    /// 取扱者数.
    pub staff: String,
    /// 重大事故.
    pub incident: String,
    /// しきい値判断の結果.
    pub result: String,
    /// What the answers make due by the table of thresholds; empty where they leave it open.
    pub due: String,
    /// 公表日; of ended work the day of its end.
    #[serde(serialize_with = "day")]
    pub published: Option<Date>,
    /// Day by which it is looked over（見直し）.
    #[serde(serialize_with = "day")]
    pub look_over: Option<Date>,
    /// Day by which it is made again（再実施）; of ended work the day up to which it stays published.
    #[serde(serialize_with = "day")]
    pub again: Option<Date>,
}

/// A day as it is written in JSON; the calendar's crate leaves that to a feature which nothing else needs.
#[expect(clippy::ref_option, reason = "serde asks for a reference")]
fn day<S: serde::Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

impl RegisteredPaper {
    /// Whether something of it falls due up to a day.
    #[must_use]
    pub fn is_due(&self, day: Date) -> bool {
        [self.look_over, self.again].into_iter().flatten().any(|due| due <= day)
    }

    /// What its number comes to, for the order of the list: `10` after `9`.
    fn rank(&self) -> (u64, &str, &str) {
        let number = self.number.trim().parse().unwrap_or(u64::MAX);
        (number, &self.number, &self.name)
    }
}

/// All 評価書 of some cases of a municipality, by number.
#[must_use]
pub fn registered(municipality: &Municipality, wanted: &dyn Fn(&Case) -> bool) -> Vec<RegisteredPaper> {
    let mut papers = Vec::new();
    for case in municipality.cases.values().filter(|case| wanted(case)) {
        let judgement = Judgement::of(case);
        papers.extend(case.assessments().map(|filled| paper((municipality, case), filled, &judgement)));
    }
    papers.sort_by(|one, other| one.rank().cmp(&other.rank()));
    papers
}

fn paper((municipality, case): (&Municipality, &Case), filled: &Filled, judgement: &Judgement) -> RegisteredPaper {
    let rules = &filled.form.rules;
    let (publication, threshold) = (rules.publication.as_ref(), rules.threshold.as_ref());
    let text = |item: Option<&Located<ItemPath>>| item.map(|item| printed(filled, &item.value)).unwrap_or_default();
    // The answers are one fact of the case; a paper says them as it words them where it asks for them.
    let answer = |item: Option<&Located<ItemPath>>, of_case: &[Answer]| {
        let own = item.map(|item| printed(filled, &item.value)).filter(|own| !own.is_empty());
        own.or_else(|| of_case.first().map(|answer| answer.text.clone())).unwrap_or_default()
    };
    let of = |item: fn(&ThresholdDef) -> Option<&Located<ItemPath>>| threshold.and_then(item);
    let named = |item: fn(&PublicationDef) -> Option<&Located<ItemPath>>| text(publication.and_then(item));
    let table = &municipality.threshold;
    let due = judgement.due(table);
    let due = due.first().filter(|_| due.len() == 1).map(|due| table.names.of(*due).to_owned());
    let terms = terms(filled, case);
    RegisteredPaper {
        municipality: municipality.slug.clone(),
        case: case.id.clone(),
        form: filled.form.id.value.clone(),
        tag: filled.tag.clone(),
        kind: filled.title.clone(),
        assessment: threshold.map(|threshold| table.names.of(threshold.kind).to_owned()).unwrap_or_default(),
        number: named(|publication| publication.number.as_ref()),
        name: named(|publication| Some(&publication.name)),
        department: named(|publication| publication.department.as_ref()),
        persons: answer(of(|threshold| Some(&threshold.persons)), &judgement.persons),
        staff: answer(of(|threshold| threshold.staff.as_ref()), &judgement.staff),
        incident: answer(of(|threshold| threshold.incident.as_ref()), &judgement.incident),
        result: text(of(|threshold| Some(&threshold.result))),
        due: due.unwrap_or_default(),
        published: terms.as_ref().map(|terms| terms.since),
        look_over: terms.as_ref().and_then(|terms| terms.look_over),
        again: terms.as_ref().map(|terms| terms.again),
    }
}

/// What an item prints after the changes, on one line.
fn printed(filled: &Filled, path: &ItemPath) -> String {
    let row = filled.row(path);
    let texts = row.into_iter().flat_map(|row| row.content.texts());
    let all: Vec<String> = texts.map(|text| text.characters(State::After)).filter(|text| !text.is_empty()).collect();
    all.join("、").replace('\n', " ")
}

/// Something that is to be done by a day（期限）.
struct Task<'a> {
    day: Date,
    words: &'a str,
    paper: &'a RegisteredPaper,
}

/// The register as one section: all papers, then what falls due.
pub(super) fn register_section(municipality: &Municipality, settings: &RegisterToml, date: Date) -> Section {
    let words = &municipality.words.register;
    let own =
        |own: &[RegisterColumn], usual: &[RegisterColumn]| if own.is_empty() { usual.to_vec() } else { own.to_vec() };
    let columns = own(&settings.columns, &words.columns);
    let due_columns = own(&settings.due_columns, &words.due_columns);
    let papers = registered(municipality, &|_| true);
    let until = date.checked_add(i32::try_from(settings.within_months).unwrap_or_default().months());
    let until = until.unwrap_or(Date::MAX);
    let mut tasks: Vec<Task<'_>> = papers.iter().flat_map(|paper| tasks(paper, municipality)).collect();
    tasks.retain(|task| task.day <= until);
    tasks.sort_by_key(|task| task.day);
    let heading =
        |words: &str, day: Date| Block::Heading { level: 2, runs: vec![plain(words.replace("{date}", &wareki(day)))] };
    let all = papers.iter().map(|paper| row(&columns, paper, None)).collect();
    let mut blocks = vec![heading(&words.all, date), grid(&columns, all), heading(&words.due, until)];
    if tasks.is_empty() {
        blocks.push(line(LineRole::Plain, words.nothing.clone()));
    } else {
        let rows = tasks.iter().map(|task| row(&due_columns, task.paper, Some(task))).collect();
        blocks.push(grid(&due_columns, rows));
    }
    Section::whole("register", SectionLayout::Changes, blocks)
}

/// What is to be done with a paper, and by when.
fn tasks<'a>(paper: &'a RegisteredPaper, municipality: &'a Municipality) -> Vec<Task<'a>> {
    let words = &municipality.words.register;
    let task = |day: Option<Date>, words: &'a str| day.map(|day| Task { day, words, paper });
    // Ended work is looked over no more: its last day is that of its publication.
    let again = if paper.look_over.is_some() { &words.again } else { &words.ended };
    task(paper.look_over, &words.look_over).into_iter().chain(task(paper.again, again)).collect()
}

fn grid(columns: &[RegisterColumn], rows: Vec<GridRow>) -> Block {
    let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    Block::Grid(Grid {
        header: columns.iter().map(|column| column.label.clone()).collect(),
        drawn: widths.clone(),
        widths,
        rows: rows.into_iter().map(std::sync::Arc::new).collect(),
    })
}

fn row(columns: &[RegisterColumn], paper: &RegisteredPaper, task: Option<&Task<'_>>) -> GridRow {
    let cells = columns.iter().map(|column| cell(column.field, paper, task)).collect();
    GridRow::of(cells)
}

fn cell(field: RegisterField, paper: &RegisteredPaper, task: Option<&Task<'_>>) -> GridCell {
    let day = |day: Option<Date>| day.map(wareki).unwrap_or_default();
    let text = match field {
        RegisterField::Number => paper.number.clone(),
        RegisterField::Name => paper.name.clone(),
        RegisterField::Kind if paper.assessment.is_empty() => paper.kind.clone(),
        RegisterField::Kind => paper.assessment.clone(),
        RegisterField::Form => paper.tag.clone(),
        RegisterField::Department => paper.department.clone(),
        RegisterField::Persons => paper.persons.clone(),
        RegisterField::Staff => paper.staff.clone(),
        RegisterField::Incident => paper.incident.clone(),
        RegisterField::Result => paper.result.clone(),
        RegisterField::Due => paper.due.clone(),
        RegisterField::Published => day(paper.published),
        RegisterField::LookOver => day(paper.look_over),
        RegisterField::Again => day(paper.again),
        RegisterField::Term => day(task.map(|task| task.day)),
        RegisterField::Task => task.map(|task| task.words.to_owned()).unwrap_or_default(),
    };
    let centre = matches!(field, RegisterField::Number);
    let header = matches!(field, RegisterField::Name);
    GridCell { parts: vec![Part::Line { runs: vec![plain(text)] }], rowspan: 1, centre, header, repeats: Repeats::No }
}
