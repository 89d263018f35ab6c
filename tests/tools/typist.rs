//! Somebody who types all day at a desk that runs in a process of its own, as the script of its page asks: after each pause the pages, the
//! findings and a page that is in sight; now and then a write, a step taken back, another view, another record.
//!
//! What was written is taken back, so that the last text is the first, and memory that grows is memory that is lost.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::workplace::Workplace;

/// What is typed after each other into one text.
const PHRASES: [&str; 8] =
    ["こ", "この", "この記", "この記載", "この記載を", "この記載を改", "この記載を改め", "この記載を改める。"];

/// How many items are visited between two looks at another view.
const ITEMS_A_VIEW: usize = 40;

/// The browser that was given a desk's first address: asks as its page asks.
#[derive(Debug)]
struct Browser<'d> {
    workplace: &'d Workplace,
    cookie: String,
}

impl<'d> Browser<'d> {
    /// Opens a desk.
    fn open(workplace: &'d Workplace) -> Self {
        let mut desk = Self { workplace, cookie: String::new() };
        let (headers, _) = desk.ask("GET", &format!("/?token={}", workplace.token), "").expect("the desk answers");
        let cookie =
            headers.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("the token gives a cookie");
        desk.cookie = cookie.split(';').next().expect("it has a value").to_owned();
        desk
    }

    /// Headers and body of an answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> io::Result<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.workplace.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(300)))?;
        let Self { workplace: Workplace { port, .. }, cookie } = self;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\nOrigin: http://127.0.0.1:{port}\r\nX-Hyoka-Desk: typist\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while reader.read_line(&mut head)? > 2 {}
        let mut body = Vec::new();
        reader.read_to_end(&mut body)?;
        Ok((head, body))
    }

    fn said(&self, method: &str, path: &str, body: &str) -> Json {
        let (head, bytes) = self.ask(method, path, body).expect("the desk answers");
        assert!(head.starts_with("HTTP/1.1 200"), "{method} {path} {body}: {head}{}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).expect("an answer is JSON")
    }

    fn get(&self, path: &str) -> Json {
        self.said("GET", path, "")
    }

    fn post(&self, path: &str, body: &Json) -> Json {
        self.said("POST", path, &body.to_string())
    }
}

/// Somebody who types, and where he is.
#[derive(Debug)]
pub(crate) struct Typist<'d> {
    desk: Browser<'d>,
    town: String,
    /// Case, prefix of the form, and path of each item that is printed; of a repeat group its section and id in place of the path.
    items: Vec<Place>,
    next: usize,
    /// The rows that were told last, each with the page on which it begins.
    places: Vec<(String, u64)>,
    /// First and last page in sight.
    sight: Option<(u64, u64)>,
    /// So many questions of a draft and writes there were.
    pub(crate) edits: usize,
}

#[derive(Debug, Clone)]
struct Place {
    case: String,
    form: String,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Item(String),
    Group { section: String, group: String },
}

impl<'d> Typist<'d> {
    /// Somebody at the forms of a municipality; of one case alone where that is said.
    pub(crate) fn at(workplace: &'d Workplace, town: &str, case: Option<&str>) -> Self {
        let desk = Browser::open(workplace);
        let tree = desk.get(&format!("/api/town?town={town}"));
        let mut items = Vec::new();
        for of in list(&tree["cases"]).iter().filter(|of| case.is_none_or(|case| of["id"] == case)) {
            for form in list(&of["forms"]).iter().filter(|form| form["pages"] == true) {
                let place = |what| Place { case: word(&of["id"]), form: word(&form["prefix"]), what };
                for chapter in list(&form["chapters"]) {
                    // A figure is drawn, not typed.
                    let nodes = list(&chapter["nodes"]).iter().filter(|node| node["figure"] != true);
                    items.extend(nodes.filter_map(|node| {
                        let group = || What::Group { section: word(&chapter["id"]), group: word(&node["group"]) };
                        let what = node["path"].as_str().map(|path| What::Item(path.to_owned()));
                        what.or_else(|| node["group"].is_string().then(group)).map(place)
                    }));
                }
            }
        }
        assert!(!items.is_empty(), "{town} has forms");
        // Not in the order of the pages: one goes to and fro.
        let count = items.len();
        let step = (1..).map(|step| 37 + step).find(|step| gcd(*step, count) == 1).expect("numbers do not end");
        let items = (0..count).map(|at| items[at * step % count].clone()).collect();
        Self { desk, town: town.to_owned(), items, next: 0, places: Vec::new(), sight: None, edits: 0 }
    }

    /// Types so many edits more.
    pub(crate) fn type_on(&mut self, edits: usize) {
        let until = self.edits + edits;
        while self.edits < until {
            let place = self.items[self.next % self.items.len()].clone();
            self.next += 1;
            match &place.what {
                What::Item(path) => self.item(&place, path),
                What::Group { section, group } => self.record(&place, (section, group)),
            }
            if self.next.is_multiple_of(ITEMS_A_VIEW) {
                for view in ["marked", "before", "clean"] {
                    self.pages(&place, view, &[]);
                }
                self.desk.post("/api/changes", &self.draft(&place, "clean", &[]));
                self.desk.get(&format!("/api/search?town={}&words=%E6%A8%A9%E9%99%90", self.town));
            }
        }
    }

