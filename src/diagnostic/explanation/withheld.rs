//! H07: withheld text, characters that nobody sees, size.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::WithheldUnclosed,
        what: both(
            "公表しない部分の始まり「{!」に、終わり「!}」がありません。",
            "A withheld part begins with `{!` and does not end.",
        ),
        why: both(
            "どこまで伏せるのかが決まらなければ、伏せるべき語が公表されます。",
            "Where it ends decides what the public reads.",
        ),
        example: same("{!ひかり町データセンター!}に設置する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithheldUnopened,
        what: both(
            "公表しない部分の終わり「!}」に、始まり「{!」がありません。",
            "`!}` ends a withheld part that never began.",
        ),
        why: both(
            "始まりの書き間違いは、伏せるつもりの語をそのまま公表します。",
            "A misspelt beginning would publish what was to be withheld.",
        ),
        example: same("{!ひかり町データセンター!}に設置する。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithheldNested,
        what: both(
            "公表しない部分の中に、もう一つの公表しない部分があります。",
            "A withheld part stands inside another.",
        ),
        why: both(
            "内側の終わりで外側が終わったように読め、残りが公表されるおそれがあります。",
            "The inner end could be taken for the outer one.",
        ),
        example: same("{!ひかり情報株式会社の第一センター!}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithheldCrossing,
        what: both(
            "公表しない部分が、変更の印の片側や段をまたいでいます。",
            "A withheld part crosses one side of a mark, or a level of blocks.",
        ),
        why: both(
            "変更の前と後のどちらで伏せるのかが決まりません。",
            "It would not be known which side of the change is withheld.",
        ),
        example: same("{++追記{!伏せる語!}++}{>>cloud<<}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithheldNotHere,
        what: both(
            "公表しない部分の印を、印刷されない値（IDなど）に書いています。",
            "A withheld part stands in a value that is not printed, such as an id.",
        ),
        why: both("そこに書いても何も伏せられません。", "There it would withhold nothing."),
        example: same("storage-place = \"{!ひかり町データセンター!}\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithholdUnknown,
        what: both("withhold に書いた項目の記載がありません。", "`withhold` names an item that is not written."),
        why: both(
            "項目IDの書き間違いは、伏せるつもりの記載を公表します。",
            "A misspelt id would publish what was to be withheld.",
        ),
        example: same("withhold = [\"storage-place\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WithheldElsewhere,
        what: both(
            "伏せた語句と同じ語句が、公表する部分にもあります。",
            "Withheld words also stand where the public reads them.",
        ),
        why: both("一か所で伏せても、ほかの箇所から分かります。", "Withholding them in one place then hides nothing."),
        example: same("[terms]\nvendor = \"{!ひかり情報株式会社!}\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FileTooLarge,
        what: both(
            "原稿のファイル又は全体が、扱える大きさを超えています。",
            "A file of the source, or all of it, is larger than can be handled.",
        ),
        why: both(
            "誤って置かれた大きなファイルで、記憶が尽きないようにするためです。",
            "A misplaced large file must not exhaust the memory.",
        ),
        example: both(
            "content/ には .md と .toml の原稿だけを置く",
            "only .md and .toml files of the source lie in content/",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ControlCharacter,
        what: both("画面に見えない制御文字があります。", "There is a control character."),
        why: both("印刷されず、検索や比較を狂わせます。", "It prints nothing and misleads search and comparison."),
        example: both("（その文字を削除する）", "(delete the character)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::DirectionCharacter,
        what: both("文字の並ぶ向きを変える文字があります。", "There is a character that turns the direction of text."),
        why: both(
            "見た目と違う順に読まれる文は、書類として信用できません。",
            "A text that does not read as it looks cannot be trusted.",
        ),
        example: both("（その文字を削除する）", "(delete the character)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::InvisibleCharacter,
        what: both("幅のない見えない文字があります。", "There is an invisible character."),
        why: both("同じに見える二つの語が、別の語になります。", "Two words that look alike would differ."),
        example: both("（その文字を削除する）", "(delete the character)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TextTooLong,
        what: both(
            "用語と共通文を当てはめた一つの文が、上限を超えます。",
            "One text with its terms and fragments exceeds the limit.",
        ),
        why: both(
            "共通文が互いを何度も呼び出すと、文は際限なく長くなります。",
            "Fragments that use each other many times grow without bound.",
        ),
        example: same("{{> gc-storage}}"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ListTooLong,
        what: both("一つの一覧に、上限を超える件数があります。", "One list has more members than the limit."),
        why: both("繰返しの一件ごとに何十行も印刷されます。", "Each member prints dozens of rows."),
        example: same("system = [\"core\", \"atena\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::DocumentId,
        what: both(
            "文書のIDが、ファイル名に使えない字を含みます。",
            "A document's id has characters that a file's name cannot have.",
        ),
        why: both("文書のIDは、出力するファイルの名前になります。", "The id becomes the name of the output file."),
        example: same("id = \"change-list\""),
        source: FORMAT_ONLY,
    },
];
