//! H0718: forms as data that do not fit together.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::OptionsMissing,
        what: both(
            "選択する項目には、選択肢の一覧があります。",
            "An item that is chosen from options names a list of them.",
        ),
        why: both(
            "一覧がないと、何を書いても選択肢になりません。",
            "Without a list nothing that is written is an option.",
        ),
        example: same("{ id = \"persons\", kind = \"choice\", label = \"対象人数\", options = \"persons\" }"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormIdDiffers,
        what: both("様式のIDは、ファイル名と同じです。", "A form's id is the name of its file."),
        why: both(
            "様式はファイル名で探します。違っていると、別の様式を直していても気付きません。",
            "Forms are found by the names of their files; a copy with another's id is mistaken for it.",
        ),
        example: both("forms/mini.toml に id = \"mini\"", "id = \"mini\" in forms/mini.toml"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WidthsUneven,
        what: both("一覧の列の幅の合計は 1 です。", "The widths of the columns of a list add up to 1."),
        why: both(
            "幅は用紙の幅に対する割合です。合計が 1 でないと、書いた割合のとおりには印刷されません。",
            "A width is a share of the page's; shares that do not add up to 1 are not what is printed.",
        ),
        example: same("width = 0.76\nwidth = 0.09\nwidth = 0.15"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormItemUnknown,
        what: both(
            "様式の [rules] は、様式にある項目だけを名指しします。",
            "The rules of a form name items that it has.",
        ),
        why: both(
            "ない項目の規則は、一度も働きません。守られていると思い込むことになります。",
            "A rule about an item that is not there never holds anything.",
        ),
        example: same("item = \"file-overview/consignment-presence\""),
        source: FORMAT_ONLY,
    },
];
