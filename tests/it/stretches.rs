//! Documents that are set stretch by stretch, for a screen, held to the same documents set whole, for a PDF.

use hyoka::page::Typesetter;
use hyoka::press::{Preview, documents};
use hyoka::render::{PageForm, drawn, page};

use crate::subject::built;
use crate::support::town_copy;

/// A page without the places of its links, which lead nowhere on a screen: where only a part of a document is set, there are fewer.
pub(crate) fn plain(page: &[u8]) -> String {
    // A place within the document has no address, where one outside has.
    let page = std::str::from_utf8(page).expect("SVG is text").replace("<a>", "<a >");
    let mut parts = page.split("<a ");
    let first = parts.next().expect("a text has a first part");
    let links = parts.map(|part| part.split_once("</a>").expect("a link ends").1);
    std::iter::once(first).chain(links).collect()
}

#[test]
fn pages_on_the_screen_are_those_of_the_pdf() {
    let checked = &built().checked;
    let (preview, typesetter) =
        (Preview::new(&checked.workspace.templates), Typesetter::new(&checked.workspace.templates));
    let (mut parted, mut looked) = (0, 0);
    for (name, document) in documents(checked) {
        let (pages, whole) =
            (preview.pages(&checked.model, &name), typesetter.typeset(&document).expect("it can be set"));
        let pages = pages.expect("it can be set");
        assert_eq!(pages.count(), whole.document.pages().len(), "{name}");
        for number in 1..=pages.count() {
            let on = |page: Option<Vec<u8>>| plain(&page.expect("there is such a page"));
            let same = on(pages.page(number, PageForm::Svg)) == on(page(&whole, number, PageForm::Svg));
            assert!(same, "{name}: page {number}");
            looked += 1;
        }
        parted += usize::from(document.stretches().len() > 1);
        assert_eq!(pages.index(), &whole.index, "{name}");
    }
    assert!(parted > 0 && looked > parted, "{parted} documents of more than one stretch, {looked} pages");
}

#[test]
fn the_lines_of_a_title_stand_on_the_first_page_alone() {
    let checked = &built().checked;
    let typesetter = Typesetter::new(&checked.workspace.templates);
    let parted = documents(checked).into_iter().map(|(_, document)| document);
    let mut document = parted.into_iter().find(|document| document.stretches().len() > 1).expect("one is parted");
    document.meta.title_lines = vec!["青空市".to_owned(), "住民税に関する事務".to_owned()];
    let whole = typesetter.typeset(&document).expect("it can be set");
    let sheaf = typesetter.standing(document).pages().expect("it can be set");
    assert_eq!(sheaf.count(), whole.document.pages().len());
    for number in 1..=sheaf.count() {
        let shown = drawn(sheaf.page(number).expect("there is such a page"), PageForm::Svg);
        let set = page(&whole, number, PageForm::Svg).expect("it has such a page");
        assert!(plain(&shown) == plain(&set), "page {number}");
    }
}

/// What a workspace's own templates print is seen on the screen, whether or not they know of numbers that are set apart.
#[test]
fn templates_of_a_workspace_need_not_know_of_numbers_set_apart() {
    let built_in = |name: &str| hyoka::source::Templates::default().get(name).expect("it is built in").to_string();
    let (page_typ, main_typ) = (built_in("typst/page.typ"), built_in("typst/main.typ"));
    let other_page = page_typ.replace("shows == \"body\"", "false").replace("shows != \"numbers\"", "true");
    let other_main = main_typ.replace("part.shows == \"numbers\"", "false");
    assert!(other_page != page_typ && other_main != main_typ);
    let mut looked = 0;
    for (name, text) in [("page.typ", other_page), ("main.typ", other_main)] {
        let folder = town_copy();
        let root = folder.path().join("town");
        std::fs::create_dir_all(root.join("templates/typst")).expect("a folder can be made");
        std::fs::write(root.join("templates/typst").join(name), text).expect("a file can be written");
        let checked = hyoka::session::read(&root).expect("the fixture can be read");
        let typesetter = Typesetter::new(&checked.workspace.templates);
        let parted = documents(&checked).into_iter().filter(|(_, document)| document.stretches().len() > 1);
        for (of, document) in parted {
            let whole = typesetter.typeset(&document).expect("it can be set");
            let sheaf = typesetter.standing(document).pages().expect("it can be set");
            for number in 1..=sheaf.count() {
                let shown = drawn(sheaf.page(number).expect("there is such a page"), PageForm::Svg);
                let set = page(&whole, number, PageForm::Svg).expect("it has such a page");
                assert!(plain(&shown) == plain(&set), "{name}: {of}: page {number}");
                looked += 1;
            }
        }
    }
    assert!(looked > 4, "{looked}");
}
