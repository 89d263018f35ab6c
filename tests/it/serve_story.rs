//! The desk in a real browser: what a clerk does, told as one story, and the pictures of README and manual.
//!
//! It runs where `make desk` has installed playwright below `target/desk/`, and Chromium is there; `HYOKA_BROWSER` asks that they be there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hyoka::diagnostic::Lang;
use hyoka::serve::{Desk, Mode, Options};

use crate::comments::at_the_desk;
use crate::returned::workspace;
use crate::serve::beginning::{fresh, third_town};
use crate::serve::{answered, frozen};
use crate::support::{copy, files, repository, town, town_copy};

/// The browser and what drives it; `None` where they are not there and nobody asks for them.
fn browser() -> Option<(PathBuf, PathBuf)> {
    let is_asked = std::env::var_os("HYOKA_BROWSER").is_some();
    if !is_asked {
        return None;
    }
    let modules = repository().join("target/desk");
    assert!(modules.join("node_modules/playwright-core").is_dir(), "playwright is missing: make desk");
    let all = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(Path::new);
    let chromium = all.into_iter().find(|path| path.exists()).expect("chromium is missing: apt-get install chromium");
    Some((modules, chromium.to_owned()))
}

/// Runs a script of the story against a desk on a folder.
fn tell(script: &str, root: &Path, mode: Mode, lang: Lang) {
    let Some((modules, chromium)) = browser() else { return };
    let desk = Desk::open(root, &Options { port: 0, mode, lang }).expect("a port is free");
    let address = desk.address().to_owned();
    let running = desk.start();
    let out = repository().join("target/desk/pictures");
    let run = Command::new("node")
        .arg(repository().join("tests/tools/desk").join(script))
        .args([&modules, &chromium, &out])
        .arg(&address)
        .arg(root)
        .arg(repository().join("templates/fonts"))
        .output()
        .expect("node can be started");
    running.stop();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{script}:\n{said}\n{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_clerk_finds_reads_writes_and_is_told() {
    let folder = town_copy();
    tell("story.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_clerk_writes_as_a_change_signs_and_makes_the_documents() {
    let folder = frozen();
    tell("changes.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn what_an_author_wrote_is_text_whatever_it_is() {
    let folder = town_copy();
    tell("hostile.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_clerk_lists_records_and_accepts_a_change() {
    let folder = frozen();
    tell("records.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_returned_checklist_is_chosen_shown_and_taken_over() {
    let folder = workspace();
    fs::write(folder.path().join("回答.xlsx"), answered().bytes()).expect("a file can be written");
    fs::copy(town().path("hikari/zei/assessment.xlsx"), folder.path().join("様式.xlsx")).expect("a file can be copied");
    tell("returned.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn the_measures_of_a_checklist_are_written_as_items_are() {
    let folder = workspace();
    tell("measures.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn opinions_are_made_into_a_workbook_dropped_and_taken_over() {
    let folder = at_the_desk();
    tell("opinions.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_hearing_is_written_and_its_opinions_answered() {
    let folder = at_the_desk();
    tell("hearing.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_figure_is_drawn_part_by_part() {
    let folder = frozen();
    tell("figure.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_hearing_that_is_only_shown_is_read_in_english() {
    let folder = at_the_desk();
    let root = folder.path().join("town");
    let before = files(&root);
    tell("heard.mjs", &root, Mode::ReadOnly, Lang::En);
    assert!(files(&root) == before, "no byte is another");
}

#[test]
fn a_desk_that_only_shows_is_read_in_english() {
    let folder = town_copy();
    let root = folder.path().join("town");
    // A second municipality, with a mistake.
    let (one, other) = (root.join("content/municipalities/hikari"), root.join("content/municipalities/kaze"));
    copy(&one, &other);
    let settings = fs::read_to_string(other.join("municipality.toml")).expect("it is there");
    let settings = settings.replace("ひかり町", "かぜ町").replace("own = \"本町\"\n", "");
    fs::write(other.join("municipality.toml"), settings).expect("a file can be written");
    let before = files(&root);
    tell("reading.mjs", &root, Mode::ReadOnly, Lang::En);
    assert!(files(&root) == before, "no byte is another");
}

#[test]
fn a_clerk_begins_with_nothing() {
    let folder = fresh();
    tell("begin.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn a_clerk_moves_a_case_to_another_form() {
    let folder = third_town();
    tell("move.mjs", &folder.path().join("town"), Mode::ReadWrite, Lang::Ja);
}

#[test]
fn the_pictures_show_a_larger_town() {
    let folder = tempfile::tempdir().expect("the system has room");
    copy(&repository().join("tests/fixtures/city"), &folder.path().join("city"));
    tell("pictures.mjs", &folder.path().join("city"), Mode::ReadWrite, Lang::Ja);
}
