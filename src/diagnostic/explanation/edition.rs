//! H035: editions, and changes that are not declared.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::{Code, Words};

const WHY: Words = both(
    "公表した評価書と違う文は、すべて変更箇所の表に載らなければなりません。印のない変更は、どの一覧にも載らないまま公表されてしまいます。",
    "Whatever differs from the published text must be listed as changed; what is not marked would be published in no list.",
);
const SOURCE: &str = "番号法第28条、特定個人情報保護評価指針の様式の別添（変更箇所）";
const MARKED: &str = "住民税を賦課する。{++電子申告にも対応する。++}{>>new-system<<}";

const LOOK_WHY: Words = both(
    "変更箇所の一覧には載りませんが、読む人には見えます。意図した変更かを人が確かめます。",
    "No list of changes shows it, yet a reader sees it: a person must say whether it is meant.",
);
const SEAL_WHY: Words = both(
    "版は変更を数える元です。版が動けば、印のない変更が見付かりません。封印に鍵はないので、防げるのは手違いと気付かない手直しです。",
    "Changes are counted from the edition: if it moves, an undeclared change is not found. A seal has no key; it keeps from accident and quiet habit.",
);

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::EditionUnknown,
        what: both("設定に書かれた版のフォルダーがありません。", "The edition that the settings name has no folder."),
        why: both(
            "どの文からの変更かが決まらず、変更の漏れを調べられません。",
            "Nothing says from which text the changes are counted.",
        ),
        example: both(
            "edition = \"r5-published\"（content/editions/自治体/事務/ のフォルダーの名前）",
            "edition = \"r5-published\" (the name of a folder of content/editions/)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EditionNotNamed,
        what: both(
            "確定した版があるのに、設定がどの版も指していません。",
            "There are editions and the settings name none.",
        ),
        why: both("印の付け忘れがあっても、見付けられません。", "A forgotten mark would not be found."),
        example: same("edition = \"r5-published\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::Undeclared,
        what: both(
            "版と違う文に、変更の印が付いていません。",
            "The text differs from the edition and no mark says so.",
        ),
        why: WHY,
        example: same("{~~窓口で受け付ける。~>窓口及び電子申告で受け付ける。~~}{>>new-system<<}"),
        source: SOURCE,
    },
    Entry {
        code: Code::UndeclaredNew,
        what: both(
            "版にない文に、追記の印が付いていません。",
            "The text is not in the edition and not marked as inserted.",
        ),
        why: WHY,
        example: same(MARKED),
        source: SOURCE,
    },
    Entry {
        code: Code::UndeclaredGone,
        what: both(
            "版にある文が、削除の印を付けずになくなっています。",
            "What the edition says is gone and not marked as deleted.",
        ),
        why: WHY,
        example: same("住民税を賦課する。{--窓口のみで受け付ける。--}{>>new-system<<}"),
        source: SOURCE,
    },
    Entry {
        code: Code::UndeclaredNotation,
        what: both(
            "全角と半角、句読点など、表記だけが版と違います。",
            "Only the notation differs from the edition: width, punctuation.",
        ),
        why: both(
            "中身の変更ではありませんが、公表した文とは違います。版の表記に戻すか、変更として載せるかを決めます。",
            "It changes nothing in substance, yet it is not what was published: put it back or declare it.",
        ),
        example: same(MARKED),
        source: SOURCE,
    },
    Entry {
        code: Code::ShapeDiffers,
        what: both(
            "文字は版と同じで、段落、箇条書き、強調だけが違います。",
            "The characters are the edition's; paragraphs, lists or strong differ.",
        ),
        why: both("見た目の違いが、意味の違いになることがあります。", "A different shape may say something different."),
        example: same("- 国内に限る。\n- 暗号化する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PrintedWords,
        what: both("版にない文言が印字されます。", "Words are printed that the edition does not have."),
        why: WHY,
        example: same(MARKED),
        source: SOURCE,
    },
    Entry {
        code: Code::PrintedOrder,
        what: both(
            "記載は版と同じで、並ぶ順だけが違います。",
            "What is printed is the edition's; it stands in another order.",
        ),
        why: LOOK_WHY,
        example: both(
            "system = [\"core\", \"portal\"]（版の順）",
            "system = [\"core\", \"portal\"] (the edition's order)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PrintedPlacement,
        what: both(
            "図の枠の列、行、区域、囲みが版と違います。",
            "A box of a figure stands in another column, row, zone or frame than in the edition.",
        ),
        why: LOOK_WHY,
        example: same("zone = \"internal\"\ncolumn = 2\nrow = 1"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PrintedDisplay,
        what: both(
            "表題、フッター、様式の項目名、箇条書きや強調など、見え方だけが版と違います。",
            "A title, a footer, a label of the form, a list or strong is not as in the edition.",
        ),
        why: LOOK_WHY,
        example: same("footer-left = \"国民健康保険に関する事務（全項目評価書）\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnswersDiffer,
        what: both(
            "チェックリストの回答が、版を確定したときと違います。",
            "Answers of a checklist are not those of the edition.",
        ),
        why: both(
            "回答の取込みは変更ではありませんが、承認された回答と違うことは知っておく必要があります。",
            "To take answers over is no change, yet they are not those that were approved.",
        ),
        example: same("answer = { state = \"実施\", detail = \"…\" }"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PrintedPublic,
        what: both(
            "提出用は版と同じで、公表用に印字されるものだけが版と違います。",
            "The submission is as the edition has it; what the public copy prints is not.",
        ),
        why: both(
            "公表した文を後から伏せること、伏せた文を公表することは、どの一覧にも載りませんが、公表用を読む人には見えます。",
            "To withhold what was published, or to publish what was withheld, stands in no list, yet who reads the public copy sees it.",
        ),
        example: same("サーバーは、{!ひかり町データセンター!}に設置する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CalledNew,
        what: both(
            "版にもある記載に、全体が新しいという印（追記、新規）が付いています。",
            "The edition has it, and a mark or a state says that all of it is new.",
        ),
        why: both(
            "前からあった対策や記載が、新しく加わったものとして読まれます。",
            "What was always there would be read as added.",
        ),
        example: both("state = \"継続\"（版にもある対策）", "state = \"継続\" (a measure that the edition has)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ChangedSinceIssue,
        what: both("発出を記録した後に、文書の内容が変わりました。", "A document is not as it was issued."),
        why: both(
            "会議やパブリック・コメントで読まれている文書と、手元の原稿が食い違います。",
            "What others are reading and what stands here differ.",
        ),
        example: same("hyoka issue hikari zei --id soan-2 --title 差替え後の素案 --date 2026-04-01"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::DeclaredTakenBack,
        what: both(
            "発出した文書に載せた変更の印が、なくなっています。",
            "A change that issued papers list has lost its mark.",
        ),
        why: both(
            "一覧を受け取った人は、その変更が行われると考えています。",
            "Who has the list takes the change for granted.",
        ),
        example: same(MARKED),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EditionUnsealed,
        what: both(
            "版に封印（seal.toml）又は印字の内容（printed/）がありません。",
            "An edition has no seal (seal.toml), or no imprint (printed/).",
        ),
        why: SEAL_WHY,
        example: same("hyoka freeze hikari zei --seal"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EditionAltered,
        what: both(
            "版又は発出の記録のファイルが、封印したときと違います。",
            "A file of an edition, or of issued papers, is not as it was sealed.",
        ),
        why: SEAL_WHY,
        example: both(
            "版のファイルは直さず、原稿に印を付けて変更する。",
            "Leave the edition alone; change the text, with a mark.",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EditionForeign,
        what: both("封印は別の名前の版のものです。", "The seal is that of an edition of another name."),
        why: SEAL_WHY,
        example: same("edition = \"r5-published\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::EditionChain,
        what: both(
            "封印に書かれた前の版と、今ある前の版が違います。",
            "The edition before it is not the one that the seal names.",
        ),
        why: SEAL_WHY,
        example: both(
            "前の版を消したり、作り直したりしない。",
            "Neither take the edition before it away nor make it anew.",
        ),
        source: FORMAT_ONLY,
    },
];
