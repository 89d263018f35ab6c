//! The hearing of a case and its opinions, and what of them the assessment itself says.

use std::collections::BTreeMap;

use jiff::Unit;
use jiff::civil::Date;

use super::library::Read;
use super::manifest::{CommentWords, CommentsToml, EffectDef, GroupToml, OpinionToml};
use super::parse_date;
use super::resolve::{line_runs, maybe};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span, nearest};
use crate::markup::{Block, Letters, Paragraph, Run, Text};
use crate::name::{ChangeId, FragmentId, OpinionGroupId};

/// The fragment with the main opinions（④主な意見の内容）.
const MAIN_OPINIONS: &str = "comments-main";
/// The fragment with what the opinions changed（⑤評価書への反映）.
const REFLECTION: &str = "comments-reflection";

/// A hearing with its opinions（意見の募集）.
#[derive(Debug, Clone)]
pub struct Comments {
    /// `comments.toml`.
    pub file: FileId,
    /// As written.
    pub settings: CommentsToml,
    /// First and last day; none where one of them is no day.
    pub period: Option<(Date, Date)>,
    /// The words of its documents: terms in place, and what the file says itself over those of all documents.
    pub words: CommentWords,
    /// 事由 of every change that an answer may name, by id: those of the case and those that went into its editions.
    pub reasons: BTreeMap<ChangeId, String>,
}

impl Comments {
    /// The hearing of a file.
    ///
    /// Pushes [`Code::WrongType`] for a period that is none, [`Code::IdTwice`] and [`Code::HearingTerm`].
    pub(super) fn of(
        read: &Read<CommentsToml>,
        words: &CommentWords,
        (terms, reasons): (&BTreeMap<String, String>, BTreeMap<ChangeId, String>),
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (file, settings) = (read.file, &read.value);
        let day = |day, diagnostics: &mut Diagnostics| parse_date(file, day, diagnostics);
        let (from, to) = (day(&settings.hearing.from, diagnostics), day(&settings.hearing.to, diagnostics));
        twice(settings.group.iter().map(|group| (group.id.value.to_string(), &group.id.range)), file, diagnostics);
        let numbers = settings.opinion.iter().map(|opinion| (opinion.number.value.to_string(), &opinion.number.range));
        twice(numbers, file, diagnostics);
        let mut words = words.clone();
        let own = [(&settings.notice, &mut words.notice), (&settings.report, &mut words.report)];
        for (own, usual) in own.into_iter().filter(|(own, _)| !own.is_empty()) {
            usual.clone_from(own);
        }
        if !settings.columns.is_empty() {
            words.columns.clone_from(&settings.columns);
        }
        let place = Span::new(file, settings.hearing.title.range.clone());
        let mut unknown = BTreeMap::new();
        words.each_line(&mut |line| *line = with_terms(line, terms, &mut unknown));
        for (name, line) in unknown {
            let near = maybe(nearest(&name, terms.keys().map(String::as_str)));
            let term = Diagnostic::new(Code::HearingTerm, place).with("name", name).with("line", line);
            diagnostics.push(term.with("near", near));
        }
        Self { file, settings: settings.clone(), period: from.zip(to), words, reasons }
    }

    /// How long the hearing lasts, the first and the last day included; not positive where it ends before it begins.
    #[must_use]
    pub fn days(&self) -> Option<i32> {
        let (from, to) = self.period?;
        Some(from.until((Unit::Day, to)).ok()?.get_days() + 1)
    }

    /// The opinions that a group answers.
    pub fn opinions_of(&self, group: &OpinionGroupId) -> impl Iterator<Item = &OpinionToml> {
        self.settings.opinion.iter().filter(move |opinion| opinion.group() == Some(group))
    }

    /// What a group does to the assessment, where that is known.
    #[must_use]
    pub fn effect(&self, group: &GroupToml) -> Option<&EffectDef> {
        let word = group.effect()?;
        self.words.effects.iter().find(|effect| effect.word == word)
    }

    /// The numbers that the assessment may print, by the name of their term（件数の用語）.
    #[must_use]
    pub fn terms(&self) -> BTreeMap<String, String> {
        let changes = |group: &&GroupToml| self.effect(group).is_some_and(|effect| effect.changes);
        let reflected = self.settings.group.iter().filter(changes);
        let opinions: usize = reflected.map(|group| self.opinions_of(&group.id.value).count()).sum();
        let numbers = [
            ("comments-count", self.settings.opinion.len()),
            ("comments-groups", self.settings.group.len()),
            ("comments-reflected", opinions),
        ];
        numbers.map(|(name, number)| (name.to_owned(), number.to_string())).into()
    }

