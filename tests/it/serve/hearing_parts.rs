//! The words of a hearing that stand in order: the outline of the changes, the parts of notice and report, the columns of the table; written row by
//! row at the desk, what is wrong told at its field.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{Clerk, Said};
use crate::comments::at_the_desk;

const COMMENTS: &str = "content/municipalities/aozora/zei/comments.toml";

fn told(clerk: &Clerk) -> Json {
    clerk.get("/api/hearing?town=aozora&case=zei").json()
}

/// Has something done with the row of a table at a place, as it stands; none: a new one.
fn ask(clerk: &Clerk, (table, at): (&str, Option<usize>), then: &Json) -> Said {
    let rows = &told(clerk)[format!("{table}s")];
    let hash = at.map_or(json!(""), |at| rows[at]["hash"].clone());
    let key = at.map(|at| at.to_string()).unwrap_or_default();
    let mut asked = json!({ "town": "aozora", "case": "zei", "table": table, "key": key, "hash": hash });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/hearing", &asked)
}

fn done(clerk: &Clerk, of: (&str, Option<usize>), then: &Json) {
    let said = ask(clerk, of, then);
    assert_eq!(said.status, 200, "{then}: {}", said.json());
}

fn add(said: Json) -> Json {
    json!({ "then": "add", "said": said })
}

fn write(said: Json) -> Json {
    json!({ "then": "write", "said": said })
}

fn point(text: &str, changes: &str, items: &str) -> Json {
    json!({ "text": text, "changes": changes, "items": items })
}

fn wrong(said: &Said) -> (u16, String) {
    let fault = said.json();
    (said.status, format!("{} {} {}", fault["field"], fault["wrong"], fault["words"]).replace('"', ""))
}

fn tree(clerk: &Clerk) -> String {
    clerk.get("/api/town?town=aozora").json().to_string()
}

#[test]
fn an_outline_is_written_point_by_point() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.text(COMMENTS);
    let commented = before.replace("contact = ", "# 変わらない\ncontact = ");
    assert_eq!(told(&clerk)["outlines"], json!([]));
    done(
        &clerk,
        ("outline", None),
        &add(point(" 写しを置く場所を加える。\r\n", "cloud", "file-overview/zeimu/storage-place\n")),
    );
    let first = "[[hearing.outline]]\ntext = \"写しを置く場所を加える。\"\nchanges = [\"cloud\"]\nitems = [\"file-overview/zeimu/storage-place\"]\n";
    let text = clerk.text(COMMENTS);
    assert!(text.contains(first), "{text}");
    assert_eq!(text.replace(&format!("\n{first}"), ""), before, "and nothing else");
    done(&clerk, ("outline", None), &add(point("職員を改める。", "", "")));
    let two = clerk.text(COMMENTS).replace("職員を改める。\"", "職員を改める。\" # 二つ目");
    fs::write(clerk.root().join(COMMENTS), two.replace("contact = ", "# 変わらない\ncontact = "))
        .expect("it can be written");
    done(&clerk, ("outline", Some(1)), &json!({ "then": "move", "to": 0 }));
    let texts = || -> Vec<Json> {
        told(&clerk)["outlines"].as_array().expect("a list").iter().map(|row| row["said"]["text"].clone()).collect()
    };
    assert_eq!(texts(), ["職員を改める。", "写しを置く場所を加える。"]);
    assert!(tree(&clerk).contains("\"path\":\"outline/1\""), "each is in the tree");
    done(&clerk, ("outline", Some(0)), &write(json!({ "changes": "cloud" })));
    let text = clerk.text(COMMENTS);
    assert!(text.contains("text = \"職員を改める。\" # 二つ目\nchanges = [\"cloud\"]\n"), "{text}");
    done(&clerk, ("outline", Some(0)), &json!({ "then": "remove" }));
    done(&clerk, ("outline", Some(0)), &json!({ "then": "remove" }));
    assert_eq!(clerk.text(COMMENTS), commented);
    for step in ["変更の概要の削除（1）", "変更の概要の削除（1）", "変更の概要の記載（1）", "変更の概要の並べ替え（2）"]
    {
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], step);
    }
    assert_eq!(texts(), ["写しを置く場所を加える。", "職員を改める。"]);
}

#[test]
fn what_is_wrong_with_a_row_is_told_at_its_field() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.content();
    let part = |heading: &str, text: &str, shows: &str| json!({ "heading": heading, "text": text, "shows": shows });
    let column = |label: &str, field: &str, width: &str| json!({ "label": label, "field": field, "width": width });
    for (table, said, fault) in [
        ("outline", point(" \n", "", ""), "text empty "),
        ("outline", point("概要", "clouds", ""), "changes choose clouds"),
        ("outline", point("概要", "", "procedure/no-such"), "items item procedure/no-such"),
        ("notice", part("", " ", "nothing"), "heading empty "),
        ("notice", part("見出し", "", "pictures"), "shows choose pictures"),
        ("report", json!({ "heading": "見出し" }), "shows choose "),
        ("column", column("", "count", "0.1"), "label empty "),
        ("column", column("件数", "counts", "0.1"), "field choose counts"),
        ("column", column("件数", "count", ""), "width empty "),
        ("column", column("件数", "count", "1.5"), "width share 1.5"),
        ("column", column("件数", "count", "NaN"), "width share NaN"),
        ("column", column("件数", "count", "半分"), "width share 半分"),
    ] {
        assert_eq!(wrong(&ask(&clerk, (table, None), &add(said.clone()))), (400, fault.to_owned()), "{said}");
    }
    assert!(clerk.content() == before, "nothing is written");
    let clerk = Clerk::on(at_the_desk(), Mode::ReadOnly);
    assert_eq!(ask(&clerk, ("outline", None), &add(point("概要", "", ""))).status, 403);
}

