//! The desk in a browser, asked as a browser asks: who may ask, what is answered, what is written and what never is.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hyoka::desk::freeze;
use hyoka::diagnostic::Lang;
use hyoka::serve::{Desk, Mode, Options, Running};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::returned::book::Book;
use crate::returned::{CHECKLIST, exported, place, workspace};
use crate::support::{files, repository, town_copy};

const BASIC: &str = "content/assessments/zei/basic.md";
const OWN: &str = "content/municipalities/hikari/zei/basic.md";
const CLOUD: &str = "content/fragments/cloud.md";

/// A desk on a copy of the fixture, and a browser that was given the first address.
struct Clerk {
    folder: TempDir,
    desk: Option<Running>,
    port: u16,
    token: String,
    cookie: String,
}

struct Said {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Said {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }
}

impl Clerk {
    fn new() -> Self {
        Self::on(town_copy(), Mode::ReadWrite)
    }

    fn on(folder: TempDir, mode: Mode) -> Self {
        let desk = Desk::open(&folder.path().join("town"), &Options { port: 0, mode, lang: Lang::Ja });
        let desk = desk.expect("a port is free");
        let address = desk.address().strip_prefix("http://127.0.0.1:").expect("this machine alone").to_owned();
        let (port, token) = address.split_once("/?token=").expect("the secret stands in the address");
        let port = port.parse().expect("a port");
        let token = token.to_owned();
        let mut clerk = Self { folder, desk: Some(desk.start()), port, token, cookie: String::new() };
        let said = clerk.ask("GET", &format!("/?token={}", clerk.token), &[], b"");
        let cookie = said.header("set-cookie").expect("the token gives a cookie");
        clerk.cookie = cookie.split(';').next().expect("it has a value").to_owned();
        clerk
    }

    /// Closes the desk and opens another on the same folder.
    fn again(mut self) -> Self {
        self.desk.take().expect("it is open").stop();
        let Self { folder, .. } = &mut self;
        let folder = std::mem::replace(folder, tempfile::tempdir().expect("the system has room"));
        Self::on(folder, Mode::ReadWrite)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("town")
    }

    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.root().join("content"))
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the desk listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a socket has one");
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        let own = [("Host", format!("127.0.0.1:{}", self.port)), ("Cookie", self.cookie.clone())];
        let is_given = |name: &str| headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
        for (name, value) in own.iter().filter(|(name, _)| !is_given(name)) {
            head += &format!("{name}: {value}\r\n");
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("the desk reads");
        // A desk that refuses what is too large need not read it to its end.
        let _ = stream.write_all(body);
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Said {
        let mut reader = BufReader::new(self.open(method, path, headers, body));
        let mut line = String::new();
        reader.read_line(&mut line).expect("the desk answers");
        let status = line.split(' ').nth(1).expect("a status").parse().expect("a number");
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a head ends");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut body = Vec::new();
        let _ = reader.read_to_end(&mut body);
        Said { status, headers, body }
    }

    fn get(&self, path: &str) -> Said {
        self.ask("GET", path, &[], b"")
    }

    fn post(&self, path: &str, body: &Json) -> Said {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk"), ("Content-Type", "application/json")];
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    fn item(&self, path: &str) -> Json {
        let said = self.get(&format!("/api/item?town=hikari&case=zei&form=&path={path}"));
        assert_eq!(said.status, 200, "{path}");
        said.json()
    }

    /// The edit of an item's layer, as a browser sends it after it has seen the item.
    fn edit(&self, path: &str, layer: &str, written: &Json) -> Json {
        let item = self.item(path);
        let own = item["layers"].as_array().expect("it has layers").iter();
        let shared = item["fragments"].as_array().expect("a list").iter().map(|fragment| &fragment["layer"]);
        let seen = own.chain(shared).find(|known| known["path"] == layer).expect("the layer is there");
        json!({
            "town": "hikari", "case": "zei", "form": "", "path": path, "layer": layer, "hash": seen["hash"],
            "written": written,
        })
    }

    fn save(&self, path: &str, layer: &str, written: impl Into<Json>) -> Said {
        self.post("/api/save", &self.edit(path, layer, &written.into()))
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            desk.stop();
        }
    }
}

#[test]
fn only_who_was_given_the_first_address_is_answered() {
    let clerk = Clerk::new();
    let nobody = [("Cookie", "")];
    let other = format!("hyoka-{}={}", clerk.port, "0".repeat(64));
    let short = format!("/?token={}", &clerk.token[1..]);
    for (path, headers) in [
        ("/", &nobody[..]),
        ("/api/desk", &nobody),
        ("/assets/desk.js", &nobody),
        ("/?token=", &nobody),
        (short.as_str(), &nobody),
        ("/api/desk", &[("Cookie", other.as_str())]),
        ("/api/desk", &[("Cookie", "")]),
    ] {
        let said = clerk.ask("GET", path, headers, b"");
        assert_eq!(said.status, 403, "{path}");
        assert!(said.header("set-cookie").is_none(), "{path}");
    }
    let with_token = format!("/api/desk?token={}", clerk.token);
    assert_eq!(clerk.ask("GET", &with_token, &nobody, b"").status, 403, "the token opens the first address alone");
    let exchanged = clerk.ask("GET", &format!("/?token={}", clerk.token), &nobody, b"");
    assert_eq!((exchanged.status, exchanged.header("location")), (303, Some("/")));
    let cookie = exchanged.header("set-cookie").expect("a cookie");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/") && !cookie.contains(&clerk.token), "{cookie}");
    assert_eq!(clerk.token.len(), 64);
    assert_eq!(clerk.get("/").status, 200);
}

