//! Times runs over many municipalities, as ratios within one run: `make bench`.
//!
//! Whole processes are timed as a person waits for them, with the most memory that each held. With `HYOKA_BENCH_NATION=1` a thousand
//! cities are built too.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark works in folders of its own")]

#[path = "../examples/towns/nation.rs"]
mod nation;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nation::City;

/// As many municipalities as there are in Japan, prefectures among them.
const ALL: usize = 1_788;
/// How often the memory of a process is looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// What a process took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    time: Duration,
    /// The most memory that it held, in KiB; none where the system does not say.
    peak: Option<u64>,
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let cities = |count: usize| -> PathBuf {
        let root = folder.path().join(format!("{count}"));
        if !root.exists() {
            nation::write(&root, 0..count);
        }
        root
    };

    let mut base = None;
    for count in [2, 42, ALL] {
        let root = cities(count);
        let cost = least(if count == ALL { 1 } else { 3 }, || run(&root, &["check"]));
        show(&format!("check of {count} cities"), cost, count, &mut base);
    }

    let slug = City::of(1).slug;
    let orders: [(&str, &[&str]); 2] = [
        ("mark --dry-run of one case", &["mark", &slug, "zei", "--since", "r5-published", "--dry-run"]),
        ("accept --dry-run of one case", &["accept", &slug, "zei", "--edition", "r6", "--dry-run"]),
    ];
    for (title, order) in orders {
        let mut base = None;
        for count in [2, 42] {
            let cost = least(5, || run(&cities(count), order));
            show(&format!("{title} among {count}"), cost, 1, &mut base);
        }
    }

    let mut counts = vec![10, 100];
    if std::env::var_os("HYOKA_BENCH_NATION").is_some() {
        counts.push(1_000);
    }
    let (mut base, mut last) = (None, None);
    for count in counts {
        let out = folder.path().join(format!("out-{count}"));
        let order = ["build", "--out", out.to_str().expect("a temporary folder has a plain name")];
        let cost = run(&cities(count), &order);
        show(&format!("build of {count} cities"), cost, count, &mut base);
        if let Some((fewer, before)) = last.replace((count, cost.time)) {
            let more = u32::try_from(count - fewer).expect("no more than the nation");
            println!("{:<46}{:>10.1} ms", "  each further city", ms(cost.time.saturating_sub(before) / more));
        }
        let again = run(&cities(count), &order);
        show(&format!("the same again, {count} cities, nothing to do"), again, count, &mut None);
        std::fs::remove_dir_all(&out).expect("a folder of its own can be removed");
    }
}

/// A line of figures; `base` is the first of its kind, that the others are ratios of.
fn show(title: &str, cost: Cost, count: usize, base: &mut Option<Cost>) {
    let first = *base.get_or_insert(cost);
    let each = ms(cost.time) / f64::from(u32::try_from(count).expect("no more than the nation"));
    let peak = |cost: Cost| cost.peak.map(|kib| f64::from(u32::try_from(kib).expect("below 4 TiB")));
    let memory = peak(cost).zip(peak(first)).map_or_else(String::new, |(now, first)| {
        format!("   {:>7.0} MiB   {:.2} of the first", now / 1024.0, now / first)
    });
    println!(
        "{title:<46}{:>10.0} ms   {each:>8.1} ms each   {:>7.2} of the first{memory}",
        ms(cost.time),
        cost.time.as_secs_f64() / first.time.as_secs_f64()
    );
}

/// The program as a whole process.
fn run(root: &Path, arguments: &[&str]) -> Cost {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.arg("--root").arg(root).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut peak = None;
    let status = loop {
        peak = held(&child).max(peak);
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        std::thread::sleep(GLANCE);
    };
    let time = start.elapsed();
    assert!(status.success(), "{arguments:?} ends with {status}");
    Cost { time, peak }
}

/// The most memory that a process has held so far, in KiB; the system keeps it, so that a glance now and then misses only what comes at
/// the very end.
fn held(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The quickest of several runs, and the most memory that any of them held.
fn least(runs: usize, mut job: impl FnMut() -> Cost) -> Cost {
    let costs: Vec<Cost> = (0..runs).map(|_| job()).collect();
    let time = costs.iter().map(|cost| cost.time).min().expect("at least one run");
    Cost { time, peak: costs.iter().filter_map(|cost| cost.peak).max() }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
