//! Which label a cell is, judged by its words and by where the reader is.

use super::{Read, Walker};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::NearLabel;
use crate::import::normal::{bare, pointless};
use crate::model::manifest::{ItemKind, SectionLayout};
use crate::source::Place;

/// Least likeness of a label that was written a little differently.
const LIKENESS: f64 = 0.85;
/// How many labels ahead such a one is looked for.
const NEAR_AHEAD: usize = 8;
/// Longest label that is compared so: longer cells are contents.
const NEAR_MAX: usize = 80;

/// What a cell is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The heading of a section, and what stands after it.
    Section(usize, String),
    /// A bar, a group head or an item, by index; what stands after a bar's words.
    Label(usize, String),
    /// The head of a record: its group, its number, what stands after it.
    Record(usize, usize, String),
    /// Something printed on the form that says nothing.
    Furniture,
    /// Content.
    Content,
}

impl Walker<'_, '_> {
    /// What a cell is; `beside` is the item label left of it in the same row that has no content yet.
    pub(super) fn find(&mut self, cell: &Read, beside: Option<usize>) -> Found {
        if cell.normal.is_empty() || is_page_number(&cell.normal) {
            return Found::Furniture;
        }
        if self.is_tag(cell) {
            return Found::Furniture;
        }
        if let Some(found) = self.heading(cell) {
            return found;
        }
        let Some(section) = self.section else {
            return if self.is_printed(cell) { Found::Furniture } else { Found::Content };
        };
        if matches!(self.script.sections[section].def.layout, SectionLayout::Flows | SectionLayout::Changes) {
            return Found::Content;
        }
        if let Some(found) = self.record_head_of(section, cell) {
            return found;
        }
        match self.label(section, cell, beside).or_else(|| self.bar_with_boxes(section, cell)) {
            Some((index, rest)) => Found::Label(index, rest),
            None if self.is_printed(cell) => Found::Furniture,
            None => self.near(section, cell, beside).map_or(Found::Content, |index| Found::Label(index, String::new())),
        }
    }

    /// The heading of a section: its number and title, and what is printed after them.
    fn heading(&self, cell: &Read) -> Option<Found> {
        const LONGEST_REST: usize = 60;
        let written = pointless(&cell.normal);
        let sections = self.script.sections.iter().enumerate();
        let mut found: Option<(usize, &str)> = None;
        for (index, section) in sections.filter(|(_, section)| !section.heading.is_empty()) {
            let Some(rest) = written.strip_prefix(section.heading.as_str()) else { continue };
            let longer =
                found.is_none_or(|(other, _)| self.script.sections[other].heading.len() < section.heading.len());
            if longer && (rest.is_empty() || rest.starts_with('(') && rest.chars().count() <= LONGEST_REST) {
                found = Some((index, rest));
            }
        }
        // What follows a heading without a number would be a sentence.
        let (index, rest) =
            found.filter(|(index, rest)| rest.is_empty() || !self.script.sections[*index].def.number.is_empty())?;
        Some(Found::Section(index, if rest.is_empty() { String::new() } else { after(cell, rest) }))
    }