    fn draft(&self, place: &Place, view: &str, edits: &[Json]) -> Json {
        json!({ "town": self.town, "case": place.case, "form": place.form, "view": view, "edits": edits })
    }

    /// The pages in a state, and one of them as it is drawn: the one in sight.
    fn pages(&mut self, place: &Place, view: &str, edits: &[Json]) {
        let asked = self.draft(place, view, edits);
        let seen = |sight: &Json| {
            let mut asked = asked.clone();
            asked["sight"] = sight.clone();
            asked
        };
        let mut told = self.desk.post("/api/pages", &seen(&json!(self.sight)));
        if told["whole"] == false && self.next.is_multiple_of(2) {
            // Somebody who pauses has the others too.
            told = self.desk.post("/api/pages", &seen(&Json::Null));
        }
        let count = list(&told["sheets"]).len();
        self.places = list(&told["places"]).iter().map(|row| (word(&row[0]), row[1].as_u64().unwrap_or(1))).collect();
        let page = self.sight.map_or(1, |(page, _)| page).clamp(1, u64::try_from(count.max(1)).expect("few"));
        let (head, picture) = self
            .desk
            .ask("GET", &format!("/api/page/{}/{page}?across=600", told["key"]), "")
            .expect("the desk answers");
        assert!(head.starts_with("HTTP/1.1 200") && picture.len() > 500, "a page of {place:?} is drawn: {head}");
        self.edits += 1;
    }

    fn typed(&mut self, place: &Place, edit: &Json) {
        self.pages(place, "clean", std::slice::from_ref(edit));
        self.desk.post("/api/check", &self.draft(place, "clean", std::slice::from_ref(edit)));
    }

    /// What the page asks after a write of its own.
    fn renew(&mut self, place: &Place) {
        self.desk.get(&format!("/api/town?town={}", self.town));
        self.pages(place, "clean", &[]);
        self.desk.get(&format!("/api/findings?town={}", self.town));
    }

    fn item(&mut self, place: &Place, path: &str) {
        let item = self.desk.get(&format!(
            "/api/item?town={}&case={}&form={}&path={}",
            self.town,
            place.case,
            place.form.replace('/', "%2F"),
            path.replace('/', "%2F")
        ));
        // The page turns to the item, and is made ready for what is going to be typed.
        if let Some((_, page)) = self.places.iter().find(|(row, _)| item["row"] == **row) {
            self.sight = Some((*page, *page));
            let mut asked = self.draft(place, "clean", &[]);
            asked["sight"] = json!(self.sight);
            self.desk.post("/api/ready", &asked);
        }
        let layers = list(&item["layers"]);
        let shared = list(&item["fragments"]).first().map(|fragment| &fragment["layer"]);
        let written = layers.iter().rev().find(|layer| !layer["written"].is_null()).or(layers.last());
        // A shared text every fourth time, where there is one.
        let Some(layer) = shared.filter(|_| self.next.is_multiple_of(4)).or(written) else { return };
        let now = &layer["written"];
        let edit = |written: Json| {
            json!({
                "town": self.town, "case": place.case, "form": place.form, "path": path, "layer": layer["path"],
                "hash": layer["hash"], "written": written,
            })
        };
        let options: Vec<String> = list(&item["options"]).iter().map(word).collect();
        let steps: Vec<Json> = match now {
            Json::Bool(is) => vec![edit(json!(!is)), edit(json!(is))],
            Json::Array(_) => options.iter().take(3).map(|option| edit(json!([option]))).collect(),
            _ if item["kind"] == "choice" => options.iter().take(3).map(|option| edit(json!(option))).collect(),
            _ if item["half"] == "value" && !now.is_string() => vec![edit(json!(self.next % 1000))],
            _ => {
                let words = now.as_str().unwrap_or_default();
                PHRASES.iter().map(|phrase| edit(json!(format!("{words}{phrase}{}", self.next)))).collect()
            }
        };
        for step in &steps {
            self.typed(place, step);
        }
        let Some(last) = steps.last() else { return };
        // What stands there already is no step.
        if self.desk.post("/api/save", last).get("hash").is_none() {
            return;
        }
        self.renew(place);
        self.desk.post("/api/undo", &json!({}));
        self.renew(place);
    }

    /// One record more, and taken back.
    fn record(&mut self, place: &Place, (section, group): (&str, &str)) {
        let told = self.desk.get(&format!(
            "/api/group?town={}&case={}&form={}&section={}&group={group}",
            self.town,
            place.case,
            place.form.replace('/', "%2F"),
            section.replace('/', "%2F")
        ));
        let Some(layer) = list(&told["layers"]).last() else { return };
        let asked = json!({
            "town": self.town, "case": place.case, "form": place.form, "section": section, "group": group,
            "layer": layer["path"], "hash": layer["hash"], "change": null, "then": "add",
            "id": format!("typed-{}", self.next), "title": "打った一件",
        });
        self.desk.post("/api/record", &asked);
        self.renew(place);
        self.desk.post("/api/undo", &json!({}));
        self.renew(place);
    }
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn gcd(one: usize, other: usize) -> usize {
    if other == 0 { one } else { gcd(other, one % other) }
}
