//! H02: Markdown and marks.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::{Code, Words};

/// What an unread mark does.
const MARK_WHY: Words = both(
    "印がどこからどこまでかが決まらないと、変更前と変更後のどちらの文も定まりません。推測で補うと、変更箇所一覧が事実と違うものになります。",
    "Unless it is clear where a mark begins and ends, neither the text before the change nor the one after it is; a guess would make the list of changes untrue.",
);

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::HeadingLevel,
        what: both(
            "項目IDの見出し（## ）のほかの見出しがあります。",
            "A heading stands here that is not `## item-id`.",
        ),
        why: both(
            "見出しは、本文をどの項目の欄に印刷するかを決めるためのものです。欄の中の小見出しは、様式では段落です。",
            "A heading says in which row of the form the text is printed; a sub-heading inside a row is a paragraph.",
        ),
        example: same("## storage\n\n＜紙の書類＞\n\n施錠した書庫に保管する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TextBeforeHeading,
        what: both("どの項目の見出しの下でもない本文があります。", "Text stands under no heading."),
        why: both(
            "印刷する欄が決まらないため、文書から漏れてしまいます。",
            "It belongs to no row of the form and would be left out.",
        ),
        example: same("## work-content\n\n住民税を賦課し、徴収する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HeadingTwice,
        what: both("同じ項目の見出しが一つのファイルに2回あります。", "Two headings in one file name the same item."),
        why: both("どちらを印刷するかが決まりません。", "It cannot be told which of the two is meant."),
        example: same("## functions\n\n1つ目の段落。\n\n2つ目の段落。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HeadingSuffix,
        what: both("項目IDの後に、決まりにない言葉があります。", "A word that means nothing here follows the item id."),
        why: both(
            "追加（+）なのか、概要用や公表用の文なのかが決まりません。",
            "Whether the text is appended, short or public depends on that word.",
        ),
        example: same("## storage +\n## storage @short\n## storage @public"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MarkUnclosed,
        what: both(
            "始めた変更の印が、その項目の終わりまで閉じられていません。",
            "A mark is opened and not closed within its item.",
        ),
        why: MARK_WHY,
        example: same("住民税を賦課する。{++電子申告にも対応する。++}{>>new-system<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MarkUnopened,
        what: both(
            "閉じる印や変更IDだけがあり、始まりがありません。",
            "A mark is closed, or a change named, that was never opened.",
        ),
        why: MARK_WHY,
        example: same("{--窓口のみで受け付ける。--}{>>new-system<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MarkCrossing,
        what: both(
            "段落で始めた印を箇条書きの中で閉じるなど、始まりと終わりの段が違います。",
            "A mark opens on one level of the text and closes on another.",
        ),
        why: MARK_WHY,
        example: same("{++\n\n次のとおり保管する。\n\n- 国内に限る。\n\n++}{>>cloud<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MarkNested,
        what: both("変更の印の中で、別の変更の印が始まっています。", "A mark begins inside another."),
        why: MARK_WHY,
        example: same("{++申請を受ける。++}{>>new-system<<}{++電子で受ける。++}{>>cloud<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MarkNoChange,
        what: both(
            "どの変更（changes.toml の [[change]]）の印かが書かれていません。",
            "The mark does not say to which change it belongs.",
        ),
        why: both(
            "変更ごとの事由、変更日、提出時期を一覧に印刷できません。",
            "The list prints reason, date and timing of each change, and this one has none.",
        ),
        example: same("{++電子申告にも対応する。++}{>>new-system<<}"),
        source: "特定個人情報保護評価に関する規則の様式の別添（変更箇所）",
    },
    Entry {
        code: Code::ArrowMissing,
        what: both(
            "置換えの印に、旧と新を分ける「~>」がありません。",
            "A replacement has no `~>` between old and new.",
        ),
        why: MARK_WHY,
        example: same("{~~条例~>個人情報の保護に関する法律~~}{>>law<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ArrowOutside,
        what: both("「~>」が置換えの印の外にあります。", "`~>` stands outside of a replacement."),
        why: MARK_WHY,
        example: same("{~~旧~>新~~}{>>law<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TermUnclosed,
        what: both("用語や共通文の「{{」が閉じられていません。", "The `{{` of a term or a fragment is not closed."),
        why: both("どの用語に置き換えるかが決まりません。", "It cannot be told which term is meant."),
        example: same("{{own}}の窓口"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PeriodUnclosed,
        what: both(
            "期間の書き分けが、同じ段落の中で閉じられていません。",
            "A period variant is not closed in its paragraph.",
        ),
        why: both(
            "どの期間の図にどの文を印刷するかが決まりません。",
            "It cannot be told what stands in which period's figure.",
        ),
        example: same("{?until-r6:窓口で受け付ける。?}{?from-r7:電子で受け付ける。?}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PeriodUnopened,
        what: both("期間の書き分けの終わり「?}」だけがあります。", "`?}` ends a period variant that never began."),
        why: both(
            "どの期間の図にどの文を印刷するかが決まりません。",
            "It cannot be told what stands in which period's figure.",
        ),
        example: same("{?from-r7:電子で受け付ける。?}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RawHtml,
        what: both("本文に HTML が書かれています。", "The text holds HTML."),
        why: both(
            "評価書は紙、PDF、Excel にもなるため、HTML の書式は使えません。公表するページに、意図しない命令が入ることも防ぎます。",
            "The text also becomes paper, PDF and workbooks; and nothing that a browser would obey may reach a public page.",
        ),
        example: same("1\\<2、1＜2"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FragmentInline,
        what: both("共通文の呼出しが、ほかの文と同じ段落にあります。", "A fragment is used inside a paragraph."),
        why: both(
            "共通文は段落や箇条書きの集まりなので、文の途中には入れられません。",
            "A fragment is paragraphs and lists, which cannot stand inside a sentence.",
        ),
        example: same("次のとおり保管する。\n\n{{> paper-storage}}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::StrongUnclosed,
        what: both("強調の「**」が、同じ段落の中で閉じられていません。", "`**` is not closed in its paragraph."),
        why: both("星印がそのまま印刷されてしまいます。", "The stars would be printed."),
        example: same("**重要な変更**に当たる。"),
        source: FORMAT_ONLY,
    },
];
