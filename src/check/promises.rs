//! A document that the text promises is issued.

use typst::utils::hash128;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DocumentPromised],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "本文で公表や添付を約束した文書（概要、主な変更内容など）を、発行する文書に挙げている。",
            en: "A document that the text promises（概要, 主な変更内容）is among the documents that are issued.",
        },
        why: Words {
            ja: "公表すると書いた文書がなければ、意見の聴取の手続に欠けることになる。",
            en: "Without a document that was promised the public hearing is incomplete.",
        },
        example: Words {
            ja: "「概要を公表し」と書いて文書がない → municipality.toml に kind = \"overview\" の [[document]] を加える",
            en: "an overview that is promised alone → a `[[document]]` with `kind = \"overview\"`",
        },
        source: "番号法第28条第1項",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        let Some(filled) = document.filled else { continue };
        for promise in &filled.form.rules.promise {
            let issued = document
                .municipality
                .documents
                .iter()
                .any(|issued| issued.case.value == document.case.id && issued.kind == promise.kind);
            if issued {
                continue;
            }
            document.ask((Code::DocumentPromised, hash128(&promise.words)), diagnostics, |reading, said| {
                let text = &reading.characters;
                let found = promise.words.iter().find_map(|words| Some((text.find(words.as_str())?, words)));
                if let Some((at, words)) = found
                    && let Some(span) = reading.span(at..at + words.len())
                {
                    said.push(Diagnostic::new(Code::DocumentPromised, span).with("words", words));
                }
            });
        }
    }
}
