//! The hearing of a case at the desk: in the tree, its opinions and groups written row by row, what is wrong told at its field.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{Clerk, Said};
use crate::comments::at_the_desk;

const COMMENTS: &str = "content/municipalities/aozora/zei/comments.toml";

fn told(clerk: &Clerk) -> Json {
    clerk.get("/api/hearing?town=aozora&case=zei").json()
}

/// The row of a table with this key.
fn row(clerk: &Clerk, table: &str, key: &str) -> Json {
    let told = told(clerk);
    let rows = told[table].as_array().expect("a list");
    rows.iter().find(|row| row["key"] == key).cloned().unwrap_or_else(|| panic!("no {key} in {told}"))
}

fn ask(clerk: &Clerk, hash: &Json, then: &Json) -> Said {
    let mut asked = json!({ "town": "aozora", "case": "zei", "hash": hash });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/hearing", &asked)
}

/// The field that is at fault, and what is wrong with it.
fn wrong(said: &Said) -> (u16, String) {
    let fault = said.json();
    (said.status, format!("{} {} {}", fault["field"], fault["wrong"], fault["words"]).replace('"', ""))
}

fn opinion(number: &str, change: impl FnOnce(&mut Json)) -> Json {
    let mut said = json!({ "received": "令和5年6月1日", "way": "郵送", "text": "説明会を開いてほしい。", "group": "" });
    change(&mut said);
    json!({ "then": "add", "table": "opinion", "key": number, "said": said })
}

fn nodes(clerk: &Clerk) -> Vec<Json> {
    let tree = clerk.get("/api/town?town=aozora").json();
    let cases = tree["cases"].as_array().expect("a list");
    let case = cases.iter().find(|case| case["id"] == "zei").expect("the case is there");
    let forms = case["forms"].as_array().expect("a list");
    let form = forms.iter().find(|form| form["prefix"] == "comments/").expect("a hearing is in the tree");
    let chapters = form["chapters"].as_array().expect("a list");
    chapters.iter().flat_map(|chapter| chapter["nodes"].as_array().expect("a list").clone()).collect()
}

#[test]
fn a_hearing_is_in_the_tree_and_read_with_what_may_be_chosen() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadOnly);
    let nodes = nodes(&clerk);
    let paths: Vec<&str> = nodes.iter().filter_map(|node| node["path"].as_str()).collect();
    assert_eq!(paths, ["hearing", "group/storage", "group/staff", "opinion/1", "opinion/2", "opinion/3"]);
    let told = told(&clerk);
    assert_eq!(told["answer"], "本市の考え方", "the word is the municipality's");
    assert_eq!(told["effects"], json!(["修正する", "修正しない", "参考", "その他"]));
    assert_eq!((&told["days"], &told["hearing"]["to"]), (&json!(46), &json!("2023-06-15")));
    assert_eq!(told["hearing"]["places"], "市役所本庁舎2階 税務課\n行政資料コーナー");
    assert!(told["changes"]["cloud"].is_string(), "{told}");
    let staff = row(&clerk, "groups", "staff");
    assert_eq!(
        (&staff["count"], &staff["said"]["main"], &staff["said"]["effect"]),
        (&json!(1), &json!("false"), &json!("参考"))
    );
    let refused = ask(&clerk, &json!(""), &opinion("4", |_| {}));
    assert_eq!((refused.status, &refused.json()["fault"]), (403, &json!("read-only")));
}

#[test]
fn an_opinion_is_added_grouped_written_and_removed_step_by_step() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.text(COMMENTS);
    assert_eq!(ask(&clerk, &json!(""), &opinion("４", |_| {})).status, 200);
    let added = clerk.text(COMMENTS);
    let new =
        "\n[[opinion]]\nnumber = 4\nreceived = \"2023-06-01\"\nway = \"郵送\"\ntext = \"説明会を開いてほしい。\"\n";
    assert_eq!(added.strip_prefix(&before), Some(new), "one row more, and nothing else");
    assert!(
        nodes(&clerk).iter().any(|node| node["path"] == "opinion/4" && node["blank"] == true),
        "it waits for a group"
    );
    let grouped = json!({ "then": "write", "table": "opinion", "key": "4", "said": { "group": "staff" } });
    assert_eq!(ask(&clerk, &row(&clerk, "opinions", "4")["hash"], &grouped).status, 200);
    assert_eq!(clerk.text(COMMENTS), format!("{added}group = \"staff\"\n"));
    let removed = json!({ "then": "remove", "table": "opinion", "key": "4" });
    assert_eq!(ask(&clerk, &row(&clerk, "opinions", "4")["hash"], &removed).status, 200);
    assert_eq!(clerk.text(COMMENTS), before);
    for step in ["意見の削除（4）", "意見の記載（4）", "意見の追加（4）"] {
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], step);
    }
    assert_eq!(clerk.text(COMMENTS), before);
}

