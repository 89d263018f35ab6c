//! The command line: arguments in, exit code out. Says nothing that a stage could say.

mod arguments;
mod progress;
mod schemas;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::Error;
use crate::build::{self, Progress, Quiet, Strictness};
use crate::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render, summary};
use arguments::{Arguments, BuildArguments, Command, Which};
use progress::Bar;

/// Nothing wrong.
const OK: u8 = 0;
/// The text has mistakes.
const MISTAKES: u8 = 1;
/// Wrong use, or the system refused.
const REFUSED: u8 = 2;

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match execute(&arguments) {
        Ok(code) => code,
        Err(error) => {
            say(&error.to_string());
            REFUSED
        }
    };
    ExitCode::from(code)
}

fn execute(arguments: &Arguments) -> Result<u8, Error> {
    let root = arguments.root.as_path();
    match &arguments.command {
        Command::Build(options) => build(root, arguments.lang, options),
        Command::Check => check(root, arguments.lang),
        Command::Schema { out } => {
            let count = schemas::write(&root.join(out))?;
            say(&match arguments.lang {
                Lang::Ja => format!("JSON Schema を {count} 件書き出しました：{}", out.display()),
                Lang::En => format!("wrote {count} JSON Schemas to {}", out.display()),
            });
            Ok(OK)
        }
    }
}

fn build(root: &Path, lang: Lang, options: &BuildArguments) -> Result<u8, Error> {
    let wanted = wanted(&options.which);
    let folder = root.join(&options.out);
    let strictness = if options.deny_warnings { Strictness::Warnings } else { Strictness::Errors };
    if let Some(folder) = &options.emit_typst {
        return emit(root, lang, &root.join(folder), &wanted);
    }
    let order = build::Order { wanted, strictness };
    let outcome = if std::io::stderr().is_terminal() {
        build::build(root, &folder, &order, &Bar::new() as &dyn Progress)?
    } else {
        build::build(root, &folder, &order, &Quiet)?
    };
    let failed = report(&outcome.diagnostics, &outcome.sources, lang, strictness);
    if failed {
        say(match lang {
            Lang::Ja => "何も書き出していません。前回の出力はそのままです。",
            Lang::En => "nothing was written; the last output is as it was",
        });
        return Ok(MISTAKES);
    }
    say(&match lang {
        Lang::Ja => format!("文書 {} 件を作成、{} 件は変更なし：{}", outcome.made, outcome.kept, options.out.display()),
        Lang::En => format!("{} document(s) made, {} unchanged: {}", outcome.made, outcome.kept, options.out.display()),
    });
    Ok(OK)
}

fn emit(root: &Path, lang: Lang, folder: &Path, wanted: &build::Wanted) -> Result<u8, Error> {
    let checked = build::read(root)?;
    if report(&checked.diagnostics, &checked.workspace.sources, lang, Strictness::Errors) {
        return Ok(MISTAKES);
    }
    let count = build::emit_typst(&checked, folder, wanted)?;
    say(&match lang {
        Lang::Ja => format!("{count} 件を書き出しました：{}", folder.display()),
        Lang::En => format!("wrote {count} project(s) to {}", folder.display()),
    });
    Ok(OK)
}

fn check(root: &Path, lang: Lang) -> Result<u8, Error> {
    let checked = build::read(root)?;
    let failed = report(&checked.diagnostics, &checked.workspace.sources, lang, Strictness::Errors);
    if checked.diagnostics.is_empty() {
        say(match lang {
            Lang::Ja => "誤りはありません。",
            Lang::En => "no mistakes",
        });
    }
    Ok(if failed { MISTAKES } else { OK })
}

/// Shows all diagnostics; `true` if they forbid to go on.
fn report(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang, strictness: Strictness) -> bool {
    if diagnostics.is_empty() {
        return false;
    }
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let tone = if coloured { Tone::Coloured } else { Tone::Plain };
    say(&render(diagnostics, sources, lang, tone));
    say(&format!("\n{}", summary(diagnostics, lang)));
    strictness.forbids(diagnostics)
}

fn wanted(which: &Which) -> build::Wanted {
    build::Wanted {
        municipality: which.municipality.clone(),
        case: which.case.clone(),
        document: which.document.clone(),
    }
}

/// A line for the person at the terminal. A closed terminal is no reason to fail.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}
