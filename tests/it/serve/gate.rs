//! Who may ask, and what no question reaches.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::Path;

use hyoka::serve::{Desk, Mode, Options};
use serde_json::json;

use super::{BASIC, Clerk};
use crate::support::{files, repository, town_copy};

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
