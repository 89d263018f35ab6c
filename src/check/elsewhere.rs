//! Rules that another stage holds while it makes the model or sets the pages: named here, so that the list of rules is whole.

use crate::diagnostic::{Code, Explanation, Words};

/// A rule that another stage holds（ほかの段階で守る規則）.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere {
    /// The codes that the stage pushes.
    pub codes: &'static [Code],
    /// What it holds and why.
    pub explanation: Explanation,
}

/// All of them.
pub const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        codes: &[Code::OptionUnknown, Code::ItemMissing],
        explanation: Explanation {
            numbers: &["V17"],
            what: Words {
                ja: "選択肢は様式の文言のとおりに一つ選び、空けておかない。",
                en: "A choice is one of the form's options, word for word, and is not left blank.",
            },
            why: Words {
                ja: "様式の文言と違う選択肢は、委員会の検索や集計の対象から漏れる。",
                en: "Another wording falls out of the commission's search and counts.",
            },
            example: Words {
                ja: "work-persons = \"10万人以上30万人以下\" は、様式の「10万人以上30万人未満」と違う。",
                en: "`work-persons = \"10万人以上30万人以下\"`; the form says 10万人以上30万人未満.",
            },
            source: "特定個人情報保護評価指針 様式2から様式4まで",
        },
    },
    Elsewhere {
        codes: &[Code::PageUnknown],
        explanation: Explanation {
            numbers: &["V20"],
            what: Words {
                ja: "変更箇所一覧と主な変更内容のページは、組んだ評価書から測る。書き写した番号はどこにもない。",
                en: "The pages that lists cite are measured in the typeset form; no page number is typed.",
            },
            why: Words {
                ja: "一文を加えるだけで、後のページがすべてずれる。",
                en: "One more sentence moves all pages after it.",
            },
            example: Words {
                ja: "印刷されない項目に変更の印が付いている。",
                en: "A mark on an item that is not printed.",
            },
            source: "様式4 別添3",
        },
    },
    Elsewhere {
        codes: &[Code::FlowStepNoRemark, Code::FlowRemarkNoStep],
        explanation: Explanation {
            numbers: &[],
            what: Words {
                ja: "別添1の図の手順番号と備考の手順番号は、一対一に対応する。",
                en: "The step numbers of a figure and of its remarks are the same.",
            },
            why: Words {
                ja: "番号が片方にしかない流れは、何をしているのかを説明していない。",
                en: "A flow without its remark is not explained.",
            },
            example: Words {
                ja: "矢印に step = \"(2)-①\" があるのに、## (2)-① がない。",
                en: "An arrow with `step = \"(2)-①\"` and no `## (2)-①`.",
            },
            source: "様式4 別添1",
        },
    },
    Elsewhere {
        codes: &[Code::StrongUnclosed, Code::RawHtml],
        explanation: Explanation {
            numbers: &[],
            what: Words {
                ja: "本文に、閉じていない ** と HTML を残さない。",
                en: "No `**` that is not closed and no HTML is left in a text.",
            },
            why: Words {
                ja: "ほかの道具から写した文に残りやすく、そのまま印刷される。",
                en: "Text copied from other tools brings them along, and they would be printed.",
            },
            example: Words {
                ja: "**重要 とだけ書いて閉じていない。", en: "`**重要` without its end."
            },
            source: "",
        },
    },
];
