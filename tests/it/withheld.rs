//! Withheld text（公表しない部分）: canaries in every kind of place stand in the submission and in no byte of the public copy.
//!
//! `tests/fixtures/withheld/` lies over the town and plants `金糸雀NN号` where an author can withhold something. The search here is the
//! test's own: it unpacks files and looks for `金糸雀`, and knows nothing of the proof that the program writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use hyoka::desk::{MarkOrder, freeze, write_marks};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::model::manifest::Audience;
use hyoka::press::{Order, Outcome, Quiet, build};
use hyoka::session::Wanted;
use lopdf::{Document, Object};
use tempfile::TempDir;

use crate::support::{bare, copy, files, named, repository, town_copy};

/// How many canaries the fixture plants, numbered from 01.
const CANARIES: usize = 67;
/// Names of files and boxes that may tell what they are.
const NAMES: [&str; 3] = ["canary-record", "canary-node", "canary-measure"];

fn canary(number: usize) -> String {
    format!("金糸雀{number:02}号")
}

/// A copy of the town with what it withholds.
fn planted() -> TempDir {
    let folder = town_copy();
    copy(&repository().join("tests/fixtures/withheld"), &folder.path().join("town"));
    folder
}

fn made(root: &Path, folder: &Path, audience: Option<Audience>) -> Outcome {
    let order = Order { audience, ..Order::default() };
    let outcome = build(root, folder, &order, &Quiet).unwrap_or_else(|error| panic!("{error}"));
    let said = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(!outcome.diagnostics.has_errors(), "{said}");
    outcome
}

#[test]
fn the_reason_of_an_acceptance_is_no_public_text() {
    let folder = planted();
    let root = folder.path().join("town");
    let basic = root.join("content/assessments/zei/basic.md");
    let text = fs::read_to_string(&basic).expect("the fixture has it");
    let secret = "第三書庫の暗証盤の型番";
    let text = text.replace(
        "## storage\n",
        &format!("## storage\n\n<!-- hyoka: accept H0639 {secret}は伏せる -->\n\n鍵は{{!{secret}!}}で管理する。\n"),
    );
    assert!(text.contains(secret), "the fixture has changed");
    fs::write(&basic, text).expect("it can be written");
    let outcome = made(&root, &folder.path().join("public"), Some(Audience::Public));
    let said = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(!said.contains(secret), "the reason is printed:\n{said}");
}

/// All text in a file, however it is packed.
fn unpacked(path: &str, bytes: &[u8]) -> String {
    let mut out = String::from_utf8_lossy(bytes).into_owned();
    if path.ends_with(".pdf") {
        let pdf = Document::load_mem(bytes).expect("the file is a PDF");
        for number in pdf.get_pages().keys() {
            out += &pdf.extract_text(&[*number]).expect("the page has text");
        }
        pdf.objects.values().for_each(|object| collect(object, &mut out));
        collect(&Object::Dictionary(pdf.trailer.clone()), &mut out);
    } else if path.ends_with(".xlsx") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip");
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("the part can be read");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("every part is text");
            out += &text;
            out += &text.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect::<String>();
        }
    }
    out += &out.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect::<String>();
    bare(&out)
}

fn collect(object: &Object, out: &mut String) {
    match object {
        Object::String(bytes, _) => {
            *out += &lopdf::decode_text_string(object).unwrap_or_default();
            *out += &String::from_utf8_lossy(bytes);
        }
        Object::Name(name) => *out += &String::from_utf8_lossy(name),
        Object::Array(members) => members.iter().for_each(|member| collect(member, out)),
        Object::Dictionary(members) => members.iter().for_each(|(_, member)| collect(member, out)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, member)| collect(member, out));
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            *out += &String::from_utf8_lossy(&content);
        }
        _ => {}
    }
}

/// The canaries that a folder's files hold, their names included, each with the files.
fn found(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in files(folder) {
        let text = format!("{path}\n{}", unpacked(&path, &bytes));
        let numbers = (1..=CANARIES).map(canary).filter(|canary| text.contains(&bare(canary)));
        let names = NAMES.iter().filter(|name| text.contains(*name)).map(|name| (*name).to_owned());
        for one in numbers.chain(names) {
            found.entry(one).or_default().insert(path.clone());
        }
        // A part of a canary would be a leak too.
        if text.contains("金糸雀") {
            found.entry("金糸雀".to_owned()).or_default().insert(path);
        }
    }
    found
}

