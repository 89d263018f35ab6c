//! What goes along with the program in a release: what a shell completes, and the pages of the manual of the system.

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::english::in_english;
use super::words::in_japanese;
use super::{OK, print};
use crate::Error;
use crate::diagnostic::Lang;

/// What a shell completes, on standard output.
pub(super) fn completions(lang: Lang, shell: Shell) -> Result<u8, Error> {
    let mut script = Vec::new();
    generate(shell, &mut worded(lang), "hyoka", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ok(OK)
}

/// The page of a command, as `man` reads it, on standard output.
pub(super) fn page(lang: Lang, path: &[String]) -> Result<u8, Error> {
    let mut command = worded(lang);
    command.build();
    for name in path {
        let known: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
        let inner = command.find_subcommand(name).cloned();
        command = inner.ok_or_else(|| Error::no_such(("コマンド", "command"), name, &known))?;
    }
    let mut page = Vec::new();
    let man = Man::new(command).date("").source(format!("hyoka {}", super::version()));
    man.render(&mut page).expect("a list of bytes takes all");
    print(&String::from_utf8_lossy(&page));
    Ok(OK)
}

/// The program's commands, in the words of a language.
fn worded(lang: Lang) -> Command {
    match lang {
        Lang::Ja => in_japanese(super::command()),
        Lang::En => in_english(super::command()),
    }
}