#[test]
fn what_is_wrong_is_told_at_its_field_and_nothing_is_written() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.content();
    let group = |id: &str, field: &str, word: &str| {
        let mut said =
            json!({ "heading": "説明会", "summary": "", "answer": "", "effect": "", "changes": "", "items": "" });
        said[field] = word.into();
        json!({ "then": "add", "table": "group", "key": id, "said": said })
    };
    let said = |field: &'static str, word: &'static str| opinion("4", move |said| said[field] = word.into());
    for (asked, fault) in [
        (opinion("3", |_| {}), "number there 3"),
        (opinion("四", |_| {}), "number shape 四"),
        (opinion(" ", |_| {}), "number empty "),
        (said("received", "来週の月曜"), "received day 来週の月曜"),
        (said("received", ""), "received empty "),
        (said("way", "伝書鳩"), "way choose 伝書鳩"),
        (said("text", " \n"), "text empty "),
        (said("group", "none"), "group choose none"),
        (group("storage", "heading", "二つ目"), "id there storage"),
        (group("説明会", "heading", "説明会"), "id shape 説明会"),
        (group("meeting", "heading", ""), "heading empty "),
        (group("meeting", "effect", "検討する"), "effect choose 検討する"),
        (group("meeting", "changes", "clouds"), "changes choose clouds"),
        (group("meeting", "items", "procedure/no-such"), "items item procedure/no-such"),
    ] {
        assert_eq!(wrong(&ask(&clerk, &json!(""), &asked)), (400, fault.to_owned()), "{asked}");
    }
    assert!(clerk.content() == before, "nothing is written");
}

#[test]
fn an_answer_is_written_over_what_was_seen_alone() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.text(COMMENTS);
    let hash = row(&clerk, "groups", "staff")["hash"].clone();
    let said = json!({
        "answer": "指定の見直しを、毎年4月にも行います。\nご意見は今後の参考にします。", "effect": "修正する", "changes": "cloud", "main": "true",
    });
    let answer = json!({ "then": "write", "table": "group", "key": "staff", "said": said });
    // Another row, by another program: no conflict.
    let path = clerk.root().join(COMMENTS);
    let other = before.replace("行政資料コーナー", "行政情報コーナー");
    fs::write(&path, &other).expect("a file can be written");
    assert_eq!(ask(&clerk, &hash, &answer).status, 200);
    let old = "answer = \"\"\"\n閲覧できる職員は、担当する事務に応じて税務課長が指定しています。\n今後も、異動のつど指定を見直します。\"\"\"\neffect = \"参考\"\nmain = false\n";
    let new = "answer = \"\"\"\n指定の見直しを、毎年4月にも行います。\nご意見は今後の参考にします。\"\"\"\neffect = \"修正する\"\nchanges = [\"cloud\"]\n";
    assert!(other.contains(old));
    assert_eq!(clerk.text(COMMENTS), other.replace(old, new), "one row of the file is another");
    // The same row: both are told, neither is lost.
    let again = ask(&clerk, &hash, &answer);
    assert_eq!(again.status, 409);
    let theirs = again.json();
    assert_eq!(theirs["theirs"]["written"]["effect"], "修正する", "{theirs}");
    assert_eq!(theirs["theirs"]["hash"], row(&clerk, "groups", "staff")["hash"]);
    let gone = json!({ "then": "write", "table": "group", "key": "nobody", "said": {} });
    assert_eq!(ask(&clerk, &hash, &gone).json()["theirs"]["written"], Json::Null);
}

