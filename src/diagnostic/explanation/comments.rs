//! H074–H076: the hearing, its opinions, and their workbook.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

/// What asks for a hearing, and for what is done with its opinions.
const HEARING: &str = "番号法第28条第1項、特定個人情報保護評価に関する規則第7条";

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::OpinionOutside,
        what: both(
            "意見の受付日は、募集の期間の中にあります。",
            "The day on which an opinion came in lies within the period of the hearing.",
        ),
        why: both(
            "期間の外の日付は、日付の書き誤りか、期間の後に届いた意見です。どちらかは人が決めます。",
            "Another day is a slip of the pen or an opinion that came late; a person decides which.",
        ),
        example: both(
            "from = \"2026-05-01\"、to = \"2026-06-15\" の募集に、received = \"2025-05-12\" と書いた。",
            "`received = \"2025-05-12\"` in a hearing from 2026-05-01 to 2026-06-15.",
        ),
        source: HEARING,
    },
    Entry {
        code: Code::OpinionUngrouped,
        what: both(
            "どの意見にも、考え方を示すまとまりがあります。",
            "Every opinion belongs to a group that answers it.",
        ),
        why: both(
            "まとまりのない意見は、報告の表に載らず、考え方も示されません。",
            "An opinion without a group is in no table of the report and has no answer.",
        ),
        example: both(
            "[[opinion]] に group = \"consignee\" と書き加える",
            "add `group = \"consignee\"` to the [[opinion]]",
        ),
        source: HEARING,
    },
    Entry {
        code: Code::CommentGroupUnknown,
        what: both("group は、[[group]] にある ID です。", "`group` is the id of a [[group]]."),
        why: both(
            "指すまとまりがないと、意見の件数と考え方が合いません。",
            "Otherwise numbers and answers do not fit the opinions.",
        ),
        example: same("group = \"consignee\" / [[group]] id = \"consignee\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WayUnknown,
        what: both(
            "提出方法は、templates/words/document.toml の [comments] ways にある言葉です。",
            "A way is a word of `ways` in [comments] of templates/words/document.toml.",
        ),
        why: both("言葉がまちまちだと、方法別の件数が分かれます。", "Several words for one way would part its number."),
        example: both("way = \"メール\" → way = \"電子メール\"", "way = \"メール\" → way = \"電子メール\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::OpinionPersonal,
        what: both(
            "意見とその概要に、メールアドレスや電話番号と見られる文字がありません。",
            "No opinion and no summary holds what looks like an e-mail address or a telephone number.",
        ),
        why: both(
            "提出した方が分かる事項は記録せず、公表もしません。意見の文の中に書かれていることがあります。",
            "What tells who sent an opinion in is neither stored nor published; it may stand in the opinion itself.",
        ),
        example: both(
            "「返事は090-0000-0000まで」の番号を除き、「（連絡先は省略）」とする。",
            "leave the number out and write （連絡先は省略）",
        ),
        source: "個人情報の保護に関する法律第61条",
    },
    Entry {
        code: Code::CommentGroupOpen,
        what: both("意見のまとまりには、考え方と対応があります。", "A group of opinions has an answer and an effect."),
        why: both(
            "寄せられた意見を十分考慮して評価書を見直すため、意見ごとの考え方が要ります。",
            "Opinions must be taken into account, so each of them needs an answer.",
        ),
        example: both(
            "answer = \"委託先の点検の回数を書き加えます。\"、effect = \"修正する\"",
            "answer = \"…\", effect = \"修正する\"",
        ),
        source: HEARING,
    },
    Entry {
        code: Code::EffectUnknown,
        what: both(
            "対応は、templates/words/document.toml の [comments] effects にある言葉です。",
            "An effect is a word of `effects` in [comments] of templates/words/document.toml.",
        ),
        why: both("対応別の件数は、この言葉で数えます。", "The opinions are counted by these words."),
        example: same("effect = \"修正\" → effect = \"修正する\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RevisionUnnamed,
        what: both(
            "評価書を修正すると答えたまとまりには、その変更の ID があります。",
            "A group whose answer changes the assessment names the change.",
        ),
        why: both(
            "意見を受けた修正も変更箇所です。ID がないと、修正した箇所のページを報告に書けません。",
            "It is a change like any other; without its id the report cannot cite its pages.",
        ),
        example: same("effect = \"修正する\"、changes = [\"consignee-check\"]"),
        source: HEARING,
    },
    Entry {
        code: Code::CommentItemUnknown,
        what: both(
            "items と outline の項目は、評価書にあります。",
            "The items that a group or a point names are those of the assessment.",
        ),
        why: both("その項目のページを引用するためです。", "Their pages are cited."),
        example: same("items = [\"risk/consign-access-detail\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentCount,
        what: both(
            "評価書のⅥ2「④主な意見の内容」「⑤評価書への反映」に書いた件数は、comments.toml から数えた件数のどれかです。",
            "A number of opinions in Ⅵ2 ④ or ⑤ is one that `comments.toml` comes to.",
        ),
        why: both(
            "手で書いた件数は、意見を一件加えたときに古くなります。",
            "A number that is typed grows old with the next opinion.",
        ),
        example: both("「意見は5件」→「意見は{{comments-count}}件」", "`意見は5件` → `意見は{{comments-count}}件`"),
        source: "様式4 Ⅵ2「④主な意見の内容」「⑤評価書への反映」",
    },
    Entry {
        code: Code::HearingOther,
        what: both(
            "評価書のⅥ2「②実施日・期間」は、comments.toml の募集の期間と同じです。",
            "The period in Ⅵ2 ② is that of `comments.toml`.",
        ),
        why: both(
            "お知らせと評価書とで、期間が食い違わないためです。",
            "The notice and the assessment must not disagree.",
        ),
        example: same(
            "hearing-period = \"令和8年5月1日～令和8年6月15日\" / from = \"2026-05-01\"、to = \"2026-06-15\"",
        ),
        source: "様式4 Ⅵ2「②実施日・期間」",
    },
    Entry {
        code: Code::CommentsForeign,
        what: both(
            "ブックに、意見の表（番号と意見の内容）か考え方の表（まとまりと見出し）の見出しの行があります。",
            "The workbook has the row of headers of a table of opinions or of groups.",
        ),
        why: both(
            "見出しがないと、どの列が何かが分かりません。",
            "Without headers it cannot be told which column is which.",
        ),
        example: both(
            "1行目を「受付番号、受付日、提出方法、意見の内容」とする",
            "write 受付番号, 受付日, 提出方法, 意見の内容 into a row",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsOther,
        what: both(
            "ブックの行が、この作業フォルダーの意見の募集のものだと分かります。",
            "The rows belong to a hearing of this workspace.",
        ),
        why: both("違う事務の意見に混ざらないためです。", "Opinions of one case must not get into another."),
        example: same("hyoka comments import iken.xlsx --municipality midori --case juki"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PersonalColumn,
        what: both(
            "提出した方が分かる列（氏名、住所など）を取り込んでいません。",
            "A column that tells who sent an opinion in is not taken over.",
        ),
        why: both(
            "意見の公表に、提出した方の氏名や連絡先は要りません。原稿に書く欄もありません。",
            "Names and addresses are not needed to publish opinions, and the source has no key for them.",
        ),
        example: both("「氏名」の列を削除したブックを取り込む", "delete the column 氏名 and import again"),
        source: "個人情報の保護に関する法律第61条",
    },
    Entry {
        code: Code::CommentsRow,
        what: both(
            "どの行にも、番号（又はまとまりの ID）と、欠かせない欄の記入があります。",
            "Every row has its number or id and what no row may lack.",
        ),
        why: both(
            "番号のない意見は、後で見分けられません。",
            "An opinion without a number cannot be told from others.",
        ),
        example: both("書き足した意見の「No.」に、次の番号を書く", "number the opinion that was added"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsCell,
        what: both("欄の値は、その欄に書けるものです。", "A cell holds what its column takes."),
        why: both("分からない値を推し量って取り込みません。", "What is not understood is not guessed."),
        example: both("対応「直す」→「修正する」", "対応 直す → 修正する"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsTwice,
        what: both("同じ番号（又は ID）の行は一つです。", "A number or an id has one row."),
        why: both("どちらの行が正しいかは、人にしか分かりません。", "Only a person can say which row is right."),
        example: both("正しい行を残し、もう一方を削除する", "keep the right row and delete the other"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsMoved,
        what: both(
            "欄は、ブックと原稿の一方だけで変わっています。",
            "A field was changed in the workbook or in the source, not in both.",
        ),
        why: both(
            "両方で変わった欄は、どちらが新しいかが分かりません。",
            "Which of two changes is meant cannot be told.",
        ),
        example: both("原稿を直すか、書き出し直したブックに記入する", "mend the source, or fill in a fresh export"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsGone,
        what: both("書き出した行は、まだ原稿にあります。", "A row that went out is still in the source."),
        why: both("原稿から除いた意見を、黙って戻しません。", "What was removed is not brought back in silence."),
        example: both("要るものなら、原稿に [[opinion]] を書き戻す", "write the [[opinion]] again if it is needed"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HearingTerm,
        what: both(
            "お知らせ、報告、評価書に入る文の言葉が呼び出す用語は、自治体の [terms] か共通の [facts] にあります。",
            "The terms that the words of notice, report and entry call are in the municipality's [terms] or the shared [facts].",
        ),
        why: both(
            "初めの言葉は templates/words/document.toml の [comments] にあり、「区の考え方」の「区」のような自治体の言葉を、用語で書いています。",
            "The first words stand in [comments] of templates/words/document.toml; what is the municipality's own word is a term there.",
        ),
        example: same("[terms]\nown = \"本市\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CommentsLost,
        what: both("書き出した行は、どれも返ってきます。", "Every row that went out comes back."),
        why: both(
            "削除された行を見落とさないためです。原稿の行は残ります。",
            "A deleted row must not go unseen; the source keeps it.",
        ),
        example: both(
            "意図して除いたのなら、原稿の [[opinion]] を削除する",
            "delete the [[opinion]] of the source if that was meant",
        ),
        source: FORMAT_ONLY,
    },
];
