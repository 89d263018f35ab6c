//! `hyoka checklist`: out to the people who answer, and back.

use std::io::Write;
use std::path::Path;

use super::arguments::ChecklistCommand;
use super::{MISTAKES, OK, in_workspace, note, report, say};
use crate::Error;
use crate::answers::{AnswerChange, ChecklistReport};
use crate::desk::checklist::{Imported, Mode, import};
use crate::diagnostic::Lang;
use crate::press::Quiet;
use crate::press::checklist::{Exported, export};
use crate::session::Strictness;

pub(super) fn run(root: &Path, lang: Lang, command: &ChecklistCommand) -> Result<u8, Error> {
    match command {
        ChecklistCommand::Export(arguments) => {
            let (wanted, to) = (arguments.wanted(), arguments.to.as_deref());
            let exported = export(root, &in_workspace(root, "build"), (&wanted, to), &Quiet)?;
            Ok(self::exported(&exported, lang))
        }
        ChecklistCommand::Import { files, write } => {
            let mode = if *write { Mode::Write } else { Mode::Report };
            let imported = import(root, files, mode)?;
            Ok(show(&imported, lang, mode))
        }
    }
}

/// Says where exported workbooks lie, or why there are none.
pub(super) fn exported(exported: &Exported, lang: Lang) -> u8 {
    // Each build says the same of the same source, and the first that fails is the last.
    if let Some(outcome) = exported.outcomes.last()
        && report(&outcome.diagnostics, &outcome.sources, lang, Strictness::Errors)
    {
        return MISTAKES;
    }
    for file in &exported.files {
        tell(&file.display().to_string());
    }
    note(&exported.notes, lang);
    OK
}

fn show(imported: &Imported, lang: Lang, mode: Mode) -> u8 {
    let failed = report(&imported.diagnostics, &imported.sources, lang, Strictness::Errors);
    for checklist in &imported.report.checklists {
        tell(&checklist_text(checklist, lang));
    }
    let changes: usize = imported.report.checklists.iter().map(|checklist| checklist.changes.len()).sum();
    say(&match (mode, imported.written.is_empty(), lang) {
        (Mode::Write, false, Lang::Ja) => format!("{changes} か所を書き込みました：{}", imported.written.join("、")),
        (Mode::Write, false, Lang::En) => format!("{changes} answer(s) written: {}", imported.written.join(", ")),
        (Mode::Report, _, Lang::Ja) if changes > 0 => {
            format!("書き込んでいません。{changes} か所を原稿に書き込むには --write を付けます。")
        }
        (Mode::Report, _, Lang::En) if changes > 0 => {
            format!("nothing was written; give --write to write {changes} answer(s) into the source")
        }
        (_, _, Lang::Ja) => "何も書き込んでいません。".to_owned(),
        (_, _, Lang::En) => "nothing was written".to_owned(),
    });
    if failed { MISTAKES } else { OK }
}

/// One checklist for a person: its counts, then a line for each field that changes.
fn checklist_text(checklist: &ChecklistReport, lang: Lang) -> String {
    let ChecklistReport { case, unchanged, unsettled, changes } = checklist;
    let mut ids: Vec<&str> = changes.iter().map(|change| change.id.as_str()).collect();
    ids.dedup();
    let changed = ids.len();
    let mut lines = vec![match lang {
        Lang::Ja => format!("{case}　変更 {changed} 件、変更なし {unchanged} 件、要確認 {unsettled} 件"),
        Lang::En => {
            format!("{case}  {changed} changed, {unchanged} unchanged, {unsettled} to be settled")
        }
    }];
    lines.extend(changes.iter().map(|change| change_text(change, lang)));
    lines.join("\n")
}

fn change_text(change: &AnswerChange, lang: Lang) -> String {
    let AnswerChange { id, field, before, after, place } = change;
    format!("  {id}　{}：{} → {}　{place}", field.column().header(), shown(before, lang), shown(after, lang))
}

/// What a field says, on one line.
pub(super) fn shown(text: &str, lang: Lang) -> String {
    match (text.is_empty(), lang) {
        (true, Lang::Ja) => "（空）".to_owned(),
        (true, Lang::En) => "(empty)".to_owned(),
        (false, _) => text.replace('\n', "⏎"),
    }
}

/// A line of the result.
pub(super) fn tell(text: &str) {
    // A closed pipe is no reason to fail.
    let _ = writeln!(anstream::stdout(), "{text}");
}
