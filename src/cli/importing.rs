//! `hyoka import`: what was read of a workbook, and what became of it.

use std::path::Path;

use super::arguments::ImportArguments;
use super::{MISTAKES, OK, report, say};
use crate::Error;
use crate::desk::{self, Compared, ImportMode, ImportOrder, ImportOutcome};
use crate::diagnostic::{Lang, SourceMap};
use crate::session::Strictness;

/// Most lines of a list of items that is shown.
const MOST_LINES: usize = 20;

pub(super) fn import(root: &Path, lang: Lang, options: &ImportArguments) -> Result<u8, Error> {
    let order = ImportOrder {
        file: options.file.clone(),
        municipality: options.municipality.clone(),
        case: options.case.clone(),
        beside: options.beside.clone(),
        form: options.form.clone(),
        name: options.name.clone(),
        code: options.code.clone(),
        title: options.title.clone(),
        date: options.date.clone(),
        mode: if options.write { ImportMode::Write } else { ImportMode::Report },
    };
    let outcome = desk::import(root, &order)?;
    let failed = report(&outcome.diagnostics, &SourceMap::default(), lang, Strictness::Errors);
    if outcome.filled > 0 {
        say(&counts(&outcome, lang));
    }
    if let Some(compared) = &outcome.compared {
        say(&comparison(compared, lang));
    }
    if failed || outcome.compared.is_some() || outcome.filled == 0 {
        say(match lang {
            Lang::Ja => "何も書き出していません。",
            Lang::En => "nothing was written",
        });
        return Ok(if failed { MISTAKES } else { OK });
    }
    say(&written(&outcome, order.mode, lang));
    Ok(OK)
}

fn counts(outcome: &ImportOutcome, lang: Lang) -> String {
    let missing: Vec<String> = outcome.missing.iter().map(|(section, label)| format!("{section}　{label}")).collect();
    match lang {
        Lang::Ja => format!("読み取った項目 {} 件{}", outcome.filled, listed("、空欄の項目", "件", &missing)),
        Lang::En => format!("{} item(s) read{}", outcome.filled, listed(", empty items", "", &missing)),
    }
}

fn comparison(compared: &Compared, lang: Lang) -> String {
    let lists = match lang {
        Lang::Ja => [
            ("、違う項目", &compared.differing),
            ("、表計算ファイルだけの項目", &compared.new),
            ("、原稿だけの項目", &compared.gone),
        ],
        Lang::En => [
            (", differing", &compared.differing),
            (", only in the workbook", &compared.new),
            (", only in the text", &compared.gone),
        ],
    };
    let unit = if lang == Lang::Ja { "件" } else { "" };
    let lists: String = lists.iter().map(|(label, items)| listed(label, unit, items)).collect();
    match lang {
        Lang::Ja => format!("原稿と同じ項目 {} 件{lists}", compared.same),
        Lang::En => format!("the same as in the text: {}{lists}", compared.same),
    }
}

/// How many, and a line for each of the first ones; nothing where there are none.
fn listed(label: &str, unit: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut text = format!("{label} {} {unit}", items.len());
    for item in items.iter().take(MOST_LINES) {
        text.push_str(&format!("\n  {item}"));
    }
    if items.len() > MOST_LINES {
        text.push_str("\n  …");
    }
    text
}

fn written(outcome: &ImportOutcome, mode: ImportMode, lang: Lang) -> String {
    let mut text = match (mode, lang) {
        (ImportMode::Write, Lang::Ja) => format!("原稿 {} 件を書き出しました。", outcome.files.len()),
        (ImportMode::Write, Lang::En) => format!("wrote {} file(s)", outcome.files.len()),
        (ImportMode::Report, Lang::Ja) => {
            format!("書き出していません。--write を付けると次の {} 件を書き出します。", outcome.files.len())
        }
        (ImportMode::Report, Lang::En) => {
            format!("nothing was written; --write writes {} file(s)", outcome.files.len())
        }
    };
    for path in outcome.files.keys() {
        text.push_str(&format!("\n  {path}"));
    }
    if outcome.mistakes > 0 {
        text.push_str(&match lang {
            Lang::Ja => {
                format!("\nこの原稿には直すところが {} 件あります（hyoka check で挙げます）。", outcome.mistakes)
            }
            Lang::En => format!("\nthis text has {} mistake(s) to mend (see `hyoka check`)", outcome.mistakes),
        });
    }
    text
}
