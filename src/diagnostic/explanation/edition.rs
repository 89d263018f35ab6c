//! H035: editions, and changes that are not declared.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::{Code, Words};

const WHY: Words = both(
    "公表した評価書と違う文は、すべて変更箇所の表に載らなければなりません。印のない変更は、どの一覧にも載らないまま公表されてしまいます。",
    "Whatever differs from the published text must be listed as changed; what is not marked would be published in no list.",
);
const SOURCE: &str = "番号法第28条、特定個人情報保護評価指針の様式の別添（変更箇所）";
const MARKED: &str = "住民税を賦課する。{++電子申告にも対応する。++}{>>new-system<<}";

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
];
