//! The command line: arguments in, exit code out. Says nothing that a stage could say.

mod arguments;
mod asking;
mod beginning;
mod changes;
mod check;
mod checklist;
mod comments;
mod editor;
mod english;
mod examples;
mod freezing;
mod importing;
mod items;
mod manifest;
mod moving;
mod packaging;
mod progress;
mod register;
mod review;
mod schemas;
mod searching;
mod serving;
mod undoing;
mod words;

use std::ffi::OsString;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::Error;
use crate::desk;
use crate::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render, summary};
use crate::model::manifest::Audience;
use crate::name::{CaseName, Reach};
use crate::press::{self, Progress, Quiet};
use crate::session::{self, Session, Strictness};
use crate::source::PARSER_THREAD;
use crate::write::{self, Notes};
use arguments::{AcceptArguments, Arguments, BuildArguments, Command, FormCommand, MarkArguments, Which};
use progress::Bar;

/// Nothing wrong.
const OK: u8 = 0;
/// The text has mistakes.
const MISTAKES: u8 = 1;
/// Wrong use, or the system refused.
const REFUSED: u8 = 2;

/// The version, and the commit that a release was built from（版）.
const fn version() -> &'static str {
    match option_env!("HYOKA_VERSION") {
        Some(version) => version,
        None => env!("CARGO_PKG_VERSION"),
    }
}

/// What the program understands: its subcommands and options, for whoever asks without running it.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    quiet_parser();
    let given: Vec<OsString> = std::env::args_os().collect();
    let arguments = match understood(&given) {
        Ok(arguments) => arguments,
        Err(code) => return ExitCode::from(code),
    };
    let code = match execute(&arguments) {
        Ok(code) => code,
        Err(error) => {
            say(&error.words(arguments.lang));
            REFUSED
        }
    };
    ExitCode::from(code)
}

/// The arguments; else what is wrong with them, or the help that was asked for, is said.
fn understood(given: &[OsString]) -> Result<Arguments, u8> {
    let lang = words::lang_of(given);
    let command = match lang {
        Lang::Ja => words::in_japanese(Arguments::command()),
        Lang::En => english::in_english(Arguments::command()),
    };
    let matches = command.try_get_matches_from(given);
    let error = match matches.and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches)) {
        Ok(arguments) => return Ok(arguments),
        Err(error) => error,
    };
    match (error.use_stderr(), lang) {
        // Help and version. A closed pipe is no reason to fail.
        (false, _) => {
            let _ = error.print();
            return Err(OK);
        }
        (true, Lang::Ja) => say(&words::mistake(&error)),
        (true, Lang::En) => drop(error.print()),
    }
    Err(REFUSED)
}

/// A returned file that makes its parser give up is refused with a message of its own; the parser's last words say nothing to a clerk.
fn quiet_parser() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(PARSER_THREAD) {
            loud(info);
        }
    }));
}

fn execute(arguments: &Arguments) -> Result<u8, Error> {
    let root = arguments.root.as_path();
    // What a killed run left half done is nobody's text, whatever is asked now. For an editor nothing is written, not even that.
    if !matches!(arguments.command, Command::Lsp(_)) {
        write::tidy(root)?;
    }
    match &arguments.command {
        Command::Build(options) => build(root, arguments.lang, options),
        Command::Check(options) => check::run(root, arguments.lang, options),
        Command::Review(command) => review::run(root, arguments.lang, command),
        Command::Changes { municipality, case, audience, since, until, json } => {
            let wanted = session::Wanted { municipality: municipality.clone(), case: case.clone(), document: None };
            let shape = if *json { changes::Shape::Json } else { changes::Shape::Text };
            match since {
                Some(since) => changes::between(root, arguments.lang, &wanted, (since, until.as_ref()), shape),
                None => changes::run(root, arguments.lang, &wanted, (*audience, shape)),
            }
        }
        Command::Rules => {
            // A closed pipe is no reason to fail.
            let _ = write!(anstream::stdout(), "{}", crate::check::page());
            Ok(OK)
        }
        Command::Checklist(command) => checklist::run(root, arguments.lang, command),
        Command::Comments(command) => comments::run(root, arguments.lang, command),
        Command::Mark(options) => mark(root, arguments.lang, options),
        Command::Accept(options) => accept(root, arguments.lang, options),
        Command::Freeze(options) => freezing::freeze(root, arguments.lang, options),
        Command::Search(options) => searching::run(root, arguments.lang, options),
        Command::New(command) => beginning::run(root, arguments.lang, command),
        Command::Undo(options) => undoing::run(root, arguments.lang, options),
        Command::Issue(options) => freezing::issue(root, arguments.lang, options),
        Command::Items(options) => items::run(root, arguments.lang, options),
        Command::Serve(options) => serving::run(root, arguments.lang, options),
        Command::Lsp(_) => Ok(editor::run(root, arguments.lang)),
        Command::Form(FormCommand::Move(options)) => moving::run(root, arguments.lang, options),
        Command::Register(options) => register::run(root, arguments.lang, options),
        Command::Import(options) => importing::import(root, arguments.lang, options),
        Command::Manifest(command) => manifest::run(arguments.lang, command),
        Command::Completions { shell } => packaging::completions(arguments.lang, *shell),
        Command::Man { command } => packaging::page(arguments.lang, command),
        Command::Schema { out } => schemas::write(root, arguments.lang, out.as_deref()),
    }
}

