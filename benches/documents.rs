//! Times the main jobs on the real content, as ratios within one run: `make bench`.
//!
//! Whole processes are timed as a person waits for them; the typesetting alone is timed in this process. The smallest of
//! several runs counts, since everything else on the machine only adds to it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark works in folders of its own")]

#[path = "../tests/tools/copied.rs"]
mod copied;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use copied::copy;
use hyoka::page::Typesetter;
use hyoka::render::{PdfMeta, pdf};

const RUNS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let work = folder.path().join("work");
    copy(&root.join("content"), &work.join("content"));

    let checked = hyoka::session::read(root).expect("the workspace can be read");
    assert!(!checked.diagnostics.has_errors(), "the content has mistakes: run `hyoka check`");
    let documents = hyoka::press::documents(&checked);
    let set = |wanted: &dyn Fn(&str) -> bool| {
        let start = Instant::now();
        for (name, document) in documents.iter().filter(|(name, _)| wanted(&name.to_string())) {
            let paged =
                Typesetter::new(&checked.workspace.templates).typeset(document).expect("the document can be set");
            let meta = PdfMeta { ident: name.to_string(), date: jiff::civil::date(2023, 8, 15) };
            pdf(&paged, &meta).expect("the document can be exported");
            comemo::evict(0);
        }
        start.elapsed()
    };
    let alone = least(3, || set(&|_| true));
    let one = "shinjuku/kokuho/assessment";
    let one_alone = least(3, || set(&|name| name == one));

    let cold = |arguments: &[&str]| {
        let fresh = || {
            let out = tempfile::tempdir().expect("a temporary folder can be made");
            run(&work, arguments, &out.path().join("build"))
        };
        least(RUNS, fresh)
    };
    let one_cold = cold(&["shinjuku", "kokuho", "assessment"]);
    let side_by_side = side_by_side(root, &work, folder.path());
    let all_cold = cold(&[]);
    let kept = folder.path().join("kept");
    run(&work, &[], &kept);
    let idle = least(RUNS, || run(&work, &[], &kept));
    let word = work.join("content/municipalities/shinjuku/kokuho/change-summary.md");
    let mut turn = 0;
    let one_word = least(RUNS, || {
        turn += 1;
        let text = std::fs::read_to_string(&word).expect("the file can be read");
        std::fs::write(&word, format!("{text}\n追記{turn}。\n")).expect("the file can be written");
        run(&work, &[], &kept)
    });
    // A letter in a body of the form, inside what is marked already: who prints it is made again.
    let body = work.join("content/municipalities/shinjuku/kokuho/risk.md");
    let before = hashes(&kept);
    let one_letter = least(RUNS, || {
        let text = std::fs::read_to_string(&body).expect("the file can be read");
        let text = text.replacen("{++\n\n＜", "{++\n\n＜新", 1);
        std::fs::write(&body, text).expect("the file can be written");
        run(&work, &[], &kept)
    });
    let after = hashes(&kept);
    let made: BTreeSet<&str> =
        after.iter().filter(|(path, hash)| before.get(*path) != Some(hash)).map(name_of).collect();
    assert!(made.contains(one) && made.len() < documents.len(), "some are made again: {made:?}");
    let made_alone = least(3, || set(&|name| made.contains(name)));
    let check = least(RUNS, || {
        let start = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_hyoka")).arg("--root").arg(&work).arg("check").output();
        assert!(status.expect("the program starts").status.success());
        start.elapsed()
    });

    let edited = folder.path().join("edited");
    copy(&work.join("content"), &edited.join("content"));
    edit(&edited.join("content/assessments/kokuho"));
    let mark = least(RUNS, || {
        let start = Instant::now();
        let order = ["mark", "shinjuku", "kokuho", "--since", "r5-published", "--dry-run"];
        let output = Command::new(env!("CARGO_BIN_EXE_hyoka")).arg("--root").arg(&edited).args(order).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        start.elapsed()
    });

    println!("typesetting alone, {} documents, one after the other  {:>8.0} ms", documents.len(), ms(alone));
    println!(
        "all documents, cold process                            {:>8.0} ms   {:.2} of that",
        ms(all_cold),
        ratio(all_cold, alone)
    );
    println!("one assessment, typesetting alone                      {:>8.0} ms", ms(one_alone));
    println!(
        "one assessment, cold process, PDF and workbook         {:>8.0} ms   {:.2} of that",
        ms(one_cold),
        ratio(one_cold, one_alone)
    );
    match side_by_side {
        Some((stock, own)) => {
            println!("one assessment, the stock typesetter, PDF              {:>8.0} ms", ms(stock));
            println!(
                "one assessment, cold process, PDF                      {:>8.0} ms   {:.2} of that",
                ms(own),
                ratio(own, stock)
            );
        }
        None => println!("the stock typesetter is not here: make bench-stock"),
    }
    println!(
        "after one word of the summary changed                  {:>8.0} ms   {:.2} of all",
        ms(one_word),
        ratio(one_word, all_cold)
    );
    println!("typesetting alone, {} documents that print a letter     {:>8.0} ms", made.len(), ms(made_alone));
    println!(
        "after that letter of the form changed                  {:>8.0} ms   {:.2} of that",
        ms(one_letter),
        ratio(one_letter, made_alone)
    );
    println!(
        "nothing to do                                          {:>8.0} ms   {:.3} of all",
        ms(idle),
        ratio(idle, all_cold)
    );
    println!(
        "marks for a changed word in every shared file          {:>8.0} ms   {:.3} of all",
        ms(mark),
        ratio(mark, all_cold)
    );
    println!(
        "check of everything                                    {:>8.0} ms   {:.3} of all",
        ms(check),
        ratio(check, all_cold)
    );
}

