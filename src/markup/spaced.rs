//! Spaces typed inside of a brace's signs: `{ ++`, `++ }`, `{ {`.
//!
//! Input: one paragraph's glyphs. Output: the same without those spaces, and where each glyph stood before. It does not know which
//! braces belong together beyond what tells them from text.

use super::mistyped::{is_of_a_token, narrow};
use super::scan::{Glyph, Ink};

/// Signs that are no text however they are spaced.
const PAIRS: &[&str] = &["{++", "{--", "{~~", "{>>", "++}", "--}", "~~}", "<<}"];
/// Signs that are text unless the other one stands in the paragraph too.
const COUPLES: &[(&str, &str)] = &[("{?", "?}"), ("{!", "!}")];

/// A paragraph before its spaces were taken out（詰める前の段落）.
pub(super) struct Typed {
    glyphs: Vec<Glyph>,
    /// Where each glyph that is left stands in them, and behind the last the end of all.
    from: Vec<usize>,
}

impl Typed {
    /// Takes the spaces out; `None` where there is none.
    pub(super) fn close_up(glyphs: &mut Vec<Glyph>) -> Option<Self> {
        let mut gaps: Vec<usize> = Vec::new();
        // Most characters begin no token.
        let begins = |at: usize| live(&glyphs[at]).is_some_and(|character| is_of_a_token(narrow(character)));
        let has = |token: &str| (0..glyphs.len()).any(|at| begins(at) && reach(glyphs, at, token).is_some());
        let couples: Vec<&str> = COUPLES
            .iter()
            .filter(|(open, close)| has(open) && has(close))
            .flat_map(|(open, close)| [*open, *close])
            .collect();
        let mut at = 0;
        while at < glyphs.len() {
            if !begins(at) {
                at += 1;
                continue;
            }
            let token = PAIRS.iter().chain(&couples).find_map(|token| reach(glyphs, at, token));
            let end = token.or_else(|| term(glyphs, at)).unwrap_or(at + 1);
            if token.is_some() {
                gaps.extend((at..end).filter(|at| is_space(&glyphs[*at])));
            } else if end > at + 1 {
                // The name in a term may have spaces beside it.
                let name = |at: &usize| !matches!(live(&glyphs[*at]), Some('{' | '}' | ' ' | '　'));
                let first = (at..end).find(name).unwrap_or(at);
                let last = (at..end).rev().find(name).unwrap_or(at);
                gaps.extend(inner_gaps(glyphs, at, first));
                gaps.extend(inner_gaps(glyphs, last + 1, end));
            }
            at = end;
        }
        if gaps.is_empty() {
            return None;
        }
        let from = (0..=glyphs.len()).filter(|at| gaps.binary_search(at).is_err()).collect();
        let mut at = 0;
        let typed = glyphs.clone();
        glyphs.retain(|_| {
            at += 1;
            gaps.binary_search(&(at - 1)).is_err()
        });
        Some(Self { glyphs: typed, from })
    }

    /// Whether a space stood behind a glyph.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        self.from.get(at + 1).is_some_and(|next| *next > self.from[at] + 1)
    }

    /// The glyphs of a range as they were typed.
    pub(super) fn of(&self, range: std::ops::Range<usize>) -> &[Glyph] {
        &self.glyphs[self.from[range.start]..self.from[range.end - 1] + 1]
    }
}

/// The spaces between the braces of a run of braces and spaces.
fn inner_gaps(glyphs: &[Glyph], from: usize, to: usize) -> Vec<usize> {
    let brace = |at: &usize| !is_space(&glyphs[*at]);
    let (Some(first), Some(last)) = ((from..to).find(brace), (from..to).rev().find(brace)) else { return Vec::new() };
    (first..last).filter(|at| is_space(&glyphs[*at])).collect()
}

/// Where a token ends that begins here and has spaces or none between its signs.
fn reach(glyphs: &[Glyph], at: usize, token: &str) -> Option<usize> {
    let mut end = at;
    for (number, wanted) in token.chars().enumerate() {
        while number > 0 && glyphs.get(end).is_some_and(is_space) {
            end += 1;
        }
        if live(glyphs.get(end)?).map(narrow) != Some(wanted) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// Where `{ { name } }` ends; its name is of the characters of an id.
fn term(glyphs: &[Glyph], at: usize) -> Option<usize> {
    let inside = reach(glyphs, at, "{{>").or_else(|| reach(glyphs, at, "{{"))?;
    let is_name = |glyph: &Glyph| {
        live(glyph).is_some_and(|character| character.is_alphanumeric() || matches!(character, '-' | ' ' | '　'))
    };
    let name = glyphs[inside..].iter().take_while(|glyph| is_name(glyph)).count();
    reach(glyphs, inside + name, "}}").filter(|_| name > 0)
}

fn is_space(glyph: &Glyph) -> bool {
    matches!(live(glyph), Some(' ' | '　' | '\t'))
}

fn live(glyph: &Glyph) -> Option<char> {
    match glyph.ink {
        Ink::Live(character) => Some(character),
        _ => None,
    }
}
