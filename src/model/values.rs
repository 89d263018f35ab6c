//! Values of items: options, boxes, numbers, lines.

use super::entries::Entries;
use super::fill::Filler;
use super::filled::{Check, Content, Inline, Whole};
use super::library::ValueKind;
use super::manifest::{ItemDef, ItemKind, OptionList};
use super::resolve::{line_runs, maybe};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span, nearest};
use crate::markup::{Block, Paragraph, Run, RunKind, Side, State, Text};

/// The content of an item, `None` where nothing is written.
pub(super) fn content(filler: &mut Filler<'_, '_>, item: &ItemDef, entries: &Entries) -> Option<Content> {
    let id = &item.id.value;
    match item.kind {
        ItemKind::Text => filler.text(entries, id).filter(|text| !text.is_empty()).map(Content::Text),
        ItemKind::Line | ItemKind::Date | ItemKind::Number => {
            filler.text(entries, id).filter(|text| !text.is_empty()).map(Content::Line)
        }
        ItemKind::Fixed => Some(fixed(filler, item)),
        ItemKind::Tick => Some(Content::Checks { checks: vec![tick(item, entries)], columns: 1 }),
        ItemKind::Choice => choice(filler, item, entries),
        ItemKind::Checks => checks(filler, item, entries),
        ItemKind::Band | ItemKind::Group | ItemKind::Cluster => None,
    }
}

/// What is printed where nothing is written: the options without a choice, the boxes without a tick.
pub(super) fn empty(filler: &mut Filler<'_, '_>, item: &ItemDef, entries: &Entries) -> Content {
    let Some(list) = options(filler, item) else { return Content::Line(Text::default()) };
    match item.kind {
        ItemKind::Choice => Content::Choice {
            value: Text::default(),
            options: list.labels.clone(),
            columns: item.options_columns.unwrap_or(2),
            inline: inlines(filler, item, entries),
        },
        ItemKind::Checks => {
            let checks = list.labels.iter().map(|label| unticked(label, list)).collect();
            Content::Checks { checks, columns: item.columns.unwrap_or(3) }
        }
        _ => Content::Line(Text::default()),
    }
}

/// The content as text, for a document that prints an item of another form.
pub(super) fn as_text(content: &Content) -> Content {
    match content {
        Content::Text(text) => Content::Text(text.clone()),
        Content::Line(text) | Content::Choice { value: text, .. } => Content::Text(text.clone()),
        Content::Checks { checks, .. } => {
            let mut text = Text::plain("");
            let on: Vec<&Check> = checks.iter().filter(|check| check.on).collect();
            let mut runs = Vec::new();
            for (index, check) in on.iter().enumerate() {
                if index > 0 {
                    runs.push(Run::plain("、"));
                }
                let mark = check.mark.clone().map(|mark| {
                    text.marks.push(mark);
                    (text.marks.len() - 1, Side::New)
                });
                let withheld = check.withheld;
                runs.push(Run { mark, withheld, ..Run::plain(&check.label) });
                if let Some(inner) = &check.text {
                    let inside = inner.runs().into_iter().filter(|run| State::After.has(run.mark));
                    let inside =
                        inside.map(|run| Run { mark: None, withheld: run.withheld.or(withheld), ..run.clone() });
                    runs.push(Run { withheld, ..Run::plain("（") });
                    runs.extend(inside);
                    runs.push(Run { withheld, ..Run::plain("）") });
                }
            }
            text.blocks = vec![Block::Paragraph(Paragraph { runs, ..Paragraph::default() })];
            Content::Text(text)
        }
    }
}

/// The content of another form's item as one of this form prints it: a choice with the options of this form, if they have its words.
pub(super) fn as_own(filler: &mut Filler<'_, '_>, item: &ItemDef, content: Content, entries: &Entries) -> Content {
    let Some(list) = options(filler, item).filter(|_| item.kind == ItemKind::Choice) else { return content };
    let Content::Text(value) = &content else { return content };
    let known = |state| list.labels.contains(&value.characters(state)) || value.characters(state).is_empty();
    if !known(State::Before) || !known(State::After) {
        return content;
    }
    Content::Choice {
        value: value.clone(),
        options: list.labels.clone(),
        columns: item.options_columns.unwrap_or(2),
        inline: inlines(filler, item, entries),
    }
}