fn build(root: &Path, lang: Lang, options: &BuildArguments) -> Result<u8, Error> {
    let wanted = wanted(&options.which);
    let folder = options.out.clone().unwrap_or_else(|| in_workspace(root, press::usual_folder(options.audience)));
    let strictness = if options.deny_warnings { Strictness::Warnings } else { Strictness::Errors };
    if let Some(folder) = &options.emit_typst {
        return emit(root, lang, folder, &wanted, options.audience);
    }
    let order = press::Order {
        wanted,
        shard: options.shard,
        audience: options.audience,
        strictness,
        then: press::Then::Ends,
        ..press::Order::default()
    };
    let outcome = if std::io::stderr().is_terminal() {
        press::build(root, &folder, &order, &Bar::new() as &dyn Progress)?
    } else {
        press::build(root, &folder, &order, &Quiet)?
    };
    let failed = report(&outcome.diagnostics, &outcome.sources, lang, strictness);
    if failed && outcome.made + outcome.kept == 0 {
        say(match lang {
            Lang::Ja => "何も書き出していません。前回の出力はそのままです。",
            Lang::En => "nothing was written; the last output is as it was",
        });
        return Ok(MISTAKES);
    }
    if !outcome.blocked.is_empty() {
        let all = |reach: &Reach| match (&reach.case, lang) {
            (Some(_), _) => reach.to_string(),
            (None, Lang::Ja) => format!("{reach} のすべて"),
            (None, Lang::En) => format!("all of {reach}"),
        };
        let cases = outcome.blocked.iter().map(all).collect::<Vec<_>>();
        say(&match lang {
            Lang::Ja => format!("誤りがあるため書き出していない事務（前回の出力はそのままです）：{}", cases.join("、")),
            Lang::En => {
                format!("not written because of their mistakes (the last output is as it was): {}", cases.join(", "))
            }
        });
    }
    say(&match lang {
        Lang::Ja => format!("文書 {} 件を作成、{} 件は変更なし：{}", outcome.made, outcome.kept, folder.display()),
        Lang::En => format!("{} document(s) made, {} unchanged: {}", outcome.made, outcome.kept, folder.display()),
    });
    note(&outcome.notes, lang);
    if let Some((report, proof)) = &outcome.proof {
        let (searched, other): (Vec<_>, Vec<_>) = proof.files.iter().partition(|file| file.searched);
        let (parts, files) = (proof.parts.len(), searched.len());
        let report = report.file_name().unwrap_or_default().to_string_lossy();
        say(&match lang {
            Lang::Ja => format!("公表しない部分 {parts} 件を、{files} ファイルで調べました：{report}"),
            Lang::En => format!("looked for {parts} withheld part(s) in {files} file(s): {report}"),
        });
        for file in other {
            say(&match lang {
                Lang::Ja => format!("この形式は調べられません。人が確かめてください：{}", file.path),
                Lang::En => format!("cannot be searched, look at it yourself: {}", file.path),
            });
        }
    }
    Ok(if failed { MISTAKES } else { OK })
}

fn emit(
    root: &Path,
    lang: Lang,
    folder: &Path,
    wanted: &session::Wanted,
    audience: Option<Audience>,
) -> Result<u8, Error> {
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(wanted)?)?;
    if report(&checked.diagnostics, &checked.workspace.sources, lang, Strictness::Errors) {
        return Ok(MISTAKES);
    }
    let (count, notes) = press::emit_typst(&checked, folder, wanted, audience)?;
    say(&match lang {
        Lang::Ja => format!("{count} 件を書き出しました：{}", folder.display()),
        Lang::En => format!("wrote {count} project(s) to {}", folder.display()),
    });
    note(&notes, lang);
    Ok(OK)
}

fn mark(root: &Path, lang: Lang, options: &MarkArguments) -> Result<u8, Error> {
    let order = desk::MarkOrder {
        wanted: session::Wanted {
            municipality: options.municipality.clone(),
            case: options.case.clone(),
            document: None,
        },
        since: options.since.clone(),
        change: options.change.clone(),
        notation: if options.notation { desk::Notation::Mark } else { desk::Notation::Leave },
        only: Vec::new(),
    };
    let marked = if options.dry_run { desk::mark_dry(root, &order)? } else { desk::write_marks(root, &order)? };
    let written = match (options.dry_run, lang) {
        (false, Lang::Ja) => "印を付けました",
        (true, Lang::Ja) => "付ける印",
        (false, Lang::En) => "marked",
        (true, Lang::En) => "to be marked",
    };
    let (notation, by_hand) = match lang {
        Lang::Ja => ("表記のみの違い（印は付けていません。付けるには --notation）", "手で印を付けるところ"),
        Lang::En => ("notation only, left as it is (--notation marks it)", "to be marked by hand"),
    };
    for (title, places) in [(written, &marked.marked), (notation, &marked.notation), (by_hand, &marked.by_hand)] {
        if places.is_empty() && !std::ptr::eq(places, &marked.marked) {
            continue;
        }
        say(&format!("{title}：{}", places.len()));
        for place in places {
            let (old, new) = (place.old.replace('\n', " "), place.new.replace('\n', " "));
            say(&format!("  {}  「{old}」→「{new}」", place.place));
        }
    }
    Ok(if marked.by_hand.is_empty() { OK } else { MISTAKES })
}

