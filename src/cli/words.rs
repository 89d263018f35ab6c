//! What the parser of the command line says by itself（使い方の表示と誤り）: headings, defaults, possible values and mistakes of use, in
//! Japanese.
//!
//! Input: the command as it is declared, or the parser's error. Output: the same with the words of a clerk.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::diagnostic::Lang;

/// The language that the arguments ask for, before they are read: what cannot be read is told in it.
pub(super) fn lang_of(arguments: &[std::ffi::OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--").collect();
    let said = words.iter().enumerate().rev().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    if said == Some("en") { Lang::En } else { Lang::Ja }
}

/// How the help of a command stands.
const TEMPLATE: &str = "{before-help}{about-with-newline}\n使い方：{usage}\n\n{all-args}{after-help}";

/// The command with all that the parser adds in Japanese, and every command below it.
pub(super) fn in_japanese(mut command: Command) -> Command {
    // What the parser adds by itself is there only then.
    command.build();
    worded(command)
}

fn worded(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let usage = usage(&command);
    let mut command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .mut_args(argument);
    if command.get_name() == "help" {
        command = command.about("使い方を表示する（後に続けたコマンドの使い方）");
    }
    for name in names {
        command = command.mut_subcommand(name, worded);
    }
    command
}

/// The usage without its heading.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
    usage.replace("[OPTIONS]", "[オプション]").replace("<COMMAND>", "<コマンド>").replace("[COMMAND]", "[コマンド]")
}

/// What `--help` does.
const HELP: &str = "使い方を表示する";

/// Where what every command has stands.
const LAST: usize = 999;

/// What values mean whose own words are those of the code.
const VALUES: &[(&str, &str)] =
    &[("submission", "提出用。すべて"), ("public", "公表用。公表しない部分を除く"), ("ja", "日本語"), ("en", "英語")];

