//! A case moved to another version of its form: nothing is lost, and the list of changes tells of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hyoka::desk::{MoveOrder, move_form, move_form_dry};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::session::read;
use tempfile::TempDir;

use crate::support::{build_all, copy, files, repository, town_copy};

fn third() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/third"), &folder.path().join("town"));
    folder
}

fn order(case: &str, beside: Option<&str>, to: &str) -> MoveOrder {
    MoveOrder { case: case.into(), beside: beside.map(Into::into), to: to.into(), on: "令和7年10月1日".to_owned() }
}

/// The lines of all entry files, without those that only set them apart.
fn lines(root: &Path) -> BTreeSet<String> {
    let all = files(&root.join("content"));
    let entries = all.into_iter().filter(|(path, _)| path.ends_with(".md"));
    let texts = entries.map(|(_, bytes)| String::from_utf8(bytes).expect("entries are UTF-8"));
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn errors(root: &Path) -> Vec<&'static str> {
    let checked = read(root).expect("it can be read");
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    let found = checked.diagnostics.sorted();
    assert!(!said.contains("H0336"), "no file is left over:\n{said}");
    found.into_iter().map(|found| found.code.id()).collect()
}

#[test]
fn what_the_form_has_no_place_for_is_kept_in_the_archive() {
    let folder = third();
    let root = folder.path().join("town");
    let before = lines(&root);
    let moved = move_form(&root, &order("jidoteate", None, "kisokomoku-h31-01")).expect("it can be moved");
    assert_eq!(moved.from, "kisokomoku-r6-10");
    let ids: Vec<&str> = moved.archived.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!(ids, ["manual-sufficiency", "top-measure", "manual-reason", "top-reason"]);
    let archive = "content/assessments/jidoteate/archive/kisokomoku-r6-10/risk.md";
    assert!(moved.archived.iter().all(|(file, _)| file == archive), "{:?}", moved.archived);
    let kept = fs::read_to_string(root.join(archive)).expect("it is there");
    assert!(kept.contains("二人の職員が本人確認書類と照らし合わせて登録する。"), "{kept}");
    assert!(before.is_subset(&lines(&root)), "every word is in a file or in the archive");
    assert_eq!(errors(&root), Vec::<&str>::new());
}

#[test]
fn what_is_new_is_listed_and_the_list_of_changes_tells_of_the_move() {
    let folder = third();
    let root = folder.path().join("town");
    move_form(&root, &order("jidoteate", None, "kisokomoku-h31-01")).expect("it can be moved");
    // And back again, as a case that moves to the newer version.
    let moved = move_form_dry(&root, &order("jidoteate", None, "kisokomoku-r6-10")).expect("it can be moved");
    for item in ["人為的ミスが発生するリスクへの対策は十分か", "最も優先度が高いと考えられる対策", "適用した理由"]
    {
        assert!(moved.new.iter().any(|new| new.ends_with(item)), "{item}: {:?}", moved.new);
    }
    assert!(moved.archived.is_empty() && moved.renamed.is_empty(), "{moved:?}");
    move_form(&root, &order("jidoteate", None, "kisokomoku-r6-10")).expect("it can be moved");
    let again = move_form(&root, &order("jidoteate", None, "kisokomoku-h31-01")).expect("it can be moved");
    assert_eq!(again.change, "form-kisokomoku-h31-01-2", "each move is a change of its own");
    let outcome = build_all(&root, &root.join("build"));
    assert!(!outcome.diagnostics.has_errors());
    let html = fs::read_to_string(root.join("build/wakaba/jidoteate/assessment.html")).expect("it was made");
    for words in ["［令和6年10月 様式2］", "［平成31年1月 様式2］", "様式の改正に伴う変更であり"]
    {
        assert!(html.contains(words), "変更箇所 says {words}");
    }
}

#[test]
fn a_paper_beside_the_main_one_is_moved_by_itself() {
    let folder = third();
    let root = folder.path().join("town");
    let moved = move_form(&root, &order("juki", Some("kiso"), "kisokomoku-h31-01")).expect("it can be moved");
    assert_eq!(moved.archived.len(), 1, "{:?}", moved.archived);
    let settings = fs::read_to_string(root.join("content/assessments/juki/assessment.toml")).expect("it is there");
    assert!(settings.contains("form = \"zenkomoku-h30-05\"") && settings.contains("form = \"kisokomoku-h31-01\""));
    assert_eq!(errors(&root), Vec::<&str>::new());
}

#[test]
fn an_item_with_another_id_takes_its_text_along() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let form = "id = \"mini-r9\"\nbased-on = \"mini\"\ntag = \"令和9年4月 様式見本\"\ndrop = [\"basic/storage\"]\n\n\
        [[add]]\nbefore = \"basic/note\"\nitems = [{ id = \"place\", kind = \"text\", label = \"①置き場所\" }]\n\n\
        [[renamed]]\nitem = \"basic/place\"\nwas = \"basic/storage\"\n";
    fs::create_dir_all(root.join("templates/forms")).expect("a folder can be made");
    let mini = fs::read(root.join("content/municipalities/hikari/forms/mini.toml")).expect("it is there");
    fs::write(root.join("templates/forms/mini.toml"), mini).expect("it can be written");
    fs::write(root.join("templates/forms/mini-r9.toml"), form).expect("it can be written");
    let moved = move_form(&root, &order("zei", None, "mini-r9")).expect("it can be moved");
    let renamed: Vec<(&str, &str)> = moved.renamed.iter().map(|(_, was, is)| (was.as_str(), is.as_str())).collect();
    assert_eq!(renamed, [("storage", "place")]);
    assert!(moved.archived.is_empty(), "{:?}", moved.archived);
    let basic = fs::read_to_string(root.join("content/assessments/zei/basic.md")).expect("it is there");
    assert!(basic.contains("## place\n\n次のとおり保管する。"), "{basic}");
}

#[test]
fn nothing_is_written_without_such_a_form_or_case() {
    let folder = third();
    let root = folder.path().join("town");
    let before = files(&root);
    assert!(move_form(&root, &order("jidoteate", None, "kisokomoku-r99")).is_err());
    assert!(move_form(&root, &order("nowhere", None, "kisokomoku-h31-01")).is_err());
    move_form_dry(&root, &order("jidoteate", None, "kisokomoku-h31-01")).expect("it can be looked at");
    assert_eq!(files(&root), before);
}
