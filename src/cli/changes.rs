//! `hyoka changes`: what is declared, and what no list of changes shows.

use std::path::Path;

use super::{MISTAKES, OK, print, report};
use crate::Error;
use crate::diagnostic::Lang;
use crate::imprint::{CaseDepartures, ListedDeparture, ListedMeasure, Sort};
use crate::model::manifest::Audience;
use crate::name::{CaseName, EditionId};
use crate::press;
use crate::session::{self, Session, Strictness};

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

pub(super) fn run(
    root: &Path,
    lang: Lang,
    wanted: &session::Wanted,
    (audience, shape): (Audience, Shape),
) -> Result<u8, Error> {
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(wanted)?)?;
    if report(&checked.diagnostics, &checked.workspace.sources, lang, Strictness::Errors) {
        return Ok(MISTAKES);
    }
    let list = press::changes(&checked, wanted, audience)?;
    // What is withheld stands in an edition; the public's list is that of the declared changes alone.
    let unlisted = match audience {
        Audience::Submission => press::unlisted(&checked, wanted),
        Audience::Public => Vec::new(),
    };
    let text = match shape {
        Shape::Json => {
            let all = serde_json::json!({ "changes": list, "unlisted": unlisted });
            serde_json::to_string_pretty(&all).expect("plain data")
        }
        Shape::Text => {
            let changes = list.iter().map(|change| change_text(change, lang));
            changes.chain(unlisted.iter().filter_map(|case| unlisted_text(case, lang))).collect::<Vec<_>>().join("\n\n")
        }
    };
    print(&text);
    Ok(OK)
}

/// What differs between two editions, or between one and the text before its changes.
pub(super) fn between(
    root: &Path,
    lang: Lang,
    wanted: &session::Wanted,
    (since, until): (&EditionId, Option<&EditionId>),
    shape: Shape,
) -> Result<u8, Error> {
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(wanted)?)?;
    let found = press::between(&checked, wanted, (since, until))?;
    print(&match shape {
        Shape::Json => serde_json::to_string_pretty(&found).expect("plain data"),
        Shape::Text if found.is_empty() => match lang {
            Lang::Ja => "印字されるものに違いはありません。".to_owned(),
            Lang::En => "nothing printed differs".to_owned(),
        },
        Shape::Text => headed(&found, lang).join("\n"),
    });
    Ok(OK)
}

/// What no list of changes shows, under its headings; none where there is nothing.
fn unlisted_text(case: &CaseDepartures, lang: Lang) -> Option<String> {
    let CaseDepartures { municipality, case: id, edition, issue, replaces_because, undeclared, since_issue, measures } =
        case;
    let mut lines = Vec::new();
    if !replaces_because.is_empty() {
        lines.push(match lang {
            Lang::Ja => format!("取り直した版：{replaces_because}"),
            Lang::En => format!("the edition was begun anew: {replaces_because}"),
        });
    }
    lines.extend(headed(undeclared, lang));
    if !since_issue.is_empty() {
        lines.push(match lang {
            Lang::Ja => format!("発出後の変更（{issue}）"),
            Lang::En => format!("changed since the papers were issued ({issue})"),
        });
        lines.extend(since_issue.iter().map(|departure| departure_text(departure, lang)));
    }
    if !measures.is_empty() {
        lines.push(match lang {
            Lang::Ja => "新規・変更の対策（チェックリストの「変更」欄）".to_owned(),
            Lang::En => "measures that are new or changed (as the checklist says)".to_owned(),
        });
        lines.extend(measures.iter().map(|measure| measure_text(measure, lang)));
    }
    let name = CaseName::new(municipality, id);
    let head = match lang {
        Lang::Ja => format!("{name} 変更箇所の一覧に載らない違い（版 {edition} から）"),
        Lang::En => format!("{name} differences that no list of changes shows (since {edition})"),
    };
    (!lines.is_empty()).then(|| format!("{head}\n{}", lines.join("\n")))
}

fn headed(found: &[ListedDeparture], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for sort in [Sort::Words, Sort::Order, Sort::Placement, Sort::Display, Sort::Answer, Sort::Public] {
        let of: Vec<&ListedDeparture> = found.iter().filter(|found| found.heading == sort.heading()).collect();
        if !of.is_empty() {
            lines.push(match lang {
                Lang::Ja => sort.heading().to_owned(),
                Lang::En => sort_words(sort).to_owned(),
            });
            lines.extend(of.into_iter().map(|departure| departure_text(departure, lang)));
        }
    }
    lines
}

fn sort_words(sort: Sort) -> &'static str {
    match sort {
        Sort::Words => "words",
        Sort::Order => "order only",
        Sort::Placement => "placement in figures only",
        Sort::Display => "display only",
        Sort::Answer => "answers only",
        Sort::Public => "public copy only",
    }
}

fn departure_text(departure: &ListedDeparture, lang: Lang) -> String {
    let ListedDeparture { path, old, new, place, taken_back, .. } = departure;
    let taken_back = match (taken_back, lang) {
        (false, _) => "",
        (true, Lang::Ja) => "（一覧に載せた変更の取消し）",
        (true, Lang::En) => " (a listed change taken back)",
    };
    let place = if place.is_empty() { String::new() } else { format!("  [{place}]") };
    format!("  {path}{taken_back}  「{}」→「{}」{place}", old.replace('\n', " "), new.replace('\n', " "))
}

fn measure_text(measure: &ListedMeasure, lang: Lang) -> String {
    let ListedMeasure { path, state, text, place } = measure;
    let state = match (state.is_empty(), lang) {
        (false, _) => state,
        (true, Lang::Ja) => "（空欄）",
        (true, Lang::En) => "(blank)",
    };
    format!("  {path}  {state}  「{}」  [{place}]", text.replace('\n', " "))
}

/// One change for a person: its id and reason, then a line for each place.
fn change_text(change: &press::ListedChange, lang: Lang) -> String {
    let timing = change.timing.map_or("", crate::model::manifest::Timing::label);
    let mut lines = vec![
        format!("{} {} {timing}", CaseName::new(&change.municipality, &change.case), change.id).trim_end().to_owned(),
        format!("  {}", change.reason),
    ];
    for place in &change.places {
        let pages: Vec<String> = place.pages.iter().map(ToString::to_string).collect();
        let pages = match (pages.is_empty(), lang) {
            (true, Lang::Ja) => "ページなし".to_owned(),
            (true, Lang::En) => "no page".to_owned(),
            (false, _) => format!("P.{}", pages.join("、")),
        };
        let important = if place.important { "※" } else { "" };
        lines.push(format!("  {pages}  {}{important}  [{}]", place.item, place.marked.join(" ")));
    }
    lines.join("\n")
}
