//! Where words of a label may part（文節）: between phrases, next between scripts and at brackets, next between the words of a compound,
//! in the middle of a word only where nothing else fits.
//!
//! Phrases come from the model of BudouX, which is built in; lines are chosen together, so that they are about equally long.

use std::sync::LazyLock;

use budouy::Parser;
use budouy::model::load_default_japanese_parser;
use serde::{Serialize, Serializer};

use super::tree::Run;

static PARSER: LazyLock<Parser> = LazyLock::new(load_default_japanese_parser);

/// Price of each line: fewer lines before all else.
const PRICE_LINE: f64 = 100.0;
/// Price of parting between two scripts, or at a bracket, inside a phrase.
const PRICE_SCRIPT: f64 = 6.0;
/// How words of foreign origin end, in the middle of a compound of them.
const LOAN_ENDS: [&str; 7] = ["ント", "ンス", "ング", "ョン", "ーク", "ーム", "ター"];
/// Price of parting a compound between its words.
const PRICE_COMPOUND: f64 = 12.0;
/// Price of parting a word: more than that of a line.
const PRICE_WORD: f64 = 140.0;
/// Price of a line of a single character.
const PRICE_SINGLE: f64 = 60.0;
/// Signs that begin no line.
const CLOSING: &str =
    "、。，．）」』】〕］｝＞》〉・：；？！ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ)],.:;?!%％";
/// Signs that end no line.
const OPENING: &str = "（「『【〔［｛＜《〈([";

/// The phrases of a label（文節）, in a page's data a list of strings; empty where its words part anywhere.
///
/// They are looked for only where a page is made: what a reader sees is held against an edition without them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases(String);

impl Phrases {
    /// Those of a label.
    #[must_use]
    pub fn of(label: &str) -> Self {
        Self(label.to_owned())
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let found = if self.0.is_empty() { Vec::new() } else { phrases(&self.0) };
        found.serialize(serializer)
    }
}

/// Phrases of a text that are nowhere parted but at their ends; joined they are the text.
fn phrases(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let prices = prices(text, &letters);
    let mut found = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && prices[at] <= PRICE_SCRIPT {
            found.push(String::new());
        }
        found.last_mut().expect("there is a first one").push(*letter);
    }
    found
}

/// What it costs to begin a line at each letter; infinite where none may begin.
fn prices(text: &str, letters: &[char]) -> Vec<f64> {
    let mut prices = vec![PRICE_WORD; letters.len()];
    for at in 2..letters.len() {
        // Loan words end so: ガバメント, コンビニエンス, ネットワーク.
        let end: String = letters[at - 2..at].iter().collect();
        let goes_on = letters[at..].iter().take(3).filter(|letter| is_katakana(**letter)).count() == 3;
        if goes_on && LOAN_ENDS.contains(&end.as_str()) {
            prices[at] = PRICE_COMPOUND;
        }
    }
    for border in PARSER.parse_boundaries(text) {
        if let Some(price) = prices.get_mut(border) {
            *price = 0.0;
        }
    }
    for at in 1..letters.len() {
        let (before, after) = (letters[at - 1], letters[at]);
        if CLOSING.contains(after) || OPENING.contains(before) || (is_latin(before) && is_latin(after)) {
            prices[at] = f64::INFINITY;
        } else if OPENING.contains(after) || CLOSING.contains(before) && before != 'ー' {
            prices[at] = prices[at].min(PRICE_SCRIPT / 2.0);
        } else if is_katakana(before) != is_katakana(after) && !is_hiragana(after) && !is_latin(after) {
            prices[at] = prices[at].min(PRICE_SCRIPT);
        }
    }
    prices
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_./".contains(letter)
}

fn is_katakana(letter: char) -> bool {
    ('ァ'..='ー').contains(&letter)
}

fn is_hiragana(letter: char) -> bool {
    ('ぁ'..='ゞ').contains(&letter)
}

fn em(letter: char) -> f64 {
    if letter.is_ascii() || ('\u{ff61}'..='\u{ff9f}').contains(&letter) { 0.5 } else { 1.0 }
}

