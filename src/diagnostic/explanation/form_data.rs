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
        code: Code::ClassUnknown,
        what: both(
            "しきい値判断の項目の選択肢は、しきい値の表の語か、wording で表の語に結び付けた語です。",
            "The options of the items of the threshold judgement are words of the table of thresholds, or `wording` says which of them they stand for.",
        ),
        why: both(
            "表にない答えからは、どの評価が義務付けられるかが決まりません。",
            "From an answer that the table does not know nothing follows.",
        ),
        example: same("wording = [{ option = \"1,000人未満（任意実施）\", class = \"1,000人未満\" }]"),
        source: "特定個人情報保護評価に関する規則第4条から第7条まで",
    },
    Entry {
        code: Code::RenamedElsewhere,
        what: both(
            "改名した項目（renamed）は、前の版でも同じ節、同じくり返しにあります。",
            "An item that was renamed stands in the same section or group in the earlier version too.",
        ),
        why: both(
            "記載ファイルの中でIDだけを書き換えるので、別の節の項目には移せません。",
            "A case that moves keeps its files: only the id is written anew.",
        ),
        example: same("[[renamed]]\nitem = \"basic/work-outline\"\nwas = \"basic/work-content\""),
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
            "様式の規則、released-by、from、元の版との違い（replace など）は、ある項目だけを名指しします。",
            "Rules, releases, quotations and differences of a form name items that are there.",
        ),
        why: both(
            "ない項目を名指しすると、一度も働きません。守られていると思い込むことになります。",
            "What is said of an item that is not there never holds anything.",
        ),
        example: same("item = \"file-overview/consignment-presence\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormReleased,
        what: both(
            "「委託しない」などの欄に印を付けたら、それにかかる欄は空けます。",
            "What hangs on a ticked box such as 委託しない stays blank.",
        ),
        why: both(
            "しないことの対策が書いてあると、読む人はどちらが本当か分かりません。前の評価書の文が残っていることもあります。",
            "Measures for what is not done leave a reader in doubt; often they are left over from an earlier paper.",
        ),
        example: both(
            "no-consignment = true のときは、「## consign-check」などを書きません。",
            "with no-consignment = true there is no `## consign-check`",
        ),
        source: "特定個人情報保護評価指針 様式2から様式4まで",
    },
    Entry {
        code: Code::KeyIdle,
        what: both(
            "項目の種類ごとに、働くキーが決まっています。",
            "Each kind of item has keys that mean something for it.",
        ),
        why: both(
            "働かないキーは、書いた人の意図と印刷されるものの食い違いです。種類の書き間違いのこともあります。",
            "A key without an effect is a difference between what was meant and what is printed; or the kind is wrong.",
        ),
        example: same(
            "{ id = \"persons\", kind = \"choice\", label = \"対象人数\", options = \"persons\", options-columns = 2 }",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormBaseCycle,
        what: both(
            "元の版（based-on）は、たどると based-on のない様式に行き着きます。",
            "Versions that are based on each other end in one that is written out.",
        ),
        why: both("互いを元にする版には、項目がありません。", "Versions in a circle have no items."),
        example: same("based-on = \"mini\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormAddition,
        what: both(
            "add には、場所を一つと、加える項目か節を書きます。",
            "An addition names one place, and items or a section.",
        ),
        why: both("場所が二つあると、どちらに加えるか決まりません。", "With two places it is not said where it goes."),
        example: same(
            "[[add]]\nafter = \"risk/keep\"\nitems = [{ id = \"manual\", kind = \"band\", label = \"8.人手を介在させる作業\" }]",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RepeatDiffers,
        what: both(
            "【再掲】の欄は、選んだ対策について前に書いた答えと同じです。",
            "An item that repeats another says the same.",
        ),
        why: both(
            "同じ対策に二つの答えがあると、どちらが評価の結果か分かりません。",
            "Two answers for one measure leave a reader in doubt which is the result.",
        ),
        example: both("値を書かなければ、元の値が印刷されます。", "without a value of its own the other is printed"),
        source: "特定個人情報保護評価指針 様式2 Ⅳ",
    },
];
