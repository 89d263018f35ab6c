//! What a choice, a set of boxes or a number says, in the ways in which people fill in a form.
//!
//! Input: the cells of one item, put together. Output: the words of the form. What is not understood is given back as it is.

use super::normal::{Normal, bare, normal};
use super::walk::{Bit, BitJoin};
use crate::model::manifest::{ItemDef, OptionList};
use crate::render::OPTIONS;

/// Marks that tick a box.
const TICKS: [&str; 13] = ["○", "◯", "〇", "●", "◎", "✓", "✔", "☑", "☒", "■", "レ", "✗", "✕"];
/// Marks that are boxes by themselves: what stands before the option ticks it or leaves it.
const EMPTY_BOXES: [&str; 3] = ["☐", "□", "▢"];

/// The text of pieces: a line for each row, pieces beside each other apart.
pub(super) fn joined(bits: &[Bit]) -> String {
    let mut text = String::new();
    for bit in bits {
        match bit.join {
            _ if text.is_empty() => {}
            BitJoin::Line => text.push('\n'),
            BitJoin::Word => {}
            BitJoin::Beside => text.push('　'),
        }
        text.push_str(&bit.text);
    }
    text
}

/// What a choice says（選択）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Nothing.
    Nothing,
    /// One of the options.
    Option(String),
    /// Words that no option has, and the piece in which they stand.
    Unknown(String, usize),
}

/// A choice's cell without the options that are printed beside or below the value.
pub(super) fn without_options(bits: &[Bit], list: &OptionList) -> String {
    let labels: Vec<String> = list.labels.iter().map(|label| normal(label)).collect();
    let mut own = String::new();
    for line in bits.iter().flat_map(|bit| bit.text.lines()) {
        let whole = Normal::new(line);
        let cut = whole.text.find(&normal(OPTIONS)).unwrap_or(whole.text.len());
        if !is_option_line(&whole.text[..cut], &labels) {
            own.push_str(whole.source(line, 0, cut));
            own.push('\n');
        }
    }
    own
}

/// The option that is chosen, after the values of the same cell were taken out.
///
/// Understood are the option's words alone or in brackets, with or without its number; its number alone in brackets; a mark before
/// one of the listed options.
pub(super) fn choice(bits: &[Bit], inline: &[(&ItemDef, String)], list: &OptionList) -> Chosen {
    let labels: Vec<String> = list.labels.iter().map(|label| normal(label)).collect();
    let words = normal(&without_options(bits, list));
    let value = value_of(&words, inline);
    let found = labels.iter().position(|label| *label == value || !bare(&value).is_empty() && *label == bare(&value));
    let number = || value.trim_end_matches([')', '.']).parse::<usize>().ok()?.checked_sub(1);
    let index = found
        .or_else(|| number().filter(|index| *index < labels.len()))
        .or_else(|| if value.is_empty() { printed_twice_or_marked(bits, &labels) } else { None });
    match index {
        Some(index) => Chosen::Option(list.labels[index].clone()),
        None if value.is_empty() => Chosen::Nothing,
        None => {
            let at = bits.iter().position(|bit| {
                value.contains(&value_of(&normal(&bit.text), &[])) && !value_of(&normal(&bit.text), &[]).is_empty()
            });
            Chosen::Unknown(value, at.unwrap_or(0))
        }
    }
}

/// The option that stands once more than in the list, with its number, or that carries a mark there.
fn printed_twice_or_marked(bits: &[Bit], labels: &[String]) -> Option<usize> {
    let all: String = bits.iter().map(|bit| normal(&bit.text)).collect::<Vec<_>>().join("\n");
    let marked = all.lines().find_map(|line| marked_option(line, labels));
    let lines: Vec<&str> = all.lines().collect();
    let times = |index: usize| lines.iter().filter(|line| numbered(line, &labels[index], index + 1).is_some()).count();
    let twice: Vec<usize> = (0..labels.len()).filter(|index| times(*index) > 1).collect();
    marked.or(if let [only] = twice[..] { Some(only) } else { None })
}

/// The words of a choice without its brackets, the heading of its options and the values in its cell.
fn value_of(words: &str, inline: &[(&ItemDef, String)]) -> String {
    let mut value = words.to_owned();
    for (item, _) in inline {
        if let Some((start, end)) = pattern_place(&value, item) {
            value.replace_range(start..end, "");
        }
    }
    value.chars().filter(|character| !"[]".contains(*character)).collect()
}

/// Whether a line is nothing but numbered options as the form prints them.
fn is_option_line(line: &str, labels: &[String]) -> bool {
    let mut rest = line.to_owned();
    let mut any = false;
    for (label, number) in labels.iter().zip(1..) {
        if let Some((start, end)) = numbered(&rest, label, number) {
            rest.replace_range(start..end, "");
            any = true;
        }
    }
    any && rest.chars().all(|character| TICKS.contains(&character.to_string().as_str()))
}

