//! Settings that are printed as they are hold no markup.

use std::ops::Range;
use std::sync::Arc;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::diagnostic::{FileId, Span};
use crate::source::ByPlace;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MarkupInPlain],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "TOML の題名や事由など、そのまま印刷する文字列に、** や {{…}} や HTML の記号を書かない。本文に残った ** と HTML は、H0217 と H0215 で知らせる。",
            en: "Strings of TOML files that are printed as they are hold no `**`, `{{…}}` or HTML. In texts, H0217 and H0215 say so.",
        },
        why: Words { ja: "記号がそのまま住民の目に触れる。", en: "The signs would be printed." },
        example: Words {
            ja: "title = \"**国民健康保険**に関する事務\" → title = \"国民健康保険に関する事務\"",
            en: "`title = \"**国民健康保険**に関する事務\"` → `title = \"国民健康保険に関する事務\"`",
        },
        source: "",
    }),
};

/// What begins markup in texts and means nothing in a plain string.
const SIGNS: &[&str] = &["**", "{{", "{++", "{--", "{~~", "{==", "{>>", "｛｛", "｛++", "｛--"];

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for (file, source) in subject.sources.iter() {
        let path = source.path.to_string_lossy();
        // Forms have places of their own（{baseline}）and no author edits them; entries and flows are no TOML files.
        if path.starts_with("content/") && path.ends_with(".toml") && !path.contains("/forms/") {
            let parsed = parsed(subject, file);
            let is_hearing = subject.library.comments.values().any(|read| read.file == file);
            let texts = Texts { parsed, is_hearing };
            let (_, found) = signs(file, &ByPlace(source.text.clone()), &texts);
            found.iter().for_each(|one| diagnostics.push(one.clone()));
        }
    }
}

/// What of a file is no plain string.
#[derive(Debug, Hash)]
struct Texts {
    /// Strings with marks of their own.
    parsed: Vec<Range<usize>>,
    /// Whether it is that of a hearing, in which terms may be called.
    is_hearing: bool,
}

/// What is wrong with a file. It is remembered: an edit leaves all settings but one as they were.
#[comemo::memoize]
fn signs(file: FileId, text: &ByPlace<str>, texts: &Texts) -> (ByPlace<str>, Arc<[Diagnostic]>) {
    let terms = if texts.is_hearing { worded(&text.0) } else { Vec::new() };
    let found = one(file, &text.0, (&texts.parsed, &terms));
    (text.clone(), found.into())
}

/// The tables of a hearing whose words may call terms: parts of notice and report, columns.
fn worded(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut is_within = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            is_within = ["[[notice]]", "[[report]]", "[[columns]]"].iter().any(|table| line.starts_with(table));
        }
        if is_within {
            found.push(from..from + line.len());
        }
        from += line.len();
    }
    found
}

fn one(file: FileId, text: &str, (parsed, terms): (&[Range<usize>], &[Range<usize>])) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let start = from;
        from += line.len();
        if line.trim_start().starts_with('#') {
            continue;
        }
        let is_worded = terms.iter().any(|known| known.start == start);
        let signs = SIGNS.iter().filter(|sign| !(is_worded && **sign == "{{"));
        let sign = signs.filter_map(|sign| Some((line.find(sign)?, sign.len()))).chain(tag(line)).min();
        let Some((at, length)) = sign else { continue };
        let range = start + at..start + at + length;
        if parsed.iter().any(|known| known.start <= range.start && range.end <= known.end) {
            continue;
        }
        found.push(Diagnostic::new(Code::MarkupInPlain, Span::new(file, range.clone())).with("sign", &text[range]));
    }
    found
}

/// An HTML tag: where it begins and how long it is.
fn tag(line: &str) -> Option<(usize, usize)> {
    line.match_indices('<').find_map(|(at, _)| {
        let rest = line[at + 1..].trim_start_matches('/');
        let name = rest.chars().take_while(char::is_ascii_alphanumeric).count();
        let begins = rest.starts_with(|character: char| character.is_ascii_alphabetic());
        let closed = rest[name..].starts_with(['>', ' ', '/']).then(|| line[at..].find('>')).flatten();
        closed.filter(|_| begins).map(|end| (at, end + 1))
    })
}

/// Strings of a file that are texts with marks of their own.
fn parsed(subject: &Subject<'_>, file: FileId) -> Vec<Range<usize>> {
    let library = subject.library;
    let checklists = library.checklists.values().filter(|read| read.file == file);
    let measures = checklists.flat_map(|read| &read.value.sheet).flat_map(|sheet| &sheet.measure);
    let cases = library.cases.values().filter(|read| read.file == file);
    let periods = cases.flat_map(|read| &read.value.period);
    let measures = measures.filter_map(|measure| Some(measure.text.as_ref()?.range.clone()));
    // A legend shows samples of marks.
    let municipalities = library.municipalities.values().filter(|read| read.file == file);
    let legends = municipalities.flat_map(|read| &read.value.document).map(|document| document.legend.range.clone());
    measures.chain(periods.map(|period| period.label.range.clone())).chain(legends).collect()
}
