//! H0646 on: how changes look, and keys that a document does not heed.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::LookUnseen,
        what: both(
            "追記と削除は、白黒の紙で地の文と見分けられます。",
            "Inserted and deleted text is told from the rest on a black and white page.",
        ),
        why: both(
            "見分けられないと、削除した文が残っているように読め、追記した文が前からあるように読めます。",
            "Deleted text would read as text that stands, and new text as text that was always there.",
        ),
        example: same(
            "marks = { inserted = { shade = 25, brackets = { open = \"【\", close = \"】\" } }, deleted = \"strike\" }",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::LooksAlike,
        what: both("追記と削除は、互いに見分けられます。", "Inserted text is told from deleted text."),
        why: both(
            "同じ見せ方では、どちらの文が残るのかが分かりません。",
            "With one look nobody knows which of the two texts stands.",
        ),
        example: same("marks = { inserted = \"underline\", deleted = \"strike\" }"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::LookUnknown,
        what: both("marks が名前で指す見せ方があります。", "A look that `marks` names is there."),
        why: both("ない見せ方では、変更をどう見せるのかが決まりません。", "Nothing says how changes are shown."),
        example: both(
            "[look.amikake] を municipality.toml に書き、marks = { inserted = \"amikake\" } で使う",
            "write [look.shaded] in municipality.toml and use it as marks = { inserted = \"shaded\" }",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::LookHides,
        what: both(
            "印刷しない見せ方は、削除だけに、それだけで使います。",
            "Only deleted text is hidden, and what is hidden has no other look.",
        ),
        why: both(
            "追記を隠すと、決まった文が文書から消えます。",
            "Hidden insertions would take text that stands out of the document.",
        ),
        example: same("marks = { inserted = \"underline\", deleted = \"hidden\" }"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::KeyMeansNothing,
        what: both(
            "[[document]] には、その種類の文書で働くキーだけを書きます。",
            "A `[[document]]` has only keys that its kind of document heeds.",
        ),
        why: both(
            "働かないキーは、書いたとおりになっていると思い込むもとになります。",
            "Who writes a key believes that it does something.",
        ),
        example: both(
            "kind = \"change-summary\" に pages を書く（kind = \"assessment\" では働かない）",
            "write `pages` where kind = \"change-summary\"; kind = \"assessment\" does not heed it",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::BracketsEmpty,
        what: both("かっこには、前と後の両方があります。", "Brackets have words before and after the text."),
        why: both(
            "片方だけでは、変更した文がどこまでかが分かりません。",
            "With one of them nobody knows where the changed text begins or ends.",
        ),
        example: same("brackets = { open = \"【\", close = \"】\" }"),
        source: FORMAT_ONLY,
    },
];