    fn record_head_of(&self, section: usize, cell: &Read) -> Option<Found> {
        let labels = self.script.sections[section].labels.iter().enumerate();
        for (index, label) in labels.filter(|(_, label)| label.item.kind == ItemKind::Group) {
            for written in [cell.normal.as_str(), bare(&cell.normal)] {
                let Some(rest) = written.strip_prefix(label.bare.as_str()) else { continue };
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let Ok(number) = rest[..digits].parse::<usize>() else { continue };
                let title = &rest[digits..];
                // `委託事項2～5` heads several.
                let several =
                    title.strip_prefix(['~', '-']).filter(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
                if several.is_some() {
                    return Some(Found::Furniture);
                }
                // A sentence may begin with the name of a record; its title stands apart.
                let normal = crate::import::normal::Normal::new(&cell.text);
                if !title.is_empty() && !normal.is_apart(&cell.text, normal.text.len() - title.len()) {
                    return None;
                }
                let title = if title.is_empty() { String::new() } else { after(cell, title) };
                return Some(Found::Record(index, number, title));
            }
        }
        None
    }

    /// The label that a cell is: the same words with the same number first, then without; the next one ahead first.
    fn label(&self, section: usize, cell: &Read, beside: Option<usize>) -> Option<(usize, String)> {
        let labels = &self.script.sections[section].labels;
        let written = bare(&cell.normal);
        let candidates =
            labels.iter().enumerate().filter(|(_, label)| !label.full.is_empty()).filter_map(|(index, label)| {
                let unlike = if label.full == cell.normal {
                    0
                } else if !written.is_empty() && (label.bare == written || label.tail == written) {
                    1
                } else {
                    return None;
                };
                if !self.is_open(section, index) {
                    return None;
                }
                // A content may be worded like a label: beside a label that waits for its content only its own sub-labels are labels,
                // and such as carry the number that is printed on the form.
                // Such as come next on the form stand side by side over their contents.
                let waits = beside.is_some_and(|beside| label.parent != Some(beside));
                let is_next = beside.is_some_and(|beside| self.next_item(section, beside) == Some(index));
                if waits && (unlike > 0 || label.full == label.bare && !is_next) {
                    return None;
                }
                Some((unlike, self.distance(index), index))
            });
        candidates.min().map(|(_, _, index)| (index, String::new()))
    }

    /// The item after another one on the form.
    fn next_item(&self, section: usize, index: usize) -> Option<usize> {
        let labels = &self.script.sections[section].labels;
        (index + 1..labels.len()).find(|next| labels[*next].is_item())
    }

    /// Whether a label can stand here: it is not filled yet, and a record's labels need a record.
    fn is_open(&self, section: usize, index: usize) -> bool {
        let label = &self.script.sections[section].labels[index];
        match (label.group, &self.record) {
            (Some(group), Some((open, _))) if group == *open => {}
            (Some(_), _) => return false,
            (None, _) => {}
        }
        if !label.is_item() {
            return label.item.kind != ItemKind::Group;
        }
        let filled = self.walked.placed.get(&self.path_of(section, index)).is_some_and(|bits| !bits.is_empty());
        !filled || self.begins_again(section, index)
    }

    /// Whether a label that is filled begins the section anew, for the next file.
    pub(super) fn begins_again(&self, section: usize, index: usize) -> bool {
        let place = &self.script.sections[section];
        let first = place.labels.iter().position(super::super::script::Label::is_item);
        place.repeats() && first == Some(index)
    }

    /// How far ahead a label is; what lies behind is farther than all that lies ahead.
    fn distance(&self, index: usize) -> usize {
        const BEHIND: usize = 10_000;
        match self.cursor {
            Some(cursor) if index > cursor => index - cursor,
            Some(cursor) => BEHIND + cursor - index,
            None => index,
        }
    }

    /// A bar that carries boxes in the same cell: `4.特定個人情報ファイルの取扱いの委託　[○]委託しない`.
    fn bar_with_boxes(&self, section: usize, cell: &Read) -> Option<(usize, String)> {
        let labels = self.script.sections[section].labels.iter().enumerate();
        let bars = labels.filter(|(_, label)| !label.item.ticks.is_empty());
        let found = bars.filter_map(|(index, label)| {
            let rest = cell
                .normal
                .strip_prefix(label.full.as_str())
                .or_else(|| bare(&cell.normal).strip_prefix(label.bare.as_str()))?;
            Some((index, after(cell, rest)))
        });
        found.min_by_key(|(index, _)| self.distance(*index))
    }

    /// A label that was written a little differently, among the next ones.
    fn near(&mut self, section: usize, cell: &Read, beside: Option<usize>) -> Option<usize> {
        let written = bare(&cell.normal);
        let count = written.chars().count();
        if !(5..=NEAR_MAX).contains(&count) || written.contains('。') {
            return None;
        }
        let labels = &self.script.sections[section].labels;
        let next = self.cursor.map_or(0, |cursor| cursor + 1);
        let ahead = (next..labels.len()).filter(|index| self.is_open(section, *index)).take(NEAR_AHEAD);
        let like = ahead
            .filter(|index| !labels[*index].bare.is_empty())
            .map(|index| (strsim::normalized_levenshtein(written, &labels[index].bare), index));
        let (likeness, index) = like.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let waits = beside.is_some_and(|beside| labels[index].parent != Some(beside));
        if likeness < LIKENESS || waits {
            return None;
        }
        self.walked.near.push(NearLabel {
            sheet: self.sheet.clone(),
            cell: Place { row: cell.row, column: cell.column }.label(),
            written: cell.text.trim().to_owned(),
            label: labels[index].item.label.clone(),
        });
        Some(index)
    }

    /// The tag of a form, `[平成30年5月　様式4]`: it says which version the workbook is of, and belongs to no item.
    fn is_tag(&mut self, cell: &Read) -> bool {
        let form = self.script.form;
        let Some(written) = cell.normal.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
        let own = crate::import::normal::normal(&form.tag);
        let own = own.trim_matches(['[', ']']);
        if own.is_empty() || shape(written) != shape(own) {
            return false;
        }
        if written != own {
            let diagnostic = Diagnostic::nowhere(Code::FormTagOther).with("sheet", &self.sheet);
            let diagnostic = diagnostic.with("cell", Place { row: cell.row, column: cell.column }.label());
            self.walked.said.push(diagnostic.with("text", cell.text.trim()).with("tag", &form.tag));
        }
        true
    }

    /// Words that the form itself prints: its title and tag, notes, leads, fixed texts.
    fn is_printed(&self, cell: &Read) -> bool {
        use crate::import::normal::normal;
        let form = self.script.form;
        let is = |text: &str| !text.is_empty() && normal(text) == cell.normal;
        if is(&form.title) || is(&form.tag) || is(&format!("[{}]", form.tag)) {
            return true;
        }
        // The stage of a draft stands in brackets below the title of the cover: `（素案）`.
        let is_stage = cell.normal.starts_with('(') && cell.normal.ends_with(')');
        if is_stage && self.cursor.is_none() && cell.normal.chars().count() <= STAGE_LETTERS {
            return true;
        }
        let Some(section) = self.section.map(|section| &self.script.sections[section]) else { return false };
        let fixed = section.labels.iter().filter(|label| label.item.kind == ItemKind::Fixed);
        let mut texts = fixed.filter_map(|label| label.item.text.as_deref());
        is(&section.def.note)
            || section.def.lead.iter().any(|lead| is(lead))
            || texts.any(|text| is(text) || text.lines().any(is))
    }
}

/// Whether a label was written only a little differently.
pub(super) fn is_like(written: &str, label: &str) -> bool {
    strsim::normalized_levenshtein(written, label) >= LIKENESS
}

/// Most letters of a stage with its brackets.
const STAGE_LETTERS: usize = 12;

/// A tag without what differs between versions: its era and its digits.
fn shape(tag: &str) -> String {
    let plain = ["令和", "平成", "昭和", "元"].iter().fold(tag.to_owned(), |tag, era| tag.replace(era, ""));
    plain.chars().filter(|character| !character.is_ascii_digit()).collect()
}

/// The source of what stands at the end of a cell's normal form, as long as `rest`.
fn after(cell: &Read, rest: &str) -> String {
    let normal = crate::import::normal::Normal::new(&cell.text);
    // The rest may have lost its points: it is found by the number of what is not one.
    let wanted = pointless(rest).chars().count();
    let mut seen = 0;
    let cut = normal.text.char_indices().rev().find_map(|(at, character)| {
        seen += pointless(character.encode_utf8(&mut [0; 4])).chars().count();
        (seen == wanted).then_some(at)
    });
    let cut = cut.unwrap_or(normal.text.len());
    normal.source(&cell.text, cut, normal.text.len()).trim().to_owned()
}

/// `3`/`140`, `- 3 -`: what a footer says.
fn is_page_number(normal: &str) -> bool {
    let (number, total) = normal.split_once('/').unwrap_or((normal.trim_matches('-'), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (normal.contains('/') || normal.starts_with('-')) && digits(number) && digits(total)
}