#[test]
fn a_row_is_written_over_what_was_seen_alone_wherever_it_stands() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    done(&clerk, ("outline", None), &add(point("一つ目", "", "")));
    done(&clerk, ("outline", None), &add(point("二つ目", "", "")));
    let seen = told(&clerk)["outlines"][1].clone();
    let asked = |text: &str| {
        json!({ "town": "aozora", "case": "zei", "table": "outline", "key": "1", "hash": seen["hash"], "then": "write",
            "said": { "text": text } })
    };
    // Somebody put it first meanwhile: it is the same row.
    done(&clerk, ("outline", Some(1)), &json!({ "then": "move", "to": 0 }));
    assert_eq!(clerk.post("/api/hearing", &asked("二つ目を改める")).status, 200);
    let texts: Vec<Json> =
        told(&clerk)["outlines"].as_array().expect("a list").iter().map(|row| row["said"]["text"].clone()).collect();
    assert_eq!(texts, ["二つ目を改める", "一つ目"]);
    // Somebody wrote it meanwhile: both are told.
    let again = clerk.post("/api/hearing", &asked("二つ目を消す"));
    assert_eq!((again.status, &again.json()["fault"]), (409, &json!("conflict")));
    assert!(again.json()["theirs"]["written"]["text"].is_string(), "{}", again.json());
}

#[test]
fn parts_and_columns_begin_as_those_of_all_documents() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.text(COMMENTS);
    let usual = told(&clerk);
    assert_eq!(usual["own"], json!({ "notice": false, "report": false, "column": false }));
    let count = |table: &str| told(&clerk)[table].as_array().map_or(0, Vec::len);
    assert_eq!((count("notices"), count("reports"), count("columns")), (7, 5, 6));
    assert!(!tree(&clerk).contains("\"path\":\"notice/0\""), "they are in the list alone");
    let part = json!({ "heading": "{n}　意見の取扱い", "text": "意見の概要と{{own}}の考え方を公表します。", "shows": "nothing" });
    done(&clerk, ("notice", None), &add(part.clone()));
    assert_eq!((count("notices"), &told(&clerk)["own"]["notice"]), (8, &json!(true)), "what was printed still is");
    let text = clerk.text(COMMENTS);
    assert!(text.starts_with(&before), "and all else stays: {text}");
    assert!(text.contains("[[notice]]\nheading = \"{n}　変更の概要\"\nshows = \"outline\"\n"), "{text}");
    assert!(text.ends_with(
        "[[notice]]\nheading = \"{n}　意見の取扱い\"\ntext = \"意見の概要と{{own}}の考え方を公表します。\"\n"
    ));
    assert!(tree(&clerk).contains("\"path\":\"notice/7\""), "now they are in the tree");
    done(&clerk, ("column", Some(1)), &write(json!({ "width": "０．３" })));
    assert!(clerk.text(COMMENTS).contains("label = \"意見の概要\"\nfield = \"summary\"\nwidth = 0.3\n"));
    done(&clerk, ("column", Some(5)), &json!({ "then": "move", "to": 0 }));
    assert_eq!(told(&clerk)["columns"][0]["said"]["field"], "places");
    done(&clerk, ("report", Some(3)), &json!({ "then": "remove" }));
    assert_eq!(count("reports"), 4);
    let findings = clerk.get("/api/findings?town=aozora").json();
    assert_eq!(findings["errors"], 0, "{findings}");
    // Without any they are those of all documents again.
    for _ in 0..8 {
        done(&clerk, ("notice", Some(0)), &json!({ "then": "remove" }));
    }
    assert_eq!((count("notices"), &told(&clerk)["own"]["notice"]), (7, &json!(false)));
    // There is an end to columns.
    let column = json!({ "label": "番号", "field": "number", "width": "0.1" });
    for _ in 0..6 {
        done(&clerk, ("column", None), &add(column.clone()));
    }
    assert_eq!(wrong(&ask(&clerk, ("column", None), &add(column))), (400, "label many 12".to_owned()));
}

#[test]
fn a_point_that_names_nothing_is_told_at_it() {
    let folder = at_the_desk();
    let path = folder.path().join("town").join(COMMENTS);
    let text = fs::read_to_string(&path).expect("it is there");
    let points = "[[hearing.outline]]\ntext = \"一\"\n\n[[hearing.outline]]\ntext = \"二\"\nitems = [\"no/such\"]\n\n[[group]]\nid = \"storage\"";
    fs::write(&path, text.replace("[[group]]\nid = \"storage\"", points)).expect("it can be written");
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let found = clerk.get("/api/findings?town=aozora").json();
    let list = found["list"].as_array().expect("a list");
    let at: Vec<&Json> = list.iter().map(|one| &one["item"]).filter(|item| item[2] == "outline/1").collect();
    assert_eq!(at, [&json!(["zei", "comments/", "outline/1"])], "{found}");
}
