//! A fact has one value in all documents.

use typst::utils::hash128;

use super::wareki::{WrittenDate, dates};
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::StatedDef;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FactDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "facts.toml の [[stated]] に書いた事実を述べる文の日付は、その事実の値と一致する。",
            en: "A sentence on a fact of `[[stated]]` states the value of that fact.",
        },
        why: Words {
            ja: "評価書と付議事項とで日付が違えば、どちらの審査もやり直しになる。",
            en: "Two dates in two documents mean two reviews of two things.",
        },
        example: Words {
            ja: "maintenance-end = \"令和6年3月末\" に対する「保守期限が令和6年9月末」→「保守期限が{{maintenance-end}}」",
            en: "「保守期限が令和6年9月末」 against `maintenance-end = \"令和6年3月末\"` → 「保守期限が{{maintenance-end}}」",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let Some((file, _, stated)) = &subject.library.wording else { return };
    for fact in stated {
        let defined = Span::new(*file, fact.fact.range.clone());
        for document in &subject.documents {
            let Some(value) = subject.term(document.municipality, &fact.fact.value) else {
                let unknown = Diagnostic::new(Code::TermUnknown, defined);
                diagnostics.push(unknown.with("name", &fact.fact.value).with("near", ""));
                break;
            };
            document.ask((Code::FactDiffers, hash128(&(fact, value, defined))), diagnostics, |reading, said| {
                for (range, written) in others(&reading.characters, fact, value) {
                    let Some(span) = reading.span(range) else { continue };
                    said.push(
                        Diagnostic::new(Code::FactDiffers, span)
                            .with("written", written)
                            .with("name", &fact.fact.value)
                            .with("value", value)
                            .related(defined),
                    );
                }
            });
        }
    }
}

/// Dates of the fact's kind in sentences that speak of the fact and do not give its value.
fn others<'t>(text: &'t str, fact: &StatedDef, value: &str) -> Vec<(std::ops::Range<usize>, &'t str)> {
    let mut found = Vec::new();
    let Some(right) = dates(value).into_iter().next() else { return found };
    let mut from = 0;
    for sentence in text.split_inclusive(['。', '\n']) {
        let start = from;
        from += sentence.len();
        if !fact.words.iter().all(|words| sentence.contains(words.as_str())) {
            continue;
        }
        let written: Vec<WrittenDate> =
            dates(sentence).into_iter().filter(|date| date.is_as_exact_as(&right)).collect();
        if written.iter().any(|date| date.days() == right.days()) {
            continue;
        }
        for date in written {
            found.push((start + date.range.start..start + date.range.end, &sentence[date.range]));
        }
    }
    found
}
