//! The texts of a section as they are read, and what rules said of them.
//!
//! Most edits leave most sections as they were. So the readings of a section are remembered under its hash, and with them what each rule made
//! of them by themselves: it lives as long as they do.

use std::any::Any;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;
use typst::utils::LazyHash;

use super::reading::Reading;
use super::silence::Silence;
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
    /// For each of them, which rules had nothing to say of what reads so.
    silences: Vec<Arc<Silence>>,
    answers: Mutex<Answers>,
}

impl Readings {
    /// With nothing made of them yet.
    fn of(all: Vec<Reading>) -> Arc<Self> {
        let silences = Silence::of(all.iter().map(Reading::told));
        Arc::new(Self { all, silences, ..Self::default() })
    }

    /// Asks a rule of those of which it is not known to have nothing to say.
    fn ask<T>(&self, rule: (Code, u128), look: impl Fn(&Reading, &mut Vec<T>)) -> Vec<T> {
        let mut found = Vec::new();
        for (reading, silence) in self.all.iter().zip(&self.silences).filter(|(_, silence)| !silence.has(rule)) {
            let before = found.len();
            look(reading, &mut found);
            if found.len() == before {
                silence.note(rule);
            }
        }
        found
    }
}

/// More than are asked for of a section at once. Whoever edits what rules look for makes each of them another one with each letter.
const ANSWERS_MOST: usize = 1024;

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
            let make = |_: &[Reading]| {
                let mut said = Said::new();
                look(section, &mut said);
                said
            };
            tell(&self.made(rule, make), diagnostics);
        }
    }

    /// Asks a rule of each text, where it was not asked before; `rule` is its main code and the hash of everything else that it looks at
    /// beside the text. Whether it says anything of a text must not depend on where that stands.
    pub(super) fn ask(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: &impl Fn(&Reading, &mut Said)) {
        tell(&self.found(rule, look), diagnostics);
    }

    /// The same for a rule that finds something else than diagnostics.
    pub(super) fn found<T: Any + Send + Sync>(
        &self,
        rule: (Code, u128),
        look: impl Fn(&Reading, &mut Vec<T>),
    ) -> Arc<Vec<T>> {
        self.made(rule, |_| self.readings.ask(rule, look))
    }

    /// What a rule makes of the texts, where it was not made before; `rule` as above. One rule makes things of one type.
    pub(super) fn made<T: Any + Send + Sync>(&self, rule: (Code, u128), make: impl FnOnce(&[Reading]) -> T) -> Arc<T> {
        let answers = || self.readings.answers.lock().expect("nobody panics while he holds the answers");
        let known = answers().get(&rule).cloned();
        match known {
            Some(known) => known.downcast().expect("what a rule made has the type that it makes"),
            None => {
                let made = Arc::new(make(&self.readings.all));
                let mut answers = answers();
                if answers.len() == ANSWERS_MOST {
                    answers.clear();
                }
                answers.insert(rule, made.clone());
                made
            }
        }
    }
}

/// What a rule says of texts.
pub(super) type Said = Vec<Diagnostic>;

/// Says it.
pub(super) fn tell(said: &Said, diagnostics: &mut Diagnostics) {
    said.iter().for_each(|diagnostic| diagnostics.push(diagnostic.clone()));
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::diagnostic::SourceMap;
    use crate::markup::parse_text;

    /// The paragraphs of a file.
    fn paragraphs(source: &str) -> Vec<Text> {
        let file = SourceMap::default().add("a.md", source);
        let mut start = 0;
        let of_one = |words: &str| {
            start += words.len();
            parse_text(file, source, start - words.len()..start, None, &mut Diagnostics::new())
        };
        source.split_inclusive("\n\n").map(of_one).collect()
    }

    /// Where a rule that looks for a word finds it, and of which texts it was asked.
    fn found(passage: &Passage<'_>) -> (Vec<usize>, Vec<String>) {
        let asked = RefCell::new(Vec::new());
        let places = passage.found((Code::WordWrong, 4_711), |reading: &Reading, places| {
            asked.borrow_mut().push(reading.characters.trim().to_owned());
            let words = reading.characters.match_indices("誤字");
            places.extend(words.filter_map(|(at, word)| Some(reading.span(at..at + word.len())?.start)));
        });
        (places.to_vec(), asked.into_inner())
    }

    #[test]
    fn a_rule_is_not_asked_again_of_what_only_moved_and_tells_mistakes_where_they_are_now() {
        let before = "沈黙の段落。\n\n沈黙に誤字のある段落。\n\n";
        let texts = paragraphs(before);
        let passage = Passage::of_texts(&texts.iter().collect::<Vec<_>>());
        let (places, asked) = found(&passage);
        assert_eq!(places, [before.find("誤字").expect("it is there")]);
        assert_eq!(asked, ["沈黙の段落。", "沈黙に誤字のある段落。"]);
        let after = format!("前に加えた沈黙の段落。\n\n{before}");
        let texts = paragraphs(&after);
        let (places, asked) = found(&Passage::of_texts(&texts.iter().collect::<Vec<_>>()));
        assert_eq!(places, [after.find("誤字").expect("it is there")]);
        assert_eq!(asked, ["前に加えた沈黙の段落。", "沈黙に誤字のある段落。"]);
    }
}