#[test]
fn the_submission_shows_everything_and_the_public_edition_nothing_of_it() {
    let folder = planted();
    let root = folder.path().join("town");
    let (submission, public) = (folder.path().join("build"), folder.path().join("build-public"));
    made(&root, &submission, None);
    let outcome = made(&root, &public, Some(Audience::Public));

    let shown = found(&submission);
    let missing: Vec<String> = (1..=CANARIES).map(canary).filter(|canary| !shown.contains_key(canary)).collect();
    assert!(missing.is_empty(), "not in the submission, so that the search would prove nothing: {missing:?}");

    let leaked = found(&public);
    assert!(leaked.is_empty(), "in the public copy: {leaked:#?}");
    let paths: BTreeSet<String> = files(&public).into_keys().collect();
    let issued = ["assessment.pdf", "assessment.html", "assessment-marked.pdf", "change-list.pdf", "change-list.xlsx"];
    for path in
        issued.map(|name| format!("hikari/zei/{name}")).iter().chain(&["hikari/shinsa/checklist.xlsx".to_owned()])
    {
        assert!(paths.contains(path), "{path} of {paths:?}");
    }
    assert!(!paths.contains("hikari/zei/assessment-before.pdf"), "a document for the submission alone is public");

    let (report, proof) = outcome.proof.expect("a public copy is proven");
    assert!(proof.clean);
    assert_eq!(report, folder.path().join("build-public-withheld.html"));
    let reports = ["html", "json"].map(|ending| folder.path().join(format!("build-public-withheld.{ending}")));
    for report in reports {
        let text = fs::read_to_string(&report).expect("the report is beside the public folder");
        assert!(!text.contains("金糸雀"), "{} tells what is withheld", report.display());
        assert!(text.contains("content/assessments/zei/basic.md:5:"), "{} names places", report.display());
    }
    let searched: BTreeSet<String> = proof.files.iter().map(|file| file.path.clone()).collect();
    assert_eq!(searched, paths, "every file is searched");
    assert!(proof.parts.len() >= CANARIES * 2 / 3, "{} parts", proof.parts.len());
}

#[test]
fn the_public_edition_says_where_it_is_silent() {
    let folder = planted();
    let (root, public) = (folder.path().join("town"), folder.path().join("build-public"));
    made(&root, &public, Some(Audience::Public));
    let page = fs::read_to_string(public.join("hikari/zei/assessment.html")).expect("it is issued");
    let text = bare(&page.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect::<String>());
    for words in [
        "住民税に関する事務((非公表))",
        "本町は、(非公表)に基づき住民税を賦課する。",
        "受託者は株式会社(非公表)、連絡先は内線(非公表)とする。",
        "システム3 (非公表)",
        "データは国内のデータセンター((非公表))に保管する。",
        "(2)(非公表)へ通知する。",
        "(3)(非公表)",
    ] {
        assert!(text.contains(&bare(words)), "{words} is not in the page:\n{text}");
    }
    // What is not withheld of a withheld choice or box would give it away.
    assert!(!text.contains("☑庁内連携システム") || text.matches("☑庁内連携システム").count() == 1, "{text}");

    let settings = root.join("content/municipalities/hikari/municipality.toml");
    let toml = fs::read_to_string(&settings).expect("the fixture has it");
    fs::write(&settings, format!("withheld-notice = \"■■■\"\n{toml}")).expect("it can be written");
    made(&root, &public, Some(Audience::Public));
    let page = fs::read_to_string(public.join("hikari/zei/assessment.html")).expect("it is issued");
    assert!(page.contains("■■■") && !page.contains("（非公表）"), "the words are the municipality's");
}

#[test]
fn nothing_else_that_the_program_writes_tells_it() {
    let folder = planted();
    let root = folder.path().join("town");
    let checked = hyoka::session::read(&root).expect("the fixture can be read");
    let wanted = Wanted::default();
    for audience in [Audience::Public, Audience::Submission] {
        let project = folder.path().join(format!("project-{audience:?}"));
        hyoka::press::emit_typst(&checked, &project, &wanted, Some(audience)).expect("the project can be written");
        fs::remove_dir_all(project.join("fonts")).expect("the fonts are the program's");
        let changes = hyoka::press::changes(&checked, &wanted, audience).expect("there are changes");
        let changes = serde_json::to_string(&changes).expect("plain data");
        let is_public = audience == Audience::Public;
        assert_eq!(found(&project).is_empty(), is_public, "{:#?}", found(&project));
        assert_eq!(changes.contains("金糸雀"), !is_public, "{changes}");
    }
}

#[test]
fn a_folder_of_one_audience_keeps_nothing_of_the_other() {
    let folder = planted();
    let root = folder.path().join("town");
    let (mixed, public) = (folder.path().join("build"), folder.path().join("build-public"));
    made(&root, &mixed, None);
    made(&root, &public, Some(Audience::Public));
    let before = [files(&mixed), files(&public)];
    let wanted = Wanted { document: Some("change-summary".into()), ..Wanted::default() };
    for (out, audience) in [(&mixed, Some(Audience::Public)), (&public, None), (&public, Some(Audience::Submission))] {
        let order = Order { audience, wanted: wanted.clone(), ..Order::default() };
        let refused = build(&root, out, &order, &Quiet).expect_err("they do not mix");
        assert!(refused.to_string().contains("公表用"), "{refused}");
    }
    assert!([files(&mixed), files(&public)] == before, "a refused build wrote something");
}