fn accept(root: &Path, lang: Lang, options: &AcceptArguments) -> Result<u8, Error> {
    let order = desk::AcceptOrder {
        municipality: options.municipality.clone(),
        case: options.case.clone(),
        edition: options.edition.clone(),
        title: options.title.clone(),
        changes: options.changes.clone(),
    };
    let accepted = if options.dry_run { desk::accept_dry(root, &order)? } else { desk::accept(root, &order)? };
    if report(&accepted.diagnostics, &accepted.sources, lang, Strictness::Errors) {
        say(match lang {
            Lang::Ja => "何も書き込んでいません。",
            Lang::En => "nothing was written",
        });
        return Ok(MISTAKES);
    }
    let folder = CaseName::new(&order.municipality, &order.case).edition(&order.edition).folder();
    let (changes, shared) = (accepted.changes.join("、"), accepted.shared.join("、"));
    say(&match (options.dry_run, lang) {
        (false, Lang::Ja) => format!("溶け込ませた変更：{changes}"),
        (true, Lang::Ja) => format!("溶け込ませる変更：{changes}"),
        (false, Lang::En) => format!("accepted: {changes}"),
        (true, Lang::En) => format!("to be accepted: {changes}"),
    });
    if !shared.is_empty() {
        say(&match lang {
            Lang::Ja => format!("ほかの自治体・事務が使うため、共用のファイルに印を残す変更：{shared}"),
            Lang::En => format!("marks kept in shared files, for another case uses them: {shared}"),
        });
    }
    if options.dry_run {
        accepted.files.keys().filter(|path| !path.starts_with(&folder)).for_each(|path| say(&format!("  {path}")));
    }
    say(&match lang {
        Lang::Ja => format!("版（{} 項目）：{folder}", accepted.items),
        Lang::En => format!("edition ({} items): {folder}", accepted.items),
    });
    Ok(OK)
}

/// Shows all diagnostics; `true` if they forbid to go on.
fn report(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang, strictness: Strictness) -> bool {
    if diagnostics.is_empty() {
        return false;
    }
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let tone = if coloured { Tone::Coloured } else { Tone::Plain };
    say(&render(diagnostics, sources, lang, tone));
    say(&format!("\n{}", summary(diagnostics, lang)));
    strictness.forbids(diagnostics)
}

/// Names what in an output folder is not ours; of many the first.
fn note(notes: &Notes, lang: Lang) {
    let most = 10;
    let more = |count: usize| if count > most { "\n  …" } else { "" };
    if !notes.foreign.is_empty() {
        let count = notes.foreign.len();
        let names: String = notes.foreign.iter().take(most).map(|path| format!("\n  {path}")).collect();
        say(&match lang {
            Lang::Ja => {
                format!("hyoka が作ったものではないファイル {count} 件は、そのままです：{names}{}", more(count))
            }
            Lang::En => format!("{count} file(s) not made by hyoka were left as they are:{names}{}", more(count)),
        });
    }
    if !notes.aside.is_empty() {
        let count = notes.aside.len();
        let names = notes.aside.iter().take(most).map(|(old, new)| format!("\n  {old} → {new}"));
        let names: String = names.collect();
        say(&match lang {
            Lang::Ja => {
                format!(
                    "hyoka が作った後に書き換えられたファイルなど {count} 件を、別の名前で残しました：{names}{}",
                    more(count)
                )
            }
            Lang::En => {
                format!("{count} file(s) changed by somebody were kept under another name:{names}{}", more(count))
            }
        });
    }
}

/// A folder of the workspace, as a person calls it.
fn in_workspace(root: &Path, name: &str) -> PathBuf {
    if root == Path::new(".") { PathBuf::from(name) } else { root.join(name) }
}

fn wanted(which: &Which) -> session::Wanted {
    session::Wanted {
        municipality: which.municipality.clone(),
        case: which.case.clone(),
        document: which.document.clone(),
    }
}

/// A result, for a person or a program to take on. A closed pipe is no reason to fail.
fn print(text: &str) {
    let _ = writeln!(anstream::stdout(), "{}", text.trim_end_matches('\n'));
}

/// A line for the person at the terminal. A closed terminal is no reason to fail.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}
