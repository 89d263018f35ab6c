//! H08: accepted warnings and sign-off.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

const FORM: &str =
    "# hyoka: accept H0316 次の変更届で使うため残す\n<!-- hyoka: accept H0316 次の変更届で使うため残す -->";

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::AcceptanceUnreadable,
        what: both(
            "「hyoka:」で始まる注釈が、了承の書き方になっていません。",
            "A comment that begins with `hyoka:` is no acceptance.",
        ),
        why: both(
            "書き間違えた了承を読み飛ばすと、なぜ注意が消えないのかが分かりません。",
            "A misspelt acceptance must not go unseen.",
        ),
        example: same(FORM),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AcceptanceNoReason,
        what: both("注意を了承していますが、理由がありません。", "A warning is accepted without a reason."),
        why: both(
            "後から見た人が、そのままでよいと判断した訳を確かめられません。",
            "Who reads it later cannot tell why it may stay.",
        ),
        example: same(FORM),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AcceptanceUnknown,
        what: both("了承しようとしたコードがありません。", "The accepted code does not exist."),
        why: both("つづりを間違えた了承は、何も了承していません。", "A misspelt code accepts nothing."),
        example: same(FORM),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AcceptanceOfError,
        what: both("誤りを了承しようとしています。", "An error is to be accepted."),
        why: both(
            "誤りがある間は正しい文書を作れません。了承できるのは、人が見て判断できる注意と参考だけです。",
            "No right document can be made while there is an error; only what a person may judge can be accepted.",
        ),
        example: same(FORM),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AcceptanceUnused,
        what: both("了承した注意が、その範囲にはもうありません。", "The accepted warning is not there any more."),
        why: both(
            "残しておくと、後で起きた別の注意まで隠してしまいます。",
            "Left standing, it would hide another warning later.",
        ),
        example: both("（了承の行を除く）", "(no such line)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ReviewLifted,
        what: both(
            "点検済とした項目の文が、点検の後に変わりました。",
            "The text of a reviewed item has changed since its review.",
        ),
        why: both(
            "点検は、その時の文に対するものです。用語や共通文を直したときも、印刷される文は変わります。",
            "A review holds for the text that was read. A changed term or fragment changes what is printed too.",
        ),
        example: same("hyoka review sign 自治体 事務 basic/work-content --by \"税務課長\" --on \"令和8年4月1日\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ReviewUnknown,
        what: both(
            "点検済の記録にある項目が、評価書にありません。",
            "The sign-off names an item that the text does not have.",
        ),
        why: both(
            "項目がなくなったか、パスの書き間違いです。点検の記録が実際と合わなくなります。",
            "The item is gone or its path misspelt; the record no longer fits the text.",
        ),
        example: same(
            "[reviewed]\n\"basic/work-content\" = { by = \"税務課長\", on = \"令和8年4月1日\", hash = \"…\" }",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ReviewIncomplete,
        what: both("点検済の記録に、点検者か点検日がありません。", "The sign-off lacks the reviewer or the date."),
        why: both(
            "誰が、いつ確かめたのかが分からない点検は、点検の記録になりません。",
            "A review by nobody at no time is no record.",
        ),
        example: same("\"basic/work-content\" = { by = \"税務課長\", on = \"令和8年4月1日\", hash = \"…\" }"),
        source: FORMAT_ONLY,
    },
];
