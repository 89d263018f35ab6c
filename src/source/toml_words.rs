//! What the TOML parser says, in Japanese.
//!
//! The parser gives a description and, after `, expected `, what could have stood there; both come from fixed lists, so each half
//! is looked up. What a later version of the parser adds stays English.

use crate::diagnostic::Phrase;

/// A message of the parser in both languages.
pub(super) fn phrase(message: &str) -> Phrase {
    let (said, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let said = japanese(DESCRIPTIONS, said);
    let expected = expected.split(", ").map(|word| japanese(EXPECTED, word)).collect::<Vec<_>>().join("か");
    let ja = match expected.as_str() {
        "" => said.to_owned(),
        // The parser names one of the two kinds of quotation marks; the words name the usual one.
        _ if said == QUOTED => said.to_owned(),
        NOTHING => format!("{said}（ここには何も書けません）"),
        expected => format!("{said}（ここに書けるもの：{expected}）"),
    };
    Phrase::said(ja, message)
}

/// What cures a mistake that the parser tells of.
pub(super) fn cure(message: &str) -> Phrase {
    let said = message.split(", expected ").next().unwrap_or(message);
    match said {
        _ if is_twice(message) => {
            Phrase::said("どちらかを除くか、キーの名前を直してください。", "remove one of them, or mend its name")
        }
        "too few unicode value digits" | "missing escaped value" | "invalid escape" => Phrase::said(
            "文字としての「\\」は「\\\\」と2つ書くか、文字列を '…' で囲みます。",
            "write a backslash twice, or quote the string with '…'",
        ),
        _ if said.starts_with("unclosed") => {
            Phrase::said("開いた括弧を閉じてください。", "close the bracket that is open")
        }
        _ => {
            Phrase::said("文字列は \"…\" で囲み、1行に1つのキーを書きます。", "quote strings and write one key a line")
        }
    }
}

/// Whether the parser tells of a key that stands twice.
pub(super) fn is_twice(message: &str) -> bool {
    message == "duplicate key"
}

fn japanese<'a>(table: &'a [(&str, &str)], words: &'a str) -> &'a str {
    table.iter().find(|(en, _)| *en == words).map_or(words, |(_, ja)| ja)
}

const NOTHING: &str = "なし";
const QUOTED: &str = "文字列は引用符「\"」で囲みます";

const DESCRIPTIONS: &[(&str, &str)] = &[
    ("`_` may only go between digits", "「_」は数字の間にだけ書けます"),
    ("cannot extend value of type array with a dotted key", "一覧の値に、キーを「.」で書き足すことはできません"),
    (
        "cannot extend value of type inline table with a dotted key",
        "{ … } の値に、キーを「.」で書き足すことはできません",
    ),
    ("cannot extend value of type integer with a dotted key", "整数の値に、キーを「.」で書き足すことはできません"),
    ("cannot extend value of type float with a dotted key", "小数の値に、キーを「.」で書き足すことはできません"),
    (
        "cannot extend value of type boolean with a dotted key",
        "true/false の値に、キーを「.」で書き足すことはできません",
    ),
    ("cannot extend value of type datetime with a dotted key", "日時の値に、キーを「.」で書き足すことはできません"),
    ("cannot extend value of type string with a dotted key", "文字列の値に、キーを「.」で書き足すことはできません"),
    ("cannot recurse further; max recursion depth met", "括弧の入れ子が深すぎます"),
    ("recursion limit", "キーの入れ子が深すぎます"),
    ("carriage return must be followed by newline", "改行の文字が正しくありません"),
    ("duplicate key", "同じキーが2回書かれています"),
    ("extra `=`", "「=」が余分です"),
    ("extra assignment between key-value pairs", "「=」が余分です"),
    ("extra comma in array", "一覧の中の「,」が余分です"),
    ("extra comma in inline table", "{ … } の中の「,」が余分です"),
    ("integers with a radix cannot be signed", "0x などで始まる数に符号は付けられません"),
    ("invalid basic string", "文字列の書き方が正しくないか、引用符「\"」が閉じられていません"),
    ("invalid binary number", "2進数の書き方が正しくありません"),
    ("invalid boolean", "true か false の書き方が正しくありません"),
    ("invalid comment character", "注釈に使えない文字があります"),
    ("invalid date-time", "日時の書き方が正しくありません"),
    ("invalid float", "小数の書き方が正しくありません"),
    ("invalid hexadecimal number", "16進数の書き方が正しくありません"),
    ("invalid inline table element", "{ … } の中身の書き方が正しくありません"),
    ("invalid integer number", "整数の書き方が正しくありません"),
    ("invalid key-value pair", "「キー = 値」の形になっていません"),
    ("invalid literal string", "文字列の書き方が正しくないか、引用符「'」が閉じられていません"),
    ("invalid multi-line basic string", "複数行の文字列が「\"\"\"」で閉じられていません"),
    ("invalid multi-line literal string", "複数行の文字列が「'''」で閉じられていません"),
    ("invalid octal number", "8進数の書き方が正しくありません"),
    ("invalid string", "文字列の書き方が正しくありません"),
    ("invalid table", "[ … ] の見出しの書き方が正しくありません"),
    ("invalid unquoted key", "キーに使えない文字があります"),
    ("invalid value", "値の書き方が正しくありません"),
    ("key with no value", "キーに「=」と値がありません"),
    ("keys cannot be multi-line basic strings", "キーは複数行に書けません"),
    ("keys cannot be multi-line literal strings", "キーは複数行に書けません"),
    ("missing array opening", "一覧の始まりの「[」がありません"),
    ("missing assignment between key-value pairs", "キーと値の間の「=」がありません"),
    ("missing comma between array elements", "一覧の値の間の「,」がありません"),
    ("missing comma between key-value pairs", "{ … } の中の組の間の「,」がありません"),
    ("missing escaped value", "「\\」の後の文字がありません"),
    ("missing inline table opening", "始まりの「{」がありません"),
    ("missing key for inline table element", "{ … } の中にキーのない値があります"),
    ("missing opening quote", "始まりの引用符がありません"),
    ("missing table open", "見出しの始まりの「[」がありません"),
    ("missing value", "値がありません"),
    ("missing value for key", "キーの値がありません"),
    ("radix must be lowercase", "0x などは小文字で書きます"),
    ("redundant integer number prefix", "数の前置きが余分です"),
    ("redundant numeric sign", "数の符号が余分です"),
    ("string values must be quoted", QUOTED),
    ("too few unicode value digits", "\\u の後の桁が足りません"),
    ("unclosed array", "一覧が「]」で閉じられていません"),
    ("unclosed array table", "見出しが「]]」で閉じられていません"),
    ("unclosed inline table", "「{」が「}」で閉じられていません"),
    ("unclosed table", "見出しが「]」で閉じられていません"),
    ("unexpected `=` in array", "一覧の中に「=」があります"),
    ("unexpected content", "余分な文字があります"),
    ("unexpected content between comment and newline", "注釈と改行の間に余分な文字があります"),
    ("unexpected key or value", "行の終わりに余分な文字があります"),
    ("unexpected leading zero", "数の頭に 0 は書けません"),
    ("unexpected sign", "数の符号が余分です"),
    ("unquoted keys cannot be empty", "キーがありません"),
];

const EXPECTED: &[(&str, &str)] = &[
    ("nothing", NOTHING),
    ("newline", "改行"),
    ("`\"`", "「\"」"),
    ("`'`", "「'」"),
    ("`\"\"\"`", "「\"\"\"」"),
    ("`'''`", "「'''」"),
    ("`=`", "「=」"),
    ("`,`", "「,」"),
    ("`#`", "「#」"),
    ("`[`", "「[」"),
    ("`]`", "「]」"),
    ("`]]`", "「]]」"),
    ("`{`", "「{」"),
    ("`}`", "「}」"),
    ("`\\`", "「\\」"),
    ("`_`", "「_」"),
    ("`-`", "「-」"),
    ("key", "キー"),
    ("value", "値"),
    ("digits", "数字"),
    ("letters", "英字"),
    ("numbers", "数字"),
    ("characters", "文字"),
    ("basic string", "「\"」で囲んだ文字列"),
    ("literal string", "「'」で囲んだ文字列"),
    ("multi-line basic string", "複数行の文字列"),
    ("printable characters", "表示できる文字"),
    ("unicode hexadecimal value", "16進数"),
    ("non-double-quote visible characters", "「\"」のほかの文字"),
    ("non-single-quote visible characters", "「'」のほかの文字"),
    ("non-single-quote characters", "「'」のほかの文字"),
];

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;
    use crate::diagnostic::Lang;

    /// Mistakes that an author makes, each with what the message must say.
    const MISTAKES: &[(&str, &str)] = &[
        ("a = \"x", "閉じられていません"),
        ("a = 'x", "閉じられていません"),
        ("a = \"\"\"x", "閉じられていません"),
        ("a = x y", "引用符"),
        ("a = 本町", "引用符"),
        ("a =", "引用符"),
        ("a", "「=」と値がありません"),
        ("= 1", "キー"),
        ("a = 1 b = 2", "余分"),
        ("a = [\"1\" \"2\"]", "「,」がありません"),
        ("a = [1, 2", "「]」で閉じられていません"),
        ("a = { b = 1", "「}」で閉じられていません"),
        ("a = 1\na = 2", "2回"),
        ("[a\nb = 1", "「]」で閉じられていません"),
        ("[[a]\nb = 1", "「]]」で閉じられていません"),
        ("a = 01", "頭に 0"),
        ("a = 1__0", "「_」"),
        ("a = \"\\q\"", "「\\」の後"),
        ("キー = 1", "キーに使えない文字"),
        ("a = 1\na.b = 2", "書き足す"),
    ];

    #[test]
    fn the_parsers_messages_are_told_in_japanese() {
        let mut wrong = Vec::new();
        for (source, wanted) in MISTAKES {
            let (_, errors) = DeTable::parse_recoverable(source);
            let said: Vec<String> =
                errors.iter().map(|error| phrase(error.message()).words(Lang::Ja).to_owned()).collect();
            let all = said.join(" / ");
            let is_english = |text: &str| text.split(' ').filter(|word| word.is_ascii() && word.len() > 3).count() > 1;
            if !all.contains(wanted) || said.iter().any(|text| is_english(text)) {
                wrong.push(format!("{source:?}: {all}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_is_not_known_stays_english() {
        assert_eq!(phrase("all is lost, expected hope").words(Lang::Ja), "all is lost（ここに書けるもの：hope）");
    }
}
