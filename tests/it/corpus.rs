//! The corpora of the fuzz targets and every input that once crashed one, replayed through the same readers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::repository;

#[path = "../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "there it is a crate of its own")]
mod readers;

/// A reader of bytes.
type Reader = fn(&[u8]);

/// The readers by the name of their target.
const READERS: &[(&str, Reader)] = &[
    ("toml", readers::toml),
    ("markdown", readers::markdown),
    ("marks", readers::marks),
    ("workbook", readers::workbook),
];

/// As much as all corpora together may take in the repository, in bytes.
const LIMIT: u64 = 200 * 1024;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

/// Every input of a target: its corpus, and `tests/crashes/`.
fn inputs(target: &str) -> Vec<PathBuf> {
    let mut inputs = files(&repository().join("fuzz/corpus").join(target));
    inputs.extend(files(&repository().join("tests/crashes").join(target)));
    inputs
}

#[test]
fn no_input_that_was_ever_found_panics() {
    let mut wrong = Vec::new();
    for (target, reader) in READERS {
        let inputs = inputs(target);
        assert!(inputs.len() > 5, "{target} has a corpus");
        for path in inputs {
            let bytes = fs::read(&path).expect("the input can be read");
            if std::panic::catch_unwind(|| reader(&bytes)).is_err() {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "these panic:\n{}", wrong.join("\n"));
}

#[test]
fn every_target_is_replayed_and_the_corpora_are_small() {
    let manifest = fs::read_to_string(repository().join("fuzz/Cargo.toml")).expect("the fuzz targets are there");
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    let targets = manifest["bin"].as_array().expect("targets").iter();
    let targets: Vec<&str> = targets.map(|target| target["name"].as_str().expect("a name")).collect();
    let replayed: Vec<&str> = READERS.iter().map(|(target, _)| *target).collect();
    assert_eq!(targets, replayed);
    let sizes: BTreeMap<&str, u64> = READERS
        .iter()
        .map(|(target, _)| (*target, inputs(target).iter().map(|path| fs::metadata(path).expect("a file").len()).sum()))
        .collect();
    assert!(sizes.values().sum::<u64>() <= LIMIT, "minimise the corpora (make fuzz-minimise): {sizes:?}");
}
