//! Each PDF read back: tagged, in Japanese, titled, with bookmarks, PDF/A-2a and PDF/UA-1, with its fonts inside and no others.
//!
//! Source: ISO 19005-2 (PDF/A-2), 6.6 and 6.7; ISO 14289-1 (PDF/UA-1), 7.1. What a reader of the file sees is tested, not its bytes.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};

use crate::pdf_text;
use crate::subject::{TOLD_ALOUD, WITHOUT_FIGURES, builds};
use crate::support::Built;

/// Families that travel with the program, as a PDF names them.
const FAMILIES: &[&str] = &["BIZUDGothic", "BIZUDMincho", "NotoSansJP", "HyokaSymbols"];

/// A PDF and what the manifest says of it.
struct Pdf {
    path: String,
    title: String,
    kind: String,
    document: Document,
}

impl Pdf {
    /// All PDFs of a build.
    fn all(built: &Built) -> Vec<Self> {
        let entries = built.manifest().into_iter().filter(|entry| entry["format"] == "pdf");
        entries
            .map(|entry| {
                let text = |key: &str| entry[key].as_str().expect("the manifest has it").to_owned();
                let document = Document::load_mem(&built.bytes(&text("path"))).expect("the file is a PDF");
                Self { path: text("path"), title: text("title"), kind: text("kind"), document }
            })
            .collect()
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("a PDF has a catalogue")
    }

    /// What a reference leads to, or the object itself.
    fn follow<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).expect("every reference leads somewhere").1
    }

    fn dictionary<'a>(&'a self, of: &'a Dictionary, key: &str) -> &'a Dictionary {
        let object = of.get(key.as_bytes()).unwrap_or_else(|_| panic!("{}: no {key}", self.path));
        self.follow(object).as_dict().unwrap_or_else(|_| panic!("{}: {key} is no dictionary", self.path))
    }

    fn string(&self, of: &Dictionary, key: &str) -> String {
        let object = of.get(key.as_bytes()).unwrap_or_else(|_| panic!("{}: no {key}", self.path));
        lopdf::decode_text_string(self.follow(object)).unwrap_or_else(|_| panic!("{}: {key} is no text", self.path))
    }

    /// The XMP metadata as text.
    fn metadata(&self) -> String {
        let object = self.catalog().get(b"Metadata").expect("a PDF/A has metadata");
        let stream = self.follow(object).as_stream().expect("the metadata are a stream");
        let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        String::from_utf8(bytes).expect("XMP is UTF-8")
    }

    /// How often each structure type stands in the tree of tags, each with the roles that it is mapped to.
    fn tags(&self) -> BTreeMap<String, usize> {
        let root = self.dictionary(self.catalog(), "StructTreeRoot");
        let roles = root.get(b"RoleMap").ok().map(|roles| self.follow(roles).as_dict().expect("a map of roles"));
        let mut count = BTreeMap::new();
        let mut waiting: Vec<&Object> = root.get(b"K").ok().into_iter().collect();
        while let Some(object) = waiting.pop() {
            match self.follow(object) {
                Object::Array(kids) => waiting.extend(kids),
                Object::Dictionary(element) => {
                    if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
                        let role = roles.and_then(|roles| roles.get(name).ok()?.as_name().ok()).unwrap_or(name);
                        *count.entry(String::from_utf8_lossy(role).into_owned()).or_default() += 1;
                    }
                    waiting.extend(element.get(b"K").ok());
                }
                _ => {}
            }
        }
        count
    }

    /// The cells of a table, without those of the tables in them.
    fn cells<'a>(&'a self, table: &'a Dictionary) -> Vec<&'a Dictionary> {
        let mut cells = Vec::new();
        let mut waiting: Vec<&Object> = table.get(b"K").ok().into_iter().collect();
        while let Some(object) = waiting.pop() {
            match self.follow(object) {
                Object::Array(kids) => waiting.extend(kids),
                Object::Dictionary(element) => match element.get(b"S").and_then(Object::as_name) {
                    Ok(b"TH" | b"TD") => cells.push(element),
                    _ => waiting.extend(element.get(b"K").ok()),
                },
                _ => {}
            }
        }
        cells
    }

    /// Where the links lead: for each the page's number.
    fn links(&self) -> Vec<u32> {
        let numbers: BTreeMap<_, _> = self.document.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
        let dictionaries = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        let is_link = |dictionary: &&Dictionary| {
            dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Link")
        };
        let page = |link: &Dictionary| {
            let target = self.follow(link.get(b"Dest").expect("a link leads to a place of the document"));
            let named = || {
                let names = self.dictionary(self.dictionary(self.catalog(), "Names"), "Dests");
                let names = self.follow(names.get(b"Names").expect("a tree has names")).as_array().expect("a list");
                let at = names.iter().position(|name| name == target).expect("a name has its place");
                self.follow(&names[at + 1])
            };
            let place = if target.as_array().is_ok() { target } else { named() };
            let place =
                place.as_dict().map_or(place, |place| self.follow(place.get(b"D").expect("it leads somewhere")));
            let page = place.as_array().expect("a place has a page")[0].as_reference().expect("the page is an object");
            *numbers.get(&page).unwrap_or_else(|| panic!("{}: a link to a page that is not there", self.path))
        };
        dictionaries.filter(is_link).map(page).collect()
    }

    /// Every bookmark with its rank, the outermost 1.
    fn bookmarks(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut waiting = vec![(1, self.dictionary(self.dictionary(self.catalog(), "Outlines"), "First"))];
        while let Some((rank, item)) = waiting.pop() {
            found.push((rank, self.string(item, "Title")));
            if item.has(b"Next") {
                waiting.push((rank, self.dictionary(item, "Next")));
            }
            if item.has(b"First") {
                waiting.push((rank + 1, self.dictionary(item, "First")));
            }
        }
        found
    }

    /// Elements of one structure type.
    fn elements(&self, name: &str) -> Vec<&Dictionary> {
        let dictionaries = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        let is_element = |dictionary: &&Dictionary| dictionary.has(b"P") && dictionary.has(b"S");
        let named = |dictionary: &&Dictionary| {
            dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|found| found == name.as_bytes())
        };
        dictionaries.filter(is_element).filter(named).collect()
    }
}