#[test]
fn an_address_for_a_program_opens_once() {
    let folder = town_copy();
    let desk = Desk::open(&folder.path().join("town"), &Options::default()).expect("a port is free");
    let token = |address: String| address.split_once("/?token=").expect("it holds a secret").1.to_owned();
    let (older, once) = (desk.address_once().map(token), desk.address_once().map(token));
    let (older, once) = (older.expect("a secret"), once.expect("a secret"));
    let port = desk.address().split([':', '/']).nth(4).and_then(|port| port.parse().ok()).expect("a port");
    let clerk = Clerk { folder, port, token: String::new(), cookie: String::new(), desk: Some(desk.start()) };
    let status = |token: &str| clerk.ask("GET", &format!("/?token={token}"), &[("Cookie", "")], b"").status;
    assert_eq!([status(&older), status(&once), status(&once)], [403, 303, 403]);
}

#[test]
fn two_desks_have_two_secrets() {
    let (one, other) = (Clerk::new(), Clerk::new());
    assert_ne!(one.token, other.token);
    assert_ne!(one.cookie.split_once('=').map(|pair| pair.1), other.cookie.split_once('=').map(|pair| pair.1));
    let said = one.ask("GET", "/api/desk", &[("Cookie", &other.cookie)], b"");
    assert_eq!(said.status, 403);
}

#[test]
fn a_name_that_leads_here_and_a_page_of_another_site_are_refused() {
    let clerk = Clerk::new();
    let before = clerk.content();
    let here = format!("http://127.0.0.1:{}", clerk.port);
    let port = clerk.port.to_string();
    for host in ["evil.example", "127.0.0.1", "evil.example:80", "localhost.evil.example"] {
        let host = host.replace("80", &port);
        assert_eq!(clerk.ask("GET", "/api/desk", &[("Host", &host)], b"").status, 421, "{host}");
    }
    let edit = clerk.edit("basic/work-content", BASIC, &json!("書き換えた。")).to_string();
    for (origin, asked) in [
        ("http://evil.example", "x"),
        ("null", "x"),
        ("", "x"),
        (here.as_str(), ""),
        ("http://127.0.0.1:1", "x"),
        (&here.replace("http:", "https:"), "x"),
    ] {
        let said = clerk.ask("POST", "/api/save", &[("Origin", origin), ("X-Hyoka-Desk", asked)], edit.as_bytes());
        assert_eq!(said.status, 403, "{origin} {asked}");
    }
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        assert_eq!(clerk.ask(method, "/api/save", &[], edit.as_bytes()).status, 403, "{method}");
    }
    let foreign = [("Origin", "http://evil.example")];
    assert_eq!(clerk.ask("GET", "/api/desk", &foreign, b"").status, 403);
    assert_eq!(clerk.ask("GET", "/api/save", &[], b"").status, 405, "nothing is written by a question");
    assert!(clerk.content() == before, "nothing was written");
}

#[test]
fn every_answer_forbids_what_is_not_of_the_desk() {
    let clerk = Clerk::new();
    let refused = clerk.ask("GET", "/", &[("Cookie", "")], b"");
    for said in [clerk.get("/"), clerk.get("/assets/desk.css"), clerk.get("/api/desk"), clerk.get("/none"), refused] {
        let policy = said.header("content-security-policy").expect("there is a policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe") && !policy.contains('*'));
        assert_eq!(said.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(said.header("cache-control"), Some("no-store"));
        assert_eq!(said.header("referrer-policy"), Some("no-referrer"));
        assert!(said.header("access-control-allow-origin").is_none());
    }
}

#[test]
fn the_page_has_no_inline_script_no_inline_style_and_no_outside_address() {
    let folder = repository().join("src/serve/assets");
    for (name, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).expect("a part of the page is UTF-8");
        // The bundle names addresses in messages for developers; the policy forbids to load any.
        if name.starts_with("codemirror") {
            continue;
        }
        let text = text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for word in ["http:", "https:", "//cdn", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        if name.ends_with(".html") {
            for word in [" style=", "<style", " onclick", " onload", "javascript:"] {
                assert!(!text.contains(word), "{name}: {word}");
            }
            assert_eq!(text.matches("<script").count(), text.matches("<script type=\"module\" src=\"/assets/").count());
        }
    }
}

#[test]
fn every_part_that_the_page_names_is_served_and_every_part_is_named() {
    let clerk = Clerk::new();
    let folder = repository().join("src/serve/assets");
    let all = files(&folder);
    for name in all.keys() {
        let said = clerk.get(&format!("/assets/{name}"));
        assert!(said.status == 200 && said.body == all[name], "{name}");
    }
    let names = |text: &str| -> Vec<String> {
        let split = text.split(['"', '\'']).map(str::to_owned);
        split.filter_map(|word| Some(word.strip_prefix("./").or(word.strip_prefix("/assets/"))?.to_owned())).collect()
    };
    for (name, bytes) in all.iter().filter(|(name, _)| !name.starts_with("codemirror")) {
        for named in names(&String::from_utf8_lossy(bytes)).iter().filter(|named| !named.is_empty()) {
            assert!(all.contains_key(named), "{name} names {named}");
        }
    }
}

#[test]
fn what_is_too_large_or_no_question_at_all_is_refused() {
    let clerk = Clerk::new();
    let before = clerk.content();
    let huge = "あ".repeat(1_000_000);
    let mut edit = clerk.edit("basic/work-content", BASIC, &json!(""));
    edit["written"] = json!(huge);
    assert_eq!(clerk.post("/api/save", &edit).status, 413);
    let origin = format!("http://127.0.0.1:{}", clerk.port);
    for body in [&b"{"[..], b"[]", b"\xff\xfe", b"{\"town\":1}", b""] {
        let said = clerk.ask("POST", "/api/save", &[("Origin", &origin), ("X-Hyoka-Desk", "x")], body);
        assert_eq!(said.status, 400);
    }
    assert!(clerk.content() == before);
    assert_eq!(clerk.get("/api/desk").status, 200, "it still answers");
}

