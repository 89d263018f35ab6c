//! `hyoka review`: sign-offs written, and what has been reviewed and what not.

use std::path::Path;

use super::arguments::{ReviewCommand, ReviewFormat, SignArguments};
use super::{MISTAKES, OK, print, say};
use crate::Error;
use crate::desk::{self, CaseReview, ReviewState};
use crate::diagnostic::Lang;
use crate::name::CaseName;
use crate::session::{Session, Strictness, Wanted};

pub(super) fn run(root: &Path, lang: Lang, command: &ReviewCommand) -> Result<u8, Error> {
    match command {
        ReviewCommand::Sign(arguments) => sign(root, lang, arguments),
        ReviewCommand::Report { municipality, case, format } => {
            let wanted = Wanted { municipality: municipality.clone(), case: case.clone(), document: None };
            report(root, lang, &wanted, *format)
        }
    }
}

fn sign(root: &Path, lang: Lang, arguments: &SignArguments) -> Result<u8, Error> {
    let order = desk::SignOrder {
        municipality: arguments.municipality.clone(),
        case: arguments.case.clone(),
        items: arguments.items.iter().map(|item| item.as_str().into()).collect(),
        by: arguments.by.clone(),
        on: arguments.on.clone(),
    };
    let signed = desk::sign(root, &order)?;
    if signed.diagnostics.has_errors() {
        super::report(&signed.diagnostics, &signed.sources, lang, Strictness::Errors);
        say(match lang {
            Lang::Ja => "誤りがあるため、点検済を記録していません。",
            Lang::En => "nothing was signed while there are errors",
        });
        return Ok(MISTAKES);
    }
    say(&match lang {
        Lang::Ja => format!("{} 項目を点検済としました：{}", signed.items, signed.path),
        Lang::En => format!("signed {} item(s): {}", signed.items, signed.path),
    });
    Ok(OK)
}

fn report(root: &Path, lang: Lang, wanted: &Wanted, format: ReviewFormat) -> Result<u8, Error> {
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(wanted)?)?;
    if checked.diagnostics.has_errors() {
        super::report(&checked.diagnostics, &checked.workspace.sources, lang, Strictness::Errors);
        return Ok(MISTAKES);
    }
    let report = desk::review_report(&checked, wanted)?;
    match format {
        ReviewFormat::Json => print(&serde_json::to_string_pretty(&report).expect("plain data")),
        ReviewFormat::Human => {
            let texts: Vec<String> = report.cases.iter().map(|case| case_text(case, lang)).collect();
            print(&texts.join("\n\n"));
        }
    }
    Ok(OK)
}

/// A case for a person: its counts, then each section with the items that are still to be read.
fn case_text(case: &CaseReview, lang: Lang) -> String {
    let sum = |of: fn(&desk::SectionReview) -> usize| case.sections.iter().map(of).sum();
    let all = counts(sum(|section| section.reviewed), sum(|section| section.lifted), sum(|section| section.open), lang);
    let mut lines = vec![format!("{}  {all}", CaseName::new(&case.municipality, &case.case))];
    for section in &case.sections {
        lines.push(format!(
            "  {}  {}  {}",
            section.id,
            section.heading,
            counts(section.reviewed, section.lifted, section.open, lang)
        ));
        for item in &section.items {
            let state = match (item.state, lang) {
                (ReviewState::Reviewed, Lang::Ja) => "点検済　",
                (ReviewState::Lifted, Lang::Ja) => "変更あり",
                (ReviewState::Open, Lang::Ja) => "未点検　",
                (ReviewState::Reviewed, Lang::En) => "reviewed",
                (ReviewState::Lifted, Lang::En) => "changed ",
                (ReviewState::Open, Lang::En) => "open    ",
            };
            let who = item.by.iter().chain(&item.on).cloned().collect::<Vec<_>>().join(" ");
            let line = format!("    {state}  {}  {}  {who}", item.path, item.label.replace('\n', " "));
            lines.push(line.trim_end().to_owned());
        }
    }
    lines.join("\n")
}

fn counts(reviewed: usize, lifted: usize, open: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("点検済 {reviewed}、点検後に変更 {lifted}、未点検 {open}"),
        Lang::En => format!("{reviewed} reviewed, {lifted} changed since, {open} open"),
    }
}