#[test]
fn what_was_withheld_in_an_edition_stays_so_in_the_marks_that_declare_its_change() {
    let folder = planted();
    let root = folder.path().join("town");
    let frozen = freeze(&root, &named("hikari/zei/first"), "提出した評価書").expect("the town can be frozen");
    assert!(!frozen.diagnostics.has_errors());
    // Withholding more is no change of the text.
    let core = "content/assessments/zei/system/core.md";
    rewrite(&root, core, "賦課と収納を管理する。", "{!賦課と収納!}を管理する。");
    let order = MarkOrder { since: Some("first".into()), change: Some("cloud".into()), ..MarkOrder::default() };
    let marked = write_marks(&root, &order).expect("the edition is there");
    assert_eq!((marked.marked.len(), marked.by_hand.len()), (0, 0), "{marked:?}");

    let basic = "content/assessments/zei/basic.md";
    rewrite(&root, basic, "{!金糸雀03号!}に基づき", "条例に基づき");
    rewrite(&root, core, "税務システム{!金糸雀18号!}", "税務システム{!新しい語!}");
    rewrite(&root, "content/facts.toml", "株式会社{!金糸雀22号!}", "合同会社{!別の語!}");
    write_marks(&root, &order).expect("the edition is there");
    let text = fs::read_to_string(root.join(basic)).expect("it is there");
    assert!(text.contains("{~~{!金糸雀03号!}~>条例~~}{>>cloud<<}に基づき"), "{text}");
    let text = fs::read_to_string(root.join(core)).expect("it is there");
    assert!(text.contains("{!{~~") && text.contains("~~}{>>cloud<<}!}"), "{text}");
    let public = folder.path().join("public");
    made(&root, &public, Some(Audience::Public));
    assert!(found(&public).is_empty(), "{:#?}", found(&public));
}

/// Replaces words in a file of a workspace; they must stand there.
fn rewrite(root: &Path, path: &str, old: &str, new: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("the fixture has the file");
    assert!(text.contains(old), "{} does not hold {old}", path.display());
    fs::write(&path, text.replace(old, new)).expect("a file can be written");
}

#[test]
fn words_that_are_public_elsewhere_are_told() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let path = root.join("content/assessments/zei/system/core.md");
    let text = fs::read_to_string(&path).expect("the fixture has it");
    fs::write(&path, format!("{text}\n{{!電子申告を受け付ける。!}}\n")).expect("it can be written");
    let public = folder.path().join("public");
    let outcome = made(&root, &public, Some(Audience::Public));
    let said = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(said.contains("H0707") && said.contains("system/portal.md:9"), "{said}");
    let (_, proof) = outcome.proof.expect("a public copy is proven");
    assert!(proof.clean && proof.parts[0].public_too.len() == 1, "{proof:?}");
}

#[test]
fn a_leak_stops_the_build_and_leaves_the_last_one() {
    let folder = planted();
    let (root, public) = (folder.path().join("town"), folder.path().join("build-public"));
    made(&root, &public, Some(Audience::Public));
    let before = files(&public);
    // A template that prints what it should not know: the proof must find it whatever brought it there.
    let template = root.join("templates/html/document.html");
    fs::create_dir_all(template.parent().expect("it lies in a folder")).expect("a folder can be made");
    let own = fs::read_to_string(repository().join("templates/html/document.html")).expect("it is built in");
    let leak = own.replace("</body>", "<!-- 金糸{{ \"雀\" }}01号 --></body>");
    fs::write(&template, leak).expect("it can be written");
    let order = Order { audience: Some(Audience::Public), ..Order::default() };
    let error = build(&root, &public, &order, &Quiet).expect_err("a leak is no success");
    assert!(error.to_string().contains("公表してはならない文言"), "{error}");
    assert!(files(&public) == before, "something was put in place");
}

#[test]
fn a_workbook_for_the_public_hides_nothing() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let path = root.join("content/municipalities/hikari/municipality.toml");
    let text = std::fs::read_to_string(&path).expect("the fixture has a municipality");
    let document = "\n[[document]]\ncase = \"zei\"\nid = \"for-all\"\nkind = \"assessment\"\ntitle = \"評価書\"\n\
                    formats = [\"xlsx\"]\naudience = \"both\"\n";
    std::fs::write(&path, text + document).expect("a file can be written");
    let hidden = |audience: Audience| {
        let folder = folder.path().join(format!("{audience:?}"));
        let wanted = Wanted { document: Some("for-all".into()), ..Wanted::default() };
        let order = Order { audience: Some(audience), wanted, ..Order::default() };
        build(&root, &folder, &order, &Quiet).unwrap_or_else(|error| panic!("{error}"));
        let bytes = std::fs::read(folder.join("hikari/zei/for-all.xlsx")).expect("it was built");
        let parts = crate::returned::book::Book::read(&bytes).parts;
        let xml = parts.iter().filter(|(name, _)| name.ends_with(".xml"));
        let text: String = xml.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
        (
            text.matches(" state=\"veryHidden\"").count() + text.matches(" state=\"hidden\"").count(),
            text.matches(" hidden=\"1\"").count(),
        )
    };
    let (sheets, columns) = hidden(Audience::Submission);
    // The stamp, and the boxes and arrows of the figures.
    assert!(sheets == 2 && columns > 1, "what goes out to offices finds its way back");
    assert_eq!(hidden(Audience::Public), (0, 0));
}