/// The lines of one line of text that are at most `room` em long: as few as can be, parted where it hurts least, about equally long.
fn lines(text: &str, room: f64) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let prices = prices(text, &letters);
    // The best way to set the first so many letters: its price, and where its last line begins.
    let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
    for end in 1..=letters.len() {
        let (mut found, mut width) = ((f64::INFINITY, end - 1), 0.0);
        for begin in (0..end).rev() {
            width += em(letters[begin]);
            if width > room && begin + 1 < end {
                break;
            }
            let parted = if begin == 0 { 0.0 } else { prices[begin] };
            let single = if end - begin == 1 && letters.len() > 1 { PRICE_SINGLE } else { 0.0 };
            let price = best[begin].0 + PRICE_LINE + parted + single + (room - width).max(0.0).powi(2) / 4.0;
            if price < found.0 {
                found = (price, begin);
            }
        }
        best.push(found);
    }
    let mut lines = Vec::new();
    let mut end = letters.len();
    while end > 0 {
        let begin = best[end].1;
        lines.push(letters[begin..end].iter().collect());
        end = begin;
    }
    lines.reverse();
    lines
}

/// Runs with a line break wherever a line of at most `room` em ends.
pub(super) fn broken(runs: &[Run], room: f64) -> Vec<Run> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let set: Vec<Vec<String>> = text.split('\n').map(|line| lines(line, room)).collect();
    let mut breaks: Vec<usize> = Vec::new();
    let mut at = 0;
    for parts in &set {
        let mut inside = at;
        for part in parts {
            inside += part.chars().count();
            breaks.push(inside);
        }
        // The last of them is a break that the author wrote, or the end.
        breaks.pop();
        at = inside + 1;
    }
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    let mut place = 0;
    for run in runs {
        let mut broken = String::new();
        for letter in run.text.chars() {
            if breaks.contains(&place) {
                broken.push('\n');
            }
            broken.push(letter);
            place += 1;
        }
        out.push(Run { text: broken, ..run.clone() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_systems_part_between_their_words() {
        for (text, wanted) in [
            ("ガバメントクラウド検証環境", "ガバメント|クラウド検証環境"),
            ("団体内統合宛名等システム", "団体内統合宛名等|システム"),
            ("税務情報トータルシステム", "税務情報|トータルシステム"),
            ("国保連合会（国保情報集約システム）", "国保連合会|（国保情報集約|システム）"),
            ("コンビニエンスストア等", "コンビニエンス|ストア等"),
        ] {
            let set = lines(text, 8.0);
            assert_eq!(set.concat(), text);
            assert!(set.iter().all(|line| line.chars().map(em).sum::<f64>() <= 8.0), "{set:?}");
            assert_eq!(set.join("|"), wanted);
        }
        assert_eq!(lines("住民記録システム", 20.0), ["住民記録システム"]);
    }

    #[test]
    fn phrases_joined_are_the_text_and_no_sign_is_torn_off() {
        let text = "②取扱いを委託する特定個人情報ファイルの範囲、その妥当性（ISO27001）";
        let found = phrases(text);
        assert_eq!(found.concat(), text);
        assert!(found.len() > 4, "{found:?}");
        assert!(found.iter().all(|phrase| !phrase.starts_with(|letter| CLOSING.contains(letter))), "{found:?}");
        assert!(found.iter().any(|phrase| phrase.contains("ISO27001")), "{found:?}");
    }

    #[test]
    fn marked_runs_keep_their_marks_over_a_break() {
        let runs = [
            Run { text: "団体内統合".to_owned(), ..Run::default() },
            Run { text: "宛名等システム".to_owned(), strong: true, ..Run::default() },
            Run { text: "\n（区）".to_owned(), ..Run::default() },
        ];
        let set: Vec<String> = broken(&runs, 8.0).into_iter().map(|run| run.text).collect();
        assert_eq!(set, ["団体内統合", "宛名等\nシステム", "\n（区）"]);
    }
}
