//! Names that texts give each other（名前の使われ方）: shared texts, terms, changes; where each is made, and where it is used.
//!
//! Input: parsed files. Output: [`Place`]s. A mark, a term and the use of a shared text are found where the parser found them, so that what is
//! escaped or stands in a code span is none.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostics, FileId, SourceMap, Span};
use crate::markup::{Block, RunKind, Text};
use crate::model::{Library, ValueKind, string_text};
use crate::name::{CaseId, ChangeId, FragmentId, Owner};
use crate::source::{Located, composed, toml_keys};

/// A name（名前）.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// 共通文.
    Fragment(FragmentId),
    /// 用語 or a shared fact.
    Term(String),
    /// 変更.
    Change(ChangeId),
}

impl Name {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Fragment(id) => id,
            Self::Term(id) => id,
            Self::Change(id) => id,
        }
    }
}

/// What a place is to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// It is made here.
    Made,
    /// It is used here.
    Used,
}

/// How exactly the place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The letters of the name alone.
    Letters,
    /// A key of TOML, with its quotation marks where it has some.
    Key,
    /// Somewhere in a string that writes letters by their numbers.
    Somewhere,
}

/// A place of a name（名前の所在）.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The file and the bytes.
    pub(super) span: Span,
    /// What is named.
    pub(super) name: Name,
    /// What it is to it.
    pub(super) part: Part,
    /// How exactly it is known.
    pub(super) reach: Reach,
    /// With its braces: what an author sees as the name.
    pub(super) around: Span,
}

impl Place {
    /// Whether a byte of a file is in it, or touches it; its braces are part of it.
    pub(super) fn is_at(&self, file: FileId, offset: usize) -> bool {
        self.around.file == file && self.around.start <= offset && offset <= self.around.end
    }
}

/// Where all names of a library stand, in the order of the files; those of frozen editions, which never change, left out.
pub(super) fn places(library: &Library, sources: &SourceMap) -> Vec<Place> {
    let mut finder = Finder { sources, found: BTreeSet::new() };
    for entry in library.entries.values() {
        finder.located(entry.change.as_ref(), entry.file, Name::Change, Part::Used);
        for value in entry.values.values() {
            match &value.kind {
                ValueKind::Text(text) => finder.text(text),
                ValueKind::List(members) => members.iter().for_each(|member| finder.text(member)),
                ValueKind::Flag(_) => {}
            }
        }
        entry.headed.iter().for_each(|headed| finder.text(&headed.text));
    }
    for flow in library.flows.values() {
        let front = &flow.front;
        let nodes = front.node.iter().flat_map(|node| [&node.inserted, &node.deleted]);
        let arrows = front.arrow.iter().flat_map(|arrow| [&arrow.inserted, &arrow.deleted]);
        for id in nodes.chain(arrows).chain([&front.change]).flatten() {
            finder.located(Some(id), flow.file, Name::Change, Part::Used);
        }
        finder.text(&flow.title);
        flow.labels.iter().for_each(|label| finder.text(label));
        flow.remarks.iter().for_each(|headed| finder.text(&headed.text));
    }
    for fragment in library.fragments.values() {
        finder.located(Some(&fragment.front.id), fragment.file, Name::Fragment, Part::Made);
        finder.text(&fragment.text);
    }
    finder.settings(library);
    finder.terms(library);
    finder.found.into_iter().collect()
}

struct Finder<'s> {
    sources: &'s SourceMap,
    found: BTreeSet<Place>,
}

