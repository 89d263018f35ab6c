//! What a form says of its own items（様式の中の名指し）: rules, releases and quotations held against the items and options that there are.

use super::{Around, Checker};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::ItemPath;
use crate::model::manifest::{ItemDef, ItemKind, OptionList, Release, Repeats, SectionDef, ThresholdDef};
use crate::source::Located;

impl<'a> Checker<'a> {
    /// The item at a path as rules write it: `section/item`, `section/group/item`.
    fn item_at(&self, path: &ItemPath) -> Option<&'a ItemDef> {
        self.form.section(path.first())?.item_at(path)
    }

    /// The options that an item is chosen from.
    fn options_of(&self, item: &ItemDef) -> Option<&'a OptionList> {
        self.form.option_list(&item.options.as_ref()?.value)
    }

    /// Reports a word that is none of a list's.
    pub(super) fn word<T>(&self, list: &OptionList, word: &str, at: &Located<T>, diagnostics: &mut Diagnostics) {
        if list.labels.iter().any(|label| label == word) {
            return;
        }
        let labels = || list.labels.iter().map(String::as_str);
        diagnostics.push(
            Diagnostic::new(Code::OptionUnknown, self.span(at))
                .with("word", word)
                .with("near", nearest(word, labels()).unwrap_or_default())
                .with("valid", labels().collect::<Vec<_>>().join("、")),
        );
    }

    fn words(&self, item: &Located<ItemPath>, words: &[String], diagnostics: &mut Diagnostics) {
        if let Some(list) = self.item_at(&item.value).and_then(|item| self.options_of(item)) {
            words.iter().for_each(|word| self.word(list, word, item, diagnostics));
        }
    }

    /// Every item that the rules of the form name is one that it has, and every word one of the item's options.
    pub(super) fn rules(&self, diagnostics: &mut Diagnostics) {
        let rules = &self.form.rules;
        let known: Vec<ItemPath> = self.form.section.iter().flat_map(SectionDef::paths).collect();
        for item in rules.items() {
            if !known.contains(&item.value) {
                let near = item.value.nearest(&known).unwrap_or_default();
                self.unknown_path(item, near, diagnostics);
            }
        }
        for renamed in &self.form.renamed {
            // Another id in the same place: what stands elsewhere is another item.
            let near = renamed.item.value.nearest(&known).unwrap_or_default();
            if !known.contains(&renamed.item.value) {
                self.unknown_path(&renamed.item, near, diagnostics);
            } else if renamed.item.value.above() != renamed.was.above() {
                let elsewhere = Diagnostic::new(Code::RenamedElsewhere, self.span(&renamed.item));
                diagnostics.push(elsewhere.with("item", &renamed.item.value).with("was", &renamed.was));
            }
        }
        for condition in &rules.condition {
            self.words(&condition.item, &condition.is, diagnostics);
            for test in &condition.then {
                self.words(&test.item, &test.is, diagnostics);
                self.words(&test.item, &test.is_not, diagnostics);
            }
        }
        if let Some(threshold) = &rules.threshold {
            let options: Vec<String> = threshold.wording.iter().map(|words| words.option.clone()).collect();
            self.words(&threshold.persons, &options, diagnostics);
            let options: Vec<String> = threshold.says.iter().map(|words| words.option.clone()).collect();
            self.words(&threshold.result, &options, diagnostics);
            self.classes(threshold, diagnostics);
        }
        if let Some(papers) = &rules.papers {
            let options: Vec<String> = papers.says.iter().map(|words| words.option.clone()).collect();
            self.words(&papers.item, &options, diagnostics);
        }
        if let Some(files) =
            rules.files.as_ref().filter(|files| self.form.section(files.records.value.last()).is_none())
        {
            let near =
                nearest(files.records.value.last(), self.form.section.iter().map(|section| section.id.value.as_str()));
            self.unknown_path(&files.records, near.unwrap_or_default(), diagnostics);
        }
    }

    /// Every answer of the form is one that the table of thresholds knows.
    fn classes(&self, threshold: &ThresholdDef, diagnostics: &mut Diagnostics) {
        // A table that could not be read is told of by itself.
        let table = self.threshold;
        if table.row.is_empty() {
            return;
        }
        for item in [Some(&threshold.persons), threshold.staff.as_ref(), threshold.incident.as_ref()] {
            let list = item.and_then(|item| Some((item, self.options_of(self.item_at(&item.value)?)?)));
            let Some((item, list)) = list else { continue };
            for option in list.labels.iter().filter(|option| !table.knows(threshold.class(option))) {
                let near = nearest(threshold.class(option), table.words()).unwrap_or_default().to_owned();
                let unknown = Diagnostic::new(Code::ClassUnknown, self.span(item)).with("option", option);
                diagnostics.push(unknown.with("near", near));
            }
        }
    }

    /// What leaves something blank is a box, or a choice of words that it has.
    pub(super) fn releases(&self, releases: &[Release], around: Around<'_>, diagnostics: &mut Diagnostics) {
        const CHOICES: &[ItemKind] = &[ItemKind::Choice, ItemKind::Checks];
        for release in releases {
            for tick in &release.ticks {
                self.releasing(tick, ("ticks", &[ItemKind::Tick]), around, diagnostics);
            }
            match &release.choice {
                Some(choice) => {
                    let item = self.releasing(choice, ("choice", CHOICES), around, diagnostics);
                    if release.is.is_empty() {
                        let lacks = Diagnostic::new(Code::MissingKey, self.span(choice));
                        diagnostics.push(lacks.with("key", "is"));
                    }
                    if let Some(list) = item.and_then(|item| self.options_of(item)) {
                        release.is.iter().for_each(|word| self.word(list, &word.value, word, diagnostics));
                    }
                }
                None => {
                    if let Some(word) = release.is.first() {
                        self.idle(around.id, ("is", "released-by", "choice"), word, diagnostics);
                    }
                }
            }
        }
    }

    /// What repeats another item knows by which choice, and no more items than there are options.
    pub(super) fn repeats(&self, repeats: &Repeats, around: Around<'_>, diagnostics: &mut Diagnostics) {
        let by = self.releasing(&repeats.by, ("by", &[ItemKind::Choice]), around, diagnostics);
        for of in &repeats.of {
            let kinds = &[ItemKind::Choice, ItemKind::Text, ItemKind::Line];
            self.releasing(of, ("of", kinds), around, diagnostics);
        }
        let most = by.and_then(|by| self.options_of(by)).map_or(usize::MAX, |list| list.labels.len());
        if let Some(more) = repeats.of.get(most) {
            let diagnostic = Diagnostic::new(Code::ListTooLong, self.span(more));
            diagnostics.push(diagnostic.with("count", repeats.of.len().to_string()).with("limit", most.to_string()));
        }
    }

    /// The item that releases, if it is of a kind that can.
    fn releasing(
        &self,
        path: &Located<ItemPath>,
        (key, kinds): (&str, &[ItemKind]),
        around: Around<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a ItemDef> {
        let section = ItemPath::of(&around.section.id.value);
        let written = &path.value;
        let is_here = written.above().is_none();
        let of_section = if is_here { section.join_path(written) } else { written.clone() };
        let of_group = around.group.map(|group| section.join(&group.id.value).join_path(written));
        let found = of_group.filter(|_| is_here).and_then(|path| self.item_at(&path));
        // An item of a record says something in each of them, so outside of it nothing in particular.
        let found = found.or_else(|| self.item_at(&of_section).filter(|_| of_section.ids().count() == 2));
        let Some(item) = found else {
            let known: Vec<ItemPath> = self.form.section.iter().flat_map(SectionDef::paths).collect();
            let near = of_section.nearest(&known).unwrap_or_default();
            self.unknown_path(path, near, diagnostics);
            return None;
        };
        if !kinds.contains(&item.kind) {
            let kind = format!("kind = \"{}\"", item.kind.name());
            let valid: Vec<String> = kinds.iter().map(|kind| format!("kind = \"{}\"", kind.name())).collect();
            self.idle(&item.id.value, (key, &kind, &valid.join("、")), path, diagnostics);
            return None;
        }
        Some(item)
    }

    /// Reports a key that means nothing where it stands: its name, what it stands in, and where it would mean something.
    pub(super) fn idle<T>(
        &self,
        id: &str,
        (key, kind, valid): (&str, &str, &str),
        at: &Located<T>,
        diagnostics: &mut Diagnostics,
    ) {
        diagnostics.push(
            Diagnostic::new(Code::KeyIdle, self.span(at))
                .with("id", id)
                .with("key", key)
                .with("kind", kind)
                .with("valid", valid),
        );
    }

    pub(super) fn unknown_path(&self, path: &Located<ItemPath>, near: &str, diagnostics: &mut Diagnostics) {
        let unknown = Diagnostic::new(Code::FormItemUnknown, self.span(path));
        diagnostics.push(unknown.with("path", &path.value).with("near", near));
    }
}