#[test]
fn a_desk_that_only_shows_writes_nothing() {
    let clerk = Clerk::on(town_copy(), Mode::ReadOnly);
    let before = files(&clerk.root());
    assert_eq!(clerk.get("/api/desk").json()["read_only"], true);
    for (path, body) in [
        ("/api/save", clerk.edit("basic/work-content", BASIC, &json!("書く。"))),
        ("/api/undo", json!({})),
        ("/api/redo", json!({})),
        ("/api/mark", json!({ "town": "hikari", "case": "zei", "change": "cloud", "then": "write" })),
        (
            "/api/sign",
            json!({ "town": "hikari", "case": "zei", "path": "basic/work-content", "by": "課長", "on": "令和8年4月1日" }),
        ),
    ] {
        assert_eq!(clerk.post(path, &body).status, 403, "{path}");
    }
    let pages = clerk.post("/api/pages", &json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean" }));
    assert_eq!(pages.status, 200);
    assert!(files(&clerk.root()) == before, "no byte below the workspace is another");
}

#[test]
fn hostile_names_lead_nowhere() {
    let clerk = Clerk::new();
    let before = files(&clerk.root());
    for path in [
        "/assets/..%2F..%2FCargo.toml",
        "/assets/../index.html",
        "/api/town?town=..%2F..",
        "/api/town?town=%00",
        "/api/item?town=hikari&case=..&form=&path=basic%2Fwork-content",
        "/api/item?town=hikari&case=zei&form=..%2F&path=basic%2Fwork-content",
        "/api/item?town=hikari&case=zei&form=&path=%3Cscript%3E",
        "/api/page/999/1",
        "/api/page/1/0",
        "/api",
    ] {
        assert!(matches!(clerk.get(path).status, 400 | 404), "{path}");
    }
    let good = clerk.edit("basic/work-content", BASIC, &json!("書く。"));
    for layer in [
        "content/municipalities/hikari/municipality.toml",
        "content/facts.toml",
        "../outside.md",
        "/etc/passwd",
        "content/fragments/../facts.md",
        "content/fragments/none.md",
        "content/municipalities/other/zei/basic.md",
        "",
    ] {
        let mut edit = good.clone();
        edit["layer"] = json!(layer);
        assert!(matches!(clerk.post("/api/save", &edit).status, 400 | 404), "{layer}");
    }
    assert!(files(&clerk.root()) == before);
    assert!(!clerk.folder.path().join("outside.md").exists());
}

#[test]
fn the_tree_shows_each_item_with_its_state() {
    let clerk = Clerk::new();
    let desk = clerk.get("/api/desk").json();
    assert_eq!(desk["towns"], json!([{ "slug": "hikari", "name": "ひかり町" }]));
    let tree = clerk.get("/api/town?town=hikari").json();
    let form = &tree["cases"][0]["forms"][0];
    let nodes: Vec<&Json> = form["chapters"]
        .as_array()
        .expect("chapters")
        .iter()
        .flat_map(|chapter| chapter["nodes"].as_array().expect("nodes"))
        .collect();
    let node =
        |path: &str| *nodes.iter().find(|node| node["path"] == path).unwrap_or_else(|| panic!("{path}: {nodes:?}"));
    assert_eq!(node("basic/work-content")["changes"], json!(["new-system"]));
    assert_eq!(node("basic/work-name")["changes"], json!([]));
    assert_eq!(node("basic/work-name")["blank"], false);
    assert_eq!(node("basic/note")["blank"], true);
    assert_eq!(node("basic/work-content")["review"], "open");
    // A number in the cell of a choice and the title of a record are items too.
    assert_eq!(node("basic/system-count")["row"], "basic/work-persons");
    assert_eq!(node("basic/system/core/system-name")["row"], "basic/system/core");
    assert!(nodes.iter().any(|node| node["figure"].is_string()));
    assert_eq!(tree["cases"][0]["changes"][0]["id"], "new-system");
}

#[test]
fn an_item_comes_with_its_options_its_layers_and_the_shared_texts_it_uses() {
    let clerk = Clerk::new();
    let choice = clerk.item("basic/work-persons");
    assert_eq!((&choice["kind"], &choice["half"]), (&json!("choice"), &json!("value")));
    assert_eq!(choice["options"][2], "1万人以上10万人未満");
    assert_eq!(choice["layers"][0]["written"], "1万人以上10万人未満");
    assert_eq!((&choice["layers"][0]["owner"], &choice["layers"][1]["owner"]), (&json!("shared"), &json!("own")));
    assert_eq!(choice["layers"][1]["written"], Json::Null);
    let text = clerk.item("basic/work-content");
    assert_eq!(text["terms"], json!({ "own": "本町" }));
    assert!(text["layers"][0]["written"].as_str().expect("a text").starts_with("{{own}}は、"));
    assert!(text["shown"].as_str().expect("a text").starts_with("本町は、"));
    let storage = clerk.item("basic/storage");
    let cloud = &storage["fragments"][0];
    assert_eq!((&cloud["id"], &cloud["layer"]["path"]), (&json!("cloud"), &json!(CLOUD)));
    assert_eq!(cloud["uses"][0]["path"], "basic/storage");
}

#[test]
fn words_ids_and_labels_are_found() {
    let clerk = Clerk::new();
    let find = |words: &str| clerk.get(&format!("/api/search?town=hikari&words={words}")).json()["found"].clone();
    let paths = |found: &Json| -> Vec<String> {
        let all = found.as_array().expect("a list").iter();
        all.map(|one| one["path"].as_str().expect("a path").to_owned()).collect()
    };
    // 賦課
    let found = find("%E8%B3%A6%E8%AA%B2");
    assert_eq!(paths(&found), ["basic/work-content", "basic/system/core/functions"]);
    let excerpt: String =
        found[0]["excerpt"].as_array().expect("three parts").iter().filter_map(Json::as_str).collect();
    assert!(excerpt.contains("住民税を賦課し"), "{excerpt}");
    assert_eq!(found[0]["excerpt"][1], "賦課");
    assert!(paths(&find("work-persons")).contains(&"basic/work-persons".to_owned()));
    assert!(paths(&find("%E4%BF%9D%E7%AE%A1%E5%A0%B4%E6%89%80")).contains(&"basic/storage".to_owned()), "a label");
    assert_eq!(find("%EF%BC%91%E4%B8%87"), find("1%E4%B8%87"), "full width and half width are one");
    assert_eq!(find(""), json!([]));
}

#[test]
fn only_the_stretch_of_the_item_is_another() {
    let clerk = Clerk::new();
    let before = clerk.content();
    let text = clerk.text(BASIC);
    let new = "{{own}}は、住民税を賦課する。\n\n- 一つ\n- 二つ";
    let said = clerk.save("basic/work-content", BASIC, new);
    assert_eq!(said.status, 200);
    assert_eq!(
        said.json()["hash"],
        clerk.item("basic/work-content")["layers"][0]["hash"],
        "who types on knows its words"
    );
    let start = text.find("{{own}}は").expect("the text is there");
    let end = text.find("\n\n## storage").expect("the next item is there");
    assert_eq!(clerk.text(BASIC), [&text[..start], new, &text[end..]].concat());
    let after = clerk.content();
    assert!(
        before.iter().filter(|(path, _)| !path.ends_with("zei/basic.md")).all(|(path, bytes)| after[path] == *bytes)
    );
    assert_eq!(after.len(), before.len());
    // Values: a choice, a number with a mark, boxes.
    assert_eq!(clerk.save("basic/work-persons", BASIC, "1,000人未満").status, 200);
    assert_eq!(clerk.save("basic/system-count", BASIC, "3").status, 200);
    let written = clerk.text(BASIC);
    assert!(written.contains("work-persons = \"1,000人未満\"\nsystem-count = \"3\"\nsystem = ["), "{written}");
    let core = "content/assessments/zei/system/core.md";
    let boxes = json!(["庁内連携システム", "税務システム", "その他（住民記録）"]);
    assert_eq!(clerk.save("basic/system/core/connections", core, boxes).status, 200);
    let line = "connections = [\"庁内連携システム\", \"税務システム\", \"その他（住民記録）\"]";
    assert!(clerk.text(core).contains(line), "{}", clerk.text(core));
    assert_eq!(clerk.save("basic/system/core/connections", core, Json::Null).status, 200);
    assert!(!clerk.text(core).contains("connections"));
}

#[test]
fn a_file_is_saved_as_its_author_saves_it() {
    let folder = town_copy();
    let path = folder.path().join("town").join(BASIC);
    let text = fs::read_to_string(&path).expect("it is there");
    let as_saved = format!("\u{feff}{}", text.replace("system-count", "# 数\nsystem-count").replace('\n', "\r\n"));
    fs::write(&path, &as_saved).expect("it can be written");
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    assert_eq!(clerk.save("basic/work-name", BASIC, "住民税の事務").status, 200);
    assert_eq!(clerk.text(BASIC), as_saved.replace("住民税に関する事務", "住民税の事務"));
}

#[test]
fn a_municipality_writes_its_own_words_in_a_file_of_its_own() {
    let clerk = Clerk::new();
    let shared = clerk.text(BASIC);
    assert_eq!(clerk.save("basic/work-content", OWN, "本町だけの文である。").status, 200);
    assert_eq!(clerk.text(OWN), "## work-content\n\n本町だけの文である。\n");
    assert_eq!(clerk.save("basic/work-name", OWN, "本町の事務").status, 200);
    assert_eq!(
        clerk.text(OWN),
        "+++\n[values]\nwork-name = \"本町の事務\"\n+++\n\n## work-content\n\n本町だけの文である。\n"
    );
    assert_eq!(clerk.item("basic/work-content")["shown"], "本町だけの文である。");
    // Taken away, the shared words are printed again.
    assert_eq!(clerk.save("basic/work-content", OWN, "").status, 200);
    assert_eq!(clerk.text(OWN), "+++\n[values]\nwork-name = \"本町の事務\"\n+++\n\n");
    assert!(clerk.item("basic/work-content")["shown"].as_str().expect("a text").starts_with("本町は、"));
    assert_eq!(clerk.text(BASIC), shared);
}

#[test]
fn a_shared_text_is_changed_in_its_own_file() {
    let clerk = Clerk::new();
    let (basic, cloud) = (clerk.text(BASIC), clerk.text(CLOUD));
    assert_eq!(clerk.save("basic/storage", CLOUD, "別の保管場所に置く。").status, 200);
    assert_eq!(clerk.text(BASIC), basic);
    let front = cloud.rfind("+++").map_or(0, |at| at + 3);
    assert_eq!(clerk.text(CLOUD).split_once("別の保管場所に置く。").expect("it is written").0[..front], cloud[..front]);
    assert!(clerk.item("basic/storage")["shown"].as_str().expect("a text").contains("別の保管場所に置く。"));
}

#[test]
fn a_heading_in_a_text_would_be_another_item_and_is_refused() {
    let clerk = Clerk::new();
    let before = clerk.content();
    for words in ["一。\n\n## storage\n\n二。", "##x", "# 見出し", "一。\n+++\n二。"] {
        let said = clerk.save("basic/work-content", BASIC, words);
        assert_eq!((said.status, &said.json()["words"]), (400, &json!("heading")), "{words}");
    }
    assert_eq!(clerk.save("basic/work-name", BASIC, json!({ "a": 1 })).status, 400);
    assert_eq!(clerk.save("basic/work-name", BASIC, json!([1])).status, 400);
    assert!(clerk.content() == before);
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_shown_and_never_overwritten() {
    let clerk = Clerk::new();
    let mine = clerk.edit("basic/work-content", BASIC, &json!("私の文である。"));
    let other_item = clerk.edit("basic/work-name", BASIC, &json!("住民税の事務"));
    // Another program saves the file.
    let path = clerk.root().join(BASIC);
    let theirs = clerk.text(BASIC).replace("地方税法に基づき", "条例に基づき");
    fs::write(&path, &theirs).expect("it can be written");
    let said = clerk.post("/api/save", &mine);
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("conflict")));
    let now = said.json()["theirs"].clone();
    assert!(now["written"].as_str().expect("a text").contains("条例に基づき"));
    assert_eq!(clerk.text(BASIC), theirs);
    // Another item of the same file is no conflict.
    assert_eq!(clerk.post("/api/save", &other_item).status, 200);
    assert!(clerk.text(BASIC).contains("条例に基づき") && clerk.text(BASIC).contains("\"住民税の事務\""));
    // Who has seen both may write.
    let mut again = mine.clone();
    again["hash"] = now["hash"].clone();
    assert_eq!(clerk.post("/api/save", &again).status, 200);
    assert!(clerk.text(BASIC).contains("私の文である。"));
    // A second browser that saw the old text is told.
    assert_eq!(clerk.post("/api/save", &mine).status, 409);
}

