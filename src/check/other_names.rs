//! No name of another municipality is left in a text that was copied.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::subject::{Document, Place};
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
        if is_named(subject, municipality) {
            left(subject, municipality, diagnostics);
        }
    }
}

/// Whether anything of a municipality holds the letters of another's name. Most hold none, and their own list of names is not made.
fn is_named(subject: &Subject<'_>, municipality: &Municipality) -> bool {
    let everyone = &subject.library.others;
    // Several that are read whole may be called otherwise than they were.
    if subject.library.municipalities.len() > 1 || everyone.settings().is_empty() {
        return true;
    }
    let is_named = |text: &str| everyone.is_named(text, &municipality.slug);
    places(subject, municipality).any(|place| is_named(&place.reading.characters))
        || settings(subject, municipality).any(|(_, _, line)| is_named(line))
}

fn left(subject: &Subject<'_>, municipality: &Municipality, diagnostics: &mut Diagnostics) {
    let names = Names::of(subject, municipality);
    for place in places(subject, municipality) {
        for (at, of) in names.find(&place.reading.characters) {
            let name = &place.reading.characters[at.clone()];
            // What came out of a term is mended where the term is written.
            let span = place.reading.span(at.clone()).filter(|_| place.reading.is_written(at.clone()));
            let left = span.map(|span| names.diagnostic(span, name, of));
            left.into_iter().for_each(|left| diagnostics.push(left));
        }
    }
    for (file, start, line) in settings(subject, municipality) {
        for (at, of) in names.find(line) {
            let span = Span::new(file, start + at.start..start + at.end);
            diagnostics.push(names.diagnostic(span, &line[at], of));
        }
    }
}

/// The texts of a municipality's documents.
fn places<'s>(subject: &'s Subject<'_>, municipality: &'s Municipality) -> impl Iterator<Item = Place<'s>> {
    let own = |document: &&Document<'_>| document.municipality.slug == municipality.slug;
    subject.documents.iter().filter(own).flat_map(Document::places)
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
    /// Whose name each pattern is; `None`: one that may stand there, which hides a shorter one inside it.
    whose: Vec<Option<&'a str>>,
}

impl<'a> Names<'a> {
    fn of(subject: &Subject<'a>, municipality: &'a Municipality) -> Self {
        let mut patterns: BTreeMap<&str, Option<&str>> = BTreeMap::new();
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
            whose: patterns.into_values().collect(),
        }
    }

    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (std::ops::Range<usize>, &'a str)> + 't {
        self.automaton
            .find_iter(text)
            .filter_map(|found| Some((found.range(), self.whose[found.pattern().as_usize()]?)))
    }

    fn diagnostic(&self, span: Span, name: &str, of: &str) -> Diagnostic {
        Diagnostic::new(Code::NameOfOther, span)
            .with("name", name)
            .with("other", of)
            .with("municipality", &self.municipality.name)
    }
}
