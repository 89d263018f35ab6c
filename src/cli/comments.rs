//! `hyoka comments`: the opinions of a hearing out as a workbook, and back.

use std::path::Path;

use super::arguments::CommentsCommand;
use super::checklist::{exported, shown, tell};
use super::{MISTAKES, OK, in_workspace, report, say};
use crate::Error;
use crate::answers::{CommentChange, CommentsReport, NewRow};
use crate::desk::checklist::Mode;
use crate::desk::comments::{ImportedComments, import_comments};
use crate::diagnostic::Lang;
use crate::name::CaseName;
use crate::press::Quiet;
use crate::press::checklist::export_comments;
use crate::session::Strictness;

pub(super) fn run(root: &Path, lang: Lang, command: &CommentsCommand) -> Result<u8, Error> {
    match command {
        CommentsCommand::Export(arguments) => {
            let (wanted, to) = (arguments.wanted(), arguments.to.as_deref());
            let out = export_comments(root, &in_workspace(root, "build"), (&wanted, to), &Quiet)?;
            Ok(exported(&out, lang))
        }
        CommentsCommand::Import { files, municipality, case, write } => {
            let mode = if *write { Mode::Write } else { Mode::Report };
            let of = municipality.as_ref().zip(case.as_ref()).map(|(slug, case)| CaseName::new(slug, case));
            let imported = import_comments(root, files, of.as_ref(), mode)?;
            Ok(show(&imported, lang, mode))
        }
    }
}

fn show(imported: &ImportedComments, lang: Lang, mode: Mode) -> u8 {
    let failed = report(&imported.diagnostics, &imported.sources, lang, Strictness::Errors);
    for report in &imported.reports {
        tell(&report_text(report, lang));
    }
    let changes: usize = imported.reports.iter().map(|report| report.changes.len() + report.added.len()).sum();
    say(&match (mode, imported.written.is_empty(), lang) {
        (Mode::Write, false, Lang::Ja) => format!("{changes} か所を書き込みました：{}", imported.written.join("、")),
        (Mode::Write, false, Lang::En) => format!("{changes} change(s) written: {}", imported.written.join(", ")),
        (Mode::Report, _, Lang::Ja) if changes > 0 => {
            format!("書き込んでいません。{changes} か所を原稿に書き込むには --write を付けます。")
        }
        (Mode::Report, _, Lang::En) if changes > 0 => {
            format!("nothing was written; give --write to write {changes} change(s) into the source")
        }
        (_, _, Lang::Ja) => "何も書き込んでいません。".to_owned(),
        (_, _, Lang::En) => "nothing was written".to_owned(),
    });
    if failed { MISTAKES } else { OK }
}

/// One hearing for a person: its counts, then a line for each field that changes and each row that is new.
fn report_text(report: &CommentsReport, lang: Lang) -> String {
    let (name, unchanged, unsettled) = (&report.case, report.unchanged, report.unsettled);
    let mut rows: Vec<_> = report.changes.iter().map(|change| (change.table, change.key.as_str())).collect();
    rows.dedup();
    let (changed, added) = (rows.len(), report.added.len());
    let mut lines = vec![match lang {
        Lang::Ja => {
            format!("{name}　追加 {added} 件、変更 {changed} 件、変更なし {unchanged} 件、要確認 {unsettled} 件")
        }
        Lang::En => {
            format!("{name}  {added} added, {changed} changed, {unchanged} unchanged, {unsettled} to be settled")
        }
    }];
    lines.extend(report.changes.iter().map(|change| change_text(change, lang)));
    lines.extend(report.added.iter().map(|row| added_text(row, lang)));
    lines.join("\n")
}

fn change_text(change: &CommentChange, lang: Lang) -> String {
    let CommentChange { table, key, field, before, after, place } = change;
    let (sheet, header) = (table.sheet(), field.header());
    format!("  {sheet} {key}　{header}：{} → {}　{place}", shown(before, lang), shown(after, lang))
}

fn added_text(row: &NewRow, lang: Lang) -> String {
    let NewRow { table, key, values, place } = row;
    let fields = table.fields().iter().zip(values).filter(|(_, value)| !value.is_empty());
    let fields: Vec<String> =
        fields.map(|(field, value)| format!("{}：{}", field.header(), shown(value, lang))).collect();
    format!("  {} {key}　＋ {}　{place}", table.sheet(), fields.join("、"))
}
