//! Properties of the way back.

use proptest::prelude::*;

use super::entry::string;
use super::lines;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::markup::{Exactness, State, parse_text, parse_value, print};

proptest! {
    #[test]
    fn the_lines_of_a_cell_come_back_as_they_were_written(
        written in proptest::collection::vec(r#"[あ漢][ あ漢。（）「」※・①1.)#>|*_`~{}\[\]<&:!=+?@\\"'　-]{0,20}[あ漢]"#, 1..6)
    ) {
        let rows: Vec<&str> = written.iter().map(String::as_str).collect();
        let markdown = print(&lines::text(&rows));
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", markdown.as_str());
        let mut diagnostics = Diagnostics::new();
        let read = parse_text(file, &markdown, 0..markdown.len(), None, &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{markdown}");
        prop_assert_eq!(read.characters(State::After), written.join("\n"));
    }

    #[test]
    fn a_value_comes_back_as_it_was_written(written in r#"[あ漢][ あ漢。（）「」※・①1.)#>|*_`~{}\[\]<&:!=+?@\\"'　-]{1,20}"#) {
        let toml = string(&written);
        let value = toml.parse::<toml_edit::Value>().expect("it is TOML");
        let value = value.as_str().expect("it is a string").to_owned();
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", value.as_str());
        let mut diagnostics = Diagnostics::new();
        let read = parse_value(file, &value, 0..value.len(), Exactness::Verbatim, None, &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{toml}");
        prop_assert_eq!(read.characters(State::After), written);
    }
}

#[test]
fn lists_and_tables_are_found_again() {
    let rows =
        ["文。", "・一", "　・内", "　続き", "・二", "1. 壱", "2. 弐", "名 ｜ 値", "あ ｜ い", "終わり ｜ のような文"];
    let text = lines::text(&rows);
    insta::assert_snapshot!(print(&text), @r"
    文。

    - 一

      - 内

      続き
    - 二

    1. 壱
    2. 弐

    | 名 | 値 |
    |---|---|
    | あ | い |
    | 終わり | のような文 |
    ");
}
