//! Each PDF read back: tagged, in Japanese, titled, with bookmarks, PDF/A-2a and PDF/UA-1, with its fonts inside and no others.
//!
//! Source: ISO 19005-2 (PDF/A-2), 6.6 and 6.7; ISO 14289-1 (PDF/UA-1), 7.1. What a reader of the file sees is tested, not its bytes.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};

use crate::subject::{WITHOUT_FIGURES, builds};
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
fn every_figure_has_words() {
    each(|pdf| {
        let figures = pdf.elements("Figure");
        let has_none = WITHOUT_FIGURES.iter().any(|slug| pdf.path.starts_with(&format!("{slug}/")));
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
