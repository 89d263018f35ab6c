//! A fragment is used, not copied.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;
use typst::utils::hash128;

use super::reading::Reading;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, FileId, Span, Words};
use crate::markup::Headed;
use crate::name::FragmentId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NearCopy],
    look,
    explanation: Some(Explanation {
        numbers: &["V22"],
        what: Words {
            ja: "共通文とほとんど同じ（9割以上）文を、別の箇所に書かない。",
            en: "No text repeats a line of a fragment by nine tenths or more.",
        },
        why: Words {
            ja: "写した文は、片方だけが直されて食い違う。評価書で最も多い誤りである。",
            en: "Copies drift apart when one of them is mended; that is what goes wrong most.",
        },
        example: Words {
            ja: "content/fragments/gc-storage.md と一字だけ違う一文 → {{> gc-storage}} と書いて呼び出す",
            en: "a sentence that is one character off a fragment → `{{> gc-storage}}`",
        },
        source: "",
    }),
};

/// Shortest line that counts, in characters: shorter ones are alike by chance.
const LEAST: usize = 40;
/// From which likeness a line is a copy.
const ALIKE: f64 = 0.9;

/// A line of a fragment.
struct Line<'f> {
    fragment: &'f FragmentId,
    characters: Vec<char>,
    span: Span,
}

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (id, fragment) in &subject.library.fragments {
        let reading = Reading::of(&fragment.text);
        each_line(&reading, &mut |characters, span| lines.push(Line { fragment: id, characters, span }));
    }
    let index = index(&lines);
    let of = |line: &Line<'_>| (line.span.file, (line.fragment.to_owned(), subject.text(line.span.file)));
    let files: BTreeMap<_, _> = lines.iter().map(of).collect();
    let fragments = Fragments { lines: &lines, index: &index, key: hash128(&files) };
    let entries = subject.library.entries.values().map(|entry| (entry.file, &entry.headed));
    let flows = subject.library.flows.values().map(|flow| (flow.file, &flow.remarks));
    for (file, headed) in entries.chain(flows) {
        let asked = Asked { subject, file, headed, fragments: &fragments };
        copies(&asked).into_iter().for_each(|copy| diagnostics.push(copy));
    }
}

/// The lines of all fragments, and a hash of all files that they stand in.
struct Fragments<'a> {
    lines: &'a [Line<'a>],
    index: &'a Index,
    key: u128,
}

/// A file and the fragments that it may have copied. The answer follows from their texts, and is remembered under them.
struct Asked<'a> {
    subject: &'a Subject<'a>,
    file: FileId,
    headed: &'a [Headed],
    fragments: &'a Fragments<'a>,
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.file, self.subject.text(self.file), self.fragments.key).hash(state);
    }
}

#[comemo::memoize]
fn copies(asked: &Asked<'_>) -> Vec<Diagnostic> {
    let Fragments { lines, index, .. } = asked.fragments;
    let mut found = Vec::new();
    for headed in asked.headed {
        each_line(&Reading::of(&headed.text), &mut |characters, span| {
            if let Some((line, alike)) = most_alike(&characters, lines, index) {
                found.push(
                    Diagnostic::new(Code::NearCopy, span)
                        .with("fragment", line.fragment)
                        .with("percent", format!("{:.0}", (alike * 100.0).floor()))
                        .related(line.span),
                );
            }
        });
    }
    found
}

/// Calls a function with each line that is long enough.
fn each_line(reading: &Reading, visit: &mut impl FnMut(Vec<char>, Span)) {
    let mut from = 0;
    for line in reading.characters.split_inclusive('\n') {
        let start = from;
        from += line.len();
        let line = line.trim_end_matches('\n');
        // Three bytes a character: what is too short in bytes is too short in characters.
        if line.len() < LEAST {
            continue;
        }
        let characters: Vec<char> = line.chars().collect();
        if let (true, Some(span)) = (characters.len() >= LEAST, reading.span(start..start + line.len())) {
            visit(characters, span);
        }
    }
}

/// Pairs of characters and the lines that hold them: a line is compared only with those that share most of its pairs.
///
/// Looked up once for each pair of every text, so with a hash that is quick for short keys; it is never walked.
type Index = FxHashMap<(char, char), Vec<usize>>;

fn index(lines: &[Line<'_>]) -> Index {
    let mut index = Index::default();
    for (number, line) in lines.iter().enumerate() {
        for pair in line.characters.windows(2) {
            index.entry((pair[0], pair[1])).or_default().push(number);
        }
    }
    index
}

fn most_alike<'l, 'f>(characters: &[char], lines: &'l [Line<'f>], index: &Index) -> Option<(&'l Line<'f>, f64)> {
    let mut shared = vec![0; lines.len()];
    for pair in characters.windows(2) {
        for line in index.get(&(pair[0], pair[1])).into_iter().flatten() {
            shared[*line] += 1;
        }
    }
    let text: String = characters.iter().collect();
    let candidates = shared.into_iter().enumerate().filter(|(line, count): &(usize, usize)| {
        let (short, long) = minmax(characters.len(), lines[*line].characters.len());
        // One edit costs two pairs at most.
        short * 10 >= long * 9 && count * 10 >= long * 7
    });
    candidates
        .map(|(line, _)| {
            let other: String = lines[line].characters.iter().collect();
            (&lines[line], strsim::normalized_levenshtein(&text, &other))
        })
        .filter(|(_, alike)| *alike >= ALIKE)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

fn minmax(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}