#[test]
fn groups_are_put_in_order_and_go_when_no_opinion_names_them() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let before = clerk.text(COMMENTS);
    let then = |then: &str, to: usize| json!({ "then": then, "table": "group", "key": "staff", "to": to });
    let hash = || row(&clerk, "groups", "staff")["hash"].clone();
    let named = ask(&clerk, &hash(), &then("remove", 0));
    assert_eq!((named.status, &named.json()["words"]), (400, &json!("group-named")));
    assert_eq!(ask(&clerk, &hash(), &then("move", 0)).status, 200);
    let ids: Vec<Json> =
        told(&clerk)["groups"].as_array().expect("a list").iter().map(|row| row["key"].clone()).collect();
    assert_eq!(ids, ["staff", "storage"]);
    let moved = clerk.text(COMMENTS);
    assert!(
        moved.ends_with(before.split_once("[[opinion]]").expect("opinions follow").1),
        "the opinions stay as they are"
    );
    assert_eq!(ask(&clerk, &hash(), &then("move", 1)).status, 200);
    assert_eq!(clerk.text(COMMENTS), before);
    let ungrouped = json!({ "then": "write", "table": "opinion", "key": "3", "said": { "group": "" } });
    assert_eq!(ask(&clerk, &row(&clerk, "opinions", "3")["hash"], &ungrouped).status, 200);
    assert_eq!(ask(&clerk, &hash(), &then("remove", 0)).status, 200);
    assert!(!clerk.text(COMMENTS).contains("staff"));
}

#[test]
fn a_hearing_is_begun_where_there_was_none() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let path = clerk.root().join(COMMENTS);
    fs::remove_file(&path).expect("it was there");
    let told_first = told(&clerk);
    assert_eq!((&told_first["is_there"], &told_first["hearing"]), (&json!(false), &Json::Null));
    assert_eq!(nodes(&clerk).len(), 1, "there is room for one");
    let said = |from: &str, to: &str| {
        json!({ "then": "hearing", "said": {
            "title": "住民税に関する事務 全項目評価書（案）", "ground": "番号法第28条第1項", "from": from, "to": to,
            "places": "税務課\n\n 行政資料コーナー ", "contact": "", "ways": [["郵送", "税務課"], ["電子メール", ""]],
        } })
    };
    let hash = &told_first["hash"];
    for (asked, fault) in [
        (said("", "2026-06-01"), "from empty "),
        (said("令和8年5月1日", "令和8年13月1日"), "to day 令和8年13月1日"),
        (said("令和8年5月1日", "令和8年4月1日"), "to order 2026-05-01"),
    ] {
        assert_eq!(wrong(&ask(&clerk, hash, &asked)), (400, fault.to_owned()));
    }
    assert_eq!(ask(&clerk, hash, &said("令和8年5月1日", "令和8年6月15日")).status, 200);
    let written = "[hearing]\ntitle = \"住民税に関する事務 全項目評価書（案）\"\nground = \"番号法第28条第1項\"\nfrom = \"2026-05-01\"\nto = \"2026-06-15\"\nplaces = [\"税務課\", \"行政資料コーナー\"]\n\n[[hearing.way]]\nway = \"郵送\"\nto = \"税務課\"\n";
    assert_eq!(clerk.text(COMMENTS), written);
    assert_eq!(told(&clerk)["days"], 46);
    // A second browser that saw nothing there is told.
    assert_eq!(ask(&clerk, hash, &said("令和8年5月1日", "令和8年7月15日")).status, 409);
    assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], "意見の募集の内容");
    assert!(!path.exists(), "and taken back");
}

#[test]
fn a_file_that_nobody_can_read_is_not_written_over() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let broken = clerk.text(COMMENTS).replace("[[group]]\nid = \"storage\"", "[[group]\nid = \"storage\"");
    fs::write(clerk.root().join(COMMENTS), &broken).expect("a file can be written");
    let now = told(&clerk);
    assert_eq!((&now["is_broken"], &now["is_there"]), (&json!(true), &json!(false)));
    let said = json!({ "title": "案", "ground": "法", "from": "2026-05-01", "to": "2026-06-15", "places": "", "contact": "", "ways": [] });
    let refused = ask(&clerk, &now["hash"], &json!({ "then": "hearing", "said": said }));
    assert_eq!((refused.status, &refused.json()["words"]), (400, &json!("unreadable")));
    assert_eq!(clerk.text(COMMENTS), broken);
}

#[test]
fn what_is_wrong_with_a_row_is_told_at_it() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let late = opinion("9", |said| said["received"] = "令和5年7月1日".into());
    assert_eq!(ask(&clerk, &json!(""), &late).status, 200);
    let found = clerk.get("/api/findings?town=aozora").json();
    let list = found["list"].as_array().expect("a list");
    let at = list.iter().find(|one| one["code"] == "H0743").expect("it came in too late");
    assert_eq!(at["item"], json!(["zei", "comments/", "opinion/9"]), "{at}");
}