#[test]
fn each_write_is_taken_back_and_done_again_also_after_the_desk_was_closed() {
    let clerk = Clerk::new();
    let first = clerk.content();
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 409, "there is nothing to take back");
    clerk.save("basic/work-content", BASIC, "一つ目。");
    let second = clerk.content();
    let said = clerk.save("basic/work-content", OWN, "二つ目。").json();
    assert!(said["step"]["undo"].as_str().expect("a step").contains("事務の内容") && said["step"]["redo"].is_null());
    let third = clerk.content();
    let clerk = clerk.again();
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == second, "the file that was new is gone");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == first);
    let clerk = clerk.again();
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert!(clerk.content() == third);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 409);
    // What somebody wrote since is never taken back with it.
    fs::write(clerk.root().join(OWN), "## work-content\n\n別の人の文。\n").expect("it can be written");
    let said = clerk.post("/api/undo", &json!({}));
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("step-changed")));
    assert!(clerk.text(OWN).contains("別の人の文。"));
    // The list lies beside the content and is no part of a repository.
    assert_eq!(clerk.text(".hyoka/.gitignore"), "*\n");
}

#[test]
fn a_list_of_steps_that_leads_out_of_the_content_is_none() {
    let mut clerk = Clerk::new();
    clerk.save("basic/work-content", BASIC, "一つ目。");
    let steps = clerk.text(".hyoka/desk-steps.json");
    let before = clerk.content();
    for other in ["content/../outside.md", "/etc/hosts", "templates/forms/x.toml", "content//x.md"] {
        fs::write(clerk.root().join(".hyoka/desk-steps.json"), steps.replace(BASIC, other)).expect("it can be written");
        clerk = clerk.again();
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["fault"], "no-step", "{other}");
    }
    assert!(clerk.content() == before);
}