/// Every PDF of every build.
fn each(look: impl Fn(&Pdf)) {
    for built in builds() {
        let all = Pdf::all(built);
        assert!(all.len() >= 4, "the build makes PDFs");
        all.iter().for_each(&look);
    }
}

#[test]
fn every_pdf_is_tagged() {
    each(|pdf| {
        let marked = pdf.dictionary(pdf.catalog(), "MarkInfo").get(b"Marked").and_then(Object::as_bool);
        assert_eq!(marked.ok(), Some(true), "{}", pdf.path);
        let tags = pdf.tags();
        for tag in ["Table", "TR", "TD"] {
            // Running text has no table.
            if pdf.kind != "change-summary" {
                assert!(tags.contains_key(tag), "{}: no {tag} in {tags:?}", pdf.path);
            }
        }
        let headings: Vec<&String> = tags
            .keys()
            .filter(|tag| tag.len() == 2 && tag.starts_with('H') && tag.as_bytes()[1].is_ascii_digit())
            .collect();
        assert!(headings.iter().any(|tag| *tag == "H1"), "{}: no H1 in {tags:?}", pdf.path);
        let levels: Vec<u8> = headings.iter().map(|tag| tag.as_bytes()[1] - b'0').collect();
        let last = u8::try_from(levels.len()).expect("there are six levels");
        assert_eq!(levels, (1..=last).collect::<Vec<u8>>(), "{}: a level of headings is left out", pdf.path);
        assert!(tags.contains_key("P"), "{}: no paragraph in {tags:?}", pdf.path);
    });
}

#[test]
fn header_cells_say_what_they_are_the_header_of() {
    each(|pdf| {
        let headers = pdf.elements("TH");
        // A list has a header row; the rows of a form have labels.
        let has_list = ["assessment", "change-list"].contains(&pdf.kind.as_str());
        assert!(!has_list || !headers.is_empty(), "{}: a list without a header cell", pdf.path);
        for header in headers {
            assert!(header.has(b"A"), "{}: a header cell without a scope: {header:?}", pdf.path);
        }
    });
}

