//! Pages for somebody who is still writing: after each edit they are, letter by letter, those that a fresh typesetter would set.

use std::collections::BTreeMap;
use std::fs;

use hyoka::diagnostic::Code;
use hyoka::model::ItemPath;
use hyoka::page::Typesetter;
use hyoka::press::{Pages, Preview, PreviewFault, documents_of};
use hyoka::render::{PageForm, page};
use hyoka::session::{Checked, Reach, Session};

use crate::stretches::plain;
use crate::support::{build_all, named, town_copy, town_source};

const BASIC: &str = "content/assessments/zei/basic.md";
const FLOW: &str = "content/assessments/zei/flows/fuka.md";
const NAMES: [&str; 3] = ["hikari/zei/assessment", "hikari/zei/assessment-marked", "hikari/zei/change-list"];

fn town() -> (Session, Checked) {
    let session = Session::open(&town_source()).expect("the fixture can be read");
    let checked = session.look(&Reach { municipality: "hikari".into(), case: Some("zei".into()) });
    (session, checked.expect("the fixture can be read"))
}

fn text(checked: &Checked, path: &str) -> String {
    let file = checked.workspace.find(path).expect("the fixture has the file");
    checked.workspace.sources.get(file).text.to_string()
}

fn edit(path: &str, text: String) -> BTreeMap<String, Option<String>> {
    BTreeMap::from([(path.to_owned(), Some(text))])
}

/// All pages as a fresh typesetter sets them.
fn afresh(checked: &Checked, name: &str) -> Vec<Vec<u8>> {
    let documents = documents_of(checked, &[named(name)]);
    let paged = Typesetter::new(&checked.workspace.templates).typeset(&documents[0].1).expect("it can be set");
    (1..).map_while(|number| page(&paged, number, PageForm::Svg)).collect()
}

#[test]
fn pages_that_stand_are_those_that_are_set_afresh() {
    let (session, mut checked) = town();
    let preview = Preview::new(session.templates());
    let lines = "書き足した文である。\n\n".repeat(40);
    let basic = text(&checked, BASIC);
    let edits: [(&str, String); 6] = [
        (BASIC, basic.replace("住民税を賦課し、", "住民税を正しく賦課し、")),
        // Rows move to other pages, and run on.
        (BASIC, basic.replace("次のとおり保管する。", &format!("{lines}次のとおり保管する。"))),
        (BASIC, basic.replace("次のとおり保管する。", &format!("{lines}次のとおり必ず保管する。"))),
        (BASIC, basic.replace(", \"{++portal++}{>>new-system<<}\"", "")),
        (BASIC, basic.replace("1万人以上10万人未満", "1千人以上1万人未満")),
        (BASIC, basic.clone()),
    ];
    let mut counts = Vec::new();
    for (number, (path, text)) in edits.into_iter().enumerate() {
        let draft = checked.draft(&edit(path, text));
        let set = NAMES.map(|name| preview.pages(&draft.model, &named(name)).expect("it can be set"));
        checked = draft.judged();
        for (name, pages) in NAMES.iter().zip(&set) {
            let shown: Vec<_> = (1..).map_while(|number| pages.page(number, PageForm::Svg)).collect();
            assert_eq!(shown.len(), pages.count());
            let alike: Vec<bool> =
                shown.iter().zip(&afresh(&checked, name)).map(|(shown, fresh)| plain(shown) == plain(fresh)).collect();
            assert_eq!(alike, vec![true; pages.count()], "{name} after edit {number}");
        }
        counts.push(set[0].count());
    }
    assert!(counts[1] > counts[0] && counts.last() == counts.first(), "{counts:?}");
}

#[test]
fn an_item_is_shown_where_its_words_stand() {
    let (session, checked) = town();
    let preview = Preview::new(session.templates());
    let pages = preview.pages(&checked.model, &named(NAMES[0])).expect("it can be set");
    let rows: Vec<ItemPath> = checked.model.municipalities[0].cases["zei"]
        .assessments()
        .flat_map(|filled| filled.rows().map(|row| row.path.clone()))
        .collect();
    assert!(rows.iter().any(|row| !pages.showing(row).is_empty()));
    for number in rows.iter().flat_map(|row| pages.showing(row)) {
        assert!((1..=pages.count()).contains(&number));
    }
    assert!(pages.showing(&"no/such/row".into()).is_empty());
    assert!(pages.page(0, PageForm::Svg).is_none() && pages.page(pages.count() + 1, PageForm::Svg).is_none());
    let png = pages.page(1, PageForm::Across(600)).expect("there is a first page");
    assert!(png.starts_with(b"\x89PNG") && png[16..20] == 600_u32.to_be_bytes(), "its width is the first of its head");
    // What is not edited is not set again.
    let again = preview.pages(&checked.draft(&BTreeMap::new()).model, &named(NAMES[0])).expect("it can be set");
    assert!(again.are(&pages));
}

