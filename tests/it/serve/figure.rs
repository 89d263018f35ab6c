//! The figure of 別添1 at the desk: in the tree, its boxes, arrows and remarks written one by one, as a change where one is chosen; what is wrong
//! told at its row and field.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{Clerk, Said, frozen};

const FLOW: &str = "content/assessments/zei/flows/fuka.md";
const OWN: &str = "content/municipalities/hikari/zei/flows/fuka.md";
const CASE: &str = "content/municipalities/hikari/zei/case.toml";

fn told(clerk: &Clerk) -> Json {
    clerk.get("/api/figure?town=hikari&case=zei&form=&path=work/fuka").json()
}

fn layer(clerk: &Clerk, path: &str) -> Json {
    let told = told(clerk);
    let layers = told["layers"].as_array().expect("a list");
    layers.iter().find(|layer| layer["path"] == path).cloned().unwrap_or_else(|| panic!("no {path} in {told}"))
}

/// The row of a list with this key.
fn row(clerk: &Clerk, list: &str, key: &str) -> Json {
    let layer = layer(clerk, FLOW);
    let rows = layer[list].as_array().expect("a list");
    rows.iter().find(|row| row["key"] == key).cloned().unwrap_or_else(|| panic!("no {key} in {layer}"))
}

fn ask(clerk: &Clerk, (layer, change): (&str, Option<&str>), hash: &Json, then: &Json) -> Said {
    let mut asked = json!({
        "town": "hikari", "case": "zei", "form": "", "path": "work/fuka", "layer": layer, "hash": hash, "change": change,
    });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/figure", &asked)
}

/// Has something done with a row of the shared figure as it stands; a key makes it one that is there.
fn done(clerk: &Clerk, change: Option<&str>, then: &Json) {
    let list = |table: &Json| format!("{}s", table.as_str().expect("a table"));
    let hash = match then["key"].as_str() {
        Some(key) => row(clerk, &list(&then["table"]), key)["hash"].clone(),
        None if then["then"] == "title" => layer(clerk, FLOW)["title"]["hash"].clone(),
        None => json!(""),
    };
    let said = ask(clerk, (FLOW, change), &hash, then);
    assert_eq!(said.status, 200, "{then}: {}", said.json());
    assert_eq!(said.json()["by_hand"].as_array().map_or(0, Vec::len), 0, "{then}: {}", said.json());
}

fn add(table: &str, said: &Json) -> Json {
    json!({ "then": "add", "table": table, "said": said })
}

fn write(table: &str, key: &str, said: &Json) -> Json {
    json!({ "then": "write", "table": table, "key": key, "said": said })
}

fn remove(table: &str, key: &str) -> Json {
    json!({ "then": "remove", "table": table, "key": key })
}

fn bank() -> Json {
    json!({ "label": "指定金融機関", "zone": "external", "column": "4", "row": "1", "host": "", "periods": "", "withheld": "" })
}

/// The codes of what is wrong, each with the part of the figure at which it is told.
fn found(answer: &Json) -> Vec<String> {
    let list = answer["list"].as_array().expect("a list").iter();
    let here = list.filter(|one| one["item"] == json!(["zei", "", "work/fuka"]));
    here.map(|one| format!("{} {}", one["code"], one["part"]).replace('"', "")).collect()
}

fn undeclared(clerk: &Clerk) -> Vec<String> {
    let findings = clerk.get("/api/findings?town=hikari").json();
    let list = findings["list"].as_array().expect("a list").iter();
    let codes = ["H0353", "H0354", "H0355", "H0356"];
    let ours = list.filter(|one| codes.iter().any(|code| one["code"] == *code));
    ours.map(|one| format!("{} {}", one["code"], one["message"])).collect()
}

