//! What a browser, a screen reader and a printer need of the page.

use super::fixture::{self, INJECTION, document, marked, run, section};
use super::{HtmlTemplates, html};
use crate::document::tree::*;

fn page(document: &Document) -> String {
    html(document, &HtmlTemplates::default()).unwrap()
}

fn paragraph(runs: Vec<Run>) -> Document {
    let blocks = vec![Block::Rich { blocks: vec![RichBlock::Paragraph { runs }] }];
    document(vec![section("節", SectionLayout::Prose, blocks)])
}

/// The page from its `<main>` on, without the styles.
fn main_of(page: &str) -> &str {
    &page[page.find("<main").unwrap()..]
}

fn count(page: &str, what: &str) -> usize {
    page.matches(what).count()
}

/// Elements that are opened but not closed in order; void elements and the doctype apart.
fn unbalanced(page: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut wrong = Vec::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag)) {
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        if tag.starts_with('!') || tag.ends_with('/') || ["meta", "br", "col"].contains(&name) {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) {
            wrong.push(tag.to_owned());
        }
    }
    wrong.extend(open.into_iter().map(str::to_owned));
    wrong
}

#[test]
fn every_element_is_closed() {
    assert_eq!(unbalanced(&page(&fixture::everything())), Vec::<String>::new());
}

#[test]
fn nothing_in_the_data_is_markup() {
    let mut everything = fixture::everything();
    everything.meta.title = INJECTION.to_owned();
    everything.meta.author = INJECTION.to_owned();
    everything.meta.lang = "ja\" onload=\"x".to_owned();
    for section in &mut everything.sections {
        std::sync::Arc::make_mut(section).heading = INJECTION.to_owned();
    }
    let page = page(&everything);
    assert!(!page.contains("<script"));
    assert!(!page.contains("\" onload"));
    assert!(page.contains("&lt;script&gt;"));
    assert!(page.contains("{{ meta.title }}{% if %}"));
    assert_eq!(unbalanced(&page), Vec::<String>::new());
}

#[test]
fn the_head_says_language_and_title() {
    let page = page(&fixture::everything());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"));
    assert!(page.contains("<title>国民健康保険に関する事務 全項目評価書</title>"));
    assert!(page.contains("<a class=\"skip\" href=\"#main\">") && page.contains("<main id=\"main\""));
    assert!(page[page.find("<footer>").unwrap()..].contains("見本市長"));
    assert!(!page.contains("http://") && !page.contains("https://"), "one file, nothing from elsewhere");
}

#[test]
fn headings_begin_with_one_and_skip_no_level() {
    let page = page(&fixture::everything());
    let levels: Vec<u32> =
        page.split("<h").skip(1).filter_map(|rest| rest.chars().next().and_then(|level| level.to_digit(10))).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn a_table_of_contents_stands_where_more_than_three_sections_have_a_heading() {
    let sections = |number: usize| (0..number).map(|_| section("節", SectionLayout::Prose, Vec::new())).collect();
    assert!(!page(&document(sections(3))).contains("目次"));
    let four = page(&document(sections(4)));
    assert_eq!(count(&four, "<li><a href=\"#section-"), 4);
    assert!(four.contains("id=\"section-4\""));
}

#[test]
fn a_mark_of_several_runs_is_one_element() {
    let runs = vec![
        run("前"),
        marked("追", "a", MarkShow::Ins),
        Run { strong: true, ..marked("記", "a", MarkShow::Ins) },
        marked("別", "b", MarkShow::Ins),
        marked("", "d", MarkShow::Ins),
        marked("旧", "c", MarkShow::Del),
        marked("印なし", "e", MarkShow::None),
    ];
    insta::assert_snapshot!(
        main_of(&page(&paragraph(runs))).lines().find(|line| line.contains("前")).unwrap(),
        @r#"<p>前<ins><span class="hidden">追記ここから</span>追<strong>記</strong><span class="hidden">追記ここまで</span></ins><ins><span class="hidden">追記ここから</span>別<span class="hidden">追記ここまで</span></ins><del><span class="hidden">削除ここから</span>旧<span class="hidden">削除ここまで</span></del>印なし</p>"#
    );
}

#[test]
fn a_line_break_is_a_br() {
    assert!(page(&paragraph(vec![run("一行目\n二行<目")])).contains("<p>一行目<br>二行&lt;目</p>"));
}

#[test]
fn hidden_deletions_stay_out_of_the_file() {
    let mut everything = fixture::everything();
    everything.meta.marks.deleted = MarkLook { hidden: true, ..MarkLook::default() };
    assert!(!page(&everything).contains("磁気テープ"));
}

/// The rule that the page writes for an element.
fn rule<'p>(page: &'p str, element: &str) -> &'p str {
    let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
    style.lines().rev().find(|line| line.starts_with(&format!("{element} {{"))).unwrap()
}

