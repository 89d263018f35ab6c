//! `hyoka check`: every mistake, in the form that was asked for.

use std::path::Path;

use super::arguments::{CheckArguments, DiagnosticFormat};
use super::{MISTAKES, OK, print, say};
use crate::Error;
use crate::check;
use crate::diagnostic::{self, Lang, summary};
use crate::session::{Session, Strictness, Wanted};

/// Checks a workspace, or explains a code. A form for programs goes to the standard output alone, its closing line beside it.
pub(super) fn run(root: &Path, lang: Lang, options: &CheckArguments) -> Result<u8, Error> {
    if let Some(code) = options.explain {
        print(&diagnostic::explain(code, check::explanation(code), lang));
        return Ok(OK);
    }
    let wanted = Wanted { municipality: options.municipality.clone(), case: options.case.clone(), document: None };
    let session = Session::open(root)?;
    let findings = session.check(&wanted)?;
    // Nobody waits for it to be taken apart.
    rayon::spawn(move || drop(session));
    let (diagnostics, sources) = (&findings.diagnostics, &findings.sources);
    let failed = Strictness::Errors.forbids(diagnostics);
    match options.format {
        DiagnosticFormat::Human => {
            super::report(diagnostics, sources, lang, Strictness::Errors);
            if diagnostics.is_empty() {
                say(&no_mistakes(diagnostics.accepted_count(), lang));
            }
        }
        DiagnosticFormat::Short => {
            let lines = diagnostic::short(diagnostics, sources, lang);
            if !lines.is_empty() {
                print(&lines);
            }
            say(&summary(diagnostics, lang));
        }
        DiagnosticFormat::Json => {
            let report = diagnostic::report(diagnostics, sources, lang);
            print(&serde_json::to_string_pretty(&report).expect("strings, numbers and lists"));
        }
        DiagnosticFormat::Sarif => print(&diagnostic::sarif(diagnostics, sources, lang)),
    }
    Ok(if failed { MISTAKES } else { OK })
}

fn no_mistakes(accepted: usize, lang: Lang) -> String {
    match (lang, accepted) {
        (Lang::Ja, 0) => "誤りはありません。".to_owned(),
        (Lang::Ja, count) => format!("誤りはありません（了承済みの注意 {count} 件）。"),
        (Lang::En, 0) => "no mistakes".to_owned(),
        (Lang::En, count) => format!("no mistakes ({count} accepted)"),
    }
}