#[test]
fn a_figure_is_in_the_tree_and_read_with_what_may_be_chosen() {
    let clerk = Clerk::on(frozen(), Mode::ReadOnly);
    let tree = clerk.get("/api/town?town=hikari").json();
    let chapters = tree["cases"][0]["forms"][0]["chapters"].as_array().expect("a list");
    let nodes = chapters.iter().flat_map(|chapter| chapter["nodes"].as_array().expect("a list"));
    let node = nodes.into_iter().find(|node| node["figure"] == true).expect("it is in the tree");
    assert_eq!(
        (&node["path"], &node["row"], &node["changes"]),
        (&json!("work/fuka"), &json!("work/fuka/figure"), &json!([]))
    );
    let told = told(&clerk);
    assert_eq!((&told["label"], &told["names"]["core"]), (&json!("1. 賦課に関する事務"), &json!("税務システム")));
    assert_eq!(told["zones"], json!(["person", "internal", "external"]));
    assert_eq!(told["kinds"], json!(["link", "collect", "other"]));
    let paths: Vec<(&Json, &Json)> =
        told["layers"].as_array().expect("a list").iter().map(|layer| (&layer["path"], &layer["written"])).collect();
    assert_eq!(paths, [(&json!(FLOW), &json!(true)), (&json!(OWN), &json!(false))]);
    let arrow = row(&clerk, "arrows", "0");
    assert_eq!(
        (&arrow["said"]["from"], &arrow["said"]["to"], &arrow["said"]["kind"]),
        (&json!("resident"), &json!("core"), &json!("collect"))
    );
    assert_eq!(row(&clerk, "remarks", "(1)")["said"]["text"], "納税義務者から申告を受ける。");
    let refused = ask(&clerk, (FLOW, None), &json!(""), &add("node", &bank()));
    assert_eq!((refused.status, &refused.json()["fault"]), (403, &json!("read-only")));
    assert_eq!(clerk.get("/api/figure?town=hikari&case=zei&form=&path=work/no-such").status, 404);
    // Its words are found, too.
    let search =
        clerk.get("/api/search?town=hikari&words=%E7%94%B3%E5%91%8A%E3%82%92%E5%8F%97%E3%81%91%E3%82%8B").json();
    assert!(search["found"].as_array().expect("a list").iter().any(|one| one["path"] == "work/fuka"), "{search}");
}