#[test]
fn who_looks_at_a_page_has_it_before_the_others() {
    let (session, checked) = town();
    let (preview, name) = (Preview::new(session.templates()), named(NAMES[0]));
    let before = preview.pages(&checked.model, &name).expect("it can be set");
    let stretches = documents_of(&checked, std::slice::from_ref(&name))[0].1.stretches().len();
    assert!(before.are_whole() && stretches > 1, "{stretches}");
    // A word of a section, and one that stands in the figure too, whose section begins on a page of its own.
    let mut files = edit(BASIC, text(&checked, BASIC).replace("住民税を賦課し、", "住民税を正しく賦課し、"));
    let flow = text(&checked, FLOW);
    let title = flow.lines().find(|line| line.starts_with("label = ")).expect("a box has words");
    files.extend(edit(FLOW, flow.replacen(title, &title.replacen('"', "\"新", 1), 1)));
    let draft = checked.draft(&files);
    let seen = before.showing(&"basic/work-content".into())[0];
    let glanced = preview.glance(&draft.model, &name, seen..=seen).expect("it can be set");
    let svg = |pages: &Pages, number| plain(&pages.page(number, PageForm::Svg).expect("there is such a page"));
    let fresh: Vec<String> = afresh(&draft.clone().judged(), NAMES[0]).iter().map(|page| plain(page)).collect();
    assert!(
        !glanced.are_whole() && svg(&glanced, seen) == fresh[seen - 1] && svg(&glanced, seen) != svg(&before, seen)
    );
    let figure = (1..=before.count()).find(|number| svg(&before, *number) != fresh[number - 1] && *number != seen);
    let figure = figure.expect("the figure is another");
    assert!(svg(&glanced, figure) == svg(&before, figure), "it stands there as it was");
    // What is made ready is no other.
    preview.ready(&draft.model, &name, seen);
    let whole = preview.pages(&draft.model, &name).expect("it can be set");
    assert!(whole.are_whole() && whole.count() == fresh.len());
    let look = |pages: &Pages, number: usize| pages.sheets()[number - 1].3.clone();
    for number in 1..=whole.count() {
        assert!(svg(&whole, number) == fresh[number - 1], "page {number}");
        let is_same = svg(&whole, number) == svg(&before, number);
        assert_eq!(look(&whole, number) == look(&before, number), is_same, "page {number} is named as it looks");
    }
    // Who sees none of what is another has all of it.
    let third = preview.glance(&checked.model, &name, 999..=999).expect("it can be set");
    assert!(third.are_whole() && svg(&third, seen) == svg(&before, seen));
}

#[test]
fn a_mistake_stops_no_preview() {
    let (session, checked) = town();
    let preview = Preview::new(session.templates());
    let wrong = text(&checked, BASIC).replace("住民税を賦課し、", "{{no-such-term}}住民税を、");
    let draft = checked.draft(&edit(BASIC, wrong));
    let pages = preview.pages(&draft.model, &named(NAMES[0])).expect("it can be set");
    assert!(pages.count() > 0);
    let judged = draft.judged();
    assert!(judged.diagnostics.sorted().iter().any(|found| found.code == Code::TermUnknown));
    assert!(matches!(preview.pages(&judged.model, &named("hikari/zei/none")), Err(PreviewFault::Unknown)));
}

/// A font that is not there would move every page number: what the typesetter only warns of is an error.
#[test]
fn what_the_typesetter_warns_of_is_an_error() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let page = hyoka::source::Templates::default().get("typst/page.typ").expect("it is built in").to_string();
    assert!(page.contains("\"BIZ UDGothic\", \"Noto Sans JP\""));
    fs::create_dir_all(root.join("templates/typst")).expect("a folder can be made");
    let other = page.replace("\"BIZ UDGothic\", \"Noto Sans JP\"", "\"No Such Font\", \"Noto Sans JP\"");
    fs::write(root.join("templates/typst/page.typ"), other).expect("a file can be written");
    let outcome = build_all(&root, &folder.path().join("build"));
    let found = outcome.diagnostics.sorted();
    let said = found.iter().find(|found| found.code == Code::Typesetter).expect("the warning is said");
    let words = format!("{:?}", said.args).to_lowercase();
    assert!(words.contains("no such font") && outcome.diagnostics.has_errors(), "{words}");
    assert!(!folder.path().join("build/hikari").exists(), "nothing is written");

    let session = Session::open(&root).expect("the fixture can be read");
    let checked = session.look(&Reach { municipality: "hikari".into(), case: Some("zei".into()) });
    let checked = checked.expect("the fixture can be read");
    let fault =
        Preview::new(session.templates()).pages(&checked.model, &named(NAMES[0])).expect_err("the font is not there");
    assert!(matches!(fault, PreviewFault::Impossible(found) if found.code == Code::Typesetter));
}
