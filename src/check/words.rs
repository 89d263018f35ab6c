//! Words are written in one way.

use std::ops::Range;

use jiff::civil::Date;
use typst::utils::hash128;

use super::policy::named;
use super::subject::Document;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Phrase, Span, Words};
use crate::model::manifest::{DocumentKind, WordDef};
use crate::source::Located;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WordWrong, Code::WordOutdated],
    look,
    explanation: Some(Explanation {
        numbers: &["V23"],
        what: Words {
            ja: "facts.toml、municipality.toml、templates/words/law.toml の [[word]] に書いた用語は、決めた書き方で書く。日付のある用語は、公表日（なければ case.toml の date）がその間にある評価書について確かめる。",
            en: "Words of `[[word]]` in facts.toml, municipality.toml and templates/words/law.toml are written in one way; one with days in papers whose date lies between them.",
        },
        why: Words {
            ja: "同じものを指す言葉が揺れると、別のものと読まれる。制度や団体の名称の誤りは、審査で必ず指摘される。改められた法令の条項も、今あるものとして読まれる。",
            en: "Two spellings are read as two things, and an old law's name as one that is still in force.",
        },
        example: Words {
            ja: "ISMAD → ISMAP、令和7年に公表する評価書の番号法別表第一 → 番号法別表",
            en: "ISMAD → ISMAP; 別表第一 of 番号法 in a paper of 令和7年 → 別表",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let shared = subject.library.wording.as_ref().map(|(_, words, _)| words.as_slice()).unwrap_or_default();
    let law = subject.library.law_words.as_ref().map(|read| read.value.word.as_slice()).unwrap_or_default();
    for document in &subject.documents {
        let own = &subject.settings(document.municipality).word;
        // A municipality's own word goes before a shared one that it contradicts.
        let overridden =
            |word: &WordDef| own.iter().any(|mine| mine.right == word.right || word.wrong.contains(&mine.right));
        let all = law.iter().chain(shared).filter(|word| !overridden(word)).chain(own);
        let day = document.day();
        let words: Vec<&WordDef> = all.filter(|word| is_for(word, document, day)).collect();
        document.ask((Code::WordWrong, hash128(&(&words, day))), diagnostics, |reading, said| {
            for (range, word) in all_wrong(&reading.characters, &words) {
                let Some(span) = reading.span(range.clone()) else { continue };
                let wrong = &reading.characters[range];
                said.push(if is_dated(word) {
                    outdated(word, wrong, day, span)
                } else {
                    Diagnostic::new(Code::WordWrong, span).with("wrong", wrong).with("right", &word.right)
                });
            }
        });
    }
}

/// Whether a word holds for papers of some days only.
fn is_dated(word: &WordDef) -> bool {
    word.from.is_some() || word.until.is_some()
}

/// Whether a word holds for a document.
fn is_for(word: &WordDef, document: &Document<'_>, day: Date) -> bool {
    let of_form = || document.filled.is_some_and(|filled| named(&word.forms, &filled.form.id.value));
    let limit = |day: &Option<Located<String>>| day.as_ref()?.value.parse::<Date>().ok();
    let begun = limit(&word.from).is_none_or(|from| from <= day);
    let over = limit(&word.until).is_some_and(|until| until < day);
    // The reason of a change names what was there before it, and so does what is told of it.
    let tells_of_changes = match document.kind {
        DocumentKind::ChangeList | DocumentKind::ChangeSummary => is_dated(word),
        DocumentKind::Assessment
        | DocumentKind::Overview
        | DocumentKind::Submission
        | DocumentKind::Checklist
        | DocumentKind::CommentNotice
        | DocumentKind::CommentReport
        | DocumentKind::CommentSheet
        | DocumentKind::Register => false,
    };
    (word.forms.is_empty() || of_form())
        && (word.cases.is_empty() || named(&word.cases, &document.case.id))
        && begun
        && !over
        && !tells_of_changes
}

/// What to write instead, with the change that it becomes.
fn outdated(word: &WordDef, wrong: &str, day: Date, span: Span) -> Diagnostic {
    let (basis, note) = (&word.basis, &word.timing_note);
    let said = |text: &str, ja: String, en: String| {
        if text.is_empty() { Phrase::Same(String::new()) } else { Phrase::said(ja, en) }
    };
    // The note holds for a ※ item too, whose change needs a reason not to be assessed beforehand.
    let keys = format!("timing-note = \"{note}\"");
    let both = format!("、{keys}（※の項目なら、同じ文を exemption にも）");
    Diagnostic::new(Code::WordOutdated, span)
        .with("wrong", wrong)
        .with("right", &word.right)
        .with("date", day.to_string())
        .said("basis", said(basis, format!("（{basis}）"), format!(" ({basis})")))
        .with("mark", format!("{{~~{wrong}~>{}~~}}{{>>ID<<}}", word.right))
        .said("note", said(note, both, format!(", {keys} (and the same as `exemption` where the item has ※)")))
        .said("advice", said(&word.advice, word.advice.clone(), format!(". {}", word.advice)))
}

/// Where wrong spellings stand, each once: of two that lie over each other the longer one is meant.
fn all_wrong<'w>(text: &str, words: &[&'w WordDef]) -> Vec<(Range<usize>, &'w WordDef)> {
    let of = |word: &&'w WordDef| wrong(text, word).into_iter().map(|range| (range, *word)).collect::<Vec<_>>();
    let mut found: Vec<_> = words.iter().flat_map(of).collect();
    found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    let mut kept: Vec<(Range<usize>, &WordDef)> = Vec::new();
    for (range, word) in found {
        if kept.last().is_none_or(|(last, _)| last.end <= range.start) {
            kept.push((range, word));
        }
    }
    kept
}

/// Where a wrong spelling stands that is no part of the right one.
fn wrong(text: &str, word: &WordDef) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for wrong in word.wrong.iter().filter(|wrong| !wrong.is_empty()) {
        for (at, _) in text.match_indices(wrong.as_str()) {
            let inside = word.right.match_indices(wrong.as_str()).any(|(offset, _)| {
                at.checked_sub(offset)
                    .and_then(|from| text.get(from..))
                    .is_some_and(|rest| rest.starts_with(&word.right))
            });
            if !inside && is_meant(&text[..at], word) {
                found.push(at..at + wrong.len());
            }
        }
    }
    found
}

/// Whether the last name before a place, in its sentence, leaves it the thing that the word is about.
fn is_meant(before: &str, word: &WordDef) -> bool {
    let sentence = before.rfind(['。', '\n']).map_or(before, |end| &before[end..]);
    let last = |names: &[String]| names.iter().filter_map(|name| sentence.rfind(name.as_str())).max();
    match last(&word.not_after) {
        Some(other) => last(&word.after).is_some_and(|own| own > other),
        None => true,
    }
}