#[test]
fn parts_are_added_written_and_removed_step_by_step() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let commented =
        clerk.text(FLOW).replace("column = 2\n", "column = 2 # 中央\n").replace("[[arrow]]\n", "# 申告\n[[arrow]]\n");
    fs::write(clerk.root().join(FLOW), &commented).expect("a file can be written");
    done(&clerk, None, &add("node", &bank()));
    let boxed = "row = 1\n\n[[node]]\nid = \"box-1\"\nlabel = \"指定金融機関\"\nzone = \"external\"\ncolumn = 4\nrow = 1\n\n# 申告\n[[arrow]]\n";
    assert_eq!(
        clerk.text(FLOW),
        commented.replace("row = 1\n\n# 申告\n[[arrow]]\n", boxed),
        "a box more, and nothing else"
    );
    let arrow = json!({ "step": "（2）", "from": "core", "to": "box-1", "via": "", "kind": "link", "note": "", "withheld": "" });
    done(&clerk, None, &add("arrow", &arrow));
    assert!(
        clerk.text(FLOW).contains(
            "kind = \"collect\"\n\n[[arrow]]\nstep = \"（2）\"\nfrom = \"core\"\nto = \"box-1\"\nkind = \"link\"\n+++\n"
        ),
        "{}",
        clerk.text(FLOW)
    );
    done(&clerk, None, &add("remark", &json!({ "step": "（2）", "text": "税額を伝える。\n" })));
    assert!(clerk.text(FLOW).ends_with("納税義務者から申告を受ける。\n\n## （2）\n\n税額を伝える。\n"));
    assert_eq!(
        found(&clerk.get("/api/findings?town=hikari").json())
            .iter()
            .filter(|one| one.contains("H03") && !one.contains("H035"))
            .count(),
        0
    );
    done(
        &clerk,
        None,
        &write("node", "core", &json!({ "label": "新税務システム", "column": "3", "row": "2", "host": "庁内" })),
    );
    let core = "id = \"core\"\nlabel = \"新税務システム\"\nzone = \"internal\"\ncolumn = 3 # 中央\nrow = 2\nhost-label = \"庁内\"\n";
    assert!(clerk.text(FLOW).contains(core), "{}", clerk.text(FLOW));
    done(&clerk, None, &write("arrow", "1", &json!({ "kind": "other", "via": "resident" })));
    assert!(
        clerk.text(FLOW).contains("to = \"box-1\"\nkind = \"other\"\nvia = \"resident\"\n+++\n"),
        "{}",
        clerk.text(FLOW)
    );
    done(&clerk, None, &write("remark", "（2）", &json!({ "text": "税額を、毎月伝える。" })));
    done(&clerk, None, &json!({ "then": "title", "said": { "title": "賦課と収納に関する事務", "number": "" } }));
    assert!(clerk.text(FLOW).starts_with("+++\ntitle = \"賦課と収納に関する事務\"\n"), "{}", clerk.text(FLOW));
    for then in [remove("remark", "（2）"), remove("arrow", "1"), remove("node", "box-1")] {
        done(&clerk, None, &then);
    }
    done(
        &clerk,
        None,
        &write("node", "core", &json!({ "label": "税務システム", "column": "2", "row": "1", "host": "" })),
    );
    assert_eq!(
        clerk.text(FLOW),
        commented.replace("number = 1\ntitle = \"賦課に関する事務\"", "title = \"賦課と収納に関する事務\"")
    );
    for step in [
        "図の枠の記載（新税務システム）",
        "図の枠の削除（指定金融機関）",
        "図の矢印の削除（（2））",
        "図の備考の削除（（2））",
        "図の題名",
        "図の備考の記載（（2））",
        "図の矢印の記載（（2））",
        "図の枠の記載（税務システム）",
        "図の備考の追加（（2））",
        "図の矢印の追加（（2））",
        "図の枠の追加（指定金融機関）",
    ] {
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], step);
    }
    assert_eq!(clerk.text(FLOW), commented);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert!(clerk.text(FLOW).contains("box-1"));
}

#[test]
fn what_cannot_be_written_is_told_at_its_field_and_nothing_is() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let node = |field: &str, word: &str| {
        let mut said = bank();
        said[field] = word.into();
        add("node", &said)
    };
    let arrow = |field: &str, word: &str| {
        let mut said = json!({ "step": "(2)", "from": "core", "to": "resident", "kind": "link" });
        said[field] = word.into();
        add("arrow", &said)
    };
    for (asked, fault) in [
        (node("label", " "), "label empty"),
        (node("zone", "内部"), "zone choose"),
        (node("column", "6"), "column choose"),
        (node("row", "0"), "row choose"),
        (node("row", "x"), "row choose"),
        (arrow("step", ""), "step empty"),
        (arrow("step", "(2) の1"), "step shape"),
        (arrow("from", ""), "from empty"),
        (arrow("kind", "送付"), "kind choose"),
        (add("arrow", &json!({ "step": "(2)", "from": "core" })), "to empty"),
        (add("remark", &json!({ "step": "(1)", "text": "二つ目" })), "step there"),
        (add("remark", &json!({ "step": "(2)", "text": "\n" })), "text empty"),
    ] {
        let said = ask(&clerk, (FLOW, None), &json!(""), &asked);
        let told = said.json();
        assert_eq!(
            (said.status, format!("{} {}", told["field"], told["wrong"]).replace('"', "")),
            (400, fault.to_owned()),
            "{asked}"
        );
    }
    let said =
        ask(&clerk, (FLOW, None), &json!(""), &add("remark", &json!({ "step": "(2)", "text": "一\n## (3)\n二" })));
    assert_eq!((said.status, &said.json()["words"]), (400, &json!("heading")));
    assert_eq!(ask(&clerk, ("content/assessments/zei/basic.md", None), &json!(""), &add("node", &bank())).status, 404);
    assert_eq!(ask(&clerk, (FLOW, Some("no-such")), &json!(""), &add("node", &bank())).status, 404);
    assert!(clerk.content() == before, "nothing is written");
    // What heads no remark may have two words.
    let note = json!({ "step": "(2) の1", "from": "core", "to": "resident", "kind": "link", "note": "true" });
    done(&clerk, None, &add("arrow", &note));
}

