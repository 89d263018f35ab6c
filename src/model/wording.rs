//! Words and steps that hold for some papers only（用語・手続の範囲）: the days and names that say for which.

use jiff::civil::Date;

use super::library::Library;
use super::manifest::{PolicyDef, WordDef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Phrase, Span, nearest};
use crate::name::{CaseId, FormId, Id, Slug};
use crate::source::Located;

/// Where the words and steps of one file are written.
struct Place<'a> {
    library: &'a Library,
    file: FileId,
    /// The municipality whose own file it is; `None`: it is shared.
    slug: Option<&'a Slug>,
}

/// Reports days that are no days, and forms and cases that nobody has: what names them would hold for nothing, unseen.
pub(super) fn check(library: &Library, diagnostics: &mut Diagnostics) {
    let shared = |file| Place { library, file, slug: None };
    if let Some(read) = &library.law_words {
        shared(read.file).words(&read.value.word, diagnostics);
    }
    if let Some((file, words, _)) = &library.wording {
        shared(*file).words(words, diagnostics);
    }
    for (slug, read) in &library.municipalities {
        let place = Place { library, file: read.file, slug: Some(slug) };
        place.words(&read.value.word, diagnostics);
        place.policies(&read.value.policy, diagnostics);
    }
}

impl Place<'_> {
    fn words(&self, words: &[WordDef], diagnostics: &mut Diagnostics) {
        for word in words {
            let from = word.from.as_ref().and_then(|day| self.day(day, diagnostics));
            let until = word.until.as_ref().and_then(|day| self.day(day, diagnostics));
            if let (Some(from), Some(until), Some(at)) = (from, until, &word.until)
                && until < from
            {
                let later = Phrase::said(format!("{from} より後の日付"), format!("a day after {from}"));
                diagnostics.push(self.wrong(at).said("expected", later));
            }
            self.scope(&word.forms, &word.cases, diagnostics);
        }
    }

    fn policies(&self, policies: &[PolicyDef], diagnostics: &mut Diagnostics) {
        policies.iter().for_each(|policy| self.scope(&policy.forms, &policy.cases, diagnostics));
    }

    fn wrong(&self, written: &Located<String>) -> Diagnostic {
        Diagnostic::new(Code::WrongType, Span::new(self.file, written.range.clone())).with("found", &written.value)
    }

    fn day(&self, written: &Located<String>, diagnostics: &mut Diagnostics) -> Option<Date> {
        let day = written.value.parse::<Date>().ok();
        if day.is_none() {
            let shape = Phrase::said("「2024-10-01」の形の日付", "a date such as 2024-10-01");
            diagnostics.push(self.wrong(written).said("expected", shape));
        }
        day
    }

    fn scope(&self, forms: &[Located<FormId>], cases: &[Located<CaseId>], diagnostics: &mut Diagnostics) {
        let known: Vec<&FormId> = self.library.forms.keys().map(|name| &name.form).collect();
        // Where one municipality alone is read, the forms of the others are not there to be asked.
        if self.slug.is_some() || self.library.others.settings().is_empty() {
            self.names(forms, &known, ("forms", Phrase::said("様式", "form")), diagnostics);
        }
        let of = |slug: &Slug| self.slug.is_none_or(|own| own == slug);
        let everyone = self.library.everyone().filter(|(slug, _)| of(slug));
        let documents = everyone.flat_map(|(_, read)| &read.value.document);
        let known: Vec<&CaseId> = documents.map(|document| &document.case.value).collect();
        self.names(cases, &known, ("cases", Phrase::said("事務", "case")), diagnostics);
    }

    fn names<K>(
        &self,
        written: &[Located<Id<K>>],
        known: &[&Id<K>],
        (key, what): (&str, Phrase),
        diagnostics: &mut Diagnostics,
    ) {
        for name in written.iter().filter(|name| !known.contains(&&name.value)) {
            let near = nearest(&name.value, known.iter().map(|id| id.as_str())).unwrap_or_default();
            let unknown = Diagnostic::new(Code::ScopeUnknown, Span::new(self.file, name.range.clone()));
            let unknown = unknown.with("key", key).with("id", &name.value).said("what", what.clone());
            diagnostics.push(unknown.with("near", near));
        }
    }
}
