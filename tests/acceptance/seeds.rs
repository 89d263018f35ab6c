//! Each of the five documents that a municipality issued, held against what the program makes of our own source.
//!
//! `seeds/*.toml` hold the facts of those documents and no running text; `seeds/README.md` says how to compare. Page numbers are
//! measured, so their form and their grouping are compared, never the numbers.

use std::collections::BTreeSet;
use std::fs;

use hyoka::change::{Unit, units};
use hyoka::document::cite;
use hyoka::markup::State;
use hyoka::model::manifest::{DocumentDef, DocumentKind, Frame, MarkLook, Typeface, Underline, Weight};
use hyoka::model::{Content, Role};
use toml::{Table, Value};

use crate::pages::{Listed, listed};
use crate::pdf_text;
use crate::subject::built;
use crate::support::{Built, bare, repository};

/// A fact file and the document that answers it.
struct Seed {
    facts: Table,
    slug: &'static str,
    case: &'static str,
    document: &'static str,
    /// The document's text without page breaks, as [`bare`] compares.
    text: String,
}

/// Fact files with the documents that answer them.
const SEEDS: &[(&str, &str, &str, &str)] = &[
    ("000-shinjuku-kokuho-cloud-submission", "shinjuku", "kokuho-cloud", "submission"),
    ("001-shinjuku-kokuho-change-list", "shinjuku", "kokuho", "change-list"),
    ("002-sagamihara-kokuho-overview", "sagamihara", "kokuho", "overview"),
    ("003-shinjuku-kokuho-change-summary", "shinjuku", "kokuho", "change-summary"),
    ("004-shinjuku-iryofujo-submission", "shinjuku", "iryofujo", "submission"),
];

impl Seed {
    /// The fact file of a number.
    fn of(number: &str) -> Self {
        let (name, slug, case, document) =
            SEEDS.iter().find(|(name, ..)| name.starts_with(number)).expect("the number is one of five");
        let path = repository().join(format!("seeds/{name}.toml"));
        let facts = fs::read_to_string(path).expect("the fact file is there").parse().expect("it is TOML");
        let pages = pdf_text::pages(&built().bytes(&format!("{slug}/{case}/{document}.pdf")));
        let text: String = pages.iter().map(|page| without_running_head(page)).collect();
        Self { facts, slug, case, document, text }
    }

    fn built(&self) -> &'static Built {
        built()
    }

    fn definition(&self) -> &'static DocumentDef {
        let documents = &self.built().municipality(self.slug).documents;
        let is_it = |def: &&DocumentDef| def.case.value == self.case && def.id.value == self.document;
        documents.iter().find(is_it).expect("the municipality issues the document")
    }

    /// The strings of a list.
    fn strings(&self, key: &str) -> Vec<String> {
        strings(&self.facts[key])
    }
}

/// A page that begins with a heading has it above it too, as its running head.
fn without_running_head(page: &str) -> &str {
    let lengths = page.char_indices().map(|(at, _)| at).take_while(|at| at * 2 <= page.len());
    let heads = lengths.filter(|at| page.get(*at..at * 2).is_some_and(|next| next == &page[..*at]));
    &page[heads.max().unwrap_or_default()..]
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().unwrap_or_else(|| panic!("not a list: {value}"));
    list.iter().map(|member| member.as_str().expect("a list of strings").to_owned()).collect()
}

fn tables<'t>(of: &'t Table, key: &str) -> Vec<&'t Table> {
    let list = of[key].as_array().unwrap_or_else(|| panic!("{key} is no list"));
    list.iter().map(|member| member.as_table().expect("a list of tables")).collect()
}

fn text<'t>(of: &'t Table, key: &str) -> &'t str {
    of[key].as_str().unwrap_or_else(|| panic!("{key} is no string"))
}

fn numbers(of: &Table, key: &str) -> Vec<usize> {
    let list = of[key].as_array().unwrap_or_else(|| panic!("{key} is no list"));
    list.iter().map(|member| usize::try_from(member.as_integer().expect("a number")).expect("not negative")).collect()
}