#[test]
fn pages_show_what_is_typed_and_nothing_is_written() {
    let clerk = Clerk::new();
    let before = files(&clerk.root());
    let asked =
        |view: &str, edits: Json| json!({ "town": "hikari", "case": "zei", "form": "", "view": view, "edits": edits });
    let pages = |view: &str, edits: Json| {
        let said = clerk.post("/api/pages", &asked(view, edits));
        assert_eq!(said.status, 200, "{}", String::from_utf8_lossy(&said.body));
        said.json()
    };
    let clean = pages("clean", json!([]));
    let page = |told: &Json, number: usize| clerk.get(&format!("/api/page/{}/{number}", told["key"]));
    let svg = page(&clean, 1);
    assert_eq!((svg.status, svg.header("content-type")), (200, Some("image/svg+xml")));
    assert!(svg.body.starts_with(b"<svg"));
    let count = clean["sheets"].as_array().expect("pages").len();
    assert_eq!(page(&clean, count + 1).status, 404);
    // Each view is another, and what has not changed need not be sent again.
    let (marked, earlier) = (pages("marked", json!([])), pages("before", json!([])));
    assert!(clean["key"] != marked["key"] && marked["key"] != earlier["key"]);
    assert_eq!(pages("clean", json!([]))["key"], clean["key"]);
    // Every row stands on a page, inside of it, the later not above the earlier.
    let places = clean["places"].as_array().expect("rows");
    let place = |path: &str| places.iter().find(|place| place[0] == path).unwrap_or_else(|| panic!("{path}"));
    let (name, content) = (place("basic/work-name"), place("basic/work-content"));
    let height = clean["sheets"][0][1].as_f64().expect("a height");
    let edge =
        |place: &Json, at: usize| (place[at].as_u64().expect("a page"), place[at + 1].as_f64().expect("a height"));
    assert!(edge(name, 1) < edge(name, 3) && edge(name, 3) <= edge(content, 1), "{name} {content}");
    assert!(places.iter().all(|place| (0.0..=height).contains(&edge(place, 1).1)));
    // What is typed moves what stands below it.
    let longer = "書き足した文である。\n\n".repeat(30);
    let edit = clerk.edit("basic/work-content", BASIC, &json!(longer));
    let draft = pages("clean", json!([edit]));
    let moved = draft["places"].as_array().expect("rows").iter().find(|place| place[0] == "basic/storage").cloned();
    assert!(edge(&moved.expect("it is there"), 1) > edge(place("basic/storage"), 1));
    // A half typed sentence takes no page away, and says what is wrong where it stands.
    let wrong = clerk.edit("basic/work-content", BASIC, &json!("{{no-such-term}}は、賦課する。"));
    assert!(pages("clean", json!([wrong]))["sheets"].as_array().is_some_and(|pages| !pages.is_empty()));
    let found = clerk.post("/api/check", &asked("clean", json!([wrong]))).json();
    let told = found["list"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["item"] == json!(["zei", "", "basic/work-content"]));
    let told = told.unwrap_or_else(|| panic!("{found}"));
    assert_eq!((&told["level"], &told["within"]), (&json!("error"), &json!([0, 16])));
    assert!(told["help"].as_str().is_some_and(|help| !help.is_empty()));
    assert!(files(&clerk.root()) == before, "nothing is written by looking");
}

