//! A fragment is used, not copied.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::reading::Reading;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::Headed;
use crate::model::{EntryFile, FlowFile, Fragment};
use crate::name::FragmentId;
use crate::source::ByPlace;

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
#[derive(Debug)]
struct Line {
    fragment: FragmentId,
    characters: Vec<char>,
    span: Span,
}

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let of = |(id, fragment): (&FragmentId, &Arc<Fragment>)| (id.clone(), ByPlace(fragment.clone()));
    let (_, known) = known(&subject.library.fragments.iter().map(of).collect());
    let entries = subject.library.entries.values().map(|entry| Written::Entry(ByPlace(entry.clone())));
    let flows = subject.library.flows.values().map(|flow| Written::Flow(ByPlace(flow.clone())));
    for written in entries.chain(flows) {
        let (_, found) = copies(&(written, known.clone()));
        found.iter().for_each(|copy| diagnostics.push(copy.clone()));
    }
}

/// A file that may have copied a fragment.
#[derive(Debug, Clone, Hash)]
enum Written {
    Entry(ByPlace<EntryFile>),
    Flow(ByPlace<FlowFile>),
}

impl Written {
    fn headed(&self) -> &[Headed] {
        match self {
            Self::Entry(entry) => &entry.0.headed,
            Self::Flow(flow) => &flow.0.remarks,
        }
    }
}

/// The lines of all fragments.
#[derive(Debug)]
struct Known {
    lines: Vec<Line>,
    index: Index,
}

type Fragments = Vec<(FragmentId, ByPlace<Fragment>)>;

/// The lines of fragments. They are remembered, and so is what a file has of them: an edit leaves all files but one as they were.
#[comemo::memoize]
fn known(fragments: &Fragments) -> (Fragments, ByPlace<Known>) {
    let mut lines: Vec<Line> = Vec::new();
    for (id, fragment) in fragments {
        let reading = Reading::of(&fragment.0.text);
        each_line(&reading, &mut |characters, span| lines.push(Line { fragment: id.clone(), characters, span }));
    }
    let index = index(&lines);
    (fragments.clone(), ByPlace(Arc::new(Known { lines, index })))
}

type Asked = (Written, ByPlace<Known>);

#[comemo::memoize]
fn copies(asked: &Asked) -> (Asked, Arc<[Diagnostic]>) {
    let (written, known) = asked;
    let Known { lines, index } = &*known.0;
    let mut found = Vec::new();
    for headed in written.headed() {
        each_line(&Reading::of(&headed.text), &mut |characters, span| {
            if let Some((line, alike)) = most_alike(&characters, lines, index) {
                found.push(
                    Diagnostic::new(Code::NearCopy, span)
                        .with("fragment", &line.fragment)
                        .with("percent", format!("{:.0}", (alike * 100.0).floor()))
                        .related(line.span),
                );
            }
        });
    }
    (asked.clone(), found.into())
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

fn index(lines: &[Line]) -> Index {
    let mut index = Index::default();
    for (number, line) in lines.iter().enumerate() {
        for pair in line.characters.windows(2) {
            index.entry((pair[0], pair[1])).or_default().push(number);
        }
    }
    index
}

fn most_alike<'l>(characters: &[char], lines: &'l [Line], index: &Index) -> Option<(&'l Line, f64)> {
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
