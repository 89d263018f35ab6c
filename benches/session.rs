//! Times what a person who writes waits for, on the real content, within one session: `make bench`.
//!
//! A hundred edits of the largest form, one after the other as somebody makes them: letters, boxes, items of lists, shared texts, terms. After
//! each the page that shows it is asked for, as SVG and as PNG in turn, and the findings of its case; once with each edit elsewhere than the last,
//! and once as the desk asks, which makes an item ready when it is opened. An edit that is not printed fails the benchmark.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use hyoka::diagnostic::{SourceMap, Span};
use hyoka::markup::{Run, RunKind};
use hyoka::model::{Content, ItemPath, Row};
use hyoka::press::{Pages, Preview};
use hyoka::render::PageForm;
use hyoka::session::{Checked, Reach, Session};

/// As in the program.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The same where that cannot be built.
#[cfg(target_env = "msvc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EDITS: usize = 100;

/// Pixels across a page on a wide screen.
const ACROSS: u16 = 960;
const DOCUMENT: &str = "shinjuku/kokuho/assessment";

/// What is edited, in turn: mostly letters, as somebody types.
const TURN: [Kind; 20] = {
    let mut turn = [Kind::Letter; 20];
    turn[3] = Kind::Box;
    turn[6] = Kind::Item;
    turn[9] = Kind::Shared;
    turn[12] = Kind::Box;
    turn[15] = Kind::Item;
    turn[18] = Kind::Term;
    turn
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Letter,
    Box,
    Item,
    Shared,
    Term,
}

/// A file in other words, and the row that prints them.
struct Edit {
    path: String,
    text: String,
    row: ItemPath,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let session = Session::open(root).expect("the workspace can be read");
    let reach = Reach { municipality: "shinjuku".into(), case: Some("kokuho".into()) };
    let start = Instant::now();
    let mut checked = session.look(&reach).expect("the case can be read");
    println!("one case read and judged for the first time             {:>8.1} ms", ms(start.elapsed()));
    let preview = Preview::new(session.templates());
    let document = DOCUMENT.parse().expect("it is a name");
    let start = Instant::now();
    let mut pages = preview.pages(&checked.model, &document).expect("the assessment can be set");
    let first = start.elapsed();
    println!("its assessment set for the first time, {:>3} pages        {:>8.1} ms", pages.count(), ms(first));
    let sizes =
        [PageForm::Svg, PageForm::Across(ACROSS)].map(|form| pages.page(9, form).map_or(0, |bytes| bytes.len() / 1024));
    println!("its ninth page as SVG {} KB, as PNG {} KB", sizes[0], sizes[1]);

    let base = checked.clone();
    let (mut reads, mut findings) = (Vec::new(), Vec::new());
    for number in 0..EDITS {
        let edit = edit(&base, TURN[number % TURN.len()], number).expect("the form has something of every kind");
        let files = BTreeMap::from([(edit.path, Some(edit.text))]);
        let start = Instant::now();
        let draft = base.draft(&files);
        reads.push(start.elapsed());
        let judged = draft.judged();
        findings.push(start.elapsed());
        assert!(judged.diagnostics.has_errors(), "an edit without a mark is told of");
    }
    print("an edit: read again and filled", &mut reads);
    print("an edit: new findings of the case", &mut findings);

    let mut many = Vec::new();
    let mut jumps = Times::default();
    for number in 0..EDITS {
        let kind = TURN[number % TURN.len()];
        let edit = edit(&checked, kind, number).expect("the form has something of every kind");
        let files = BTreeMap::from([(edit.path, Some(edit.text))]);
        let start = Instant::now();
        let draft = checked.draft(&files);
        let set = preview.pages(&draft.model, &document).expect("the assessment can be set");
        let page = set.showing(&edit.row).first().copied().expect("the row is printed");
        let bytes = set.page(page, form(number)).expect("the page is there");
        let time = start.elapsed();
        assert!(!set.are(&pages) && is_another(&pages, &set, &edit.row), "{kind:?} {number} of {} shows", edit.row);
        assert!(bytes.len() > 1000);
        let start = Instant::now();
        checked = draft.judged();
        many.push(start.elapsed());
        jumps.push(kind, time);
        pages = set;
    }
    print("findings while edits without a mark gather", &mut many);
    let median = jumps.print("an edit elsewhere each time: all pages, one ready to send");
    println!("a page after an edit, of the first setting             {:>8.3}", ratio(median, first));

    // As at the desk: an item that is opened is made ready, and what is in sight comes first.
    let mut looked = Times::default();
    for number in 0..EDITS {
        let kind = TURN[number % TURN.len()];
        let edit = edit(&checked, kind, number * 3 + 1).expect("the form has something of every kind");
        let sight = pages.showing(&edit.row).first().copied().expect("the row is printed");
        preview.ready(&checked.model, &document, sight);
        let files = BTreeMap::from([(edit.path, Some(edit.text))]);
        let start = Instant::now();
        let draft = checked.draft(&files);
        let set = preview.glance(&draft.model, &document, sight..=sight).expect("the assessment can be set");
        let page = set.showing(&edit.row).first().copied().expect("the row is printed");
        let bytes = set.page(page, form(number)).expect("the page is there");
        looked.push(kind, start.elapsed());
        assert!(is_another(&pages, &set, &edit.row), "{kind:?} {number} of {} shows", edit.row);
        assert!(bytes.len() > 1000);
        checked = draft.judged();
        pages = preview.pages(&checked.model, &document).expect("the assessment can be set");
    }
    looked.print("an edit in an open item: the page in sight, ready to send");
}