/// Finds each string after the one before; returns the end of each. All that are not found are told at once.
fn in_order(text: &str, wanted: &[String], what: &str) -> Vec<usize> {
    let mut at = 0;
    let mut missing = Vec::new();
    let mut ends = Vec::new();
    for one in wanted {
        match text[at..].find(&bare(one)) {
            Some(found) => at += found + bare(one).len(),
            None => missing.push(format!("no 「{one}」 after 「{}」", tail(&text[..at]))),
        }
        ends.push(at);
    }
    assert!(missing.is_empty(), "{what}:\n{}", missing.join("\n"));
    ends
}

/// Whether a text says a term, both as `bare` writes them. The legend of a figure says once what several of its entries have in common,
/// and then their own words in one pair of brackets.
fn says(text: &str, term: &str) -> bool {
    let listed = |(shared, own): (&str, &str)| {
        let opening = format!("{shared}(");
        let mut brackets = text.split(&opening).skip(1).filter_map(|after| after.split_once(')'));
        brackets.any(|(inside, _)| inside.split('、').any(|one| one == own))
    };
    text.contains(term) || term.strip_suffix(')').and_then(|term| term.split_once('(')).is_some_and(listed)
}

/// The last characters of a text, for a message.
fn tail(text: &str) -> String {
    let start = text.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// What holds for every document: structure, words, legend.
fn hold(seed: &Seed) {
    let text = &seed.text;
    in_order(text, &seed.strings("headings"), "headings");
    in_order(text, &seed.strings("labels"), "labels");
    let missing: Vec<String> =
        seed.strings("terms-present").into_iter().filter(|term| !says(text, &bare(term))).collect();
    assert!(missing.is_empty(), "not in the document: {missing:?}");
    for key in ["terms-absent", "terms-foreign"] {
        for term in seed.strings(key) {
            assert!(!text.contains(&bare(&term)), "{key}: 「{term}」 stands in the document");
        }
    }
    for one in seed.strings("legend").iter().chain(&seed.strings("baseline")) {
        assert!(text.contains(&bare(one)), "no 「{one}」");
    }
    let cites = seed.facts["page-format"]["cites-pages"].as_bool();
    let can_cite = [DocumentKind::ChangeList, DocumentKind::ChangeSummary].contains(&seed.definition().kind);
    assert_eq!(cites, Some(can_cite), "whether the document cites pages");
}

/// Every table of a submission: its legend, its rows in order, each with what it must say.
fn rows_hold(seed: &Seed) {
    let must: BTreeSet<String> = seed.strings("terms-present").into_iter().collect();
    let legend = seed.strings("legend").first().map(|legend| bare(legend)).unwrap_or_default();
    let all = tables(&seed.facts, "table");
    let first = |table: &Table| tables(table, "row").first().map_or("", |row| text(row, "label")).to_owned();
    let titles: Vec<_> = all.iter().map(|table| (text(table, "title").to_owned(), first(table))).collect();
    let mut ends = starts_of_tables(seed, &titles);
    ends.push(seed.text.len());
    for (table, range) in all.iter().zip(ends.windows(2)) {
        let part = &seed.text[range[0]..range[1]];
        let title = text(table, "title");
        let has_legend = table.get("legend").and_then(Value::as_bool) == Some(true);
        assert_eq!(!legend.is_empty() && part.contains(&legend), has_legend, "legend of 「{title}」");
        rows_say(part, table, &must);
    }
}

/// A table's rows stand in order in a part of the text, each with the facts that it must say.
fn rows_say(part: &str, table: &Table, must: &BTreeSet<String>) {
    let title = text(table, "title");
    let rows = tables(table, "row");
    let labels: Vec<String> = rows.iter().map(|row| text(row, "label").to_owned()).collect();
    let mut places = in_order(part, &labels, title);
    places.push(part.len());
    for (row, place) in rows.iter().zip(places.windows(2)) {
        let cell = &part[place[0]..place[1]];
        for fact in strings(&row["facts"]).iter().filter(|fact| must.contains(*fact)) {
            let label = text(row, "label");
            assert!(cell.contains(&bare(fact)), "「{title}」「{label}」 does not say 「{fact}」: {cell}");
        }
    }
}

/// Where each table's own text begins: after its title.
fn starts_of_tables(seed: &Seed, titles: &[(String, String)]) -> Vec<usize> {
    // A submission's cover and summary name the matter before the table does, and a page that goes on has the title as its running head:
    // the last title that still leaves room, with the first label of the table behind it, counts.
    let mut end = seed.text.len();
    let mut starts: Vec<usize> = titles
        .iter()
        .rev()
        .map(|(title, label)| {
            let has_label = |at: &usize| seed.text[*at..end].contains(&bare(label));
            let mut places =
                seed.text[..end].rmatch_indices(&bare(title)).map(|(at, _)| at).collect::<Vec<_>>().into_iter();
            let found = places.find(has_label).unwrap_or_else(|| panic!("no table 「{title}」"));
            end = found;
            found + bare(title).len()
        })
        .collect();
    starts.reverse();
    starts
}

#[test]
fn every_fact_file_has_its_document() {
    let found: BTreeSet<String> = fs::read_dir(repository().join("seeds"))
        .expect("the fact files are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, SEEDS.iter().map(|(name, ..)| (*name).to_owned()).collect());
    for (name, slug, case, document) in SEEDS {
        let seed = Seed::of(&name[..3]);
        let kind = serde_json::to_value(seed.definition().kind).expect("a kind is a word");
        assert_eq!(kind.as_str(), seed.facts["source"]["kind"].as_str(), "{slug}/{case}/{document}");
        assert_eq!(seed.facts["source"]["municipality"].as_str(), Some(*slug));
    }
}

#[test]
fn no_document_of_any_kind_holds_what_its_fact_files_forbid() {
    for (name, slug, case, document) in SEEDS {
        let seed = Seed::of(&name[..3]);
        let path = format!("{slug}/{case}/{document}.html");
        if seed.built().path(&path).exists() {
            let html = String::from_utf8(seed.built().bytes(&path)).expect("HTML is UTF-8");
            // What is only announced is not printed.
            let html = html.replace("追記ここから", "").replace("追記ここまで", "");
            let html = bare(&without_tags(&html));
            for term in seed.strings("terms-present") {
                assert!(html.contains(&bare(&term)), "{path}: no 「{term}」");
            }
            for term in seed.strings("terms-absent").iter().chain(&seed.strings("terms-foreign")) {
                assert!(!html.contains(&bare(term)), "{path}: 「{term}」");
            }
        }
    }
}

/// The text of an HTML page: what stands between tags, without styles.
fn without_tags(html: &str) -> String {
    let body = html.rsplit("</style>").next().unwrap_or(html);
    let mut out = String::new();
    for part in body.split('<') {
        out.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

#[test]
fn seed_000_the_submission_of_connection_and_consignment() {
    let seed = Seed::of("000");
    hold(&seed);
    rows_hold(&seed);
    submission_looks(&seed);
    in_order(&seed.text, &strings(&seed.facts["cover"]["lines"]), "cover");
}

#[test]
fn seed_004_the_submission_of_a_changed_consignment() {
    let seed = Seed::of("004");
    hold(&seed);
    rows_hold(&seed);
    submission_looks(&seed);
    in_order(&seed.text, &strings(&seed.facts["cover"]["lines"]), "cover");
}

/// Changes are bold, gothic and underlined; what was deleted is not shown.
fn submission_looks(seed: &Seed) {
    let marks = &seed.definition().look;
    assert_eq!(seed.facts["highlight"]["style"].as_str(), Some("太字ゴシック（下線）"));
    let (weight, face, underline) = (Weight::Bold, Some(Typeface::Gothic), Underline::Single);
    assert_eq!(marks.inserted, MarkLook { weight, face, underline, ..MarkLook::default() });
    assert_eq!(seed.facts["highlight"]["deletions-shown"].as_bool(), Some(false));
    assert_eq!(marks.deleted, MarkLook { hidden: true, ..MarkLook::default() });
    let case = seed.built().case(seed.slug, seed.case);
    let submission = case.submission.as_ref().expect("the case is a submission");
    let filled = case.form(&Role::Submission).expect("it is filled");
    assert!(!units(filled, &[]).is_empty(), "something is marked against the baseline");
    assert_eq!(bare(&submission.baseline), bare(&seed.strings("baseline")[0]));
}

/// The change list of 001 as the program prints it, with the units that it was made from.
fn change_list() -> (Seed, Vec<Listed>, Vec<Unit<'static>>) {
    let seed = Seed::of("001");
    let lines = listed(seed.built(), "shinjuku/kokuho/change-list.xlsx");
    let filled = seed.built().case(seed.slug, seed.case).main().expect("the case has an assessment");
    let units = units(filled, &seed.definition().list.context_sections);
    (seed, lines, units)
}

#[test]
fn seed_001_the_change_list_reads_as_the_original() {
    let seed = Seed::of("001");
    hold(&seed);
    let columns = &seed.definition().list.columns;
    let headers: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(headers, strings(&seed.facts["columns"]["headers"]));
    // The header returns on every sheet.
    let pages = pdf_text::pages(&seed.built().bytes("shinjuku/kokuho/change-list.pdf"));
    let header = bare(&headers.concat());
    assert!(pages.iter().all(|page| page.contains(&header)), "a page without the header");
    for word in strings(&seed.facts["figure"]["legend"]) {
        assert!(says(&seed.text, &bare(&word)), "the figures' legend does not say 「{word}」");
    }
}

#[test]
fn seed_001_has_the_originals_entries_in_order() {
    let (seed, lines, _) = change_list();
    let entries = tables(&seed.facts, "entry");
    let counts = seed.facts["counts"].as_table().expect("a table");
    let count = |key: &str| usize::try_from(counts[key].as_integer().expect("a number")).expect("not negative");
    assert_eq!(lines.len(), count("entries"));
    let with_reason = lines.iter().filter(|line| line.reason != "—").count();
    assert_eq!((with_reason, lines.len() - with_reason), (count("with-reason"), count("context")));
    for (line, entry) in lines.iter().zip(&entries) {
        let number = &entry["number"];
        let cell = bare(&line.text);
        let last = strings(&entry["path"]).pop().expect("a path has parts");
        // An item without a label of its own is named by the heading above it.
        assert!(cell.contains(&bare(&last)), "entry {number}: no 「{last}」 in 「{}」", line.text);
        if text(entry, "kind") == "remarks" {
            assert!(cell.starts_with(&bare("（備考）")), "entry {number}: {}", line.text);
        }
        let reason = match text(entry, "reason") {
            "—" => "—".to_owned(),
            code => {
                let reasons = tables(&seed.facts, "reason");
                let reason = reasons.into_iter().find(|reason| text(reason, "code") == code).expect("a known code");
                text(reason, "text").to_owned()
            }
        };
        assert_eq!(line.reason, reason, "entry {number}");
        let mut says: Vec<String> = Vec::new();
        for key in ["choice", "inserted-heading", "before", "after"] {
            says.extend(entry.get(key).and_then(Value::as_str).map(str::to_owned));
        }
        for key in ["rows", "choices"] {
            says.extend(entry.get(key).map(strings).unwrap_or_default());
        }
        for one in says {
            assert!(cell.contains(&bare(&one)), "entry {number} does not say 「{one}」");
        }
        if let Some(rows) = entry.get("rows") {
            let labels: Vec<String> = strings(rows).into_iter().filter(|label| !label.ends_with("再委託")).collect();
            in_order(&cell, &labels, &format!("rows of entry {number}"));
        }
    }
}

#[test]
fn seed_001_states_the_number_of_consignments() {
    let (seed, _, units) = change_list();
    let entries = tables(&seed.facts, "entry");
    let mut seen = 0;
    for (unit, entry) in units.iter().zip(&entries) {
        let Some(count) = entry.get("count").and_then(Value::as_str) else { continue };
        let hyoka::change::UnitKind::Row(row) = &unit.kind else { panic!("{} is a row", unit.path) };
        let Content::Choice { inline, .. } = &row.content else { panic!("{} is a choice", unit.path) };
        let inline = inline.first().expect("a number stands in the cell");
        let printed = format!("{}{}{}", inline.before, inline.value.characters(State::After), inline.after);
        assert_eq!(bare(&printed), bare(count), "{}", unit.path);
        seen += 1;
    }
    assert_eq!(seen, 2);
}

#[test]
fn seed_001_groups_pages_as_the_original() {
    let (seed, lines, units) = change_list();
    let index = seed.built().index("shinjuku/kokuho/assessment");
    let entries = tables(&seed.facts, "entry");
    let format = seed.facts["page-format"].as_table().expect("a table");
    assert_eq!(seed.definition().list.page_separator, text(format, "separator"));
    assert_eq!(seed.definition().list.heading_reason, text(format, "file-name-row"));
    assert_eq!(seed.definition().list.context_reason, text(format, "context-row-reason"));
    for ((line, unit), entry) in lines.iter().zip(&units).zip(&entries) {
        assert_eq!(line.pages, index.of_unit(unit, None), "entry {}", entry["number"]);
        assert!(line.pages.windows(2).all(|pair| pair[0] < pair[1]), "entry {}: {:?}", entry["number"], line.pages);
    }
    // One procedure and one period, one page: the figure and its remarks; each period on a page of its own, the earlier first.
    let annex = usize::try_from(seed.facts["counts"]["annex-1"].as_integer().expect("a number")).expect("not negative");
    let mut before = 0;
    for (pair, entry) in lines[..annex].chunks(2).zip(entries.iter().step_by(2)) {
        assert_eq!(pair[0].pages, pair[1].pages, "figure and remarks of {}", text(entry, "label"));
        assert_eq!(pair[0].pages.len(), 1, "{}", text(entry, "label"));
        assert!(pair[0].pages[0] > before, "{}", text(entry, "label"));
        before = pair[0].pages[0];
    }
    // Chapters follow each other, and so do the pages of their entries.
    let firsts: Vec<usize> = lines.iter().map(|line| line.pages[0]).collect();
    assert!(firsts.is_sorted(), "{firsts:?}");
}

#[test]
fn seed_001_names_each_file_once_in_order() {
    let (seed, ..) = change_list();
    let rows = crate::support::sheet(&seed.built().path("shinjuku/kokuho/change-list.xlsx"));
    // Pages and reason stand in the last two columns, beside those of the form rows.
    let is_file = |row: &&Vec<String>| row[row.len() - 2..].iter().all(|words| words == "-");
    let files: Vec<String> = rows.iter().filter(is_file).map(|row| bare(&row[0])).collect();
    let wanted: Vec<String> = tables(&seed.facts, "file")
        .into_iter()
        .map(|file| bare(&format!("1. 特定個人情報ファイル名{}{}", text(file, "number"), text(file, "name"))))
        .collect();
    assert_eq!(files, wanted);
}

#[test]
fn seed_003_the_summary_reads_as_the_original() {
    let seed = Seed::of("003");
    hold(&seed);
    let format = seed.facts["page-format"].as_table().expect("a table");
    let ours = &seed.definition().pages;
    assert_eq!(format!("{}{{}}{}", ours.open, ours.close), text(format, "wrap"));
    assert_eq!(ours.prefix, text(format, "prefix"));
    assert_eq!(ours.separator, text(format, "separator"));
    assert_eq!(ours.range, text(format, "range-separator"));
    for example in [vec![17, 18, 19, 20], vec![55, 80, 106, 117], vec![161, 162]] {
        let printed = cite(&example, ours);
        let shape = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let examples = strings(&format["examples"]);
        assert!(examples.iter().any(|known| shape(known) == shape(&printed)), "{printed} is like none of {examples:?}");
    }
}

#[test]
fn seed_003_each_item_cites_the_pages_of_the_entries_it_covers() {
    let seed = Seed::of("003");
    let (list, lines, _) = change_list();
    let reasons = tables(&list.facts, "reason");
    let case = seed.built().case(seed.slug, seed.case);
    let items = tables(&seed.facts, "item");
    assert_eq!(case.changes.summary.len(), items.len());
    let headings: Vec<String> =
        items.iter().map(|item| format!("{} {}", item["number"], text(item, "heading"))).collect();
    let mut ends = in_order(&seed.text, &headings, "items");
    ends.push(seed.text.len());
    for ((item, summary), range) in items.iter().zip(&case.changes.summary).zip(ends.windows(2)) {
        let mut pages: Vec<usize> =
            numbers(item, "entries").iter().flat_map(|entry| lines[entry - 1].pages.clone()).collect();
        pages.sort_unstable();
        pages.dedup();
        let wanted = bare(&cite(&pages, &seed.definition().pages));
        let part = &seed.text[range[0]..range[1]];
        assert!(
            part.starts_with(&wanted),
            "item {}: {wanted} wanted, found {}",
            item["number"],
            tail(&part[..part.len().min(90)])
        );
        in_order(part, &strings(&item["subheads"]), "subheads");
        let as_original = Some(summary.settings.pages_on_own_line) == item["pages-on-own-line"].as_bool();
        assert!(as_original, "item {}: where the pages stand", item["number"]);
        let codes: BTreeSet<&str> = summary
            .settings
            .changes
            .iter()
            .filter_map(|id| case.changes.get(&id.value))
            .map(|change| {
                let known = reasons.iter().find(|reason| text(reason, "text") == change.reason);
                text(known.expect("a reason of the original"), "code")
            })
            .collect();
        assert_eq!(codes, strings(&item["reasons"]).iter().map(String::as_str).collect(), "item {}", item["number"]);
    }
}

#[test]
fn seed_002_the_overview_reads_as_the_original() {
    let seed = Seed::of("002");
    hold(&seed);
    rows_of_overview_hold(&seed);
    let marks = &seed.definition().look;
    assert_eq!(seed.facts["highlight"]["style"].as_str(), Some("太枠二重線の囲み"));
    assert_eq!(marks.inserted, MarkLook { frame: Some(Frame::ThickDouble), ..MarkLook::default() });
    let legend = seed.definition().legend.value.replace("{++", "").replace("++}", "");
    assert_eq!(bare(&legend), bare(&seed.strings("legend")[0]));
}

/// The tables of the overview follow a section's heading, and the next section ends them.
fn rows_of_overview_hold(seed: &Seed) {
    let must: BTreeSet<String> = seed.strings("terms-present").into_iter().collect();
    let sections = tables(&seed.facts, "section");
    let headings: Vec<String> = sections.iter().map(|section| text(section, "heading").to_owned()).collect();
    let mut ends = in_order(&seed.text, &headings, "sections");
    ends.push(seed.text.len());
    for table in tables(&seed.facts, "table") {
        let title = text(table, "title");
        let at = headings.iter().position(|heading| heading == title).expect("a table is a section");
        let part = &seed.text[ends[at]..ends[at + 1]];
        rows_say(part, table, &must);
    }
}

#[test]
fn seed_002_names_offices_branches_and_dates() {
    let seed = Seed::of("002");
    for office in tables(&seed.facts, "office") {
        let wanted = ["name", "address", "phone"].map(|key| text(office, key).to_owned());
        in_order(&seed.text, &wanted, text(office, "role"));
    }
    let branches = seed.facts["branches"].as_table().expect("a table");
    for (kind, names) in branches {
        assert!(seed.text.contains(&bare(kind)));
        for name in strings(names) {
            assert!(seed.text.contains(&bare(&name)), "{kind}: no {name}");
        }
    }
    let file = seed.facts["file"].as_table().expect("a table");
    let mut wanted = vec![format!("{} {}", text(file, "number"), text(file, "name"))];
    wanted.extend(strings(&file["systems"]));
    in_order(&seed.text, &wanted, "file");
    let comment = seed.facts["public-comment"].as_table().expect("a table");
    for key in ["method", "period", "third-party"] {
        assert!(seed.text.contains(&bare(text(comment, key))), "no 「{}」", text(comment, key));
    }
    for section in tables(&seed.facts, "section") {
        for key in ["heads", "work", "systems"] {
            in_order(&seed.text, &section.get(key).map(strings).unwrap_or_default(), text(section, "heading"));
        }
    }
}

#[test]
fn seed_002_shows_what_changed() {
    let seed = Seed::of("002");
    let case = seed.built().case(seed.slug, seed.case);
    let overview = case.form(&Role::Overview(seed.document.into())).expect("the case has an overview");
    let units = units(overview, &[]);
    assert!(!units.is_empty(), "the reassessment changed something");
    for head in strings(&seed.facts["highlight"]["known-frames"]) {
        let head = bare(&head);
        let framed =
            units.iter().any(|unit| head.contains(&bare(unit.item_words().lines().last().unwrap_or_default())));
        assert!(framed, "no frame at {head}: {:?}", units.iter().map(Unit::item_words).collect::<Vec<_>>());
    }
}
