//! Each PDF and each HTML page to checkers that are not ours: what a screen reader gets, and what a browser shows and prints.
//!
//! They run where `make accessibility` has installed them, below `target/accessibility/`; elsewhere these tests have nothing to do.
//! `HYOKA_ACCESSIBILITY` asks that they be there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::subject::{EVERY_ALARM, builds};
use crate::support::repository;

/// What `tests/tools/accessibility/install.sh` installed; `None` where it is not there and nobody asks for it.
fn installed(file: &str) -> Option<PathBuf> {
    let path = repository().join("target/accessibility").join(file);
    let asked = std::env::var_os("HYOKA_ACCESSIBILITY").is_some();
    assert!(path.exists() || !asked, "{} is missing: make accessibility", path.display());
    path.exists().then_some(path)
}

fn tool(name: &str) -> PathBuf {
    repository().join("tests/tools/accessibility").join(name)
}

fn passes(command: &mut Command) {
    let run = command.output().expect("the checker can be started");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn two_checkers_find_nothing_in_any_pdf_but_the_false_alarms_that_are_known() {
    let Some(python) = installed("venv/bin/python") else { return };
    passes(
        Command::new(python)
            .arg(tool("pdf.py"))
            .args(EVERY_ALARM.then_some("--every"))
            .arg(tool("known.toml"))
            .args(builds().iter().map(|built| &built.folder)),
    );
}

#[test]
fn no_html_page_breaks_a_rule_at_any_width_or_prints_a_page_for_a_line() {
    let Some(python) = installed("venv/bin/python") else { return };
    let Some(modules) = installed("node_modules/axe-core/axe.min.js") else { return };
    let chromium =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(Path::new).into_iter().find(|path| path.exists());
    let Some(chromium) = chromium else {
        assert!(std::env::var_os("HYOKA_ACCESSIBILITY").is_none(), "chromium is missing: apt-get install chromium");
        return;
    };
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed-html");
    let modules = modules.ancestors().nth(3).expect("it lies below the installed modules");
    let folders = builds().into_iter().map(|built| &built.folder);
    passes(Command::new("node").arg(tool("html.mjs")).arg(modules).arg(chromium).arg(&out).args(folders));
    passes(Command::new(python).arg(tool("printed.py")).arg(&out));
}
