//! Records of a form: each under a bar with its number, filled from a file of its own.

use super::{Around, Filler, Scope};
use crate::diagnostic::{Code, Diagnostic, Label, Phrase, Span, nearest};
use crate::markup::{Block, Paragraph, Register, Run, Side, State, Text};
use crate::model::entries::Entries;
use crate::model::filled::{Band, Element, RecordList, Whole};
use crate::model::library::ValueKind;
use crate::model::manifest::ItemDef;
use crate::model::resolve::maybe;
use crate::model::{ItemPath, values, withheld};
use crate::name::{ItemId, RecordId};

impl<'a> Filler<'a, '_> {
    pub(super) fn records(&mut self, path: &ItemPath, entries: &Entries, elements: &mut Vec<Element>) {
        for ((item, register), text) in &entries.texts {
            if *register == Register::Form {
                elements.push(Element::Records(RecordList {
                    path: path.join(item),
                    title: entries.groups.get(item).cloned().unwrap_or_default(),
                    text: entries.withheld_or_not(item, self.resolver.resolve(text, self.diagnostics)),
                }));
            }
        }
    }

    /// The records of a repeat group, each under a bar with its number.
    pub(super) fn group(&mut self, item: &'a ItemDef, scope: &Scope<'_, 'a>, out: &mut Vec<Element>) {
        let group = &item.id.value;
        let Some(value) = scope.entries.values.get(group) else { return };
        let ValueKind::List(members) = &value.kind else {
            self.diagnostics.push(
                Diagnostic::new(Code::WrongType, value.span)
                    .said("found", Phrase::said("一覧以外の値", "not a list"))
                    .said("expected", Phrase::said("一覧（[ … ]）", "a list ([ … ])")),
            );
            return;
        };
        let path = scope.path.join(group);
        self.kept.groups.insert(path.clone(), value.span);
        let mut seen: Vec<(RecordId, Span)> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let whole = values::whole(member);
            let state =
                if whole.as_ref().is_some_and(|whole| whole.side == Side::Old) { State::Before } else { State::After };
            let id = RecordId::from(member.characters(state));
            let span = member.span.unwrap_or(value.span);
            if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == id) {
                let twice = Diagnostic::new(Code::RecordTwice, span).with("id", &id);
                self.diagnostics.push(twice.related_as(*first, Label::First));
                continue;
            }
            let paths: Vec<String> = self.filling.layers.iter().map(|layer| format!("{layer}/{group}/{id}")).collect();
            if !paths.iter().any(|path| self.library().entries.contains_key(path)) {
                self.record_unknown(group, &id, span);
            } else {
                let entries = self.merge(&path.join(&id), &paths);
                let first = out.len();
                let literal = member.literal();
                let own = Member { id: &id, number: index + 1, whole, span: member.span, literal };
                self.record(item, &entries, scope, &own, out);
                let place = member.withheld().or(scope.entries.withheld.get(group).copied());
                if let Some(place) = place {
                    withheld::record(&path.join(&id), &mut out[first..], &mut self.kept.registers, place);
                }
            }
            seen.push((id, span));
        }
    }

    fn record_unknown(&mut self, group: &ItemId, id: &RecordId, span: Span) {
        let folders: Vec<String> = self.filling.layers.iter().map(|layer| format!("{layer}/{group}/")).collect();
        let known = self
            .seen
            .names(self.resolver.library)
            .entries
            .keys()
            .filter_map(|path| folders.iter().find_map(|folder| path.strip_prefix(folder.as_str())));
        let near = maybe(nearest(id, known));
        let path = format!("{}{id}.md", folders.last().map_or("", String::as_str));
        self.diagnostics
            .push(Diagnostic::new(Code::RecordUnknown, span).with("id", id).with("path", path).with("near", near));
    }

    fn record(
        &mut self,
        item: &'a ItemDef,
        entries: &Entries,
        scope: &Scope<'_, 'a>,
        member: &Member<'_>,
        out: &mut Vec<Element>,
    ) {
        let path = scope.path.join(&item.id.value).join(member.id);
        let mut all = Vec::new();
        collect(&item.items, &mut all);
        let numbered = format!("{}{}", item.label, member.number);
        entries.check_against(&all, &numbered, self.diagnostics);
        let mut label = Text::plain(&numbered);
        let is_gone = member.whole.as_ref().is_some_and(|whole| whole.side == Side::Old);
        if let Some(released) = scope.released.as_ref().filter(|_| !is_gone) {
            self.say_left(released, &numbered, member.span);
        }
        let mut title = None;
        if let Some(title_item) = &item.title_item {
            match self.text(entries, title_item) {
                Some(text) => {
                    title = Some((path.join(title_item), text.clone()));
                    join(&mut label, text);
                }
                None => {
                    if let Some(def) = all.iter().find(|def| def.id.value == *title_item) {
                        self.missing(def, entries, &numbered);
                    }
                }
            }
        }
        let whole = member.whole.clone().or_else(|| scope.whole.clone());
        out.push(Element::Band(Band {
            level: scope.level,
            label,
            important: false,
            ticks: Vec::new(),
            record: Some(path.clone()),
            whole: whole.clone(),
            withheld: None,
            path: path.clone(),
            title,
            span: member.span,
            literal: member.literal,
        }));
        let mut trail = scope.trail.clone();
        trail.push(numbered);
        let inner = Scope {
            entries,
            around: Around { record: Some((item, entries)), ..scope.around },
            // Of a record that should not be there only that is told.
            released: None,
            path: path.clone(),
            trail,
            depth: 0,
            level: (scope.level + 1).min(4),
            cluster: String::new(),
            cluster_important: false,
            important: scope.important,
            record: Some(path),
            whole,
        };
        let rows: Vec<&'a ItemDef> =
            item.items.iter().filter(|def| Some(&def.id.value) != item.title_item.as_ref()).collect();
        for def in rows {
            self.items(std::slice::from_ref(def), &inner, out);
        }
    }
}

/// A record's place in its group.
struct Member<'m> {
    id: &'m RecordId,
    number: usize,
    whole: Option<Whole>,
    span: Option<Span>,
    literal: Option<Span>,
}

fn collect<'a>(items: &'a [ItemDef], found: &mut Vec<&'a ItemDef>) {
    for item in items {
        found.push(item);
        collect(&item.items, found);
    }
}

/// A title after its number: `委託事項7　国保総合…`.
fn join(label: &mut Text, title: Text) {
    label.marks = title.marks;
    if let (Some(Block::Paragraph(into)), Some(Block::Paragraph(Paragraph { runs, .. }))) =
        (label.blocks.first_mut(), title.blocks.into_iter().next())
    {
        into.runs.push(Run::plain("　"));
        into.runs.extend(runs);
    }
}