/// The listed option before which a mark stands.
fn marked_option(line: &str, labels: &[String]) -> Option<usize> {
    labels.iter().zip(1..).position(|(label, number)| {
        let place = numbered(line, label, number);
        place.is_some_and(|(at, _)| TICKS.iter().any(|tick| line[..at].ends_with(&normal(tick))))
    })
}

/// Where an option stands with its number: `1)`, `1.`, `(1)`.
fn numbered(line: &str, label: &str, number: usize) -> Option<(usize, usize)> {
    let printed = [format!("({number}){label}"), format!("{number}){label}"), format!("{number}.{label}")];
    printed.iter().find_map(|printed| line.find(printed.as_str()).map(|at| (at, at + printed.len())))
}

/// A box that is ticked（印のある項目）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ticked {
    /// The option.
    pub label: String,
    /// The text in （　） after it; empty: none.
    pub text: String,
    /// Whether it is ticked.
    pub on: bool,
}

/// The boxes of an item, each that was found; `Err` with the words that no option has.
pub(super) fn boxes(bits: &[Bit], list: &OptionList) -> Result<Vec<Ticked>, String> {
    let source: String = bits.iter().map(|bit| bit.text.as_str()).collect::<Vec<_>>().join(" ");
    let labels: Vec<&str> = list.labels.iter().map(String::as_str).collect();
    let all = ticked(&source, &labels, |label| list.with_text.iter().any(|with| with == label));
    let any = !normal(&source).is_empty();
    if all.is_empty() && any { Err(source.trim().to_owned()) } else { Ok(all) }
}

/// The options that stand in a text, each with the mark before it and the brackets after it.
pub(super) fn ticked(source: &str, labels: &[&str], takes_text: impl Fn(&str) -> bool) -> Vec<Ticked> {
    let normal = Normal::new(source);
    let mut places = places(&normal.text, labels);
    places.sort_by_key(|(start, ..)| *start);
    let mut found = Vec::new();
    for (index, (start, end, label)) in places.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |index| places[index].1);
        let next = places.get(index + 1).map_or(normal.text.len(), |(start, ..)| *start);
        let mark = mark_before(&normal.text[before..*start]);
        let between = &normal.text[*end..next];
        let text = if takes_text(label) { inside(between) } else { None };
        let text = text
            .map_or_else(String::new, |(open, close)| normal.source(source, end + open, end + close).trim().to_owned());
        found.push(Ticked { label: (*label).to_owned(), text, on: mark });
    }
    found
}

/// Words of ticked boxes that no option of a list has.
pub(super) fn boxes_without_option(bits: &[Bit], list: &OptionList) -> Vec<String> {
    let source: String = bits.iter().map(|bit| bit.text.as_str()).collect::<Vec<_>>().join(" ");
    let labels: Vec<&str> = list.labels.iter().map(String::as_str).collect();
    strange_boxes(&source, &labels, |label| list.with_text.iter().any(|with| with == label))
}

/// Words behind ticked boxes of a text that are none of the options, each up to the next box or option.
pub(super) fn strange_boxes(source: &str, labels: &[&str], takes_text: impl Fn(&str) -> bool) -> Vec<String> {
    /// Marks that stand for a ticked box without brackets around them; the others may be part of words.
    const BARE: [&str; 5] = ["☑", "☒", "✓", "✔", "■"];
    let normal = Normal::new(source);
    let text = &normal.text;
    let mut places = places(text, labels);
    places.sort_by_key(|(start, ..)| *start);
    let ends = |from: usize| {
        let next = places.iter().map(|(start, ..)| *start).find(|start| *start >= from).unwrap_or(text.len());
        let within = text[from..next].find(['[', '☐', '□', '▢', '☑', '☒', '■']);
        // The bracket of the next option's box belongs to that.
        within.map_or(next, |at| from + at)
    };
    // What stands in the brackets of an option is that option's text.
    let in_text = |at: usize| {
        places.iter().enumerate().any(|(index, (_, end, label))| {
            let next = places.get(index + 1).map_or(text.len(), |(start, ..)| *start);
            let range = if takes_text(label) { inside(&text[*end..next]) } else { None };
            range.is_some_and(|(open, close)| (end + open..end + close).contains(&at))
        })
    };
    let bracketed = text.match_indices('[').filter_map(|(at, _)| {
        let inner = text[at + 1..].split_once(']')?.0;
        let is_tick = TICKS.iter().any(|tick| self::normal(tick) == inner);
        is_tick.then_some(at + 1 + inner.len() + 1)
    });
    let bare = BARE.iter().flat_map(|mark| text.match_indices(mark).map(|(at, mark)| at + mark.len()));
    let bare = bare.filter(|after| !text[*after..].starts_with(']'));
    let mut starts: Vec<usize> = bracketed.chain(bare).collect();
    starts.sort_unstable();
    starts.dedup();
    let is_known = |at: &usize| places.iter().any(|(start, ..)| start == at) || in_text(*at);
    let strange = starts.into_iter().filter(|at| !is_known(at));
    let words = strange.map(|at| normal.source(source, at, ends(at)).trim().to_owned());
    words.filter(|words| !words.is_empty()).collect()
}

