//! Eight hours of typing at the desk, on a copy of the real content: what its process holds after warming and at the end. `make typing`.
//!
//! Somebody who writes all day types some phrase every three seconds: that is [`EDITS`] of them, one after the other without the pauses.
//! `HYOKA_TYPING` says how many instead.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark works in folders of its own")]

#[path = "../tests/tools/copied.rs"]
mod copied;
#[path = "../tests/tools/typist.rs"]
mod typist;
#[path = "../tests/tools/workplace.rs"]
mod workplace;

use std::path::Path;
use std::time::Instant;

use copied::copy;
use typist::Typist;
use workplace::Workplace;

/// Eight hours, an edit every three seconds.
const EDITS: usize = 8 * 60 * 60 / 3;

/// How many looks at the memory there are after the first hour: what is kept differs by a fifth from item to item, and so many looks tell a
/// growth of a twentieth from that.
const LOOKS: usize = 320;

/// Of so many looks one is printed, the mean of them.
const PRINTED: usize = 20;

/// Most by which the second half of the day may be above the first, in mean.
const GROWTH_MOST: f64 = 1.1;

fn main() {
    let edits = std::env::var("HYOKA_TYPING").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("work");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &root.join("content"));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &root.join("templates"));
    let desk = Workplace::start(Path::new(env!("CARGO_BIN_EXE_hyoka")), &root);
    let mut looks: Vec<u64> = Vec::new();
    let start = Instant::now();
    // Both municipalities are open, as a browser that went to the other and came back leaves them.
    let mut other = Typist::at(&desk, "sagamihara", None);
    other.type_on(edits / 100);
    let mut typist = Typist::at(&desk, "shinjuku", None);
    // An hour to come to where it stays.
    typist.type_on(edits / 8);
    for look in 1..=LOOKS {
        let until = edits / 8 + edits * 7 / 8 * look / LOOKS;
        typist.type_on(until.saturating_sub(typist.edits));
        let Some(resident) = desk.resident() else { continue };
        looks.push(resident);
        if looks.len().is_multiple_of(PRINTED) {
            let last = &looks[looks.len() - PRINTED..];
            let most = last.iter().max().map_or(0.0, |most| megabytes(*most));
            let (edits, seconds, mean) = (typist.edits, start.elapsed().as_secs_f64(), mean(last));
            println!("{edits:>7} edits {seconds:>7.0} s {mean:>8.1} MB, at most {most:.1}");
        }
    }
    if looks.len() < LOOKS {
        println!("this system does not say what a process holds");
        return;
    }
    let (first, second) = looks.split_at(LOOKS / 2);
    let growth = mean(second) / mean(first);
    println!("mean of the second half {:>8.1} MB, of the first half {growth:>8.3}", mean(second));
    assert!(growth < GROWTH_MOST, "memory grows while one types");
}

fn mean(looks: &[u64]) -> f64 {
    looks.iter().map(|look| megabytes(*look)).sum::<f64>() / f64::from(u32::try_from(looks.len()).expect("few"))
}

fn megabytes(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).expect("less than 4 TiB")) / 1024.0
}