/// The mark that takes in the whole of a list's member: `{++id++}{>>change<<}`.
#[must_use]
pub fn whole(member: &Text) -> Option<Whole> {
    let runs = member.runs();
    let (mark, side) = runs.first()?.mark?;
    runs.iter().all(|run| run.mark == Some((mark, side))).then(|| Whole { mark: member.marks[mark].clone(), side })
}

/// A box of its own: ticked if its value is `true`.
pub(super) fn tick(item: &ItemDef, entries: &Entries) -> Check {
    let value = entries.values.get(&item.id.value);
    let (was_on, on, mark) = match value.map(|value| &value.kind) {
        Some(ValueKind::Flag(on)) => (*on, *on, None),
        // A mark makes a string of it: `'{~~false~>true~~}{>>change<<}'`.
        Some(ValueKind::Text(text)) => {
            let said = |state: State| text.characters(state) == "true";
            (said(State::Before), said(State::After), text.marks.first().cloned())
        }
        Some(ValueKind::List(_)) | None => (false, false, None),
    };
    let span = value.map(|value| value.span);
    let withheld = entries.withheld.get(&item.id.value).copied();
    Check { label: item.label.clone(), on, was_on, mark, text: None, count: None, withheld, span, literal: None }
}

fn fixed(filler: &Filler<'_, '_>, item: &ItemDef) -> Content {
    let mut text = item.text.clone().unwrap_or_default();
    for (name, value) in &filler.filling.placeholders {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    let place = Span::new(filler.filling.form_file, item.id.range.clone());
    // A withheld part may go on over lines, so the lines are cut last.
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    for run in line_runs(&text, &Run::plain(""), place) {
        for (number, line) in run.characters().split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            let last = lines.last_mut().expect("there is one from the beginning");
            last.push(Run { kind: RunKind::Text(line.trim_end_matches('\r').to_owned()), ..run.clone() });
        }
    }
    lines.pop_if(|last| last.iter().all(|run| run.characters().is_empty()));
    let paragraph = |runs| Block::Paragraph(Paragraph { runs, ..Paragraph::default() });
    Content::Text(Text { blocks: lines.into_iter().map(paragraph).collect(), ..Text::default() })
}

/// The option list of an item; one that is not there is told where the form is checked.
fn options<'a>(filler: &mut Filler<'a, '_>, item: &ItemDef) -> Option<&'a OptionList> {
    filler.filling.form.option_list(&item.options.as_ref()?.value)
}

fn choice(filler: &mut Filler<'_, '_>, item: &ItemDef, entries: &Entries) -> Option<Content> {
    let list = options(filler, item)?;
    let text = filler.text(entries, &item.id.value).filter(|text| !text.is_empty())?;
    let span = entries.values.get(&item.id.value).map(|value| value.span);
    for state in [State::Before, State::After] {
        let written = text.characters(state);
        if !written.is_empty() && !list.labels.contains(&written) {
            option_unknown(filler, list, &written, span);
        }
    }
    Some(Content::Choice {
        value: text,
        options: list.labels.clone(),
        columns: item.options_columns.unwrap_or(2),
        inline: inlines(filler, item, entries),
    })
}

fn option_unknown(filler: &mut Filler<'_, '_>, list: &OptionList, written: &str, span: Option<Span>) {
    let labels = || list.labels.iter().map(String::as_str);
    let diagnostic = span
        .map_or_else(|| Diagnostic::nowhere(Code::OptionUnknown), |span| Diagnostic::new(Code::OptionUnknown, span));
    filler.diagnostics.push(
        diagnostic
            .with("word", written)
            .with("near", maybe(nearest(written, labels())))
            .with("valid", labels().collect::<Vec<_>>().join("、")),
    );
}

/// Numbers and lines printed in the cell of the item above them.
fn inlines(filler: &mut Filler<'_, '_>, item: &ItemDef, entries: &Entries) -> Vec<Inline> {
    item.items.iter().filter(|inner| inner.inline).filter_map(|inner| inline(filler, inner, entries)).collect()
}

fn inline(filler: &mut Filler<'_, '_>, inner: &ItemDef, entries: &Entries) -> Option<Inline> {
    let value = filler.text(entries, &inner.id.value);
    let value = match value {
        Some(value) => value,
        // An empty pair of brackets is part of the printed form for a number, not for a line.
        None if inner.kind == ItemKind::Number => Text::plain("　"),
        None => return None,
    };
    // A number that says of itself what it counts is printed as it is written: 57件（別紙1のとおり）.
    let says_all = |state| value.characters(state).contains('件');
    let is_whole = inner.kind == ItemKind::Number && (says_all(State::Before) || says_all(State::After));
    let pattern = inner.pattern.as_deref().filter(|_| !is_whole).unwrap_or("{}");
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    Some(Inline { item: inner.id.value.clone(), before: before.to_owned(), value, after: after.to_owned() })
}

