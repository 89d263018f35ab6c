//! Times what a clerk waits for at the desk, in a real browser, on a copy of the real content: `make bench-desk`.
//!
//! Opening: from the start of the program and of the page to the tree and the first page. Writing: from a key to the page that shows it,
//! drawn, and to what is wrong, in the page and on the screen; of the first letter in an item by itself, since the item before stood elsewhere.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark works in folders of its own")]

#[path = "../tests/tools/copied.rs"]
mod copied;
#[path = "../tests/tools/workplace.rs"]
mod workplace;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use copied::copy;
use workplace::Workplace;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = root.join("target/desk");
    assert!(modules.join("node_modules/playwright-core").is_dir(), "playwright is missing: make bench-desk");
    let all = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(Path::new);
    let chromium = all.into_iter().find(|path| path.exists()).expect("chromium is missing: apt-get install chromium");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let work = folder.path().join("work");
    for part in ["content", "templates"] {
        copy(&root.join(part), &work.join(part));
    }
    let start = Instant::now();
    let desk = Workplace::start(Path::new(env!("CARGO_BIN_EXE_hyoka")), &work);
    println!(
        "the program says its address                           {:>8.1} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
    let run = Command::new("node")
        .arg(root.join("tests/tools/desk/figures.mjs"))
        .arg(&modules)
        .arg(chromium)
        .arg(folder.path())
        .arg(format!("http://127.0.0.1:{}/?token={}", desk.port, desk.token))
        .arg(&work)
        .arg(root.join("templates/fonts"))
        .output()
        .expect("node can be started");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    let line = said.lines().find_map(|line| line.strip_prefix("FIGURES ")).expect("the script ends with its figures");
    let mut figures: BTreeMap<String, Vec<f64>> = serde_json::from_str(line).expect("they are JSON");
    for (name, what) in [
        ("tree", "the page opened: its tree"),
        ("sheet", "the page opened: its first page"),
        ("page", "a key: the page that shows it"),
        ("first", "the first key in an item: the page that shows it"),
        ("told", "a key: what is wrong stands in the page"),
        ("findings", "a key: what is wrong is seen"),
    ] {
        let times = figures.get_mut(name).expect("the script measures it");
        times.sort_by(f64::total_cmp);
        let (median, late) = (times[times.len() / 2], times[times.len() * 95 / 100]);
        println!("{what:<55} {median:>8.1} ms median, {late:.1} ms at the 95th of a hundred, {} times", times.len());
    }
    if let Some(resident) = desk.resident() {
        println!("what its process holds at the end                      {:>8.1} MB", resident as f64 / 1024.0);
    }
}