/// Where each option stands: the longest first, none inside another, those in brackets of another left out.
fn places<'l>(text: &str, labels: &[&'l str]) -> Vec<(usize, usize, &'l str)> {
    let mut sorted: Vec<(String, &str)> = labels.iter().map(|label| (self::normal(label), *label)).collect();
    sorted.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    let mut places: Vec<(usize, usize, &str)> = Vec::new();
    for (wanted, label) in &sorted {
        let free = |start: usize, end: usize, places: &[(usize, usize, &str)]| {
            places.iter().all(|(from, to, _)| end <= *from || *to <= start)
        };
        let hits: Vec<usize> = text.match_indices(wanted.as_str()).map(|(at, _)| at).collect();
        let hits = hits.into_iter().filter(|at| free(*at, at + wanted.len(), &places));
        // An option stands behind a mark or its box; the same words may stand in a text before that.
        let best = hits.min_by_key(|at| (!follows_box(&text[..*at]), *at));
        if let Some(at) = best {
            places.push((at, at + wanted.len(), label));
        }
    }
    places
}

fn follows_box(before: &str) -> bool {
    before.ends_with([']', '☐', '□', '▢']) || TICKS.iter().any(|tick| before.ends_with(&normal(tick)))
}

/// Whether the last box or mark in a text is a ticked one.
fn mark_before(text: &str) -> bool {
    // Only what stands after the last closing of a text in brackets belongs to the option.
    let text = text.rsplit(')').next().unwrap_or(text);
    if let Some((_, inner)) = text.rsplit_once('[') {
        return !inner.trim_end_matches(']').is_empty();
    }
    let last = |marks: &[&str]| marks.iter().filter_map(|mark| text.rfind(&normal(mark))).max();
    match (last(&TICKS), last(&EMPTY_BOXES)) {
        (Some(tick), Some(empty)) => tick > empty,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// The range inside the first （ and the last ） of a text.
fn inside(text: &str) -> Option<(usize, usize)> {
    let open = text.find('(')? + 1;
    // What stands before the next option's box is no part of the text.
    let end = text.rfind(['[', '☐', '□', '▢']).filter(|at| *at > open).unwrap_or(text.len());
    let close = text[..end].rfind(')').filter(|close| *close >= open).unwrap_or(end);
    (open < close).then_some((open, close))
}

/// The value of an item that is printed in another's cell: `（ 7 ）件`; empty: none.
pub(super) fn inline_value(source: &str, item: &ItemDef) -> String {
    let normal = Normal::new(source);
    if let Some((start, end)) = whole_place(&normal.text) {
        return normal.source(source, start, end).trim().to_owned();
    }
    let Some((start, end)) = pattern_place(&normal.text, item) else { return String::new() };
    let (before, after) = halves(item);
    normal.source(source, start + before.len(), end - after.len()).trim().to_owned()
}

/// Where a number stands that says of itself what it counts, behind its option: `57件（別紙1のとおり）`.
fn whole_place(text: &str) -> Option<(usize, usize)> {
    let behind = text.match_indices(']').map(|(at, bracket)| at + bracket.len());
    std::iter::once(0).chain(behind).find_map(|at| {
        let digits = text[at..].chars().take_while(char::is_ascii_digit).count();
        let rest = text[at + digits..].strip_prefix('件').filter(|_| digits > 0)?;
        let end = rest.find(['[', '☐', '□', '▢', '☑', '☒', '■']).unwrap_or(rest.len());
        Some((at, text.len() - rest.len() + end))
    })
}

/// Where the value with the halves of its pattern stands in a normal text.
fn pattern_place(text: &str, item: &ItemDef) -> Option<(usize, usize)> {
    let (before, after) = halves(item);
    if before.is_empty() || after.is_empty() {
        return None;
    }
    for (start, _) in text.match_indices(&before) {
        let from = start + before.len();
        // A short end such as `）` may stand in the value too: the last one closes it.
        let found = if after.chars().count() == 1 { text[from..].rfind(&after) } else { text[from..].find(&after) };
        if let Some(length) = found
            && !(before == "(" && text[from..from + length].contains('('))
        {
            return Some((start, from + length + after.len()));
        }
    }
    None
}

fn halves(item: &ItemDef) -> (String, String) {
    let pattern = item.pattern.as_deref().unwrap_or("{}");
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    (normal(before), normal(after))
}
