//! H04: characters and typesetting.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::LayoutUnstable,
        what: both(
            "ページ番号を入れるとページの割り方が変わり、いつまでも定まりません。",
            "Putting in the page numbers changes the pages, again and again.",
        ),
        why: both(
            "定まらないページ番号を、ほかの文書に引用することはできません。",
            "A page number that does not settle cannot be cited.",
        ),
        example: both(
            "長い段落を二つに分けるなど、ページの境にある文を少し変える",
            "part a long paragraph at the page's end in two",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::Typesetter,
        what: both("ひな形かデータに、組版できないところがあります。", "The templates or the data cannot be typeset."),
        why: both("一部だけの文書を書き出すことはしません。", "A document is made whole or not at all."),
        example: both(
            "templates/typst/ に置いた自分のひな形を外し、収録しているひな形で作れるかを確かめる",
            "take your own templates/typst/ away and try the built-in ones",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PageUnknown,
        what: both(
            "変更した箇所が、ページを引用する評価書に印刷されていません。",
            "The changed place is not printed in the assessment whose pages are cited.",
        ),
        why: both(
            "変更箇所一覧と主な変更内容のページが空になります。",
            "The lists of changes would have no page for it.",
        ),
        example: same("pages-of = \"assessment-marked\""),
        source: FORMAT_ONLY,
    },
];