fn argument(argument: Arg) -> Arg {
    let heading = if argument.is_positional() { "引数" } else { "オプション" };
    let argument = match argument.get_id().as_str() {
        "help" => {
            // One form of help: what is printed in two lengths says the same.
            argument.help(HELP).long_help(HELP).action(ArgAction::HelpShort).display_order(LAST)
        }
        "version" => argument.help("版を表示する").display_order(LAST),
        // What every command has stands after what is its own.
        "root" | "lang" => argument.display_order(LAST - 1),
        _ => match argument.get_index() {
            Some(index) => argument.display_order(index),
            None => argument,
        },
    };
    let mut notes = Vec::new();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !argument.is_hide_possible_values_set() {
        let values = argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
        let values: Vec<String> = values
            .map(|value| {
                let known =
                    VALUES.iter().find(|(name, _)| *name == value.get_name()).map(|(_, words)| (*words).to_owned());
                match known.or_else(|| value.get_help().map(ToString::to_string)) {
                    Some(help) => format!("{}（{help}）", value.get_name()),
                    None => value.get_name().to_owned(),
                }
            })
            .collect();
        if !values.is_empty() {
            notes.push(format!("値：{}", values.join("、")));
        }
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let defaults: Vec<String> = defaults.into_iter().filter(|value| !value.is_empty()).collect();
    if takes_value && !defaults.is_empty() {
        notes.push(format!("省いたとき：{}", defaults.join("、")));
    }
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let notes = notes.into_iter().map(|note| format!("［{note}］")).collect::<String>();
    argument.help(format!("{help}{notes}")).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// A mistake of use, in words for a clerk.
pub(super) fn mistake(error: &clap::Error) -> String {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join("、")),
        Some(ContextValue::StyledStr(word)) => Some(word.to_string()),
        Some(ContextValue::StyledStrs(words)) => {
            Some(words.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let argument = || word(ContextKind::InvalidArg).unwrap_or_default();
    let value = || word(ContextKind::InvalidValue).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", word(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("「{}」という指定はありません", argument()),
        ErrorKind::MissingRequiredArgument => format!("次の指定が要ります：{}", argument()),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "することを指定してください".to_owned()
        }
        ErrorKind::InvalidValue if value().is_empty() => format!("{} に値が要ります", argument()),
        ErrorKind::InvalidValue => format!("{} に「{}」は使えません", argument(), value()),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!("。{why}")).unwrap_or_default();
            format!("{} に「{}」は使えません{why}", argument(), value())
        }
        ErrorKind::ArgumentConflict => {
            let other = word(ContextKind::PriorArg).unwrap_or_default();
            if other == argument() {
                format!("{other} は一度だけ指定できます")
            } else {
                format!("{} と {other} は一緒に指定できません", argument())
            }
        }
        ErrorKind::NoEquals => format!("{} の値は「=」で続けてください", argument()),
        ErrorKind::TooManyValues => format!("{} の値が多すぎます：{}", argument(), value()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{} の値の数が合いません", argument()),
        ErrorKind::InvalidUtf8 => "読めない文字があります（UTF-8 ではありません）".to_owned(),
        // Of what is not known here the parser's own words are better than none.
        _ => error.to_string(),
    };
    let valid = word(ContextKind::ValidValue).or_else(|| word(ContextKind::ValidSubcommand));
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(word);
    let mut text = said;
    if let Some(valid) = valid.filter(|valid| !valid.is_empty()) {
        text.push_str(&format!("\n  使えるもの：{valid}"));
    }
    if let Some(near) = near {
        text.push_str(&format!("\n  もしかして：{near}"));
    }
    if let Some(usage) = word(ContextKind::Usage) {
        let usage = usage.trim();
        text.push_str(&format!("\n\n使い方：{}", usage.strip_prefix("Usage:").unwrap_or(usage).trim()));
    }
    text.push_str("\n詳しくは、--help を付けて実行してください。");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn japanese() -> Command {
        in_japanese(crate::cli::command())
    }

    /// The help of a command and of every command below it.
    fn helps(command: &Command, found: &mut Vec<(String, String)>) {
        found.push((command.get_name().to_owned(), command.clone().render_long_help().to_string()));
        found.push((command.get_name().to_owned(), command.clone().render_help().to_string()));
        command.get_subcommands().for_each(|inner| helps(inner, found));
    }

    #[test]
    fn no_word_of_the_parser_is_left_in_the_help() {
        let mut found = Vec::new();
        helps(&japanese(), &mut found);
        assert!(found.len() > 50, "every command has its help");
        let english = [
            "Usage:",
            "Options:",
            "Commands:",
            "Arguments:",
            "Print ",
            "[default",
            "default:",
            "Possible",
            "possible",
            "[OPTIONS]",
            "COMMAND>",
            "see a summary",
            "everything",
        ];
        for (name, help) in &found {
            for word in english {
                assert!(!help.contains(word), "{name} says `{word}`:\n{help}");
            }
        }
    }

    /// What is said about arguments that cannot be understood.
    fn said(arguments: &[&str]) -> String {
        let error = japanese().try_get_matches_from(arguments).expect_err("they cannot be understood");
        mistake(&error)
    }

    #[test]
    fn a_mistake_of_use_is_told_in_japanese_with_its_cure() {
        for (arguments, words) in [
            (&["hyoka", "biuld"][..], &["「biuld」というコマンドはありません", "もしかして：build"][..]),
            (&["hyoka", "check", "--fromat", "json"], &["「--fromat」という指定はありません", "もしかして：--format"]),
            (&["hyoka", "check", "--format", "xml"], &["「xml」は使えません", "使えるもの：human、short、json、sarif"]),
            (&["hyoka", "check", "--explain", "H9999"], &["「H9999」は使えません", "そのようなコードはありません"]),
            (&["hyoka", "accept", "a"], &["次の指定が要ります：", "--edition <EDITION>", "<CASE>"]),
            (&["hyoka", "undo", "--list", "--redo"], &["一緒に指定できません"]),
            (&["hyoka", "review"], &["することを指定してください"]),
            (&["hyoka", "check", "--format"], &["--format", "値が要ります"]),
            (&["hyoka"], &["することを指定してください"]),
        ] {
            let said = said(arguments);
            for word in words {
                assert!(said.contains(word), "{arguments:?} lacks `{word}`:\n{said}");
            }
            for english in ["error:", "Usage", "tip:", "For more information", "[OPTIONS]", "required"] {
                assert!(!said.contains(english), "{arguments:?} says `{english}`:\n{said}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are_read() {
        let lang = |words: &[&str]| lang_of(&words.iter().map(std::ffi::OsString::from).collect::<Vec<_>>());
        assert_eq!(lang(&["hyoka", "--lang", "en", "biuld"]), Lang::En);
        assert_eq!(lang(&["hyoka", "--lang=en"]), Lang::En);
        assert_eq!(lang(&["hyoka", "check", "--lang", "ja"]), Lang::Ja);
        assert_eq!(lang(&["hyoka", "search", "--", "--lang", "en"]), Lang::Ja);
    }
}
