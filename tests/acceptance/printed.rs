//! Everything that a reader could see to have changed: each kind that once slipped through, on the real content.

use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::press::unlisted;
use hyoka::session::Wanted;

use crate::edited::Edited;

const SHINJUKU: &str = "content/municipalities/shinjuku";
const JUTO: &str = "content/assessments/kokuho/flows/juto.md";
const RISK: &str = "content/assessments/kokuho/risk.md";

fn shinjuku(path: &str) -> String {
    format!("{SHINJUKU}/{path}")
}

#[test]
fn the_real_content_prints_what_its_editions_say() {
    let checked = Edited::new().checked();
    assert!(checked.diagnostics.is_empty());
    for case in unlisted(&checked, &Wanted::default()) {
        assert!(case.undeclared.is_empty() && case.since_issue.is_empty(), "{}/{}", case.municipality, case.case);
        assert!(!case.issue.is_empty(), "{}/{} was issued", case.municipality, case.case);
    }
}

#[test]
fn another_order_is_told() {
    let (basic, fuka, case) =
        (shinjuku("kokuho/basic.md"), shinjuku("kokuho/file-overview/kokuho-fuka.md"), shinjuku("kokuho/case.toml"));
    let edited = Edited::new;
    for (what, edited) in [
        ("two systems", edited().swap(&basic, "\"resident\"", "\"tax\"")),
        ("two 委託事項", edited().swap(&fuka, "\"print-enclosing\"", "\"data-entry\"")),
        ("two 提供先", edited().swap(&fuka, "\"kokuho-hokensha-fuka\"", "\"koiki-fuka\"")),
        ("two files", edited().swap_parts(&case, "[[file]]", 1, 2)),
        ("two flows", edited().swap(&case, "\"gengaku\"", "\"juto\"")),
        ("two remarks", edited().swap_parts(JUTO, "## (", 0, 1)),
        ("two arrows", edited().swap_parts(JUTO, "[[arrow]]", 5, 6)),
        ("two boxes", edited().swap_parts(JUTO, "[[node]]", 0, 1)),
        ("two measures", edited().swap_parts(&shinjuku("checklists/iryofujo.toml"), "[[sheet.measure]]", 0, 1)),
        ("two attachments", edited().swap_parts(&shinjuku("submissions/iryofujo/records-49-2.md"), "## ", 0, 1)),
    ] {
        edited.tells(what, "H0359", "順序のみ");
    }
}

#[test]
fn a_box_elsewhere_is_told() {
    let at = "id = \"resident\"\nlabel = \"{{resident-system}}\"\nzone = \"internal\"\ncolumn = 2\nrow = 4\n";
    let moved = |old: &str, new: &str| Edited::new().edit(JUTO, at, &at.replace(old, new));
    for (what, edited) in [
        ("another column", moved("column = 2", "column = 4")),
        ("another row", moved("row = 4", "row = 5")),
        ("a host", moved("row = 4\n", "row = 4\nhost-label = \"ガバメントクラウド\"\n")),
        (
            "a host in one period",
            moved("row = 4\n", "row = 4\nhost-label = \"ガバメントクラウド\"\nhost-periods = [\"until-r6-12\"]\n"),
        ),
    ] {
        edited.tells(what, "H0360", "図の配置のみ");
    }
    let zone = Edited::new().edit(
        JUTO,
        "zone = \"external\"\ncolumn = 5\nrow = 2\n",
        "zone = \"internal\"\ncolumn = 4\nrow = 2\n",
    );
    zone.tells("another zone", "H0360", "図の配置のみ");
}

#[test]
fn another_shape_is_told() {
    let line = "- 代理人が手続をするときは、委任状等によって";
    for (what, new) in [
        ("a sub-item", "  - 代理人が手続をするときは、委任状等によって"),
        ("strong", "- **代理人**が手続をするときは、委任状等によって"),
    ] {
        Edited::new().edit(RISK, line, new).tells(what, "H0357", "表示のみ");
    }
    let records = shinjuku("kokuho/basic.md");
    let text = Edited::new().text(&records);
    let numbered = text.replace("\n- この事務は", "\n1. この事務は").replace("\n- 外国人の", "\n2. 外国人の");
    let numbered = numbered.replace("\n- 対象となる者は", "\n3. 対象となる者は");
    Edited::new().put(&records, numbered).tells("a numbered list", "H0357", "表示のみ");
}