#[test]
fn what_the_public_reads_is_another_page_and_is_told() {
    let clerk = Clerk::new();
    clerk.save("basic/work-content", BASIC, "台帳は、{!秘密の場所!}に置く。");
    let tree = clerk.get("/api/town?town=hikari").json();
    let nodes = tree["cases"][0]["forms"][0]["chapters"][0]["nodes"].as_array().expect("nodes").clone();
    let withheld: Vec<&str> =
        nodes.iter().filter(|node| node["withheld"] == true).filter_map(|node| node["path"].as_str()).collect();
    assert_eq!(withheld, ["basic/work-content"]);
    assert_eq!(clerk.item("basic/work-content")["withheld"], true);
    let key = |readers: &str| {
        let asked = json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean", "readers": readers });
        let said = clerk.post("/api/pages", &asked);
        assert_eq!(said.status, 200, "{}", String::from_utf8_lossy(&said.body));
        said.json()["key"].clone()
    };
    let page = |key: &Json| clerk.get(&format!("/api/page/{key}/1")).body;
    let (submission, public) = (key("submission"), key("public"));
    assert!(page(&submission) != page(&public));
    clerk.save("basic/work-content", BASIC, "台帳は、{!別の場所!}に置く。");
    assert!(page(&key("public")) == page(&public), "what is withheld moves nothing that the public sees");
    assert!(page(&key("submission")) != page(&submission));
}

#[test]
fn what_is_wrong_is_told_at_its_item() {
    let clerk = Clerk::new();
    assert_eq!(clerk.get("/api/findings?town=hikari").json()["errors"], 0);
    clerk.save("basic/work-name", BASIC, Json::Null);
    clerk.save("basic/work-persons", BASIC, "5人");
    let found = clerk.get("/api/findings?town=hikari").json();
    let at = |path: &str| {
        let all = found["list"].as_array().expect("a list").iter();
        all.filter(|one| one["item"] == json!(["zei", "", path])).count()
    };
    assert!(at("basic/work-name") >= 1, "a blank that must be filled: {found}");
    assert!(at("basic/work-persons") >= 1, "an option that is none: {found}");
}

#[test]
fn text_of_an_author_is_never_anything_but_text() {
    let clerk = Clerk::new();
    let hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> \"' &amp; \u{202e}逆";
    assert_eq!(clerk.save("basic/work-name", BASIC, hostile).status, 200);
    for path in [
        "/api/town?town=hikari",
        "/api/item?town=hikari&case=zei&form=&path=basic/work-name",
        "/api/findings?town=hikari",
        "/api/search?town=hikari&words=alert",
    ] {
        let said = clerk.get(path);
        assert_eq!((said.status, said.header("content-type")), (200, Some("application/json")), "{path}");
    }
    assert_eq!(clerk.item("basic/work-name")["layers"][0]["written"], hostile);
    let pages =
        clerk.post("/api/pages", &json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean" })).json();
    for number in 1..=pages["sheets"].as_array().expect("pages").len() {
        let svg =
            String::from_utf8(clerk.get(&format!("/api/page/{}/{number}", pages["key"])).body).expect("it is text");
        assert!(!svg.contains("<script") && !svg.contains("onerror") && !svg.contains("foreignObject"));
    }
}

#[test]
fn what_another_program_saves_is_told_at_once() {
    let clerk = Clerk::new();
    clerk.get("/api/town?town=hikari");
    let mut news = BufReader::new(clerk.open("GET", "/api/news", &[], b""));
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        news.read_line(&mut line).expect("the head comes");
    }
    let text = clerk.text(BASIC).replace("地方税法に基づき", "条例に基づき、");
    fs::write(clerk.root().join(BASIC), text).expect("it can be written");
    let told = loop {
        line.clear();
        assert!(news.read_line(&mut line).expect("news come") > 0, "the desk is open");
        if let Some(told) = line.strip_prefix("data: ") {
            break serde_json::from_str::<Json>(told).expect("news are JSON");
        }
    };
    assert_eq!((&told["paths"], &told["by"]), (&json!([BASIC]), &json!("")));
    assert!(clerk.item("basic/work-content")["shown"].as_str().expect("a text").contains("条例に基づき"));
    // A new shared text can be used at once.
    fs::write(
        clerk.root().join("content/fragments/new.md"),
        "+++\nid = \"new\"\ntitle = \"新しい文\"\n+++\n\n新しい共通文。\n",
    )
    .expect("it can be written");
    clerk.save("basic/note", BASIC, "{{> new}}");
    assert_eq!(clerk.item("basic/note")["shown"], "新しい共通文。");
    let who = loop {
        line.clear();
        assert!(news.read_line(&mut line).expect("news come") > 0);
        if line.contains("\"by\":\"clerk\"") {
            break line.clone();
        }
    };
    let who: Json = serde_json::from_str(who.trim_start_matches("data: ")).expect("news are JSON");
    assert_eq!(who["paths"], json!([BASIC]), "who wrote what is told to the others");
}

