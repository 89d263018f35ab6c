//! What a ticked box leaves blank（空けてよい欄）: 「委託しない」 and the items that hang on it.

use super::ItemPath;
use super::entries::Entries;
use super::fill::Filler;
use super::filled::{Content, Whole};
use super::library::ValueKind;
use super::manifest::{ItemDef, ItemKind, Release, Repeat, SectionDef};
use super::values;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::{Side, State};
use crate::name::PersonalFileId;
use crate::source::Located;

/// Why items stay blank（空ける理由）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Released {
    /// Boxes are ticked, so nothing may stand there: their words, and where the first of them is.
    Blank(String, Option<Span>),
    /// Something is chosen with which nothing need stand there.
    Free,
}

/// Where in a form releases are looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'e, 'a> {
    /// The section.
    pub section: &'a SectionDef,
    /// Its entries.
    pub entries: &'e Entries,
    /// The file that the section is repeated for.
    pub file: Option<&'a PersonalFileId>,
    /// The group of the record and the record's entries.
    pub record: Option<(&'a ItemDef, &'e Entries)>,
}

impl<'a> Filler<'a, '_> {
    /// Why something stays blank; `None` where it does not.
    pub(super) fn released(&mut self, releases: &[Release], around: Around<'_, 'a>) -> Option<Released> {
        releases.iter().find_map(|release| self.one(release, around))
    }

    fn one(&mut self, release: &Release, around: Around<'_, 'a>) -> Option<Released> {
        if let Some(choice) = &release.choice {
            self.said(&choice.value, &release.is, around)?;
        }
        let ticked: Vec<(String, Option<Span>)> =
            release.ticks.iter().map(|tick| self.said(&tick.value, &[], around)).collect::<Option<_>>()?;
        match &ticked[..] {
            [] => release.choice.is_some().then_some(Released::Free),
            [(_, first), ..] => {
                let words: Vec<&str> = ticked.iter().map(|(words, _)| words.as_str()).collect();
                Some(Released::Blank(words.join("」「"), *first))
            }
        }
    }

    /// The words that an item says, if it is what releases, and where they are.
    fn said(
        &mut self,
        path: &ItemPath,
        is: &[Located<String>],
        around: Around<'_, 'a>,
    ) -> Option<(String, Option<Span>)> {
        let (section, id) = (path.first(), path.last());
        if path.above().is_none() {
            let of_record = around.record.and_then(|(group, entries)| Some((find(&group.items, id)?, entries)));
            let (item, entries) = of_record.or_else(|| Some((find(&around.section.items, id)?, around.entries)))?;
            return said(item, entries, is);
        }
        let def = self.filling.form.section(section)?;
        let item = find(&def.items, id)?;
        let of_file = around.file.filter(|_| around.section.repeat.is_some());
        let files: Vec<Option<&PersonalFileId>> = match (def.repeat, of_file) {
            (None, _) => vec![None],
            (Some(Repeat::File), Some(file)) => vec![Some(file)],
            (Some(Repeat::File), None) => self.filling.files.iter().map(|file| Some(&file.id.value)).collect(),
        };
        let mut first = None;
        for file in files {
            let paths = self.entry_paths(def, file, self.filling.attachments.get(section));
            // What is wrong with them is told where that section is filled.
            let entries = Entries::merge((self.resolver.library, &mut self.seen), &paths, &mut Diagnostics::new());
            let found = said(item, &entries, is)?;
            first.get_or_insert(found);
        }
        first
    }

    /// Reports what is written although the form leaves it blank.
    pub(super) fn left(
        &mut self,
        released: &Released,
        label: &str,
        content: &Content,
        whole: Option<&Whole>,
        at: Option<Span>,
    ) {
        let is_gone = whole.is_some_and(|whole| whole.side == Side::Old);
        if !is_gone && says_something(content) {
            self.say_left(released, label, at);
        }
    }

    /// Reports a record that is there although the form has none then.
    pub(super) fn say_left(&mut self, released: &Released, label: &str, at: Option<Span>) {
        let Released::Blank(words, place) = released else { return };
        let diagnostic = at
            .map_or_else(|| Diagnostic::nowhere(Code::FormReleased), |span| Diagnostic::new(Code::FormReleased, span));
        let diagnostic = diagnostic.with("tick", words).with("label", label);
        self.diagnostics.push(match place {
            Some(span) => diagnostic.related(*span),
            None => diagnostic,
        });
    }
}

/// The item of an id, in bands, clusters and boxes too; what is in a group belongs to its records.
fn find<'i>(items: &'i [ItemDef], id: &str) -> Option<&'i ItemDef> {
    items.iter().find_map(|item| {
        if item.id.value == id {
            return Some(item);
        }
        let inside = if item.kind == ItemKind::Group { None } else { find(&item.items, id) };
        inside.or_else(|| find(&item.ticks, id))
    })
}

/// What an item says after the changes, if it is one of these words; a box is, if it is ticked.
fn said(item: &ItemDef, entries: &Entries, is: &[Located<String>]) -> Option<(String, Option<Span>)> {
    if item.kind == ItemKind::Tick {
        let tick = values::tick(item, entries);
        return tick.on.then_some((tick.label, tick.span));
    }
    let value = entries.values.get(&item.id.value)?;
    let chosen: Vec<String> = match &value.kind {
        ValueKind::Text(text) => vec![text.characters(State::After)],
        ValueKind::List(members) => members.iter().map(|member| member.characters(State::After)).collect(),
        ValueKind::Flag(_) => Vec::new(),
    };
    let word = chosen.into_iter().find(|word| is.iter().any(|wanted| wanted.value == *word))?;
    Some((word, Some(value.span)))
}

fn says_something(content: &Content) -> bool {
    let ticked = matches!(content, Content::Checks { checks, .. } if checks.iter().any(|check| check.on));
    ticked || content.texts().iter().any(|text| !text.characters(State::After).trim().is_empty())
}
