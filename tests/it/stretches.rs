//! Documents that are set stretch by stretch, for a screen, held to the same documents set whole, for a PDF.

use hyoka::page::Typesetter;
use hyoka::press::{Preview, documents};
use hyoka::render::{PageForm, page};

use crate::subject::built;

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
        let (paged, at) = sheaf.page(number).expect("there is such a page");
        let on = |paged, number| plain(&page(paged, number, PageForm::Svg).expect("it has such a page"));
        assert!(on(paged, at) == on(&whole, number), "page {number}");
    }
}
