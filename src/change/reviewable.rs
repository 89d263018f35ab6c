//! What a reviewer reads and signs: the items of a case with the text that they print.
//!
//! Input: a case. Output: [`Reviewable`]s, made of the same items as an edition, after the changes: a row with the values in its
//! cell, and a figure with all its boxes, arrows and remarks, are one thing to read.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use typst::utils::LazyHash;

use super::frozen::{FrozenItem, FrozenKind, frozen_measures, frozen_section};
use crate::diagnostic::Span;
use crate::markup::{Register, State, Text, print};
use crate::model::{Case, FilledSection, ItemKey, ItemPath, Role};

/// An item with the text that is printed for it（点検の単位）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewable {
    /// Key, as sign-offs name it: `basic/work-content`.
    pub key: ItemKey,
    /// The section or list that it stands in.
    pub section: ItemKey,
    /// What it is called on the form.
    pub label: String,
    /// What is printed, with terms and fragments in place and all changes accepted: folding the marks in changes nothing that was
    /// read, so it lifts no sign-off.
    pub text: String,
    /// Where its author wrote it.
    pub span: Option<Span>,
}

impl Reviewable {
    /// What a sign-off is bound to: the first 128 bits of the text's SHA-256, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    fn add(&mut self, name: &str, text: &str) {
        self.text += &format!("\n\n{name}\n\n{text}");
    }
}

/// Every item of a case that an author wrote, in print order; what nothing is left of after the changes is not there.
#[must_use]
pub fn reviewables(case: &Case) -> Vec<Reviewable> {
    let mut found: Vec<Reviewable> = Vec::new();
    for (index, form) in case.forms.iter().enumerate() {
        for section in &form.filled.sections {
            // Only those of the first form are printed.
            let all = form.filled.registers.iter().filter(|_| index == 0);
            let of_section = all.filter(|((path, _), _)| path.is_in(&section.path));
            let registers: Vec<OtherText<'_>> =
                of_section.map(|((path, register), text)| (path, *register, text)).collect();
            found.extend_from_slice(&remembered(section, &form.role, &registers));
        }
    }
    found.extend(of_items(frozen_measures(case, State::After), &[]));
    found
}

/// Another text of an item（`@public`、`@short`）: the path of the item in the form, and what the text is for.
type OtherText<'a> = (&'a ItemPath, Register, &'a Text);

/// The items of a section. They are remembered: whoever opens an item at the desk asks for all, and most sections are as they were.
#[comemo::memoize]
fn remembered(section: &LazyHash<FilledSection>, role: &Role, registers: &[OtherText<'_>]) -> Arc<[Reviewable]> {
    of_items(frozen_section(section, role, State::After), registers).into()
}

fn of_items(items: Vec<FrozenItem<'_>>, others: &[OtherText<'_>]) -> Vec<Reviewable> {
    let mut found: Vec<Reviewable> = Vec::new();
    for item in items.into_iter().filter(|item| !item.text.is_empty()) {
        let text = print(&item.text);
        if let Some(group) = found.last_mut()
            && let Some(name) = part_of(&item, group)
        {
            group.add(&name, &text);
            continue;
        }
        // A figure is known by its page, not by its title.
        let page = item.key.above().and_then(|figure| figure.above());
        let is_figure = matches!(item.kind, FrozenKind::FigureTitle(_));
        let key = page.filter(|_| is_figure).unwrap_or_else(|| item.key.clone());
        let section = item.file.clone();
        let mut made = Reviewable { key, section, label: label(&item), text, span: span(&item) };
        if let FrozenKind::Row(row, _) | FrozenKind::Checks(row, _) = item.kind {
            registers(others, &row.path, &mut made);
        }
        found.push(made);
    }
    found
}

/// The name of an item that belongs to the one before it; none where it is one of its own.
fn part_of(item: &FrozenItem<'_>, before: &Reviewable) -> Option<String> {
    let is_below = || item.key.below(&before.key).is_some();
    match item.kind {
        FrozenKind::Inline(row, _) => (item.key.beside(&row.item) == before.key).then(|| item.id.to_string()),
        FrozenKind::Node(node) => is_below().then(|| format!("{} {}", item.id, node.zone.id())),
        FrozenKind::Arrow(_) | FrozenKind::Remark(_) => is_below().then(|| item.id.to_string()),
        // The boxes of one row have its path.
        FrozenKind::Tick(check) => (item.key == before.key).then(|| check.label.clone()),
        FrozenKind::Row(..)
        | FrozenKind::Checks(..)
        | FrozenKind::Title(..)
        | FrozenKind::FigureTitle(_)
        | FrozenKind::Records(_)
        | FrozenKind::Measure(_) => None,
    }
}

/// The item's other texts: who signs it has read them too.
fn registers(others: &[OtherText<'_>], path: &ItemPath, item: &mut Reviewable) {
    for (register, name) in [(Register::Public, "@public"), (Register::Short, "@short")] {
        if let Some((_, _, text)) = others.iter().find(|(of, known, _)| *of == path && *known == register) {
            item.add(name, &print(&text.in_state(State::After)));
        }
    }
}

fn label(item: &FrozenItem<'_>) -> String {
    match item.kind {
        FrozenKind::Row(row, _) | FrozenKind::Inline(row, _) | FrozenKind::Checks(row, _) => {
            let words = row.trail.last().into_iter().chain([&row.label]).filter(|word| !word.is_empty());
            words.cloned().collect::<Vec<_>>().join(" ")
        }
        FrozenKind::Tick(check) => check.label.clone(),
        FrozenKind::Records(list) if !list.title.is_empty() => list.title.clone(),
        FrozenKind::Title(..) | FrozenKind::FigureTitle(_) => item.text.characters(State::After),
        FrozenKind::Node(_)
        | FrozenKind::Arrow(_)
        | FrozenKind::Remark(_)
        | FrozenKind::Records(_)
        | FrozenKind::Measure(_) => item.id.to_string(),
    }
}

fn span(item: &FrozenItem<'_>) -> Option<Span> {
    let row = match item.kind {
        FrozenKind::Row(row, _) | FrozenKind::Inline(row, _) | FrozenKind::Checks(row, _) => row.span,
        _ => None,
    };
    row.or_else(|| item.kind.marked().and_then(|text| text.span))
}