#[test]
fn every_primitive_of_a_look_is_in_the_style() {
    let mut everything = fixture::everything();
    let MarkStyle { inserted, deleted, compared: _ } = &mut everything.meta.marks;
    inserted.shade = Some(25);
    inserted.frame = Some(Frame::ThickDouble);
    deleted.underline = Underline::Double;
    deleted.face = Some(Typeface::Mincho);
    let page = page(&everything);
    insta::assert_snapshot!(rule(&page, "ins"), @r#"ins { font-weight: bold; font-family: "BIZ UDGothic", "BIZ UDPGothic", "Yu Gothic", Meiryo, "Hiragino Sans", "Noto Sans CJK JP", sans-serif; text-decoration-line: underline; text-underline-offset: .2em; background: hsl(0 0% 75%); -webkit-print-color-adjust: exact; print-color-adjust: exact; border: 4px double #000; padding: 0 .2em; }"#);
    insta::assert_snapshot!(rule(&page, "del"), @r#"del { font-family: "BIZ UDMincho", "BIZ UDPMincho", "Yu Mincho", "Hiragino Mincho ProN", "Noto Serif CJK JP", serif; text-decoration-line: underline line-through; text-underline-offset: .2em; text-decoration-style: double; }"#);
    for frame in [Frame::Single, Frame::ThickSingle, Frame::Double] {
        everything.meta.marks.inserted.frame = Some(frame);
        assert!(rule(&self::page(&everything), "ins").contains("border: "), "{frame:?}");
    }
}

#[test]
fn tables_have_scoped_headers() {
    let page = page(&fixture::everything());
    assert_eq!(count(&page, "<th"), count(&page, " scope=\"") + count(&page, "<thead"));
    assert!(page.contains("<th colspan=\"2\" scope=\"rowgroup\" role=\"rowheader\">再委託</th>"));
    assert!(page.contains("<td rowspan=\"2\">"));
    assert!(page.contains("<col style=\"width:66.67%\">"));
    assert_eq!(count(&page, "id=\"file/a/storage\""), 1, "rows inside a list have no id of their own");
}

#[test]
fn a_struck_figure_and_the_one_in_its_place_never_read_as_one() {
    let (ins, del) = (MarkShow::Ins, MarkShow::Del);
    let of = |runs: Vec<Run>| page(&paragraph(runs));
    let replaced = of(vec![run("（"), marked("6", "a", del), marked("7", "b", ins), run("）件")]);
    assert!(replaced.contains("</del> <ins>"), "{}", main_of(&replaced));
    let within = of(vec![run("1"), marked("2", "a", del), run("3")]);
    assert_eq!(count(main_of(&within), "> 3") + count(main_of(&within), "1 <del>"), 2);
    let words = of(vec![marked("旧", "a", del), marked("新", "b", ins)]);
    assert!(words.contains("</del><ins>"), "words need no gap");
    let mut hidden = paragraph(vec![run("1"), marked("2", "a", del), run("3")]);
    hidden.meta.marks.deleted.hidden = true;
    assert!(main_of(&page(&hidden)).contains("13"), "nothing is seen to be struck");
}

#[test]
fn what_stands_in_the_margin_ends_no_style() {
    let mut document = paragraph(vec![run("本文")]);
    document.meta.footer_left = "</style><script>\"\\".to_owned();
    let page = page(&document);
    assert_eq!(count(&page, "</style>"), 1);
    let said = r#"content: "\3c \2f style\3e \3c script\3e \22 \5c \3000 見本市長""#;
    assert!(page.contains(said), "{page}");
}

#[test]
fn a_figure_of_a_list_stands_below_its_row_over_all_columns() {
    let page = page(&fixture::everything());
    assert!(page.contains("<tr><td colspan=\"3\"><figure class=\"flow\">"));
}

#[test]
fn boxes_are_said_and_seen() {
    let page = page(&fixture::everything());
    assert!(page.contains("☑</span><span class=\"hidden\">該当：</span>本人又は本人の代理人"));
    assert!(page.contains("☐</span><span class=\"hidden\">非該当：</span>その他（　　）"));
    assert!(page.contains("<span class=\"count\">（ 7 ）件</span>") && page.contains("委託する （ 7 ）件</span>"));
}

#[test]
fn a_figure_is_an_image_with_words() {
    let page = page(&fixture::everything());
    assert_eq!(count(&page, "<svg role=\"img\""), 2);
    assert!(page.contains("<desc>被保険者等から国保標準システムへ(1)。</desc>"));
    assert_eq!(count(&page, "id=\"head\""), 1);
    // The head's length is left free before the box at x = 74.5.
    assert!(page.contains("points=\"45.5,17.5 71.7,17.5\""));
    // 14 em on 29 mm: two lines, broken between kanji and katakana rather than within a word.
    assert!(page.contains(">情報提供</tspan>") || page.contains(">情報提供ネット</tspan>"));
}

#[test]
fn lists_ten_deep_are_rendered() {
    let mut blocks = vec![RichBlock::Paragraph { runs: vec![run("底")] }];
    for _ in 0..10 {
        blocks = vec![RichBlock::List { ordered: false, start: 1, items: vec![blocks] }];
    }
    let cell = vec![Part::Rich { blocks }];
    let row = Row {
        path: "a".into(),
        label: vec![run("項目")],
        phrases: Phrases::default(),
        important: false,
        depth: 0,
        cluster: String::new(),
        cell,
    };
    let nested = Row { cell: vec![Part::Rows { rows: vec![row.clone()] }], ..row };
    let deep = document(vec![section("節", SectionLayout::Table, vec![Block::Rows { rows: vec![nested] }])]);
    assert!(page(&deep).contains("<p>底</p>"));
}

#[test]
fn a_workspace_overrides_a_template() {
    let own = HtmlTemplates { style: "p { color: red }".into(), ..HtmlTemplates::default() };
    assert!(html(&fixture::everything(), &own).unwrap().contains("p { color: red }"));
    let broken = HtmlTemplates { document: "{{ nothing.here }}".into(), ..HtmlTemplates::default() };
    assert!(html(&fixture::everything(), &broken).is_err());
}

#[test]
fn the_same_document_gives_the_same_page() {
    assert_eq!(page(&fixture::everything()), page(&fixture::everything()));
}
