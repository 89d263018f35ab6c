//! Everything that a reader could see to have changed: each kind that once slipped through, on the real content.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use hyoka::Error;
use hyoka::desk::{IssueOrder, freeze, freeze_anew, issue, seal_editions};
use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::press::{between, unlisted};
use hyoka::session::{Checked, Wanted, check_workspace, read};
use hyoka::source::Workspace;

use crate::support::{repository, town_copy};

type Files = BTreeMap<String, Option<String>>;

/// The real workspace and edits of it.
struct Edited {
    workspace: Workspace,
    files: Files,
}

impl Edited {
    fn new() -> Self {
        let workspace = Workspace::read(repository(), &mut Diagnostics::new()).expect("the repository can be read");
        Self { workspace, files: Files::new() }
    }

    fn text(&self, path: &str) -> String {
        let file = self.workspace.find(path).unwrap_or_else(|| panic!("{path} is there"));
        self.files.get(path).cloned().flatten().unwrap_or_else(|| self.workspace.sources.get(file).text.to_string())
    }

    fn put(mut self, path: &str, text: String) -> Self {
        assert_ne!(self.text(path), text, "{path} is edited");
        self.files.insert(path.to_owned(), Some(text));
        self
    }

    /// Replaces what stands in a file once.
    fn edit(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        self.put(path, text.replace(old, new))
    }

    /// Exchanges two parts of a file, the first of which comes first.
    fn swap(self, path: &str, one: &str, other: &str) -> Self {
        let text = self.text(path);
        let (first, second) =
            (text.find(one).expect("the first is there"), text.find(other).expect("the second is there"));
        let middle = &text[first + one.len()..second];
        let swapped = [&text[..first], other, middle, one, &text[second + other.len()..]].concat();
        self.put(path, swapped)
    }

    /// Exchanges the parts of a file that begin with a line, by their numbers from 0.
    fn swap_parts(self, path: &str, begins: &str, one: usize, other: usize) -> Self {
        let text = self.text(path);
        let starts: Vec<usize> = text.match_indices(&format!("\n{begins}")).map(|(at, _)| at + 1).collect();
        let part = |number: usize| {
            let rest = &text[starts[number]..];
            let end = ["\n[[", "\n## ", "\n+++"].iter().filter_map(|next| rest[1..].find(next)).min();
            rest[..end.map_or(rest.len(), |end| end + 1)].to_owned()
        };
        let (one, other) = (part(one), part(other));
        self.swap(path, &one, &other)
    }

    fn checked(&self) -> Checked {
        check_workspace(self.workspace.with(&self.files), Diagnostics::new())
    }

    fn codes(&self) -> BTreeSet<&'static str> {
        self.checked().diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    }

    /// Asserts that a code is reported, and that a person finds it in `hyoka changes` under a heading.
    fn tells(&self, what: &str, code: &str, heading: &str) {
        let checked = self.checked();
        let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
        let found: BTreeSet<&str> = checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect();
        assert!(found.contains(code), "{what}: {code} is not in {found:?}\n{said}");
        let listed = unlisted(&checked, &Wanted::default());
        let headings: BTreeSet<&str> = listed
            .iter()
            .flat_map(|case| case.undeclared.iter().chain(&case.since_issue))
            .map(|one| one.heading)
            .collect();
        assert!(headings.contains(heading), "{what}: {heading} is not in {headings:?}\n{said}");
    }
}

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
fn a_hand_edit_of_an_edition_names_its_line() {
    let edition = "content/editions/shinjuku/kokuho/r5-published/procedure.md";
    let text = Edited::new().text(edition);
    let line = text.lines().position(|line| line.chars().count() > 20).expect("it has a long line");
    let old = text.lines().nth(line).expect("it is there").to_owned();
    let edited = Edited::new().put(edition, text.replace(&old, &format!("{old}ほか")));
    let checked = edited.checked();
    let found = checked.diagnostics.sorted();
    let altered = found.iter().find(|found| found.code.id() == "H0366").expect("it is told");
    let span = altered.span.expect("it has a place");
    assert_eq!(checked.workspace.sources.get(span.file).text[..span.start].matches('\n').count(), line);
}