impl Finder<'_> {
    /// What settings say of changes and shared texts.
    fn settings(&mut self, library: &Library) {
        for changes in library.changes.values() {
            for change in &changes.value.change {
                self.located(Some(&change.id), changes.file, Name::Change, Part::Made);
            }
            for id in changes.value.summary.iter().flat_map(|summary| &summary.changes) {
                self.located(Some(id), changes.file, Name::Change, Part::Used);
            }
        }
        for case in library.cases.values() {
            let inserted = case.value.period.iter().filter_map(|period| period.inserted.as_ref());
            for id in case.value.accepted.iter().chain(inserted) {
                self.located(Some(id), case.file, Name::Change, Part::Used);
            }
            case.value.period.iter().for_each(|period| self.string(&period.label, case.file));
        }
        for submission in library.submissions.values() {
            for id in &submission.value.accepted {
                self.located(Some(id), submission.file, Name::Change, Part::Used);
            }
        }
        for checklist in library.checklists.values() {
            for measure in checklist.value.sheet.iter().flat_map(|sheet| &sheet.measure) {
                self.located(measure.fragment.as_ref(), checklist.file, Name::Fragment, Part::Used);
                if let Some(text) = &measure.text {
                    self.string(text, checklist.file);
                }
            }
        }
    }

    /// Where terms and facts are made, and what restates them.
    fn terms(&mut self, library: &Library) {
        if let Some((file, _, stated)) = &library.wording {
            self.keys(*file, "facts");
            stated.iter().for_each(|stated| self.located(Some(&stated.fact), *file, Name::Term, Part::Used));
        }
        for municipality in library.municipalities.values() {
            self.keys(municipality.file, "terms");
        }
    }

    fn keys(&mut self, file: FileId, table: &str) {
        let text = &self.sources.get(file).text;
        for (key, range) in toml_keys(text, 0..text.len(), table) {
            let span = Span::new(file, range);
            let name = Name::Term(composed(&key));
            self.found.insert(Place { span, name, part: Part::Made, reach: Reach::Key, around: span });
        }
    }

    /// A string of TOML that is a name and nothing else.
    fn located<T: Clone + AsRef<str>>(
        &mut self,
        id: Option<&Located<T>>,
        file: FileId,
        name: fn(T) -> Name,
        part: Part,
    ) {
        let Some(Located { value, range }) = id else { return };
        let around = Span::new(file, range.clone());
        let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
        let text = &self.sources.get(file).text;
        let letters = text.get(inner.clone()).filter(|written| composed(written) == value.as_ref());
        let (span, reach) = match letters {
            Some(_) => (Span::new(file, inner), Reach::Letters),
            None => (around, Reach::Somewhere),
        };
        self.found.insert(Place { span, name: name(value.clone()), part, reach, around });
    }

    /// A string of TOML that is a text with marks.
    fn string(&mut self, string: &Located<String>, file: FileId) {
        let source = &self.sources.get(file).text;
        self.text(&string_text(file, source, string, None, &mut Diagnostics::new()));
    }

    fn text(&mut self, text: &Text) {
        for run in text.runs() {
            if let (RunKind::Term(name), Some(span)) = (&run.kind, run.span) {
                self.braced(span, ("{{", "}}"), Name::Term(name.clone()));
            }
        }
        self.fragments(&text.blocks);
        for mark in &text.marks {
            let Some(tokens) = &mark.tokens else { continue };
            let close = Span::new(mark.span.file, tokens.close.clone());
            // Without an id of its own it has that of its file.
            if self.sources.slice(close).contains("{>>") {
                self.braced(close, ("{>>", "<<}"), Name::Change(mark.change.clone()));
            }
        }
    }

    fn fragments(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Fragment { id, span, .. } => self.braced(*span, ("{{>", "}}"), Name::Fragment(id.clone())),
                Block::List { items, .. } => items.iter().for_each(|item| self.fragments(item)),
                Block::Paragraph(_) | Block::Table { .. } => {}
            }
        }
    }

    /// A name between braces: in a string with escapes every one that reads so, for they have one place there.
    fn braced(&mut self, within: Span, (open, close): (&str, &str), name: Name) {
        let text = self.sources.slice(within);
        let mut found = Vec::new();
        for (at, _) in text.match_indices(open) {
            let inner = &text[at + open.len()..];
            let Some(end) = inner.find(close) else { continue };
            let inner = &inner[..end];
            if composed(inner.trim()) == name.id() {
                let start = at + open.len() + (inner.len() - inner.trim_start().len());
                found.push((start..start + inner.trim().len(), at..at + open.len() + end + close.len()));
            }
        }
        let place = |range: Range<usize>| Span::new(within.file, within.start + range.start..within.start + range.end);
        if found.is_empty() {
            self.found.insert(Place { span: within, name, part: Part::Used, reach: Reach::Somewhere, around: within });
            return;
        }
        for (letters, around) in found {
            self.found.insert(Place {
                span: place(letters),
                name: name.clone(),
                part: Part::Used,
                reach: Reach::Letters,
                around: place(around),
            });
        }
    }
}

/// The files that a library has taken something from.
pub(super) fn read_files(library: &Library) -> BTreeSet<FileId> {
    let entries = library.entries.values().map(|entry| entry.file);
    let flows = library.flows.values().map(|flow| flow.file);
    let fragments = library.fragments.values().map(|fragment| fragment.file);
    let changes = library.changes.values().map(|read| read.file);
    let cases = library.cases.values().map(|read| read.file);
    let assessments = library.assessments.values().map(|read| read.file);
    let submissions = library.submissions.values().map(|read| read.file);
    let checklists = library.checklists.values().map(|read| read.file);
    let municipalities = library.municipalities.values().map(|read| read.file);
    let facts = library.wording.iter().map(|(file, ..)| *file);
    let all = entries.chain(flows).chain(fragments).chain(changes).chain(cases).chain(assessments);
    all.chain(submissions).chain(checklists).chain(municipalities).chain(facts).collect()
}

/// The case that a file belongs to; none: all may share it.
pub(super) fn case_of(path: &str) -> Option<CaseId> {
    match Owner::of_path(path) {
        // Nobody writes in what is frozen.
        Owner::Case(_) if path.starts_with("content/editions/") => None,
        Owner::Case(name) => Some(name.case),
        Owner::Assessment(case) => Some(case),
        Owner::Municipality(_) | Owner::All => None,
    }
}
