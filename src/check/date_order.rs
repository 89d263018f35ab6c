//! Dates that follow each other do so.

use super::items::{Found, Scope, find, first};
use super::passage::Said;
use super::reading::Reading;
use super::subject::Assessment;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::ItemPath;
use crate::source::Located;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DatesOutOfOrder, Code::DraftPublished],
    look,
    explanation: Some(Explanation {
        numbers: &["V5", "V24"],
        what: Words {
            ja: "基礎項目評価、意見の聴取、第三者点検、公表の日付は、この順に並ぶ。「～」や「から…まで」で書いた期間は、始まりが終わりより前になる。案の段階では公表日を書かない。",
            en: "The dates of the procedure follow each other; a period begins before it ends; a draft has no date of publication.",
        },
        why: Words {
            ja: "順序の違う日付は、必要な手続を経ずに公表したことを意味する。",
            en: "Dates in another order say that a step was left out.",
        },
        example: Words {
            ja: "意見聴取が9月14日まである評価書の review-date = \"令和5年8月1日\" → review-date = \"令和5年10月1日\"",
            en: "`review-date = \"令和5年8月1日\"` with a hearing until 9月14日 → `review-date = \"令和5年10月1日\"`",
        },
        source: "番号法第28条第1項及び第4項、特定個人情報保護評価に関する規則第7条、要綱の開始時期及び期限",
    }),
};

/// What stands between the two dates of a period.
const JOINS: &[&str] = &["～", "〜", "－", "から", "から、", "より"];

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        document.ask((Code::DatesOutOfOrder, 0), diagnostics, periods);
    }
    for assessment in subject.assessments() {
        for order in &assessment.filled.form.rules.date_order {
            sequence(&assessment, &order.items, diagnostics);
        }
        draft(&assessment, diagnostics);
    }
}

/// Periods in running text.
fn periods(reading: &Reading, said: &mut Said) {
    let text = &reading.characters;
    let found = dates(text);
    for pair in found.windows(2) {
        let between = &text[pair[0].range.end..pair[1].range.start];
        let joined = JOINS.contains(&between);
        let (Some((from, _)), Some((_, to))) = (pair[0].days(), pair[1].days()) else { continue };
        let range = pair[0].range.start..pair[1].range.end;
        if joined
            && from > to
            && let Some(span) = reading.span(range)
        {
            said.push(
                Diagnostic::new(Code::DatesOutOfOrder, span)
                    .with("first", &text[pair[0].range.clone()])
                    .with("second", &text[pair[1].range.clone()]),
            );
        }
    }
}

/// Items whose dates follow each other.
fn sequence(assessment: &Assessment<'_>, items: &[Located<ItemPath>], diagnostics: &mut Diagnostics) {
    let all = items.iter().flat_map(|item| find(assessment.filled, &item.value, Scope::default()));
    let dated: Vec<(Found<'_>, _)> =
        all.filter_map(|found| Some((ends(&found.text)?, found))).map(|(e, f)| (f, e)).collect();
    for pair in dated.windows(2) {
        let [(first, (_, last)), (second, (next, _))] = pair else { continue };
        if last > next
            && let (Some(at), Some(related)) = (second.span, first.span)
        {
            diagnostics.push(
                Diagnostic::new(Code::DatesOutOfOrder, at)
                    .with("first", format!("{}（{}）", first.label, first.text))
                    .with("second", format!("{}（{}）", second.label, second.text))
                    .related(related),
            );
        }
    }
}

/// What must not be out of order even so: the earliest end and the latest beginning of what an item dates.
///
/// A period is dated once. An item that names several occasions（点検を意見の聴取の前と後に行った など） is in order as soon as one of
/// them is.
fn ends(text: &str) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let found = dates(text);
    let mut occasions: Vec<(jiff::civil::Date, jiff::civil::Date)> = Vec::new();
    for (index, date) in found.iter().enumerate() {
        let (first, last) = date.days()?;
        let between = index.checked_sub(1).map(|before| &text[found[before].range.end..date.range.start]);
        match occasions.last_mut() {
            Some(occasion) if between.is_some_and(|between| JOINS.contains(&between)) => occasion.1 = first,
            _ => occasions.push((last, first)),
        }
    }
    let latest_beginning = occasions.iter().map(|(begins, _)| *begins).max()?;
    let earliest_end = occasions.iter().map(|(_, ends)| *ends).min()?;
    Some((latest_beginning, earliest_end))
}

/// A draft has no date of publication.
fn draft(assessment: &Assessment<'_>, diagnostics: &mut Diagnostics) {
    let stage = &assessment.settings.stage;
    let Some(publication) = &assessment.filled.form.rules.publication else { return };
    let Some(published) = first(assessment.filled, &publication.published.value) else { return };
    if !stage.is_empty()
        && !dates(&published.text).is_empty()
        && let Some(span) = published.span
    {
        diagnostics
            .push(Diagnostic::new(Code::DraftPublished, span).with("stage", stage).with("label", published.label));
    }
}
