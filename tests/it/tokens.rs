//! A token without a break（a path, a hash, an address） stays in its cell, and stays the same characters.

use std::fs;

use hyoka::page::Typesetter;
use hyoka::press::documents;
use hyoka::session::read;
use typst::layout::{Frame, FrameItem, Point};

use crate::support::{copy, repository};

const PATH: &str =
    "kokuho_system_operation_manual_and_checklist_for_the_fiscal_year_2026_final_version_revised_by_vendor.xlsx";
const ADDRESS: &str = "hyoka_tantou_madoguchi@soumu.city.example-prefecture.lg.jp";
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Where a text stands: its left and right edge in pt, and its characters.
type Placed = (f64, f64, String);

fn texts(frame: &Frame, at: Point, found: &mut Vec<Placed>) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Text(text) => {
                found.push((at.x.to_pt(), (at.x + text.width()).to_pt(), text.text.to_string()));
            }
            FrameItem::Group(group) => {
                texts(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), found);
            }
            _ => {}
        }
    }
}

#[test]
fn a_token_without_a_break_stays_in_its_cell() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/city"), folder.path());
    let basic = folder.path().join("content/assessments/zei/basic.md");
    let text = fs::read_to_string(&basic).expect("the fixture has it");
    let hostile = format!(
        "保存先は{PATH}とし、{HASH}で確かめる。\n\n| 区分 | 連絡先 | 備考 | 四 | 五 |\n|---|---|---|---|---|\n| 担当 | {ADDRESS} | 平日のみ | a | b |"
    );
    let before = "地方税法に基づき、住民税を賦課し、徴収する。";
    assert!(text.contains(before), "the fixture has changed");
    fs::write(&basic, text.replace(before, &hostile)).expect("it can be written");
    let checked = read(folder.path()).expect("the workspace can be read");
    assert!(!checked.diagnostics.has_errors());
    let (_, document) =
        documents(&checked).into_iter().find(|(name, _)| name.document == "assessment").expect("it is issued");
    let paged = Typesetter::new(&checked.workspace.templates).typeset(&document).expect("it can be set");

    let mut all = String::new();
    let mut cells = Vec::new();
    for page in paged.document.pages() {
        let mut found = Vec::new();
        texts(&page.frame, Point::zero(), &mut found);
        // The margin at the right of a form: 9 mm; a bracket at the end of a line may hang over by half of itself.
        let right = page.frame.width().to_pt() - 22.0;
        for (_, end, words) in &found {
            assert!(*end <= right, "「{words}」 ends at {end:.0} pt, beyond {right:.0} pt");
        }
        // A token set in pieces leaves the same characters.
        all.extend(found.iter().map(|(_, _, words)| words.as_str()));
        cells.extend(found);
    }
    for token in [PATH, HASH, ADDRESS] {
        assert!(all.contains(token), "{token} is not whole");
    }
    // The cell of the address ends where the next one begins.
    let beside = cells.iter().position(|(_, _, words)| words.contains("平日のみ")).expect("the cell beside is printed");
    let next = cells[beside].0;
    let heading = cells[..beside].iter().rfind(|(_, _, words)| words == "連絡先").expect("the heading is printed").0;
    for (from, to, words) in cells[beside - 12..beside].iter().filter(|(from, ..)| (heading - 1.0..next).contains(from))
    {
        assert!(*to <= next, "「{words}」 from {from:.0} pt runs over the next cell at {next:.0} pt");
    }
}