#[test]
fn every_table_has_header_cells_and_says_what_it_is_about() {
    each(|pdf| {
        for table in pdf.elements("Table") {
            let cells = pdf.cells(table);
            let is_header =
                |cell: &&&Dictionary| cell.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"TH");
            assert!(
                cells.iter().any(|cell| is_header(&cell)),
                "{}: a table of {} cells without one",
                pdf.path,
                cells.len()
            );
        }
        if pdf.kind == "assessment" {
            let scopes = format!("{:?}", pdf.elements("TH"));
            for scope in ["Row", "Column"] {
                assert!(scopes.contains(scope), "{}: no header cell of a {scope}", pdf.path);
            }
        }
    });
}

#[test]
fn the_list_of_contents_and_the_list_of_changes_lead_to_their_places() {
    each(|pdf| {
        let links = pdf.links();
        let has_contents = pdf.bookmarks().iter().any(|(_, title)| title == "項目一覧");
        assert!(!has_contents || links.len() >= 5, "{}: {} links", pdf.path, links.len());
        let pages: BTreeSet<u32> = links.iter().copied().collect();
        assert!(!has_contents || pages.len() >= 3, "{}: all links lead to {pages:?}", pdf.path);
        // The pages that these cite are of another document.
        if ["change-list", "change-summary"].contains(&pdf.kind.as_str()) {
            assert_eq!(links, Vec::<u32>::new(), "{}", pdf.path);
        }
    });
}

#[test]
fn the_same_thing_has_the_same_rank_and_a_bookmark() {
    each(|pdf| {
        let bookmarks = pdf.bookmarks();
        match pdf.kind.as_str() {
            "change-summary" => {
                let ranks: BTreeSet<usize> = bookmarks.iter().skip(1).map(|(rank, _)| *rank).collect();
                assert_eq!(ranks, BTreeSet::from([2]), "{}: {bookmarks:?}", pdf.path);
            }
            "change-list" => assert!(bookmarks.len() > 3, "{}: {bookmarks:?}", pdf.path),
            _ => {}
        }
    });
}

#[test]
fn what_is_struck_and_what_is_added_is_told_aloud() {
    let mut told = 0;
    for built in builds() {
        for pdf in Pdf::all(built) {
            let text = pdf_text::heard(&built.bytes(&pdf.path)).concat();
            for word in ["追記", "削除"] {
                let times = |end: &str| text.matches(&format!("{word}ここ{end}")).count();
                assert_eq!(times("から"), times("まで"), "{}: what begins also ends", pdf.path);
                told += times("から");
            }
            if pdf.path.ends_with("/assessment.pdf") {
                assert!(!text.contains("ここから"), "{} shows no change", pdf.path);
            }
            if pdf.path.ends_with("/assessment-marked.pdf") {
                assert!(text.contains("追記ここから"), "{}", pdf.path);
            }
        }
    }
    assert!(told >= TOLD_ALOUD, "only {told} changes are told");
}

#[test]
fn every_figure_has_words() {
    each(|pdf| {
        let figures = pdf.elements("Figure");
        // 別添1 is of the 全項目評価書 alone.
        let has_none = WITHOUT_FIGURES.iter().any(|slug| pdf.path.starts_with(&format!("{slug}/")))
            || !pdf.path.contains("/assessment");
        assert!(pdf.kind != "assessment" || !figures.is_empty() || has_none, "{}", pdf.path);
        for figure in figures {
            let words = pdf.string(figure, "Alt");
            assert!(words.chars().count() > 10, "{}: a figure says only 「{words}」", pdf.path);
        }
    });
}

#[test]
fn every_page_belongs_to_the_tree() {
    each(|pdf| {
        for (number, id) in pdf.document.get_pages() {
            let page = pdf.document.get_dictionary(id).expect("a page is a dictionary");
            assert!(page.has(b"StructParents"), "{}: page {number}", pdf.path);
            let tabs = page.get(b"Tabs").and_then(Object::as_name).ok();
            assert!(!page.has(b"Annots") || tabs == Some(b"S".as_slice()), "{}: page {number}", pdf.path);
        }
    });
}

