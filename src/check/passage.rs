//! The texts of a section as they are read, and what rules said of them.
//!
//! Most edits leave most sections as they were. So the readings of a section are remembered under its hash, and with them what each rule made
//! of them by themselves: it lives as long as they do.

use std::any::Any;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;
use typst::utils::LazyHash;

use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::Text;
use crate::model::{Element, FilledSection};

/// Texts that follow each other in one document（続く本文）.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// The section that they stand in; `None` outside of forms.
    pub(super) section: Option<&'a FilledSection>,
    readings: Arc<Readings>,
}

/// Readings with what was made of them.
#[derive(Debug, Default)]
struct Readings {
    all: Vec<Reading>,
    answers: Mutex<Answers>,
}

impl Readings {
    /// With nothing made of them yet.
    fn of(all: Vec<Reading>) -> Arc<Self> {
        Arc::new(Self { all, ..Self::default() })
    }
}

/// What was made, by the code of a rule and the hash of what it looked for.
type Answers = FxHashMap<(Code, u128), Arc<dyn Any + Send + Sync>>;

impl<'a> Passage<'a> {
    /// The texts of a section of a form.
    pub(super) fn of(section: &'a LazyHash<FilledSection>) -> Self {
        Self { section: Some(section), readings: remembered(section) }
    }

    /// Texts that stand in no form.
    pub(super) fn of_texts(texts: &[&Text]) -> Self {
        Self { section: None, readings: outside(texts) }
    }

    /// Words of settings that are printed as they are, each with the place that is told of it.
    pub(super) fn of_words(words: &[(&str, Span)]) -> Self {
        Self { section: None, readings: plain(words) }
    }

    /// Its texts in order.
    pub(super) fn readings(&self) -> &[Reading] {
        &self.readings.all
    }

    /// Asks a rule of the section as it is written, where it was not asked before; nothing where there is no section.
    pub(super) fn ask_section(
        &self,
        rule: (Code, u128),
        diagnostics: &mut Diagnostics,
        look: &impl Fn(&FilledSection, &mut Said),
    ) {
        if let Some(section) = self.section {
            self.tell(rule, diagnostics, &|said| look(section, said));
        }
    }

    /// Asks a rule of each text, where it was not asked before; `rule` is its main code and the hash of everything else that it looks at.
    pub(super) fn ask(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: &impl Fn(&Reading, &mut Said)) {
        self.tell(rule, diagnostics, &|said| self.readings.all.iter().for_each(|reading| look(reading, said)));
    }

    /// What a rule makes of the texts, where it was not made before; `rule` as above. One rule makes things of one type.
    pub(super) fn made<T: Any + Send + Sync>(&self, rule: (Code, u128), make: impl FnOnce(&[Reading]) -> T) -> Arc<T> {
        let answers = || self.readings.answers.lock().expect("nobody panics while he holds the answers");
        let known = answers().get(&rule).cloned();
        match known {
            Some(known) => known.downcast().expect("what a rule made has the type that it makes"),
            None => {
                let made = Arc::new(make(&self.readings.all));
                answers().insert(rule, made.clone());
                made
            }
        }
    }

    fn tell(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: &impl Fn(&mut Said)) {
        let said = self.made(rule, |_| {
            let mut said = Said::default();
            look(&mut said);
            said
        });
        said.0.iter().for_each(|diagnostic| diagnostics.push(diagnostic.clone()));
    }
}

/// What a rule says of texts.
#[derive(Debug, Default)]
pub(super) struct Said(Vec<Diagnostic>);

impl Said {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// What it said, for who remembers nothing of it.
    pub(super) fn told(self, diagnostics: &mut Diagnostics) {
        self.0.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    }
}

#[comemo::memoize]
fn remembered(section: &LazyHash<FilledSection>) -> Arc<Readings> {
    let read = |(text, span): (&Text, Option<Span>)| {
        let mut reading = Reading::of(text);
        // A value that nobody wrote stands at its key.
        reading.stands_at(span);
        reading
    };
    Readings::of(texts(section).into_iter().map(read).collect())
}

#[comemo::memoize]
fn outside(texts: &[&Text]) -> Arc<Readings> {
    Readings::of(texts.iter().map(|text| Reading::of(text)).collect())
}

#[comemo::memoize]
fn plain(words: &[(&str, Span)]) -> Arc<Readings> {
    Readings::of(words.iter().map(|(words, span)| Reading::plain(words, *span)).collect())
}

/// The texts of a section in print order, each with the place of its key.
pub(super) fn texts(section: &FilledSection) -> Vec<(&Text, Option<Span>)> {
    let mut texts: Vec<(&Text, Option<Span>)> = section.subject.iter().map(|text| (text, None)).collect();
    for element in &section.elements {
        match element {
            Element::Band(band) => texts.push((&band.label, None)),
            Element::Row(row) => texts.extend(row.content.texts().into_iter().map(|text| (text, row.span))),
            Element::Flow(page) => {
                texts.push((&page.title, None));
                texts.extend(page.nodes.iter().map(|node| (&node.label, None)));
                texts.extend(page.remarks.iter().map(|(_, text)| (text, None)));
            }
            Element::Records(list) => texts.push((&list.text, None)),
        }
    }
    texts
}
