//! `hyoka register`: all 評価書 and when they fall due, as a table or for a program.

use std::path::Path;

use jiff::civil::Date;

use super::arguments::RegisterArguments;
use super::{OK, print, say};
use crate::Error;
use crate::check::day_of;
use crate::desk::{RegisteredPaper, register};
use crate::diagnostic::Lang;
use crate::session::{Session, Wanted};

pub(super) fn run(root: &Path, lang: Lang, options: &RegisterArguments) -> Result<u8, Error> {
    let due = match &options.due {
        Some(given) => Some(day_of(given.trim()).ok_or_else(|| Error::NoDate { given: given.clone() })?),
        None => None,
    };
    let wanted = Wanted { municipality: options.municipality.clone(), case: options.case.clone(), document: None };
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(&wanted)?)?;
    let mut papers = register(&checked, &wanted)?;
    if let Some(day) = due {
        papers.retain(|paper| paper.is_due(day));
    }
    if options.json {
        print(&serde_json::to_string_pretty(&papers).expect("plain data"));
        return Ok(OK);
    }
    if papers.is_empty() {
        say(match lang {
            Lang::Ja => "その日までに期限の来る評価書はありません。",
            Lang::En => "nothing falls due up to that day",
        });
        return Ok(OK);
    }
    print(&table(&papers, lang));
    Ok(OK)
}

/// A Markdown table: read as it is, or pasted where a table is wanted.
fn table(papers: &[RegisteredPaper], lang: Lang) -> String {
    let header = match lang {
        Lang::Ja => {
            "| 自治体 | 番号 | 評価書名 | 様式 | 担当部署 | 対象人数 | 取扱者数 | 重大事故 | 公表日 | 見直し | 再実施 |"
        }
        Lang::En => {
            "| municipality | number | name | form | section | persons | staff | incident | published | look over | again |"
        }
    };
    let mut out = format!("{header}\n|{}\n", "---|".repeat(11));
    for paper in papers {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            paper.municipality.to_string(),
            paper.number.clone(),
            paper.name.clone(),
            paper.form.to_string(),
            paper.department.clone(),
            paper.persons.clone(),
            paper.staff.clone(),
            paper.incident.clone(),
            day(paper.published),
            day(paper.look_over),
            day(paper.again),
        ];
        out.push_str(&format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | ")));
    }
    out
}