    /// The texts that the assessment may use as fragments, by id（共通文として呼び出せる文）.
    #[must_use]
    pub fn fragments(&self) -> BTreeMap<FragmentId, Text> {
        let words = &self.words.entry;
        let place = |group: &GroupToml| Span::new(self.file, group.id.range.clone());
        let filled = |pattern: &str, group: &GroupToml| {
            let count = self.opinions_of(&group.id.value).count().to_string();
            let effect = group.effect().unwrap_or_default();
            let parts = [("heading", group.heading.as_str()), ("summary", &group.summary), ("answer", &group.answer)];
            let parts = parts.into_iter().chain([("count", count.as_str()), ("effect", effect)]);
            (put(pattern, parts), place(group))
        };
        let main = self.settings.group.iter().filter(|group| group.main).map(|group| filled(&words.main, group));
        let reflected = self.settings.group.iter().filter(|group| {
            let changes = self.effect(group).is_some_and(|effect| effect.changes);
            changes && !group.answer.is_empty()
        });
        let reflected = reflected.map(|group| filled(&words.reflected, group));
        let whole = Span::new(self.file, self.settings.hearing.title.range.clone());
        // That nothing came in or nothing is changed is said only where it is known.
        let is_decided = self.settings.group.iter().all(|group| self.effect(group).is_some());
        let nothing_said = if self.settings.opinion.is_empty() { words.no_opinion.as_str() } else { "" };
        let nothing_changed = if is_decided { words.nothing_reflected.as_str() } else { "" };
        [
            (MAIN_OPINIONS.into(), listed(main.collect(), (nothing_said, whole))),
            (REFLECTION.into(), listed(reflected.collect(), (nothing_changed, whole))),
        ]
        .into()
    }
}

impl OpinionToml {
    /// The group that answers it, where it is sorted.
    #[must_use]
    pub fn group(&self) -> Option<&OpinionGroupId> {
        self.group.as_ref().map(|group| &group.value).filter(|group| !group.is_empty())
    }
}

impl GroupToml {
    /// What it does to the assessment, where that is decided.
    #[must_use]
    pub fn effect(&self) -> Option<&str> {
        self.effect.as_ref().map(|effect| effect.value.as_str()).filter(|effect| !effect.is_empty())
    }
}

impl CommentWords {
    /// Calls a function with every line that may hold terms.
    pub fn each_line(&mut self, visit: &mut dyn FnMut(&mut String)) {
        for part in self.notice.iter_mut().chain(&mut self.report) {
            visit(&mut part.heading);
            visit(&mut part.text);
        }
        self.columns.iter_mut().for_each(|column| visit(&mut column.label));
        let entry = &mut self.entry;
        let entry = [&mut entry.main, &mut entry.no_opinion, &mut entry.reflected, &mut entry.nothing_reflected];
        entry.into_iter().for_each(visit);
    }
}

/// A pattern with `{name}` replaced; what stands for a name is not looked at again.
#[must_use]
pub fn put<'p>(pattern: &str, parts: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let parts: Vec<(&str, &str)> = parts.into_iter().collect();
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let named = rest[at + 1..].split_once('}');
        let value = named
            .and_then(|(name, after)| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after)));
        out.push_str(&rest[..at]);
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

/// Texts as the items of a list, each line a paragraph; words in place of a list without any.
fn listed(items: Vec<(String, Span)>, (nothing, place): (&str, Span)) -> Text {
    let paragraphs = |(text, place): (String, Span)| -> Vec<Block> {
        let like = Run { span: Some(place), letters: Letters::Named, ..Run::plain("") };
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
        let runs = lines.map(|line| line_runs(line, &like, place));
        runs.map(|runs| Block::Paragraph(Paragraph { runs, ..Paragraph::default() })).collect()
    };
    let items: Vec<Vec<Block>> = items.into_iter().map(paragraphs).filter(|blocks| !blocks.is_empty()).collect();
    let blocks = if items.is_empty() {
        paragraphs((nothing.to_owned(), place))
    } else {
        vec![Block::List { start: None, items }]
    };
    Text { blocks, span: Some(place), ..Text::default() }
}

/// A line with `{{name}}` replaced. A name that is none is noted, with the first line that has it.
fn with_terms(line: &str, terms: &BTreeMap<String, String>, unknown: &mut BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            rest = &rest[before.len()..];
            break;
        };
        match terms.get(name) {
            Some(value) => out.push_str(value),
            None => drop(unknown.entry(name.to_owned()).or_insert_with(|| line.to_owned())),
        }
        rest = after;
    }
    out + rest
}

/// Reports what has the id of another one.
fn twice<'r>(
    ids: impl Iterator<Item = (String, &'r std::ops::Range<usize>)>,
    file: FileId,
    diagnostics: &mut Diagnostics,
) {
    let mut first_of: BTreeMap<String, Span> = BTreeMap::new();
    for (id, range) in ids {
        let span = Span::new(file, range.clone());
        if let Some(first) = first_of.get(&id) {
            let twice = Diagnostic::new(Code::IdTwice, span).with("id", &id);
            diagnostics.push(twice.related_as(*first, Label::First));
        }
        first_of.entry(id).or_insert(span);
    }
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_pattern_takes_each_name_once_and_leaves_the_rest() {
        assert_eq!(put("{heading}（{count}件）", [("heading", "{count}の件"), ("count", "2")]), "{count}の件（2件）");
        assert_eq!(put("{own}と{", [("heading", "x")]), "{own}と{");
        assert_eq!(put("", [("heading", "x")]), "");
    }
}