#[test]
fn an_item_is_signed_and_loses_it_when_it_is_written() {
    let clerk = Clerk::new();
    let asked = json!({ "town": "hikari", "case": "zei", "path": "basic/work-content", "by": "税務課長", "on": "令和8年4月1日" });
    assert_eq!(clerk.post("/api/sign", &asked).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "reviewed");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "open");
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "reviewed");
    clerk.save("basic/work-content", BASIC, "書き換えた。");
    assert_eq!(clerk.item("basic/work-content")["review"], "lifted");
    let mut no_day = asked.clone();
    no_day["on"] = json!("いつか");
    assert_eq!(clerk.post("/api/sign", &no_day).status, 503);
    assert_eq!(clerk.item("basic/work-content")["review"], "lifted");
}

#[test]
fn a_closed_desk_lets_its_port_go_and_its_browsers_too() {
    let mut clerk = Clerk::new();
    let mut news = BufReader::new(clerk.open("GET", "/api/news", &[], b""));
    let mut line = String::new();
    news.read_line(&mut line).expect("it answers");
    clerk.desk.take().expect("it is open").stop();
    let mut rest = Vec::new();
    let _ = news.read_to_end(&mut rest);
    assert!(TcpStream::connect(("127.0.0.1", clerk.port)).is_err());
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let port = taken.local_addr().expect("it has one").port();
    let refused = Desk::open(&clerk.root(), &Options { port, ..Options::default() });
    assert!(refused.is_err_and(|error| error.to_string().contains("--port")));
    assert!(Desk::open(Path::new("/nowhere"), &Options::default()).is_err());
}

/// The town frozen as it is before its changes, which its case names.
pub(crate) fn frozen() -> TempDir {
    let folder = town_copy();
    let root = folder.path().join("town");
    freeze(&root, ("hikari", "zei"), "first", "公表した評価書").expect("the town can be frozen");
    let path = root.join("content/municipalities/hikari/zei/case.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    if !text.contains("edition") {
        fs::write(&path, text.replace("stage = ", "edition = \"first\"\nstage = ")).expect("it can be written");
    }
    folder
}

#[test]
fn words_that_are_written_as_a_change_get_its_marks() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let tree = clerk.get("/api/town?town=hikari").json();
    assert_eq!(tree["cases"][0]["edition"], "first");
    let core = "content/assessments/zei/system/core.md";
    let path = "basic/system/core/functions";
    let mut edit = clerk.edit(path, core, &json!("賦課と収納と還付を管理する。"));
    edit["change"] = json!("cloud");
    let said = clerk.post("/api/save", &edit);
    assert_eq!((said.status, &said.json()["by_hand"]), (200, &json!([])), "{}", said.json());
    assert!(clerk.text(core).contains("賦課と収納{++と還付++}{>>cloud<<}を管理する。"), "{}", clerk.text(core));
    assert_eq!(said.json()["hash"], clerk.item(path)["layers"][0]["hash"]);
    // One step: words and marks are taken back together.
    let before = clerk.text(BASIC);
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.text(core).contains("賦課と収納を管理する。"));
    // Written without a change it is found, shown, and marked when that is asked for.
    clerk.save(path, core, "賦課だけを管理する。");
    clerk.save("basic/work-name", BASIC, "住民税の賦課に関する事務");
    let asked = |then: &str| json!({ "town": "hikari", "case": "zei", "change": "new-system", "then": then });
    let shown = clerk.post("/api/mark", &asked("show")).json();
    assert_eq!(shown["marked"].as_array().map(Vec::len), Some(2), "{shown}");
    assert!(!clerk.text(core).contains("new-system"));
    // Of one item only its own differences are marked.
    let mut edit = clerk.edit("basic/work-name", BASIC, &json!("住民税の徴収に関する事務"));
    edit["change"] = json!("cloud");
    assert_eq!(clerk.post("/api/save", &edit).status, 200);
    assert!(
        clerk.text(BASIC).contains("{>>cloud<<}に関する事務") || clerk.text(BASIC).contains("cloud<<}"),
        "{}",
        clerk.text(BASIC)
    );
    assert!(!clerk.text(core).contains("{>>"), "{}", clerk.text(core));
    assert_eq!(clerk.post("/api/mark", &asked("write")).status, 200);
    assert!(clerk.text(core).contains("{>>new-system<<}"), "{}", clerk.text(core));
    let mut unknown = clerk.edit("basic/note", BASIC, &json!("備考。"));
    unknown["change"] = json!("no-such-change");
    assert_eq!(clerk.post("/api/save", &unknown).status, 404);
    assert!(!clerk.text(BASIC).contains("備考。") && before != clerk.text(BASIC));
}

/// A checklist in which one measure is answered.
pub(crate) fn answered() -> Book {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "◯").set(&place(&as_sent, 1, "E", "ds-02"), "毎月点検する。");
    });
    book
}