#[test]
fn as_a_change_nothing_comes_or_goes_in_silence() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.text(FLOW);
    let cloud = Some("cloud");
    assert_eq!(undeclared(&clerk), Vec::<String>::new());
    done(&clerk, cloud, &add("node", &bank()));
    assert!(clerk.text(FLOW).contains("column = 4\nrow = 1\ninserted = \"cloud\"\n"), "{}", clerk.text(FLOW));
    // The arrow joins another box: the one that is published goes, another one comes.
    done(&clerk, cloud, &write("arrow", "0", &json!({ "to": "box-1", "kind": "collect" })));
    let arrows = "step = \"(1)\"\nfrom = \"resident\"\nto = \"core\"\nkind = \"collect\"\ndeleted = \"cloud\"\n\n[[arrow]]\nstep = \"(1)\"\nfrom = \"resident\"\nto = \"box-1\"\nkind = \"collect\"\ninserted = \"cloud\"\n+++\n";
    assert!(clerk.text(FLOW).contains(arrows), "{}", clerk.text(FLOW));
    assert_eq!(
        (&row(&clerk, "arrows", "0")["state"], &row(&clerk, "arrows", "1")["state"]),
        (&json!("gone"), &json!("new"))
    );
    let gone = ask(&clerk, (FLOW, cloud), &row(&clerk, "arrows", "0")["hash"], &remove("arrow", "0"));
    assert_eq!((gone.status, &gone.json()["words"]), (400, &json!("record-gone")));
    // What is only to come is written as it is, and goes altogether.
    done(&clerk, cloud, &write("arrow", "1", &json!({ "kind": "link" })));
    assert!(clerk.text(FLOW).contains("to = \"box-1\"\nkind = \"link\"\ninserted"), "{}", clerk.text(FLOW));
    done(&clerk, cloud, &add("arrow", &json!({ "step": "(2)", "from": "box-1", "to": "resident", "kind": "other" })));
    done(&clerk, cloud, &add("remark", &json!({ "step": "(2)", "text": "次のとおり知らせる。\n\n- 税額\n- 納期" })));
    let listed = "## (2)\n\n{++\n\n次のとおり知らせる。\n\n- 税額\n- 納期\n\n++}{>>cloud<<}\n";
    assert!(clerk.text(FLOW).ends_with(listed), "{}", clerk.text(FLOW));
    assert_eq!(row(&clerk, "remarks", "(2)")["state"], "new");
    done(&clerk, cloud, &write("node", "core", &json!({ "label": "新税務システム" })));
    assert!(clerk.text(FLOW).contains("label = \"{~~税務~>新税務~~}{>>cloud<<}システム\""), "{}", clerk.text(FLOW));
    done(&clerk, cloud, &write("remark", "(1)", &json!({ "text": "納税義務者から届出を受ける。" })));
    assert!(clerk.text(FLOW).contains("納税義務者から{~~申告~>届出~~}{>>cloud<<}を受ける。"), "{}", clerk.text(FLOW));
    done(&clerk, cloud, &json!({ "then": "title", "said": { "title": "賦課及び収納に関する事務", "number": "1" } }));
    assert!(
        clerk.text(FLOW).contains("title = \"{~~賦課~>賦課及び収納~~}{>>cloud<<}に関する事務\""),
        "{}",
        clerk.text(FLOW)
    );
    assert_eq!(undeclared(&clerk), Vec::<String>::new(), "{}", clerk.text(FLOW));
    let codes = found(&clerk.get("/api/findings?town=hikari").json());
    assert!(!codes.iter().any(|one| one.starts_with("H031") || one.starts_with("H032")), "{codes:?}");
    // Every mark can be taken back from the figure itself.
    let told = told(&clerk);
    let marks = told["marks"].as_array().expect("a list");
    assert_eq!(marks.len(), 8, "{told}");
    let places: Vec<Json> =
        marks.iter().map(|mark| json!({ "path": mark["path"], "at": mark["at"], "seen": mark["seen"] })).collect();
    let taken = json!({ "town": "hikari", "case": "zei", "marks": places, "change": null, "name": "図" });
    let said = clerk.post("/api/unmark", &taken);
    assert_eq!(said.status, 200, "{}", said.json());
    assert_eq!(clerk.text(FLOW).replace("\n\n+++", "\n+++").trim_end(), before.trim_end());
}

