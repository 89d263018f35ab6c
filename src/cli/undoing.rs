//! `hyoka undo`: what was written last, taken back, done again or listed.

use std::path::Path;

use super::arguments::UndoArguments;
use super::{OK, print, say};
use crate::Error;
use crate::diagnostic::Lang;
use crate::write::{StepLine, Steps, Way};

pub(super) fn run(root: &Path, lang: Lang, options: &UndoArguments) -> Result<u8, Error> {
    let steps = Steps::of(root);
    if options.list {
        print(&listed(&steps.lines()?, lang));
        return Ok(OK);
    }
    let way = if options.redo { Way::Redo } else { Way::Undo };
    let taken = steps.take(way)?;
    let (what, files) = (&taken.what, taken.files.join("\n  "));
    say(&match (way, lang) {
        (Way::Undo, Lang::Ja) => {
            format!("取り消しました：{what}\n  {files}\nやり直すには hyoka undo --redo を実行します。")
        }
        (Way::Redo, Lang::Ja) => format!("やり直しました：{what}\n  {files}"),
        (Way::Undo, Lang::En) => format!("taken back: {what}\n  {files}\n`hyoka undo --redo` does it again"),
        (Way::Redo, Lang::En) => format!("done again: {what}\n  {files}"),
    });
    Ok(OK)
}

/// The newest first, each with the first of its files.
fn listed(lines: &[StepLine], lang: Lang) -> String {
    if lines.is_empty() {
        return match lang {
            Lang::Ja => "記録した操作はありません。".to_owned(),
            Lang::En => "no step is on record".to_owned(),
        };
    }
    let next = lines.iter().rposition(|line| line.way == Way::Undo);
    let shown = lines.iter().enumerate().rev().map(|(at, line)| {
        let state = match (line.way, Some(at) == next, lang) {
            (Way::Undo, true, Lang::Ja) => "次に取り消す",
            (Way::Undo, false, Lang::Ja) => "　　　　　　",
            (Way::Redo, _, Lang::Ja) => "取り消し済み",
            (Way::Undo, true, Lang::En) => "next      ",
            (Way::Undo, false, Lang::En) => "          ",
            (Way::Redo, _, Lang::En) => "taken back",
        };
        let first = line.files.first().map_or("", String::as_str);
        let more = match (line.files.len(), lang) {
            (0 | 1, _) => String::new(),
            (count, Lang::Ja) => format!(" ほか{}件", count - 1),
            (count, Lang::En) => format!(" and {} more", count - 1),
        };
        format!("{state}  {}  [{first}{more}]", line.what)
    });
    shown.collect::<Vec<_>>().join("\n")
}
