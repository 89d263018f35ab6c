//! A desk killed at random moments of a write: what was confirmed is in `content/`, whole, and nothing else was touched.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hyoka::serve::Mode;
use hyoka::write::tidy;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};

use super::{BASIC, Clerk};
use crate::kills::kills;
use crate::support::{files, town_copy};

/// A file of somebody's.
const FOREIGN: &str = "content/メモ.txt";

/// Starts the program on a workspace; the first address.
fn started(root: &Path) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.arg("--root").arg(root).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut line = String::new();
    let told = child.stdout.take().expect("it is piped");
    BufReader::new(told).read_line(&mut line).expect("the program says where");
    (child, line.trim_end().to_owned())
}

/// Kills a desk: after so long, and where a sign is named a moment after that stands in a folder that is being written.
fn strike(mut child: Child, (after, moment): (Duration, Duration), sign: Option<&'static str>, root: &Path) {
    thread::sleep(after);
    let folders = [root.to_owned(), root.join("content")];
    let begun = |sign: &str| {
        let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut staging = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".hyoka-"));
        staging.any(|entry| entry.path().join(sign).exists())
    };
    let latest = Instant::now() + Duration::from_secs(20);
    while let Some(sign) = sign.filter(|_| Instant::now() < latest) {
        if begun(sign) {
            break;
        }
        thread::yield_now();
    }
    let moment = Instant::now() + moment;
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
    child.kill().expect("a process that was started can be killed");
    child.wait().expect("a killed process ends");
}

fn words(number: usize) -> String {
    // Long enough to be seen half written.
    format!("{number}回目の記載である。{}", "長い文を続ける。".repeat(400))
}

#[test]
fn each_confirmed_write_is_there_whole_and_nothing_else_is_touched() {
    let mut dice = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[76; 32]));
    let mut roll = |below: u64| (0..below).new_tree(&mut dice).expect("a range has values").current();
    let mut confirmed_in_all = 0;
    for number in 0..kills() {
        let folder = town_copy();
        let root = folder.path().join("town");
        fs::write(root.join(FOREIGN), "人").expect("a file can be written");
        let before = files(&root.join("content"));
        let first = fs::read_to_string(root.join(BASIC)).expect("it is there");
        let (child, address) = started(&root);
        let clerk = Clerk::at(folder, &address, None);
        let edit = clerk.edit("basic/work-content", BASIC, &json!(""));
        let sign = [None, Some("lock"), Some("record.json")][number % 3];
        let times = (Duration::from_millis(roll(1200)), Duration::from_micros(roll(2500)));
        let killer = {
            let root = root.clone();
            thread::spawn(move || strike(child, times, sign, &root))
        };
        // It writes on and on, each on top of what was confirmed last.
        let (mut hash, mut confirmed) = (edit["hash"].clone(), 0);
        loop {
            let mut next: Json = edit.clone();
            next["hash"] = hash.clone();
            next["written"] = json!(words(confirmed + 1));
            let Ok(said) = clerk.try_post("/api/save", &next) else { break };
            // An answer that broke off confirms nothing.
            let Ok(told) = serde_json::from_slice::<Json>(&said.body) else { break };
            assert_eq!(said.status, 200, "{told}");
            hash = told["hash"].clone();
            confirmed += 1;
        }
        killer.join().expect("the desk was killed");
        confirmed_in_all += confirmed;
        tidy(&root).unwrap_or_else(|error| panic!("{number}: {error}"));
        let start = first.find("{{own}}は").expect("the text is there");
        let end = first.find("\n\n## storage").expect("the next item is there");
        let with = |count: usize| match count {
            0 => first.clone(),
            count => [&first[..start], &words(count), &first[end..]].concat(),
        };
        let now = fs::read_to_string(root.join(BASIC)).expect("it is there");
        assert!(
            now == with(confirmed) || now == with(confirmed + 1),
            "{number}: {confirmed} writes were confirmed, and the file is neither the last nor the next"
        );
        let after = files(&root.join("content"));
        let others = |all: &std::collections::BTreeMap<String, Vec<u8>>| {
            let mut all = all.clone();
            all.remove(BASIC.trim_start_matches("content/"));
            all
        };
        assert!(others(&after) == others(&before), "{number}: something else was touched");
        // The next desk opens, and takes back what it has on its list.
        let mut clerk = clerk;
        let folder = std::mem::replace(&mut clerk.folder, tempfile::tempdir().expect("the system has room"));
        let clerk = Clerk::on(folder, Mode::ReadWrite);
        let said = clerk.post("/api/undo", &json!({}));
        let steps = now == with(confirmed + 1) || confirmed == 0;
        assert!(said.status == 200 || (steps && said.status == 409), "{number}: {}", said.json());
        assert_eq!(clerk.save("basic/note", BASIC, "後の記載。").status, 200, "{number}");
    }
    assert!(confirmed_in_all > 0, "some writes were confirmed before the desk was killed");
}
