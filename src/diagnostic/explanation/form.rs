//! Codes of assessments that come in as a form's workbook.

use super::{Entry, FORMAT_ONLY, both};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::FormNone,
        what: both("表計算ファイルに様式の項目名があるかどうか。", "Whether the form's labels stand in the workbook."),
        why: both(
            "項目は、セルの番地ではなく項目名で見付けます。項目名がなければ、どこに何が書かれているか分かりません。",
            "Items are found by their labels, never by an address.",
        ),
        example: both("チェックリスト.xlsx → 全項目評価書.xlsx", "checklist.xlsx → the assessment's workbook"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormMarked,
        what: both("取り込むファイルが溶け込み版かどうか。", "Whether the workbook is the clean edition."),
        why: both(
            "見え消し版では、消した字と残る字が同じセルに並びます。",
            "An edition with its changes shown holds deleted words beside the others.",
        ),
        example: both("assessment-marked.xlsx → assessment.xlsx", "assessment-marked.xlsx → assessment.xlsx"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormCellUnplaced,
        what: both("全てのセルが、いずれかの項目に入るかどうか。", "Whether every cell belongs to an item."),
        why: both("入らないセルの記載は、原稿に残りません。", "What belongs to no item would be lost."),
        example: both("欄外の書込み → 項目の記載欄に移す", "a note beside the form → moved into an item"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormValueUnknown,
        what: both("選択肢の欄に、様式の選択肢があるかどうか。", "Whether a choice holds an option of the form."),
        why: both(
            "似た選択肢を選ぶと、書いた人の判断を変えてしまいます。",
            "To choose a similar one would change what was meant.",
        ),
        example: both("おおむね十分 → 十分である", "おおむね十分 → 十分である"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormLabelNear,
        what: both("項目名が様式のとおりかどうか。", "Whether a label is worded as on the form."),
        why: both(
            "一字違いの項目名は、その項目として読み、そのことを知らせます。",
            "A label that is nearly right is read, and told of.",
        ),
        example: both("アクセス権限の発行・失効の管理 → アクセス権限の発効・失効の管理", "発行・失効 → 発効・失効"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormExists,
        what: both("取込先に原稿がないかどうか。", "Whether there is no text yet where the import goes."),
        why: both(
            "原稿には、表計算ファイルにない共通文、用語、変更の印があります。",
            "The text has fragments, terms and marks that a workbook has not.",
        ),
        example: both("--case zei → --case zei-2026", "--case zei → --case zei-2026"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuoteOther,
        what: both(
            "主な評価書から写す項目が、表計算ファイルでも同じ記載かどうか。",
            "Whether an item that is taken from the main paper says the same in the workbook.",
        ),
        why: both(
            "同じ事柄を二つの評価書に別々に書くと、次の変更で食い違います。",
            "What is written in two papers differs after the next change.",
        ),
        example: both(
            "様式2だけ「保険年金課」→ 様式4と同じ「国保年金課」",
            "「保険年金課」 in 様式2 alone → 「国保年金課」 as in 様式4",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuoteBlank,
        what: both(
            "主な評価書から写す項目が、表計算ファイルで空欄かどうか。",
            "Whether an item that is taken from the main paper is empty in the workbook.",
        ),
        why: both(
            "様式は主な評価書の記載を写すので、空欄にはなりません。",
            "The form takes the text of the main paper, so it is not empty.",
        ),
        example: both("請求先が空欄の様式2 → 様式4の請求先を印刷", "様式2 without 請求先 → that of 様式4 is printed"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormDaySecond,
        what: both("日付の欄に、日付が一つだけあるかどうか。", "Whether an item that asks for a date names one."),
        why: both(
            "どちらの日付が正しいかは、取込みでは決められません。",
            "Which of two days is right an import cannot know.",
        ),
        example: both(
            "公表日「令和7年9月1日、令和9年3月31日」→「令和7年9月1日」",
            "令和7年9月1日、令和9年3月31日 → 令和7年9月1日",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormLabelReplaced,
        what: both(
            "hyokaが作ったブックの項目名が、その行の項目のままかどうか。",
            "Whether a workbook of our own still has the label of each row's item.",
        ),
        why: both(
            "項目名を書き換えた行の記載が、元の項目のものかどうかは、人にしか分かりません。",
            "Only a person knows whether a row whose label was written over still is of the same item.",
        ),
        example: both("⑤開始した日 → ⑤保有開始日", "⑤開始した日 → ⑤保有開始日"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormDocument,
        what: both(
            "取り込んだ評価書が、発行する文書として定められているかどうか。",
            "Whether the imported assessment is issued as a document.",
        ),
        why: both(
            "municipality.toml は自治体の設定で、取込みでは書き換えません。",
            "municipality.toml belongs to its authors and is not rewritten.",
        ),
        example: both(
            "[[document]]\ncase = \"zei\"\nid = \"assessment\"\nkind = \"assessment\"\ntitle = \"評価書\"\nformats = [\"pdf\", \"xlsx\"]",
            "[[document]]\ncase = \"zei\"\nid = \"assessment\"\nkind = \"assessment\"\ntitle = \"評価書\"\nformats = [\"pdf\", \"xlsx\"]",
        ),
        source: FORMAT_ONLY,
    },
];