#[test]
fn what_is_published_goes_as_a_change() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let cloud = Some("cloud");
    // A remark that is changed already: what was said before is what goes.
    done(&clerk, cloud, &write("remark", "(1)", &json!({ "text": "納税義務者から届出を受ける。" })));
    done(&clerk, Some("new-system"), &remove("remark", "(1)"));
    assert!(
        clerk.text(FLOW).ends_with("## (1)\n\n{--納税義務者から申告を受ける。--}{>>new-system<<}\n"),
        "{}",
        clerk.text(FLOW)
    );
    done(&clerk, cloud, &remove("arrow", "0"));
    done(&clerk, cloud, &remove("node", "core"));
    assert!(clerk.text(FLOW).contains("column = 2\nrow = 1\ndeleted = \"cloud\"\n"), "{}", clerk.text(FLOW));
    assert_eq!(undeclared(&clerk), Vec::<String>::new(), "{}", clerk.text(FLOW));
    let codes = found(&clerk.get("/api/findings?town=hikari").json());
    assert!(!codes.iter().any(|one| one.starts_with("H031") || one.starts_with("H032")), "{codes:?}");
}

#[test]
fn what_is_wrong_is_told_at_its_row_and_field_while_it_is_typed_too() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let codes = |answer: Json| -> Vec<String> {
        found(&answer)
            .into_iter()
            .filter(|one| ["H0319", "H0320", "H0321", "H0323"].iter().any(|code| one.starts_with(code)))
            .collect()
    };
    let drafted = |then: Json| {
        let edit = json!({
            "town": "hikari", "case": "zei", "form": "", "path": "work/fuka", "layer": FLOW, "hash": "", "written": then,
        });
        let asked = json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean", "readers": "submission", "edits": [edit] });
        (clerk.post("/api/check", &asked), clerk.post("/api/pages", &asked))
    };
    let before = clerk.content();
    let arrow = add("arrow", &json!({ "step": "(2)", "from": "core", "to": "resident", "kind": "link" }));
    let (check, pages) = drafted(arrow.clone());
    assert_eq!(codes(check.json()), ["H0320 arrow/1#step"]);
    assert_eq!(pages.status, 200, "the page shows it");
    let same = json!({ "label": "窓口", "zone": "person", "column": "2", "row": "1" });
    assert_eq!(codes(drafted(add("node", &same)).0.json()), ["H0323 node/box-1#column"]);
    assert_eq!(codes(drafted(remove("node", "core")).0.json()), ["H0319 arrow/0#to"]);
    assert_eq!(codes(drafted(remove("arrow", "0")).0.json()), ["H0321 remark/(1)#step"]);
    // What cannot be written yet is no draft.
    assert_eq!(codes(drafted(add("node", &json!({ "label": "" }))).0.json()), Vec::<String>::new());
    assert!(clerk.content() == before, "nothing is written");
    done(&clerk, None, &arrow);
    done(&clerk, None, &add("node", &same));
    done(&clerk, None, &remove("node", "resident"));
    let mut all = codes(clerk.get("/api/findings?town=hikari").json());
    all.sort();
    assert_eq!(all, ["H0319 arrow/0#from", "H0319 arrow/1#to", "H0320 arrow/1#step", "H0323 node/box-1#column"]);
}

