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
    Entry {
        code: Code::LinkWritten,
        what: both("リンクの書き方があります。", "A link is written."),
        why: both(
            "評価書は紙にもなるため、かっこの中のアドレスは印刷されずに消えてしまいます。",
            "The text also becomes paper, and the address would be lost.",
        ),
        example: same("市のページ（https://www.city.example.lg.jp/）を見る。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ImageWritten,
        what: both("画像を入れる書き方があります。", "An image is written."),
        why: both(
            "様式の欄には文だけが入ります。画像は印刷されず、代わりの言葉だけが残ります。",
            "A row of the form holds text alone; of the image only its words would be left.",
        ),
        example: same("手続の流れは、別添1のとおりである。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HeadingMistyped,
        what: both(
            "見出しのつもりの行が、全角の記号や空白のために本文になっています。",
            "A line that was to be a heading is text, because of full-width signs or a missing space.",
        ),
        why: both(
            "その下の文が、前の項目の欄に印刷されてしまいます。",
            "What stands below it would be printed in the row of another item.",
        ),
        example: same("## work-content"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::BraceMistyped,
        what: both(
            "用語や変更の印のかっこが、全角で、又は一つ足りずに書かれています。",
            "Braces of a term or a mark are typed in full width, or one is missing.",
        ),
        why: both(
            "記号がそのまま印刷され、変更は一覧に載りません。",
            "The signs would be printed, and the change would be in no list.",
        ),
        example: same("{{own}}の{++追記++}{>>new-system<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ListNumber,
        what: both(
            "番号付きの箇条書きの番号が、順になっていないか、「1.」の形ではありません。",
            "The numbers of a list are not in order, or not of the form `1.`.",
        ),
        why: both(
            "箇条書きの番号は、最初の番号から順に振られます。書いた番号と違う番号が印刷されると、「3の措置」のような引用が合わなくなります。",
            "The items are numbered from the first on; a number that is printed differently breaks every reference to it.",
        ),
        example: same("1. 受付\n2. 審査"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FootnoteWritten,
        what: both("脚注の書き方があります。", "A footnote is written."),
        why: both(
            "様式の欄に脚注はありません。記号がそのまま印刷されます。",
            "A row of the form has no footnotes; the signs would be printed.",
        ),
        example: same("参照（注1）。\n\n（注1）条例の全文は、市のページにある。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TaskWritten,
        what: both("チェックボックスの書き方があります。", "A task box is written."),
        why: both("記号がそのまま印刷されます。", "The signs would be printed."),
        example: same("- ☐ 未了\n- ☑ 済"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::StruckWritten,
        what: both("取消し線の書き方があります。", "Struck text is written."),
        why: both(
            "記号がそのまま印刷されます。削ることを示すのは、変更の印です。",
            "The signs would be printed; a deletion is shown by a mark.",
        ),
        example: same("{--旧い語--}{>>new-system<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HighlightWritten,
        what: both("マーカー（蛍光ペン）の書き方があります。", "A highlight is written."),
        why: both(
            "記号がそのまま印刷されます。どの文書で何を目立たせるかは、変更の印から決まります。",
            "The signs would be printed; what stands out in which document follows from the marks.",
        ),
        example: same("要確認"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EmphasisWritten,
        what: both(
            "「*」や「_」一つ、又は「__」で囲んだ言葉があります。",
            "Words stand between single `*` or `_`, or between `__`.",
        ),
        why: both(
            "強調は「**」だけです。ほかの記号はそのまま印刷されます。",
            "Only `**` is strong; other signs would be printed.",
        ),
        example: same("**重要**な変更"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuoteWritten,
        what: both("「>」で始まる行があります。", "A line begins with `>`."),
        why: both(
            "引用の形はなく、「>」は印刷されずに消えてしまいます。",
            "There is no form for quotations; the sign would be lost.",
        ),
        example: same("条例には、次のとおり定められている。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CodeBlockWritten,
        what: both(
            "空白4つで始まる行か、「```」で囲んだ行があります。",
            "Lines begin with four spaces or stand between fences.",
        ),
        why: both("字下げや囲みは印刷されません。", "Neither the indent nor the frame would be printed."),
        example: same("字下げをせずに書く。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RuleWritten,
        what: both("「---」や「***」だけの行があります。", "A line holds only `---`, `***` or `===`."),
        why: both(
            "様式の欄に線は引けません。文の下に書くと、文が見出しになってしまいます。",
            "A row of the form has no rules; below text the line makes a heading of it.",
        ),
        example: same("一つ目の段落。\n\n二つ目の段落。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ListTooDeep,
        what: both("箇条書きが8段より深くなっています。", "A list nests more than 8 deep."),
        why: both("深い段は、様式の欄の幅に収まりません。", "Deeper levels do not fit into a row of the form."),
        example: same("- 紙の書類\n  - 申請書"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TableBroken,
        what: both(
            "表の行が、表になっていないか、見出しより多い列を持っています。",
            "Rows of a table are none, or have more cells than the header.",
        ),
        why: both(
            "縦線がそのまま印刷されるか、多い列が消えてしまいます。",
            "The bars would be printed, or the further cells lost.",
        ),
        example: same("| 区分 | 件数 |\n|---|---|\n| 窓口 | 10 |"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::SpacesAtEnd,
        what: both("行の終わりに、見えない空白が2つ以上あります。", "A line ends with two or more spaces."),
        why: both(
            "Markdown では改行の意味になりますが、画面では見えません。",
            "In Markdown they are a break, and nobody sees them.",
        ),
        example: same("一行目\\\n二行目"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormulaWritten,
        what: both(
            "「$」で囲んだ数式か、「~」「^」で囲んだ添え字があります。",
            "A formula stands between `$`, or a script between `~` or `^`.",
        ),
        why: both("記号がそのまま印刷されます。", "The signs would be printed."),
        example: same("10の2乗"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::DefinitionWritten,
        what: both("行の初めの「: 」で用語を説明する書き方があります。", "A definition begins with `: `."),
        why: both("前の行とつながって印刷されます。", "It would be joined to the line before."),
        example: same("- 宛名番号：住民を識別する番号"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::BulletMistyped,
        what: both(
            "行の初めの「-」のすぐ後に言葉があるか、「・」「－」や全角の番号（１．）で行が始まっているか、番号付きの箇条書きが、空行を入れずに文の次の行で始まっています。",
            "A word follows right after the `-` that begins a line, a line begins with `・`, `－` or a number in full width, or a numbered item follows a line of text without an empty line.",
        ),
        why: both(
            "箇条書きにならず、前後の行とつながって印刷されます。",
            "It is no list, and the lines would be joined.",
        ),
        example: same("- 申請書\n- 届出書"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TableAligned,
        what: both("表の「---」に、寄せ方の「:」が付いています。", "The row `---` of a table has colons."),
        why: both("様式の表は、どの列も同じに組みます。", "Every column of a table is set alike."),
        example: same("| 区分 | 件数 |\n|---|---|"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::LineJoined,
        what: both(
            "段落の2行目から後が、「①」「(1)」「●」のような記号や番号で始まっています。",
            "A line of a paragraph, but not its first, begins with a sign or number such as ①, (1) or ●.",
        ),
        why: both(
            "原稿の改行は印刷されないので、前の行とつながります。",
            "A line break in the source is not printed, so the line would be joined to the one above.",
        ),
        example: same("①　請求書の提出\n\n②　本人であることの確認"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RubyWritten,
        what: both("《》でルビを付ける書き方があります。", "A ruby is written with 《》."),
        why: both("ルビにはならず、記号がそのまま印刷されます。", "It is no ruby, and the signs would be printed."),
        example: same("宛名（あてな）"),
        source: FORMAT_ONLY,
    },
];