#[test]
fn a_copy_of_an_edition_is_told() {
    let mut edited = Edited::new();
    let from = "content/editions/shinjuku/kokuho/r5-published/";
    let copies: Vec<(String, String)> = edited
        .workspace
        .sources
        .iter()
        .map(|(_, file)| (file.path.to_string_lossy().into_owned(), file.text.to_string()))
        .filter_map(|(path, text)| Some((path.strip_prefix(from)?.to_owned(), text)))
        .collect();
    let to = from.replace("r5-published", "r5-koukai");
    edited.files.extend(copies.into_iter().map(|(path, text)| (format!("{to}{path}"), Some(text))));
    let edited = edited.edit(&shinjuku("kokuho/case.toml"), "edition = \"r5-published\"", "edition = \"r5-koukai\"");
    let codes = edited.codes();
    assert!(codes.contains("H0367"), "{codes:?}");
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

#[test]
fn an_edition_is_begun_anew_only_with_a_reason_that_stays() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let case = ("hikari", "zei");
    freeze(&root, case, "first", "公表した評価書").expect("it is the first");
    let again = freeze(&root, case, "second", "");
    assert!(matches!(again, Err(Error::AlreadyFrozen { .. })), "{again:?}");
    assert!(matches!(freeze_anew(&root, case, ("second", ""), " "), Err(Error::Empty { .. })));
    let core = root.join("content/assessments/zei/system/core.md");
    let text = fs::read_to_string(&core).expect("the town has it");
    fs::write(&core, text.replace("賦課と収納", "賦課と滞納")).expect("it can be written");
    let anew = freeze_anew(&root, case, ("second", ""), "公表前の文を確定していたため").expect("there is a reason");
    assert!(!anew.diagnostics.has_errors());
    let about =
        fs::read_to_string(root.join("content/editions/hikari/zei/second/edition.toml")).expect("it was written");
    assert!(about.contains("follows = \"first\"") && about.contains("replaces-because = \"公表前の文"), "{about}");
    let checked = read(&root).expect("it can be read");
    assert_eq!(unlisted(&checked, &Wanted::default())[0].replaces_because, "公表前の文を確定していたため");
    // What went in without a mark is still to be seen.
    let found = between(&checked, &Wanted::default(), ("first", Some("second"))).expect("both are there");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].old.contains("収納") && found[0].new.contains("滞納"), "{found:?}");
    assert!(matches!(between(&checked, &Wanted::default(), ("third", None)), Err(Error::NothingMatches { .. })));
}

#[test]
fn an_edition_without_a_seal_is_sealed_on_request() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let case = ("hikari", "zei");
    assert!(matches!(seal_editions(&root, case), Err(Error::NoBaseline { .. })));
    freeze(&root, case, "first", "").expect("it is the first");
    let edition = root.join("content/editions/hikari/zei/first");
    fs::remove_file(edition.join("seal.toml")).expect("it was sealed");
    fs::remove_dir_all(edition.join("printed")).expect("it froze what is printed");
    let codes = |root: &std::path::Path| -> Vec<&str> {
        let checked = read(root).expect("it can be read");
        checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    };
    assert_eq!(codes(&root), ["H0365"]);
    seal_editions(&root, case).expect("it can be sealed");
    assert_eq!(codes(&root), [""; 0]);
    assert!(edition.join("printed/assessment.md").exists());
}

#[test]
fn papers_are_recorded_once_and_follow_each_other() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let order = |id: &str| IssueOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        id: id.into(),
        title: "意見の募集に付した素案".into(),
        date: "2026-04-01".into(),
    };
    assert!(matches!(issue(&root, &order("soan")), Err(Error::NoBaseline { .. })));
    freeze(&root, ("hikari", "zei"), "first", "").expect("it is the first");
    let issued = issue(&root, &order("soan")).expect("there is a baseline");
    assert_eq!(issued.documents, ["assessment", "assessment-marked", "change-list", "change-summary"]);
    assert!(matches!(issue(&root, &order("soan")), Err(Error::EditionExists { .. })));
    for wrong in [IssueOrder { date: "明日".into(), ..order("b") }, IssueOrder { id: "案".into(), ..order("b") }] {
        assert!(matches!(issue(&root, &wrong), Err(Error::Shape { .. })));
    }
    let basic = root.join("content/assessments/zei/basic.md");
    let text = fs::read_to_string(&basic).expect("the town has it");
    fs::write(&basic, text.replace("電子申告にも", "電子的な申告にも")).expect("it can be written");
    let codes = || -> Vec<&str> {
        let checked = read(&root).expect("it can be read");
        checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    };
    assert_eq!(codes(), ["H0363"], "one place, although four documents show it");
    issue(&root, &order("soan-2")).expect("new papers");
    assert_eq!(codes(), [""; 0]);
    let about = root.join("content/editions/hikari/zei/first/issued/soan-2/issue.toml");
    assert!(fs::read_to_string(about).expect("it was written").contains("follows = \"soan\""));
}