#[test]
fn a_returned_checklist_is_shown_first_and_then_taken_over() {
    let book = answered();
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let before = clerk.content();
    let origin = format!("http://127.0.0.1:{}", clerk.port);
    let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk")];
    let send = |then: &str, bytes: &[u8]| {
        clerk.ask("POST", &format!("/api/answers?name=%E5%9B%9E%E7%AD%94.xlsx&then={then}"), &headers, bytes)
    };
    let shown = send("show", &book.bytes());
    assert_eq!(shown.status, 200, "{}", String::from_utf8_lossy(&shown.body));
    let shown = shown.json();
    assert_eq!((&shown["refused"], &shown["written"]), (&json!(false), &json!([])));
    let changes = shown["checklists"][0]["changes"].as_array().expect("a list");
    assert_eq!(changes.iter().map(|one| one["id"].as_str()).collect::<Vec<_>>(), [Some("ds-02"); 2]);
    assert_eq!(changes[1]["after"], "毎月点検する。");
    assert!(clerk.content() == before, "nothing is written by showing");
    let taken = send("write", &book.bytes()).json();
    assert_eq!(taken["written"], json!([CHECKLIST]));
    assert!(clerk.text(CHECKLIST).contains("毎月点検する。"));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before, "it is one step");
    // What is no workbook is named, and what is too large refused.
    let foreign = send("write", b"<html>").json();
    assert_eq!((&foreign["refused"], &foreign["checklists"]), (&json!(true), &json!([])));
    assert_eq!(send("show", &vec![0; 33 * 1024 * 1024]).status, 413);
    assert_eq!(clerk.ask("POST", "/api/answers?name=x&then=write", &[], b"x").status, 403);
    assert!(clerk.content() == before);
}

#[test]
fn a_change_is_declared_and_used() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let shared = "content/assessments/zei/changes.toml";
    let before = clerk.text(shared);
    let asked = |id: &str, owner: &str| {
        json!({
            "town": "hikari", "case": "zei", "owner": owner, "id": id, "reason": "組織の改正に伴う修正",
            "on": "令和8年10月1日", "timing": "事後", "note": "",
        })
    };
    let with = |key: &str, word: &str| {
        let mut asked = asked("soshiki", "shared");
        asked[key] = json!(word);
        clerk.post("/api/change", &asked).json()["words"].clone()
    };
    assert_eq!(with("id", "組織"), "id");
    assert_eq!(with("id", "cloud"), "id-taken");
    assert_eq!(with("reason", " "), "no-reason");
    assert_eq!(with("on", "令和8年13月1日"), "no-day");
    assert_eq!(clerk.text(shared), before);
    assert_eq!(clerk.post("/api/change", &asked("soshiki", "shared")).status, 200);
    let block = "[[change]]\nid = \"soshiki\"\nreason = \"組織の改正に伴う修正\"\nchanged-on = \"令和8年10月1日\"\ntiming = \"事後\"\n";
    assert_eq!(clerk.text(shared), before.replace("\n[[summary]]", &format!("\n{block}\n[[summary]]")));
    let tree = clerk.get("/api/town?town=hikari").json();
    assert_eq!(tree["cases"][0]["changes"][2]["id"], "soshiki");
    let mut edit = clerk.edit("basic/work-name", BASIC, &json!("住民税及び森林環境税に関する事務"));
    edit["change"] = json!("soshiki");
    assert_eq!(clerk.post("/api/save", &edit).json()["by_hand"], json!([]));
    assert!(clerk.text(BASIC).contains("{>>soshiki<<}"));
    // A municipality has changes of its own.
    assert_eq!(clerk.post("/api/change", &asked("machi", "own")).status, 200);
    assert!(clerk.text("content/municipalities/hikari/zei/changes.toml").starts_with("[[change]]\nid = \"machi\""));
}

#[test]
fn documents_are_made_and_handed_out_as_files() {
    let clerk = Clerk::new();
    assert_eq!(clerk.get("/api/made?path=hikari%2Fzei%2Fassessment.pdf").status, 404, "nothing is made yet");
    let done = clerk.post("/api/make", &json!({ "town": "hikari", "case": "zei" }));
    assert_eq!(done.status, 200, "{}", String::from_utf8_lossy(&done.body));
    let done = done.json();
    assert_eq!((&done["blocked"], &done["errors"]), (&json!([]), &json!(0)));
    let files = done["files"].as_array().expect("a list");
    assert!(files.len() >= 4, "{done}");
    for file in files {
        let path = file["path"].as_str().expect("a path");
        let said = clerk.get(&format!("/api/made?path={}", path.replace('/', "%2F")));
        assert_eq!(said.status, 200, "{path}");
        assert!(said.body == fs::read(clerk.root().join("build").join(path)).expect("it lies in the folder"));
        assert_eq!(said.header("content-type"), Some("application/octet-stream"));
        assert!(
            said.header("content-disposition").is_some_and(|kept| kept.starts_with("attachment; filename*=UTF-8''"))
        );
    }
    for path in ["manifest.json", ".stamp.json", "..%2Fcontent%2Ffacts.toml", "%2Fetc%2Fpasswd", ""] {
        assert_eq!(clerk.get(&format!("/api/made?path={path}")).status, 404, "{path}");
    }
    // A case with a mistake is named and kept back.
    clerk.save("basic/work-persons", BASIC, "5人");
    let done = clerk.post("/api/make", &json!({ "town": "hikari" })).json();
    assert!(done["blocked"].as_array().is_some_and(|all| !all.is_empty()) && done["errors"] != 0, "{done}");
}
