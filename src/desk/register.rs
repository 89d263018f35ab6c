//! The register of all 評価書（評価書の台帳）: what there is, what its threshold answers are, and when it falls due.

use jiff::civil::Date;
use serde::Serialize;

use crate::Error;
use crate::check::{Answer, Judgement, terms};
use crate::markup::State;
use crate::model::manifest::{PublicationDef, ThresholdDef};
use crate::model::{Case, Filled, Municipality};
use crate::session::{Checked, Wanted, nothing_matches};
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
    pub municipality: String,
    /// Case.
    pub case: String,
    /// Id of its form.
    pub form: String,
    /// Title of its form.
    pub kind: String,
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
}

/// All 評価書 of the wanted cases, by municipality, case and form.
///
/// # Errors
/// [`Error::NothingMatches`] where no case is as asked for.
pub fn register(checked: &Checked, wanted: &Wanted) -> Result<Vec<RegisteredPaper>, Error> {
    let fits = |asked: &Option<String>, name: &str| asked.as_deref().is_none_or(|asked| asked == name);
    let mut papers = Vec::new();
    for municipality in checked.model.municipalities.iter().filter(|one| fits(&wanted.municipality, &one.slug)) {
        for case in municipality.cases.values().filter(|case| fits(&wanted.case, &case.id)) {
            let judgement = Judgement::of(case);
            papers.extend(case.assessments().map(|filled| paper((municipality, case), filled, &judgement)));
        }
    }
    if papers.is_empty() {
        return Err(nothing_matches(wanted, &checked.case_names()));
    }
    Ok(papers)
}

fn paper((municipality, case): (&Municipality, &Case), filled: &Filled, judgement: &Judgement) -> RegisteredPaper {
    let rules = &filled.form.rules;
    let (publication, threshold) = (rules.publication.as_ref(), rules.threshold.as_ref());
    let text = |item: Option<&Located<String>>| item.map(|item| printed(filled, &item.value)).unwrap_or_default();
    // The answers are one fact of the case; a paper says them as it words them where it asks for them.
    let answer = |item: Option<&Located<String>>, of_case: &[Answer]| {
        let own = item.map(|item| printed(filled, &item.value)).filter(|own| !own.is_empty());
        own.or_else(|| of_case.first().map(|answer| answer.text.clone())).unwrap_or_default()
    };
    let table = &municipality.threshold;
    let due = judgement.due(table);
    let due = due.first().filter(|_| due.len() == 1).map(|due| table.names.of(*due).to_owned()).unwrap_or_default();
    let of = |item: fn(&ThresholdDef) -> Option<&Located<String>>| threshold.and_then(item);
    let named = |item: fn(&PublicationDef) -> Option<&Located<String>>| text(publication.and_then(item));
    let terms = terms(filled, case);
    RegisteredPaper {
        municipality: municipality.slug.clone(),
        case: case.id.clone(),
        form: filled.form.id.value.clone(),
        kind: filled.title.clone(),
        number: named(|publication| publication.number.as_ref()),
        name: named(|publication| Some(&publication.name)),
        department: named(|publication| publication.department.as_ref()),
        persons: answer(of(|threshold| Some(&threshold.persons)), &judgement.persons),
        staff: answer(of(|threshold| threshold.staff.as_ref()), &judgement.staff),
        incident: answer(of(|threshold| threshold.incident.as_ref()), &judgement.incident),
        result: text(of(|threshold| Some(&threshold.result))),
        due,
        published: terms.as_ref().map(|terms| terms.since),
        look_over: terms.as_ref().and_then(|terms| terms.look_over),
        again: terms.as_ref().map(|terms| terms.again),
    }
}

/// What an item prints after the changes, on one line.
fn printed(filled: &Filled, path: &str) -> String {
    let row = filled.row(path);
    let texts = row.into_iter().flat_map(|row| row.content.texts());
    let all: Vec<String> = texts.map(|text| text.characters(State::After)).filter(|text| !text.is_empty()).collect();
    all.join("、").replace('\n', " ")
}