#[test]
fn every_pdf_says_its_language_and_shows_its_title() {
    each(|pdf| {
        assert_eq!(pdf.string(pdf.catalog(), "Lang"), "ja-JP", "{}", pdf.path);
        let preferences = pdf.dictionary(pdf.catalog(), "ViewerPreferences");
        assert_eq!(preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).ok(), Some(true), "{}", pdf.path);
        let metadata = pdf.metadata();
        assert!(metadata.contains(&pdf.title), "{}: the metadata do not hold the title {}", pdf.path, pdf.title);
        if let Ok(info) = pdf.document.trailer.get(b"Info") {
            let info = pdf.follow(info).as_dict().expect("the information is a dictionary");
            if info.has(b"Title") {
                assert_eq!(pdf.string(info, "Title"), pdf.title, "{}", pdf.path);
            }
        }
    });
}

#[test]
fn every_pdf_claims_to_be_archivable_and_accessible() {
    each(|pdf| {
        let metadata: String = pdf.metadata().split_whitespace().collect();
        for (name, value) in [("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")] {
            let element = metadata.contains(&format!("<{name}>{value}</{name}>"));
            let attribute = metadata.contains(&format!("{name}=\"{value}\""));
            assert!(element || attribute, "{}: no {name} {value}", pdf.path);
        }
        assert!(pdf.catalog().has(b"OutputIntents"), "{}: colours need an output intent", pdf.path);
        assert!(!pdf.document.trailer.has(b"Encrypt"), "{}", pdf.path);
        assert!(pdf.document.trailer.has(b"ID"), "{}", pdf.path);
    });
}

#[test]
fn every_pdf_has_bookmarks() {
    each(|pdf| {
        let outlines = pdf.dictionary(pdf.catalog(), "Outlines");
        let first = pdf.dictionary(outlines, "First");
        assert!(!pdf.string(first, "Title").is_empty(), "{}", pdf.path);
        if pdf.kind == "assessment" {
            let mut titles = BTreeSet::new();
            let mut next = Some(first);
            while let Some(item) = next {
                titles.insert(pdf.string(item, "Title"));
                next = item.has(b"Next").then(|| pdf.dictionary(item, "Next"));
            }
            assert!(titles.len() >= 3, "{}: the sections are bookmarks: {titles:?}", pdf.path);
        }
    });
}

#[test]
fn fonts_are_inside_and_only_the_built_in_ones() {
    each(|pdf| {
        let mut seen = BTreeSet::new();
        let dictionaries = pdf.document.objects.values().filter_map(|object| object.as_dict().ok());
        let is_font = |dictionary: &&Dictionary| dictionary.has_type(b"Font");
        for font in dictionaries.filter(is_font) {
            let name = font.get(b"BaseFont").and_then(Object::as_name).expect("a font has a name");
            let name = String::from_utf8_lossy(name).into_owned();
            // A subset has six letters and a plus sign before its name.
            let family = name.split_once('+').map_or(name.as_str(), |(_, family)| family);
            assert!(FAMILIES.iter().any(|known| family.starts_with(known)), "{}: {name}", pdf.path);
            seen.insert(family.to_owned());
            if font.has(b"DescendantFonts") {
                assert!(font.has(b"ToUnicode"), "{}: {name} cannot be read aloud", pdf.path);
                continue;
            }
            let descriptor = pdf.dictionary(font, "FontDescriptor");
            let inside = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key));
            assert!(inside, "{}: {name} is not inside", pdf.path);
        }
        assert!(!seen.is_empty(), "{} has text", pdf.path);
    });
}

#[test]
fn no_pdf_names_the_typesetters_version_or_the_clock() {
    each(|pdf| {
        let metadata = pdf.metadata();
        assert!(!metadata.contains("Typst"), "{}", pdf.path);
        if let Ok(info) = pdf.document.trailer.get(b"Info") {
            let info = pdf.follow(info).as_dict().expect("the information is a dictionary");
            for key in ["Creator", "Producer"] {
                if info.has(key.as_bytes()) {
                    assert!(!pdf.string(info, key).contains("Typst"), "{}: {key}", pdf.path);
                }
            }
        }
    });
}