#[test]
fn two_writers_of_one_row_see_both() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let path = clerk.root().join(FLOW);
    let (core, arrow, remark) =
        (row(&clerk, "nodes", "core"), row(&clerk, "arrows", "0"), row(&clerk, "remarks", "(1)"));
    // Another row, and an arrow before the one that was seen, by another program: no conflict.
    let first = "[[arrow]]\nstep = \"(0)\"\nfrom = \"core\"\nto = \"resident\"\nkind = \"other\"\nnote = true\n\n[[arrow]]\nstep = \"(1)\"";
    let other = clerk.text(FLOW).replace("[[arrow]]\nstep = \"(1)\"", first).replace("納税義務者\"", "納税者\"");
    fs::write(&path, &other).expect("a file can be written");
    let then = write("arrow", "0", &json!({ "kind": "link" }));
    assert_eq!(ask(&clerk, (FLOW, None), &arrow["hash"], &then).status, 200);
    assert_eq!(clerk.text(FLOW), other.replace("kind = \"collect\"", "kind = \"link\""), "the arrow that was seen");
    // The same rows: both are told, neither is lost.
    fs::write(&path, clerk.text(FLOW).replace("税務システム", "基幹システム").replace("申告を受ける", "届出を受ける"))
        .expect("a file can be written");
    for (seen, then, field, theirs) in [
        (&core, write("node", "core", &json!({ "label": "新システム" })), "label", "基幹システム"),
        (
            &remark,
            write("remark", "(1)", &json!({ "text": "電子申告を受ける。" })),
            "text",
            "納税義務者から届出を受ける。",
        ),
    ] {
        let said = ask(&clerk, (FLOW, None), &seen["hash"], &then);
        let told = said.json();
        assert_eq!((said.status, &told["fault"]), (409, &json!("conflict")));
        assert_eq!(told["theirs"]["written"][field], theirs, "{told}");
        assert_eq!(
            ask(&clerk, (FLOW, None), &told["theirs"]["hash"], &then).status,
            200,
            "over what was seen it is written"
        );
    }
    assert!(clerk.text(FLOW).contains("新システム") && clerk.text(FLOW).contains("電子申告"));
    let gone = ask(&clerk, (FLOW, None), &core["hash"], &write("node", "nobody", &json!({ "label": "x" })));
    assert_eq!((gone.status, &gone.json()["theirs"]["written"]), (409, &Json::Null));
}

#[test]
fn a_town_draws_its_own_figure_and_the_shared_one_stays() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let shared = clerk.text(FLOW);
    assert_eq!(ask(&clerk, (OWN, Some("cloud")), &json!(""), &add("node", &bank())).status, 200);
    assert_eq!(clerk.text(FLOW), shared);
    let own = clerk.text(OWN);
    assert!(own.contains("inserted = \"cloud\"") && own.replace("\n[[node]]\nid = \"box-1\"\nlabel = \"指定金融機関\"\nzone = \"external\"\ncolumn = 4\nrow = 1\ninserted = \"cloud\"\n", "") == shared, "{own}");
    assert_eq!(undeclared(&clerk), Vec::<String>::new());
    let told = told(&clerk);
    assert_eq!((&told["layers"][1]["written"], &told["names"]["box-1"]), (&json!(true), &json!("指定金融機関")));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(!clerk.root().join(OWN).exists());
    // A file of its own that nobody can read is not written over.
    fs::create_dir_all(clerk.root().join(OWN).parent().expect("a folder")).expect("a folder can be made");
    fs::write(clerk.root().join(OWN), "+++\ntitle = \n+++\n").expect("a file can be written");
    assert_eq!(ask(&clerk, (OWN, None), &json!(""), &add("node", &bank())).status, 404);
    assert_eq!(clerk.text(OWN), "+++\ntitle = \n+++\n");
}