/// One assessment as PDF: by the stock typesetter from the emitted project, and by a cold process of ours that reads and judges the source before,
/// in turn. None where the stock typesetter is not there.
fn side_by_side(root: &Path, work: &Path, folder: &Path) -> Option<(Duration, Duration)> {
    let stock = root.join("target/typst/bin/typst");
    if !stock.is_file() {
        return None;
    }
    let wanted = ["shinjuku", "kokuho", "assessment"];
    let (emitted, alone) = (folder.join("emitted"), folder.join("alone"));
    let mut emit = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    emit.arg("--root").arg(work).arg("build").args(wanted).arg("--emit-typst").arg(&emitted);
    assert!(emit.output().expect("the program starts").status.success());
    // Without its workbook, which the stock typesetter does not make.
    copy(&work.join("content"), &alone.join("content"));
    let settings = alone.join("content/municipalities/shinjuku/municipality.toml");
    let text = std::fs::read_to_string(&settings).expect("the file can be read");
    let text = text.replace(r#"formats = ["pdf", "xlsx"]"#, r#"formats = ["pdf"]"#);
    std::fs::write(&settings, text).expect("the file can be written");
    let mut both = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        let out = tempfile::tempdir().expect("a temporary folder can be made");
        let start = Instant::now();
        let mut order = Command::new(&stock);
        order.args(["compile", "--features", "a11y-extras", "--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1"]);
        order.arg("--font-path").arg(emitted.join("fonts"));
        order.arg(emitted.join(wanted.join("/")).join("main.typ")).arg(out.path().join("stock.pdf"));
        let output = order.output().expect("the stock typesetter starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        both.0 = both.0.min(start.elapsed());
        both.1 = both.1.min(run(&alone, &wanted, &out.path().join("build")));
    }
    Some(both)
}

/// The hashes of what a build made, by path.
fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder.join("manifest.json")).expect("a build leaves a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let entries = manifest["documents"].as_array().expect("it lists its documents").iter();
    let word = |entry: &serde_json::Value, name: &str| entry[name].as_str().expect("it has a name").to_owned();
    entries.map(|entry| (word(entry, "path"), word(entry, "sha256"))).collect()
}

/// The name of the document that a file is of.
fn name_of<'p>((path, _): (&'p String, &String)) -> &'p str {
    path.rsplit_once('.').map_or(path, |(name, _)| name)
}

/// Changes a word in every entry file of a folder.
fn edit(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            edit(&path);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            std::fs::write(&path, text.replacen("ため、", "ことから、", 1)).expect("the file can be written");
        }
    }
}

/// One build as a whole process.
fn run(root: &Path, arguments: &[&str], out: &Path) -> Duration {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .arg("--root")
        .arg(root)
        .arg("build")
        .args(arguments)
        .arg("--out")
        .arg(out)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed()
}

fn least(runs: usize, mut job: impl FnMut() -> Duration) -> Duration {
    (0..runs).map(|_| job()).min().expect("at least one run")
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}
