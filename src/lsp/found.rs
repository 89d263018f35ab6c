//! What is wrong, as an editor shows it（誤りの表示）, and what mends it.

use std::collections::BTreeMap;
use std::path::Path;

use gen_lsp_types as lsp;

use super::house::{Standing, on_disk, say};
use super::open::{Open, uri_of};
use super::positions::{Encoding, Lines, Mark};
use crate::diagnostic::{Diagnostic, FileId, Lang, ReportedDiagnostic, Severity, SourceMap, Span, report};

/// How the editor is spoken to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'w> {
    pub(super) root: &'w Path,
    pub(super) open: &'w Open,
    pub(super) encoding: Encoding,
    pub(super) lang: Lang,
}

impl Way<'_> {
    /// How the editor names a file of the session; none where the disk has no such file and nobody holds it open, such as what is built
    /// into the program.
    pub(super) fn uri(&self, sources: &SourceMap, path: &str) -> Option<lsp::Uri> {
        if let Some(held) = self.open.at(path) {
            return Some(held.uri.clone());
        }
        let file = on_disk(self.root, sources, path);
        if file.is_file() { uri_of(&file) } else { None }
    }

    /// Where the editor has bytes of a file; none where it does not have that text, or has no such file.
    pub(super) fn location(&self, sources: &SourceMap, span: Span) -> Option<lsp::Location> {
        let path = sources.shown(span.file);
        let uri = self.uri(sources, &path)?;
        Some(lsp::Location { uri, range: self.stretch(sources, span)? })
    }

    fn stretch(&self, sources: &SourceMap, span: Span) -> Option<lsp::Range> {
        let text = &sources.get(span.file).text;
        let mark = match self.open.at(&sources.shown(span.file)) {
            // A form's file is read from the disk, whatever the editor holds.
            Some(held) if held.text() != **text => return None,
            Some(held) => held.mark(),
            None => Mark::None,
        };
        Some(Lines::new(text, self.encoding, mark).stretch(span.start..span.end))
    }
}

/// What is wrong with each file, by its name for the editor.
pub(super) fn by_file(standing: &Standing, way: Way<'_>) -> BTreeMap<String, Vec<lsp::Diagnostic>> {
    let findings = &standing.findings;
    let sources = &findings.sources;
    let said = report(&findings.diagnostics, sources, way.lang).diagnostics;
    let found = findings.diagnostics.by_path(sources);
    let mut by_file: BTreeMap<String, Vec<lsp::Diagnostic>> = BTreeMap::new();
    for (said, found) in said.into_iter().zip(found) {
        let Some((uri, range)) = place(standing, (&said, found), way) else { continue };
        let related = found.related.iter().filter_map(|related| {
            let location = way.location(sources, related.span)?;
            Some(lsp::DiagnosticRelatedInformation { location, message: related.label.words(way.lang).to_owned() })
        });
        by_file.entry(uri.0).or_default().push(lsp::Diagnostic {
            range,
            severity: Some(severity(said.level)),
            code: Some(lsp::Code::String(said.code)),
            code_description: None,
            source: Some("hyoka".to_owned()),
            message: lsp::Message::String(words(&said.message, &said.help, way.lang)),
            tags: None,
            related_information: Some(related.collect::<Vec<_>>()).filter(|all| !all.is_empty()),
            data: None,
        });
    }
    by_file
}

fn words(message: &str, help: &str, lang: Lang) -> String {
    if help.is_empty() {
        return message.to_owned();
    }
    say(lang, format!("{message}\n対処：{help}"), format!("{message}\nhelp: {help}"))
}

fn severity(level: Severity) -> lsp::DiagnosticSeverity {
    match level {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Note => lsp::DiagnosticSeverity::Information,
    }
}

/// Where a mistake is shown: at its place; at the beginning of the file that it names; else at that of the municipality's settings.
fn place(
    standing: &Standing,
    (said, found): (&ReportedDiagnostic, &Diagnostic),
    way: Way<'_>,
) -> Option<(lsp::Uri, lsp::Range)> {
    let sources = &standing.findings.sources;
    if let Some(span) = found.span {
        let location = way.location(sources, span)?;
        return Some((location.uri, location.range));
    }
    let named = said.path.as_deref().and_then(|path| way.uri(sources, path));
    let settings = || {
        let (slug, checked) = standing.towns.first()?;
        way.uri(&checked.workspace.sources, &slug.settings())
    };
    Some((named.or_else(settings)?, lsp::Range::default()))
}

/// A mechanical cure of a mistake（直し）.
#[derive(Debug)]
pub(super) struct Cure {
    /// Its code.
    pub(super) code: String,
    /// What the button says.
    pub(super) title: String,
    /// Where and what.
    pub(super) file: FileId,
    pub(super) range: std::ops::Range<usize>,
    pub(super) text: String,
}

/// The cures of the mistakes that touch a stretch of a file.
pub(super) fn cures(standing: &Standing, path: &str, range: &std::ops::Range<usize>, lang: Lang) -> Vec<Cure> {
    let findings = &standing.findings;
    let Some(file) = findings.sources.find(Path::new(path)) else { return Vec::new() };
    let touches = |span: Span| span.file == file && span.start <= range.end && range.start <= span.end;
    let found = findings.diagnostics.by_path(&findings.sources).into_iter();
    let mut cures: Vec<Cure> = Vec::new();
    for found in found.filter(|found| found.span.is_some_and(touches)) {
        let Some(fix) = found.fix(&findings.sources) else { continue };
        let is_there = |cure: &Cure| (&cure.range, &cure.text) == (&(fix.span.start..fix.span.end), &fix.text);
        if fix.span.file != file || cures.iter().any(is_there) {
            continue;
        }
        let (old, new) = (short(findings.sources.slice(fix.span)), short(&fix.text));
        cures.push(Cure {
            code: found.code.id().to_owned(),
            title: say(lang, format!("「{old}」を「{new}」に直す"), format!("write `{new}` for `{old}`")),
            file,
            range: fix.span.start..fix.span.end,
            text: fix.text,
        });
    }
    cures
}

/// Words for a button.
fn short(words: &str) -> String {
    const MOST: usize = 24;
    let words = words.trim();
    let line: String = words.chars().take(MOST).map(|sign| if sign == '\n' { ' ' } else { sign }).collect();
    if words.chars().count() > MOST { format!("{line}…") } else { line }
}
