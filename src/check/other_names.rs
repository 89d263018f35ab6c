//! No name of another municipality is left in a text that was copied.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use typst::utils::hash128;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, FileId, Span, Words};
use crate::model::Municipality;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NameOfOther],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "作業フォルダーにあるほかの自治体の名称（name と、municipality.toml の names に書いた区・施設などの名称）が、文書に残っていない。載せてよい名称は neighbours に書く。",
            en: "No name of another municipality of the workspace（its `name` and its `names`） is left in a text; `neighbours` lists those that may stand there.",
        },
        why: Words {
            ja: "ほかの自治体の評価書を写して直すと、直し残した名称がそのまま公表される。",
            en: "A text that was copied from another town and mended in part is published with that town's name.",
        },
        example: Words {
            ja: "ひかり町の評価書の「あおぞら市の庁舎内に保管する。」→「ひかり町の庁舎内に保管する。」",
            en: "あおぞら市 in the assessment of ひかり町 → ひかり町",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    if subject.library.everyone().count() < 2 {
        return;
    }
    for municipality in &subject.model.municipalities {
        left(subject, municipality, diagnostics);
    }
}

fn left(subject: &Subject<'_>, municipality: &Municipality, diagnostics: &mut Diagnostics) {
    let everyone = &subject.library.others;
    // Several that are read whole may be called otherwise than they were.
    let is_known = subject.library.municipalities.len() == 1 && !everyone.settings().is_empty();
    // Most texts hold the letters of no name, and then the list of those that should not be there is not made.
    let may_name = |text: &str| !is_known || everyone.is_named(text, &municipality.slug);
    let names = LazyCell::new(|| Names::of(subject, municipality));
    let all = if is_known { everyone.sign() } else { hash128(&names.patterns) };
    let own = subject.settings(municipality);
    let own: Vec<&str> = own.called().chain(own.neighbours.iter().map(String::as_str)).collect();
    let rule = (Code::NameOfOther, hash128(&(all, &municipality.slug, &municipality.name, own)));
    for document in subject.documents.iter().filter(|document| document.municipality.slug == municipality.slug) {
        document.ask(rule, diagnostics, |reading, said| {
            let text = &reading.characters;
            if !may_name(text) {
                return;
            }
            for (at, of) in names.find(text) {
                // What came out of a term is mended where the term is written.
                let span = reading.span(at.clone()).filter(|_| reading.is_written(at.clone()));
                let left = span.map(|span| names.diagnostic(span, &text[at], of));
                left.into_iter().for_each(|left| said.push(left));
            }
        });
    }
    for (file, start, line) in settings(subject, municipality).filter(|(_, _, line)| may_name(line)) {
        for (at, of) in names.find(line) {
            let span = Span::new(file, start + at.start..start + at.end);
            diagnostics.push(names.diagnostic(span, &line[at], of));
        }
    }
}

/// The lines of its settings, each with its file and where it begins there: titles, terms and footers stand in them. What a comment says is not
/// printed.
fn settings<'s>(
    subject: &'s Subject<'_>,
    municipality: &Municipality,
) -> impl Iterator<Item = (FileId, usize, &'s str)> {
    let mut files: Vec<FileId> = vec![municipality.file];
    files.extend(municipality.cases.values().map(|case| case.file));
    files.extend(subject.library.wording.as_ref().map(|(file, _, _)| *file));
    files.into_iter().flat_map(|file| {
        let lines = subject.sources.get(file).text.split_inclusive('\n').scan(0, |start, line| {
            let at = *start;
            *start += line.len();
            Some((at, line))
        });
        let said = lines.filter(|(_, line)| !line.trim_start().starts_with('#'));
        said.map(move |(start, line)| (file, start, line))
    })
}

/// The names that a municipality's texts should not hold, made ready to be looked for in one pass.
struct Names<'a> {
    municipality: &'a Municipality,
    automaton: AhoCorasick,
    /// Each name, and whose it is; `None`: one that may stand there, which hides a shorter one inside it.
    patterns: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Names<'a> {
    fn of(subject: &Subject<'a>, municipality: &'a Municipality) -> Self {
        let mut patterns: BTreeMap<&'a str, Option<&'a str>> = BTreeMap::new();
        for (_, other) in subject.library.everyone().filter(|(slug, _)| **slug != municipality.slug) {
            let settings = &other.value;
            patterns.extend(settings.called().map(|name| (name, Some(settings.name.value.as_str()))));
        }
        let settings = subject.settings(municipality);
        let own = settings.called().chain(settings.neighbours.iter().map(String::as_str));
        patterns.extend(own.map(|name| (name, None)));
        patterns.remove("");
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns.keys());
        Self {
            municipality,
            automaton: automaton.expect("a list within the bound of lists is no automaton too large"),
            patterns: patterns.into_iter().collect(),
        }
    }

    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (std::ops::Range<usize>, &'a str)> + 't {
        self.automaton
            .find_iter(text)
            .filter_map(|found| Some((found.range(), self.patterns[found.pattern().as_usize()].1?)))
    }

    fn diagnostic(&self, span: Span, name: &str, of: &str) -> Diagnostic {
        Diagnostic::new(Code::NameOfOther, span)
            .with("name", name)
            .with("other", of)
            .with("municipality", &self.municipality.name)
    }
}
