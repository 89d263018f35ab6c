//! A mistake whose cure is certain is mended by a button: one stretch, still there, gone afterwards, a step like any other.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{BASIC, Clerk, frozen};

/// The mistakes of a code.
fn found(clerk: &Clerk, code: &str) -> Vec<Json> {
    let all = clerk.get("/api/findings?town=hikari").json();
    let list = all["list"].as_array().expect("a list").clone();
    list.into_iter().filter(|one| one["code"] == code).collect()
}

fn asked(found: &Json, change: Option<&str>) -> Json {
    let fix = &found["fix"];
    json!({
        "town": "hikari", "code": found["code"], "path": fix["path"], "start": fix["start"]["offset"],
        "end": fix["end"]["offset"], "text": fix["text"], "item": found["item"], "change": change,
    })
}

#[test]
fn what_is_certain_is_mended_and_taken_back() {
    for (code, wrong, right) in [
        ("H0303", "{{own}}は、", "{{ownn}}は、"),
        ("H0309", "1万人以上10万人未満", "1万人以上10万人末満"),
        ("H0311", "system = [\"core\",", "system = [\"coer\","),
        ("H0301", "{{> cloud}}", "{{> clowd}}"),
        ("H0239", "住民税を賦課し、", "住民税《じゅうみんぜい》を賦課し、"),
        ("H0221", "{++電子", "｛＋＋電子"),
    ]
    .map(|(code, right, wrong)| (code, wrong, right))
    {
        let clerk = Clerk::new();
        let text = clerk.text(BASIC);
        fs::write(clerk.root().join(BASIC), text.replacen(right, wrong, 1)).expect("it can be written");
        let mistakes = found(&clerk, code);
        assert!(!mistakes.is_empty(), "{code}");
        assert!(!mistakes[0]["fix"].is_null(), "{}", mistakes[0]);
        let before = clerk.content();
        let said = clerk.post("/api/fix", &asked(&mistakes[0], None));
        assert_eq!(said.status, 200, "{code}: {}", said.json());
        let now = clerk.text(BASIC);
        match code {
            // The reading stays, in brackets.
            "H0239" => assert!(now.contains("（じゅうみんぜい）"), "{now}"),
            _ => assert_eq!(now, text, "{code}"),
        }
        assert_eq!(clerk.post("/api/fix", &asked(&mistakes[0], None)).json()["fault"], "moved", "{code}");
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
        assert!(clerk.content() == before, "{code}");
    }
}

#[test]
fn a_count_is_mended_as_a_change() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let told = clerk.get("/api/group?town=hikari&case=zei&form=&section=basic&group=system").json();
    let add = json!({
        "town": "hikari", "case": "zei", "form": "", "section": "basic", "group": "system", "layer": BASIC,
        "hash": told["layers"][0]["hash"], "change": "cloud", "then": "add", "id": "archive", "title": "文書保存システム",
    });
    assert_eq!(clerk.post("/api/record", &add).status, 200);
    clerk.save("basic/system-count", BASIC, "2");
    let wrong = found(&clerk, "H0335");
    let mended = wrong.iter().find(|one| one["fix"]["text"] == "3").unwrap_or_else(|| panic!("{wrong:?}"));
    let said = clerk.post("/api/fix", &asked(mended, Some("cloud")));
    assert_eq!((said.status, &said.json()["by_hand"]), (200, &json!(0)), "{}", said.json());
    assert!(clerk.text(BASIC).contains("{~~1~>3~~}{>>cloud<<}"), "{}", clerk.text(BASIC));
}

#[test]
fn only_a_cure_that_was_told_is_written() {
    let clerk = Clerk::new();
    let text = clerk.text(BASIC);
    fs::write(clerk.root().join(BASIC), text.replacen("{{own}}は、", "{{ownn}}は、", 1)).expect("it can be written");
    let before = clerk.content();
    let right = asked(&found(&clerk, "H0303")[0], None);
    for (key, value) in [
        ("text", json!("何でも")),
        ("start", json!(0)),
        ("path", json!("content/facts.toml")),
        ("path", json!("../x")),
        ("code", json!("H0309")),
    ] {
        let mut other = right.clone();
        other[key] = value;
        assert_eq!(clerk.post("/api/fix", &other).json()["fault"], "moved", "{key}");
    }
    assert!(clerk.content() == before);
}
