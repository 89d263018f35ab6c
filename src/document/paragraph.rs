//! A paragraph, and what the templates need to know of how it is set.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::tree::Run;

/// Most em by which lines stand in below the first.
const HANG_MOST: f64 = 4.0;
/// Full-width characters of a paragraph that is short enough to stay with what follows, fewer than.
const SHORT: f64 = 40.0;
/// Bytes of a full-width character.
const WIDE: f64 = 3.0;

/// The runs of a paragraph with what follows from them; what does not hold is left out.
pub(super) fn with_setting<S: Serializer>(runs: &[Run], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("runs", runs)?;
    let hang = hang(runs);
    if hang > 0.0 {
        map.serialize_entry("hang", &hang)?;
    }
    if is_short(runs) {
        map.serialize_entry("short", &true)?;
    }
    if leads(runs) {
        map.serialize_entry("leads", &true)?;
    }
    if let Some(lines) = lines(runs) {
        map.serialize_entry("lines", &lines)?;
    }
    map.end()
}

/// A line that its author broke off（改行された行）.
#[derive(Debug, Serialize)]
struct BrokenLine {
    runs: Vec<Run>,
    /// As that of a paragraph.
    hang: f64,
}

/// The lines of a paragraph that its author broke; none where no line is broken, or where a mark would be told for each.
fn lines(runs: &[Run]) -> Option<Vec<BrokenLine>> {
    if runs.iter().any(|run| run.mark.is_some()) || !runs.iter().any(|run| run.text.contains('\n')) {
        return None;
    }
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    for run in runs {
        for (number, text) in run.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Run { text: text.to_owned(), ..run.clone() });
            }
        }
    }
    Some(lines.into_iter().map(|runs| BrokenLine { hang: hang(&runs), runs }).collect())
}

/// How far the lines below the first of a note or a numbered line stand in, in em; 0: it is neither. Further lines that its author broke
/// begin where the first one does.
fn hang(runs: &[Run]) -> f64 {
    if runs.iter().any(|run| run.text.contains('\n')) {
        return 0.0;
    }
    // No sign is longer.
    const LONGEST: usize = 30;
    let mut text = String::new();
    for run in runs {
        text.push_str(&run.text);
        if text.len() > LONGEST {
            break;
        }
    }
    let width = |character: char| if character.is_ascii() { 0.5 } else { 1.0 };
    note_sign(&text).map_or(0.0, |sign| sign.chars().map(width).sum::<f64>().min(HANG_MOST))
}

/// What a note or a numbered line begins with, with the space behind it: `※1 `, `・`, `（1）-① `, `① `.
fn note_sign(text: &str) -> Option<&str> {
    let rest = if let Some(rest) = text.strip_prefix('※') {
        rest.trim_start_matches(is_digit).trim_start_matches(is_space)
    } else if let Some(rest) = text.strip_prefix(['・', '○', '●', '◇', '◆', '■', '□']) {
        rest.trim_start_matches(is_space)
    } else {
        let after = match bracketed(text, is_digit) {
            Some(rest) => {
                let circled = rest.strip_prefix('-').unwrap_or(rest).strip_prefix(is_circled);
                circled.unwrap_or(rest)
            }
            None => text.strip_prefix(is_circled)?,
        };
        after.strip_prefix(is_space)?.trim_start_matches(is_space)
    };
    Some(&text[..text.len() - rest.len()])
}

/// Whether a paragraph is the heading of what follows: short, and beginning as a heading begins.
fn leads(runs: &[Run]) -> bool {
    let text: String = if is_short(runs) { runs.iter().map(|run| run.text.as_str()).collect() } else { return false };
    let numbered = || {
        let rest = text.trim_start_matches(is_digit);
        rest.len() < text.len() && rest.starts_with(['.', '．', '　'])
    };
    let begins = text.starts_with(is_circled)
        || text.starts_with(['＜', '≪', '【', '〔', '■', '◆', '◇', '□'])
        || bracketed(&text, |character| is_digit(character) || is_kana(character)).is_some()
        || numbered()
        || text.strip_prefix(is_kana).is_some_and(|rest| rest.starts_with(is_space));
    begins && !text.ends_with('。')
}

fn is_short(runs: &[Run]) -> bool {
    runs.iter().map(|run| run.text.len() as f64 / WIDE).sum::<f64>() < SHORT
}

/// What follows a pair of brackets with such characters, at least one, at the beginning of a text.
fn bracketed(text: &str, holds: impl Fn(char) -> bool) -> Option<&str> {
    let inside = text.strip_prefix(['(', '（'])?;
    inside.strip_prefix(&holds)?.trim_start_matches(&holds).strip_prefix([')', '）'])
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

fn is_circled(character: char) -> bool {
    matches!(character, '①'..='⑳')
}

fn is_kana(character: char) -> bool {
    matches!(character, 'ア'..='ン')
}

fn is_space(character: char) -> bool {
    matches!(character, '　' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    #[test]
    fn notes_and_numbers_hang() {
        let hangs = [
            ("※ 注記", 1.5),
            ("※1　注記", 2.5),
            ("・項目", 1.0),
            ("(1) 項目", 2.0),
            ("（１）-①　項目", 4.0),
            ("(1)①　項目", 3.5),
            ("③　項目", 2.0),
            ("①項目", 0.0),
            ("（1）項目", 0.0),
            ("(1)-項目", 0.0),
            ("項目", 0.0),
            ("", 0.0),
            ("※ 一行\n二行", 0.0),
        ];
        for (text, hangs) in hangs {
            assert!((hang(&[run(text)]) - hangs).abs() < f64::EPSILON, "{text}");
        }
        assert!((hang(&[run("（"), run("２"), run("） 項目")]) - 3.5).abs() < f64::EPSILON, "a sign of several runs");
    }

    #[test]
    fn what_begins_as_a_heading_leads() {
        for text in
            ["①収集", "＜国保＞", "【備考】", "(ア)収集", "（1）収集", "1．収集", "12.収集", "１　収集", "ア　収集"]
        {
            assert!(leads(&[run(text)]), "{text}");
        }
        let long = "①".to_owned() + &"収".repeat(40);
        for text in ["", "収集", "①収集する。", "1収集", "ア収集", "()", "（収集）", long.as_str()] {
            assert!(!leads(&[run(text)]), "{text}");
        }
    }

    #[test]
    fn a_broken_paragraph_has_its_lines() {
        let lines = lines(&[run("・一行\n"), Run { strong: true, ..run("・二\n三") }]).expect("it is broken");
        let texts: Vec<Vec<&str>> =
            lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["・一行"], vec!["", "・二"], vec!["三"]]);
        assert!(lines[2].runs[0].strong);
        assert!((lines[1].hang - 1.0).abs() < f64::EPSILON);
        assert!(super::lines(&[run("一行")]).is_none());
    }
}
