//! The list of all rules as a page of the manual（検査規則の一覧）.

use super::{ELSEWHERE, RULES};
use crate::diagnostic::{Code, Explanation, Lang, Severity};

/// The page in Markdown, in Japanese; `docs/ja/rules.md` is held to it by a test.
#[must_use]
pub fn page() -> String {
    let mut out = String::from(
        "# 検査規則の一覧\n\n\
         前へ [6 誤りの表示の読み方](06-ayamari.md)｜[目次](index.md)\n\n\
         この頁は `hyoka rules` が書き出したものです。手では直しません。\
         番号（V1 など）は、様式と手続から導いた規則の番号です。\
         「誤り」があると文書を書き出しません。「注意」と「参考」だけなら書き出します。\n",
    );
    out.push_str("\n## 番号から引く\n\n| 番号 | コード |\n|---|---|\n");
    for (number, codes) in by_number() {
        out.push_str(&format!("| {number} | {} |\n", codes.join("、")));
    }
    out.push_str("\n## 規則\n");
    for rule in RULES {
        explained(&mut out, rule.codes, rule.explanation.as_ref());
    }
    out.push_str("\n## 原稿を読むとき、ページを測るときに守る規則\n");
    for held in ELSEWHERE {
        explained(&mut out, held.codes, None);
    }
    out
}

/// All codes under one explanation, or each under its own.
fn explained(out: &mut String, codes: &[Code], explanation: Option<&Explanation>) {
    if let Some(explanation) = explanation {
        return section(out, codes, explanation);
    }
    for code in codes {
        let own = code.explanation().expect("a code that no rule explains stands in the tables; a test holds this");
        section(out, &[*code], &own);
    }
}

/// The numbers in order, with the codes that carry each out.
fn by_number() -> Vec<(String, Vec<&'static str>)> {
    let explained = RULES.iter().filter_map(|rule| Some((rule.explanation.as_ref()?.numbers, rule.codes)));
    let rules = explained.flat_map(|(numbers, codes)| numbers.iter().map(move |number| (*number, codes)));
    let elsewhere = ELSEWHERE.iter().map(|held| (held.number, held.codes));
    let mut found: Vec<(u32, Vec<&'static str>)> = Vec::new();
    for (number, codes) in rules.chain(elsewhere) {
        let number = number.trim_start_matches('V').parse().expect("a number is written as V1");
        let ids = codes.iter().map(|code| code.id());
        match found.iter_mut().find(|(known, _)| *known == number) {
            Some((_, known)) => known.extend(ids),
            None => found.push((number, ids.collect())),
        }
    }
    found.sort();
    found.into_iter().map(|(number, codes)| (format!("V{number}"), codes)).collect()
}

fn section(out: &mut String, codes: &[Code], explanation: &Explanation) {
    let ids: Vec<&str> = codes.iter().map(|code| code.id()).collect();
    let numbers = explanation.numbers.join("、");
    let numbers = if numbers.is_empty() { String::new() } else { format!("（{numbers}）") };
    out.push_str(&format!("\n### {}{numbers}\n\n", ids.join("・")));
    out.push_str(&format!("{}\n\n", inert(explanation.what.ja)));
    for code in codes {
        let severity = match code.severity() {
            Severity::Error => "誤り",
            Severity::Warning => "注意",
            Severity::Note => "参考",
        };
        out.push_str(&format!("- `{severity}[{}]` {}\n", code.id(), inert(&blanks(code.wording(Lang::Ja).title))));
    }
    out.push_str(&format!("- なぜ：{}\n", inert(explanation.why.ja)));
    out.push_str(&format!("- 例：{}\n", inert(explanation.example.ja)));
    if !explanation.source.is_empty() {
        out.push_str(&format!("- 根拠：{}\n", explanation.source));
    }
}

/// The places of a wording as blanks.
fn blanks(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if name.chars().all(|it| it.is_ascii_lowercase()) && !name.is_empty() => {
                out.push_str("〇〇");
                rest = after;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text with the signs of Markdown made harmless.
fn inert(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if matches!(character, '*' | '_' | '<' | '>' | '~' | '|' | '`' | '\\' | '[') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
