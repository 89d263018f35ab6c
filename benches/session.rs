//! Times what a person who types waits for, on the real content, within one session: `make bench`.
//!
//! One letter is put into a body of the largest form; the findings of its case are asked for, and its pages are set anew in a typesetter that
//! remembers the last ones.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use hyoka::layout::Typesetter;
use hyoka::session::{Checked, Reach, Session};

/// How many letters are typed.
const LETTERS: usize = 100;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let session = Session::open(root).expect("the workspace can be read");
    let reach = Reach { municipality: "shinjuku".to_owned(), case: Some("kokuho".to_owned()) };
    let start = Instant::now();
    let checked = session.look(&reach).expect("the case can be read");
    println!("one case read and judged for the first time             {:>8.1} ms", ms(start.elapsed()));

    let bodies = bodies(&checked);
    let mut findings = Vec::new();
    let mut pages = Vec::new();
    let typesetter = Typesetter::new(&checked.workspace.templates);
    let name = "shinjuku/kokuho/assessment";
    let set = |checked: &Checked| {
        let documents = hyoka::press::documents_of(checked, &[name]);
        let (_, document) = documents.into_iter().next().expect("the assessment is issued");
        let start = Instant::now();
        typesetter.typeset(&document).expect("the document can be set");
        // As long as somebody types, what was set for the last ten letters is kept.
        comemo::evict(10);
        start.elapsed()
    };
    set(&checked);
    for letter in 0..LETTERS {
        let (path, text, place) = &bodies[letter * 7 % bodies.len()];
        let mut text = text.clone();
        text.insert(*place, 'あ');
        let files = BTreeMap::from([(path.clone(), Some(text))]);
        let start = Instant::now();
        let fork = checked.fork(&files);
        findings.push(start.elapsed());
        pages.push(set(&fork));
    }
    print("one letter typed: new findings of the case", &mut findings);
    print("the same: all pages of the assessment set anew", &mut pages);
}

/// Bodies of the assessment, each with a place for a letter.
fn bodies(checked: &Checked) -> Vec<(String, String, usize)> {
    let all =
        checked.workspace.sources.iter().map(|(_, file)| (file.path.display().to_string(), file.text.to_string()));
    let of_form = all.filter(|(path, _)| path.starts_with("content/assessments/") && path.ends_with(".md"));
    let with_place = of_form.filter_map(|(path, text)| {
        let place = text.match_indices("している。").map(|(at, _)| at).last()?;
        Some((path, text, place))
    });
    with_place.collect()
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let (median, late) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("{what:<55} {:>8.1} ms median, {:.1} ms at the 95th of a hundred", ms(median), ms(late));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
