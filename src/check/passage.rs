//! The texts of a section as they are read, and what rules said of them.
//!
//! Most edits leave most sections as they were. So the readings of a section are remembered under its hash, and with them what each rule that
//! looks at one text after the other found: it lives as long as they do.

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

/// Readings with what was said of them.
#[derive(Debug, Default)]
struct Readings {
    all: Vec<Reading>,
    answers: Mutex<Answers>,
}

/// What was found, by the code of a rule and the hash of what it looked for.
type Answers = FxHashMap<(Code, u128), Arc<[Diagnostic]>>;

impl<'a> Passage<'a> {
    /// The texts of a section of a form.
    pub(super) fn of(section: &'a LazyHash<FilledSection>) -> Self {
        Self { section: Some(section), readings: remembered(section) }
    }

    /// Texts that stand in no form.
    pub(super) fn plain(all: Vec<Reading>) -> Self {
        Self { section: None, readings: Arc::new(Readings { all, ..Readings::default() }) }
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
            self.remember(rule, diagnostics, &|said| look(section, said));
        }
    }

    /// Asks a rule of each text, where it was not asked before; `rule` is its main code and the hash of everything else that it looks at.
    pub(super) fn ask(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: &impl Fn(&Reading, &mut Said)) {
        self.remember(rule, diagnostics, &|said| self.readings.all.iter().for_each(|reading| look(reading, said)));
    }

    fn remember(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: &impl Fn(&mut Said)) {
        let answers = || self.readings.answers.lock().expect("nobody panics while he holds the answers");
        let known = answers().get(&rule).cloned();
        let said = known.unwrap_or_else(|| {
            let mut said = Said::default();
            look(&mut said);
            let said: Arc<[Diagnostic]> = said.0.into();
            answers().insert(rule, said.clone());
            said
        });
        said.iter().for_each(|diagnostic| diagnostics.push(diagnostic.clone()));
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
    let all = texts(section).into_iter().map(read).collect();
    Arc::new(Readings { all, ..Readings::default() })
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