#[test]
fn titles_and_heads_are_told() {
    let (settings, case) = (shinjuku("municipality.toml"), shinjuku("kokuho/case.toml"));
    let submission = shinjuku("submissions/iryofujo/submission.toml");
    let checklist = shinjuku("checklists/iryofujo.toml");
    let edit = |path: &str, old: &str, new: &str| Edited::new().edit(path, old, new);
    for (what, edited) in [
        ("the title of a case", edit(&case, "title = \"国民健康保険に関する事務\"", "title = \"国民健康保険の事務\"")),
        ("its date", edit(&case, "date = \"2023-08-15\"", "date = \"2023-08-16\"")),
        ("the municipality", edit(&settings, "\nname = \"新宿区\"", "\nname = \"新宿区役所\"")),
        (
            "the footer",
            edit(&settings, "footer-left = \"国民健康保険に関する事務（別添2）\"", "footer-left = \"別添2\""),
        ),
        ("the title of a document", edit(&settings, "title = \"資料49-2 情報項目\"", "title = \"資料49-2 項目\"")),
        (
            "the labels of records",
            edit(&shinjuku("submissions/iryofujo/records-49-2.md"), "（1）資格情報", "（1）資格の情報"),
        ),
        ("the title of an attachment", edit(&submission, "対象者に係る情報項目", "対象者の情報項目")),
        ("the basis of a submission", edit(&submission, "◇第3条第1項第3号（業務委託）", "◇第3条第1項第3号")),
        ("its baseline", edit(&submission, "令和5年度第3回新宿区個人情報保護", "令和5年度第4回新宿区個人情報保護")),
        (
            "a label of a form",
            edit(&shinjuku("forms/fugi-itaku.toml"), "label = \"事業内容\"", "label = \"事業の内容\""),
        ),
        (
            "a fixed text of a form",
            edit(&shinjuku("forms/fugi-itaku.toml"), "text = \"内容は別紙のとおり\"", "text = \"内容は別添のとおり\""),
        ),
        (
            "the title of a sheet",
            edit(&checklist, "システムの運用業務の委託（区が行う対策）", "システムの運用の委託（区が行う対策）"),
        ),
        (
            "the category of a measure",
            edit(
                &checklist,
                "id = \"if-csw-01\"\ncategory = \"運用上\"",
                "id = \"if-csw-01\"\ncategory = \"システム上\"",
            ),
        ),
    ] {
        edited.tells(what, "H0361", "表示のみ");
    }
    let overview = "content/municipalities/sagamihara/forms/gaiyo.toml";
    edit(overview, "title = \"基本情報\"", "title = \"基本の情報\"").tells(
        "a heading of an overview",
        "H0361",
        "表示のみ",
    );
    let answer = edit(&checklist, "都から示された契約書の案を、", "都から示された案を、");
    answer.tells("an answer", "H0362", "回答のみ");
}

#[test]
fn what_changes_after_the_papers_were_issued_is_told() {
    let settings = shinjuku("municipality.toml");
    let checklist = shinjuku("checklists/iryofujo.toml");
    let edit = |path: &str, old: &str, new: &str| Edited::new().edit(path, old, new);
    let new = "[[sheet.measure]]\nid = \"if-new-99\"\ncategory = \"運用上\"\ntext = \"委託先を年1回訪ねる。\"\nstate = \"新規\"\n\n[[sheet.measure]]\nid = \"if-csw-02\"";
    for (what, edited) in [
        (
            "a fact that marks and summaries use",
            edit("content/facts.toml", "cloud-start = \"令和6年4月\"", "cloud-start = \"令和6年5月\""),
        ),
        ("the title of a list", edit(&settings, "（全項目評価書）新旧対照表\"", "（全項目評価書）対照表\"")),
        ("a new measure", edit(&checklist, "[[sheet.measure]]\nid = \"if-csw-02\"", new)),
        ("a reason", edit(&shinjuku("kokuho/changes.toml"), "ガバメントクラウド検証期間を追記", "検証期間を追記")),
        (
            "a summary",
            edit(
                &shinjuku("kokuho/change-summary.md"),
                "バックアップも日本国内に保存します。",
                "バックアップも国内に保存します。",
            ),
        ),
    ] {
        let codes = edited.codes();
        assert!(codes.contains("H0363"), "{what}: {codes:?}");
    }
}

/// A leaf may say that it is as another one, which stays as it was.
#[test]
fn of_one_document_that_differs_only_the_difference_is_told() {
    let edited = Edited::new().edit(&shinjuku("municipality.toml"), "（素案） 見え消し版", "（素案） 朱書き版");
    let checked = edited.checked();
    let of_printed = |code: &str| ["H0361", "H0363"].contains(&code);
    let told = checked.diagnostics.sorted().into_iter().filter(|found| of_printed(found.code.id())).count();
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    assert_eq!(told, 1, "{said}");
}

#[test]
fn a_declared_change_that_is_taken_back_is_told() {
    let consignment = shinjuku("submissions/iryofujo/consignment.md");
    let undone = Edited::new().edit(&consignment, "{++（委託内容の変更）++}{>>content-change<<}", "");
    let codes = undone.codes();
    assert!(codes.contains("H0364"), "{codes:?}");
}

#[test]
fn a_mistake_elsewhere_hides_no_undeclared_change() {
    let undeclared = |edited: Edited| {
        edited.edit(
            RISK,
            "- 代理人が手続をするときは、委任状等によって",
            "- 代理の者が手続をするときは、委任状等によって",
        )
    };
    for slip in [
        "content/municipalities/sagamihara/kokuho/case.toml",
        "content/municipalities/shinjuku/submissions/iryofujo/submission.toml",
    ] {
        let text = Edited::new().text(slip);
        let codes = undeclared(Edited::new().put(slip, format!("{text}\nx = \n"))).codes();
        assert!(codes.contains("H0353") && codes.contains("H0103"), "{slip}: {codes:?}");
    }
}