/// How a page is sent: in both forms in turn.
fn form(number: usize) -> PageForm {
    if number.is_multiple_of(2) { PageForm::Svg } else { PageForm::Across(ACROSS) }
}

/// Times of edits, by kind.
#[derive(Debug, Default)]
struct Times(BTreeMap<Option<Kind>, Vec<Duration>>);

impl Times {
    fn push(&mut self, kind: Kind, time: Duration) {
        self.0.entry(None).or_default().push(time);
        self.0.entry(Some(kind)).or_default().push(time);
    }

    /// Prints all and each kind, and gives the median of all.
    fn print(&mut self, what: &str) -> Duration {
        for (kind, times) in &mut self.0 {
            match kind {
                None => print(what, times),
                Some(kind) => print(&format!("  of these {kind:?}, {}", times.len()), times),
            }
        }
        let all = &self.0[&None];
        all[all.len() / 2]
    }
}

/// Whether one of the pages that show a row looks otherwise than before.
fn is_another(before: &Pages, after: &Pages, row: &ItemPath) -> bool {
    let look = |pages: &Pages| pages.showing(row).iter().map(|at| pages.page(*at, PageForm::Svg)).collect::<Vec<_>>();
    look(before) != look(after)
}

/// The next edit of a kind: another place each time.
fn edit(checked: &Checked, kind: Kind, number: usize) -> Option<Edit> {
    let case = checked.model.municipalities.first()?.cases.get("kokuho")?;
    let rows: Vec<&Row> = case.main()?.rows().filter(|row| row.whole.is_none()).collect();
    let from = number * 37 % rows.len();
    let mut turned = rows[from..].iter().chain(&rows[..from]);
    let sources = &checked.workspace.sources;
    turned.find_map(|row| of_row(row, kind, sources))
}

fn of_row(row: &Row, kind: Kind, sources: &SourceMap) -> Option<Edit> {
    let at = |span: Span| sources.shown(span.file);
    let write = |span: Span, put: &dyn Fn(&str, usize, usize) -> Option<String>| {
        let text = put(&sources.get(span.file).text, span.start, span.end)?;
        Some(Edit { path: at(span), text, row: row.path.clone() })
    };
    let runs = || row.content.texts().into_iter().flat_map(hyoka::markup::Text::runs);
    let plain = |run: &&Run| run.mark.is_none() && matches!(run.kind, RunKind::Text(_));
    let letter = |is_there: &dyn Fn(&str) -> bool| {
        let mut runs = runs().filter(plain).filter_map(|run| run.span).filter(|span| is_there(&at(*span)));
        runs.find_map(|span| {
            write(span, &|text, start, end| {
                let comma = text[start..end].find('、')?;
                Some(format!("{}あ{}", &text[..start + comma], &text[start + comma..]))
            })
        })
    };
    match (kind, &row.content) {
        (Kind::Letter, Content::Text(_)) => letter(&|path| !path.contains("/fragments/") && path.ends_with(".md")),
        (Kind::Shared, Content::Text(_)) => letter(&|path| path.contains("/fragments/")),
        (Kind::Box, Content::Checks { checks, .. }) if checks.iter().filter(|check| check.on).count() > 1 => {
            let ticked = checks.iter().filter(|check| check.on && check.mark.is_none() && check.text.is_none());
            ticked.filter_map(|check| check.span).find_map(|span| {
                write(span, &|text, start, end| {
                    // The place of a member lies between its quotation marks.
                    let before = text[..start].strip_suffix('"')?;
                    let rest = text[end..].strip_prefix("\", ")?;
                    Some(format!("{before}{rest}"))
                })
            })
        }
        (Kind::Item, Content::Text(_)) => {
            let mut spans = runs().filter(plain).filter_map(|run| run.span);
            spans.find_map(|span| {
                write(span, &|text, start, _| {
                    let line = text[..start].rfind('\n')? + 1;
                    let is_item = text[line..start].trim_start() == "- ";
                    let item = format!("{}新しい項目をここに加える。\n", &text[line..start]);
                    is_item.then(|| format!("{}{item}{}", &text[..line], &text[line..]))
                })
            })
        }
        (Kind::Term, Content::Text(_)) => {
            let term = runs().filter_map(|run| run.span).find(|span| sources.slice(*span).starts_with("{{"))?;
            let name = sources.slice(term).trim_matches(['{', '}']);
            let settings = ["content/municipalities/shinjuku/municipality.toml", "content/facts.toml"];
            settings.iter().find_map(|path| {
                let text = &sources.get(sources.find(Path::new(path))?).text;
                let at = text.find(&format!("\n{name} = \""))? + name.len() + 5;
                let text = format!("{}あ{}", &text[..at], &text[at..]);
                Some(Edit { path: (*path).to_owned(), text, row: row.path.clone() })
            })
        }
        _ => None,
    }
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let (median, late) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("{what:<55} {:>8.1} ms median, {:.1} ms at the 95th of a hundred", ms(median), ms(late));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}