fn unticked(label: &str, list: &OptionList) -> Check {
    let text = list.with_text.iter().any(|with| with == label).then(Text::default);
    Check {
        label: label.to_owned(),
        on: false,
        was_on: false,
        mark: None,
        text,
        count: None,
        withheld: None,
        span: None,
        literal: None,
    }
}

fn checks(filler: &mut Filler<'_, '_>, item: &ItemDef, entries: &Entries) -> Option<Content> {
    let list = options(filler, item)?;
    let value = entries.values.get(&item.id.value)?;
    let ValueKind::List(members) = &value.kind else {
        filler.diagnostics.push(
            Diagnostic::new(Code::WrongType, value.span)
                .said("found", Phrase::said("一覧以外の値", "not a list"))
                .said("expected", Phrase::said("一覧（[ … ]）", "a list ([ … ])")),
        );
        return None;
    };
    let mut checks: Vec<Check> = list.labels.iter().map(|label| unticked(label, list)).collect();
    for member in members {
        let member = filler.resolver.resolve(member, filler.diagnostics);
        set(filler, list, &mut checks, &member, value.span);
    }
    for inner in item.items.iter().filter(|inner| inner.inline) {
        let count = inline(filler, inner, entries);
        if let Some(check) = checks.iter_mut().find(|check| check.label == inner.label) {
            check.count = count;
        }
    }
    Some(Content::Checks { checks, columns: item.columns.unwrap_or(3) })
}

/// Ticks the box that a member names: `その他（画面の参照）`.
fn set(filler: &mut Filler<'_, '_>, list: &OptionList, checks: &mut [Check], member: &Text, span: Span) {
    let span = member.span.unwrap_or(span);
    let whole = whole(member);
    let old = whole.as_ref().is_some_and(|whole| whole.side == Side::Old);
    let written = member.characters(if old { State::Before } else { State::After });
    let exact = checks.iter().position(|check| check.label == written);
    // An option's own wording may end in brackets（表計算ファイル等）, so the whole is tried first.
    let found = exact.map(|index| (index, None)).or_else(|| {
        let (label, rest) = written.split_once('（')?;
        let index = checks.iter().position(|check| check.label == label)?;
        Some((index, Some(rest.strip_suffix('）').unwrap_or(rest).to_owned())))
    });
    let Some((index, text)) = found else {
        option_unknown(filler, list, &written, Some(span));
        return;
    };
    let check = &mut checks[index];
    check.on = !old;
    check.was_on = !matches!(&whole, Some(whole) if whole.side == Side::New);
    if let Some(text) = text {
        if check.text.is_none() {
            filler.diagnostics.push(Diagnostic::new(Code::OptionText, span).with("word", &check.label));
        }
        check.text = Some(if whole.is_some() { unmarked(&text, member) } else { inside(member) });
    }
    // The first characters are the option's own words; what is withheld in brackets leaves the box to be seen.
    check.withheld = check.withheld.or(member.runs().first().and_then(|run| run.withheld));
    check.mark = whole.map(|whole| whole.mark);
    check.span = Some(span);
    check.literal = member.literal();
}

/// The text in a box that is marked as a whole; withheld as a whole if a part of it is.
fn unmarked(text: &str, member: &Text) -> Text {
    let mut text = Text::plain(text);
    if let Some(place) = member.withheld() {
        text.withhold(place);
    }
    text
}

/// The text between the first （ and the last ）, its marks kept.
fn inside(member: &Text) -> Text {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for run in member.runs() {
        match (&run.kind, open) {
            (RunKind::Text(text), false) => {
                if let Some(at) = text.find('（') {
                    runs.push(run.part(at + '（'.len_utf8()..text.len()));
                    open = true;
                }
            }
            _ => runs.push(run.clone()),
        }
    }
    if let Some(last) = runs.last_mut()
        && matches!(last.kind, RunKind::Text(_))
        && let Some(text) = last.characters().strip_suffix('）')
    {
        let length = text.len();
        *last = last.part(0..length);
    }
    runs.retain(|run| !run.characters().is_empty());
    Text {
        blocks: vec![Block::Paragraph(Paragraph { runs, ..Paragraph::default() })],
        marks: member.marks.clone(),
        span: member.span,
        origin: member.origin.clone(),
    }
}