#[test]
fn parts_are_drawn_in_the_periods_that_are_ticked() {
    let clerk = Clerk::new();
    let case = clerk.text(CASE);
    let periods = "\n[[period]]\nid = \"until-r7\"\nlabel = \"令和7年12月まで\"\n\n[[period]]\nid = \"from-r8\"\nlabel = \"令和8年{++1月++}{>>cloud<<}以降\"\n";
    fs::write(clerk.root().join(CASE), format!("{case}{periods}")).expect("a file can be written");
    let path = "/api/figure?town=hikari&case=zei&form=&path=work/fuka/from-r8";
    let told = clerk.get(path).json();
    assert_eq!(told["periods"], json!([["until-r7", "令和7年12月まで"], ["from-r8", "令和8年1月以降"]]), "{told}");
    let mut said = bank();
    said["periods"] = "from-r8".into();
    let asked = json!({
        "town": "hikari", "case": "zei", "form": "", "path": "work/fuka/from-r8", "layer": FLOW, "hash": "", "then": "add",
        "table": "node", "said": said,
    });
    assert_eq!(clerk.post("/api/figure", &asked).status, 200);
    assert!(clerk.text(FLOW).contains("row = 1\nperiods = [\"from-r8\"]\n"), "{}", clerk.text(FLOW));
    let tree = clerk.get("/api/town?town=hikari").json().to_string();
    assert!(tree.contains("work/fuka/until-r7") && tree.contains("work/fuka/from-r8"));
    // What is wrong with a figure is told at its first page.
    let arrow = json!({ "step": "(2)", "from": "core", "to": "resident", "kind": "link" });
    let mut asked = asked;
    asked["table"] = "arrow".into();
    asked["said"] = arrow;
    assert_eq!(clerk.post("/api/figure", &asked).status, 200);
    let found = clerk.get("/api/findings?town=hikari").json();
    let list = found["list"].as_array().expect("a list");
    let one = list.iter().find(|one| one["code"] == "H0320").expect("the step has no remark");
    assert_eq!((&one["item"], &one["part"]), (&json!(["zei", "", "work/fuka/until-r7"]), &json!("arrow/1#step")));
}

#[test]
fn lists_in_one_line_are_written_too() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let text = clerk.text(FLOW);
    let arrow = "[[arrow]]\nstep = \"(1)\"\nfrom = \"resident\"\nto = \"core\"\nkind = \"collect\"\n";
    let inline = "arrow = [{ step = \"(1)\", from = \"resident\", to = \"core\", kind = \"collect\" }]\n";
    let text = text
        .replace(&format!("\n{arrow}"), "")
        .replace("\n\n[[node]]\nid = \"resident\"", &format!("\n{inline}\n[[node]]\nid = \"resident\""));
    fs::write(clerk.root().join(FLOW), &text).expect("a file can be written");
    done(&clerk, Some("cloud"), &write("arrow", "0", &json!({ "from": "core", "to": "resident" })));
    let both = "kind = \"collect\" , deleted = \"cloud\" }, { step = \"(1)\", from = \"core\", to = \"resident\", kind = \"collect\", inserted = \"cloud\" }]";
    assert!(clerk.text(FLOW).contains(both), "{}", clerk.text(FLOW));
    done(&clerk, Some("cloud"), &remove("arrow", "1"));
    assert!(clerk.text(FLOW).contains("deleted = \"cloud\" }]"), "{}", clerk.text(FLOW));
}

#[test]
fn a_figure_is_signed_as_a_whole() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let review = || {
        let tree = clerk.get("/api/town?town=hikari").json();
        let chapters = tree["cases"][0]["forms"][0]["chapters"].as_array().expect("a list").clone();
        let nodes = chapters.into_iter().flat_map(|chapter| chapter["nodes"].as_array().expect("a list").clone());
        let node = nodes.into_iter().find(|node| node["figure"] == true);
        node.expect("it is in the tree")["review"].clone()
    };
    assert_eq!(review(), "open");
    let sign = json!({ "town": "hikari", "case": "zei", "path": "work/fuka", "by": "税務課長", "on": "令和8年4月1日" });
    assert_eq!(clerk.post("/api/sign", &sign).status, 200);
    assert_eq!(review(), "reviewed");
    done(&clerk, Some("cloud"), &write("remark", "(1)", &json!({ "text": "納税義務者から届出を受ける。" })));
    assert_eq!(review(), "lifted");
}
