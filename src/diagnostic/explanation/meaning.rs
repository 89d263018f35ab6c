//! H03: items, terms, changes, figures, documents.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

const FORM: &str = "特定個人情報保護評価指針（平成26年特定個人情報保護委員会告示第4号）の様式";
const FLOW: &str = "特定個人情報保護評価指針の様式の別添1（事務の内容）";

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::FragmentUnknown,
        what: both(
            "呼び出した共通文のファイルがないか、ファイル名と id が違います。",
            "The fragment has no file, or its file's name differs from its id.",
        ),
        why: both("その箇所が空になったまま印刷されてしまいます。", "The place would be printed empty."),
        example: same("{{> paper-storage}}\n# content/fragments/paper-storage.md\nid = \"paper-storage\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FragmentCycle,
        what: both(
            "共通文が、ほかの共通文を通じて自分自身を呼び出しています。",
            "A fragment uses itself, by way of others.",
        ),
        why: both("文がいつまでも終わりません。", "The text would never end."),
        example: both(
            "（どちらか一方の {{> …}} を、普通の文に書き換える）",
            "(write the text itself in place of one {{> …}})",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TermUnknown,
        what: both(
            "用語が、自治体の [terms] にも共通の [facts] にもありません。",
            "The term is neither in the municipality's [terms] nor in the shared [facts].",
        ),
        why: both(
            "自治体の名前や日付が抜けた文が印刷されてしまいます。",
            "The sentence would be printed without its name or date.",
        ),
        example: same("[terms]\nown = \"本町\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnnexPlace,
        what: both(
            "case.toml の [[annex]] の after が、様式の節にも前の別紙にもありません。",
            "`after` of an [[annex]] in case.toml names neither a section of the form nor a 別紙 before it.",
        ),
        why: both("別紙をどこに印刷するかが決まりません。", "Nothing says where the 別紙 is printed."),
        example: same(
            "[[annex]]\nid = \"annex-1\"\nnumber = \"（別紙1）\"\ntitle = \"提供先\"\nafter = \"file-overview\"",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuoteDiffers,
        what: both(
            "併せて作る評価書や概要の項目が、写し元の主な評価書と違う記載かどうか（長い文の項目を除く）。",
            "Whether an item of a paper beside the main one, or of an overview, says something else than the item that it is taken from; long texts are left out.",
        ),
        why: both(
            "同じ事務の名称や部署が評価書ごとに違うと、どちらが正しいか分かりません。",
            "Names and offices that differ between the papers of one case leave the reader in doubt.",
        ),
        example: both(
            "department = \"保険年金課\"（様式4は「国保年金課」） → 行を消す",
            "department = \"保険年金課\" beside 「国保年金課」 in 様式4 → delete the line",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ScopeUnknown,
        what: both(
            "[[word]] や [[policy]] の forms、cases が、ない様式や事務を名指ししています。",
            "`forms` or `cases` of a [[word]] or a [[policy]] names a form or a case that nobody has.",
        ),
        why: both(
            "どの評価書にも当てはまらず、確かめたつもりの約束が働きません。",
            "It holds for no paper, so that what was to be held goes unseen.",
        ),
        example: both(
            "[[policy]]\nforms = [\"様式のID\"]\ncases = [\"事務のID\"]",
            "[[policy]]\nforms = [\"id-of-a-form\"]\ncases = [\"id-of-a-case\"]",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormUnknown,
        what: both("指定された様式の定義がありません。", "There is no definition of the form."),
        why: both(
            "どの項目を、どの順に印刷するかが決まりません。",
            "Nothing says which items are printed, and in which order.",
        ),
        example: both(
            "form = \"様式のID\"（templates/forms/ か自治体の forms/ にあるファイルの名前）",
            "form = \"…\" (the name of a file in templates/forms/ or the municipality's forms/)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ItemUnknown,
        what: both("様式のその節に、書かれた項目IDがありません。", "The form has no such item in this section."),
        why: both(
            "印刷する欄がないため、書いた文が文書から漏れます。",
            "There is no row to print it in; what was written would be lost.",
        ),
        example: same("## work-content"),
        source: FORM,
    },
    Entry {
        code: Code::ItemMissing,
        what: both(
            "様式が求める項目に、何も書かれていません。",
            "Nothing is written for an item that the form asks for.",
        ),
        why: both(
            "空欄のある評価書は、公表や委員会への提出の前に差し戻されます。",
            "An assessment with empty cells is sent back.",
        ),
        example: same("## work-content\n\n住民税を賦課し、徴収する。"),
        source: FORM,
    },
    Entry {
        code: Code::ItemEmpty,
        what: both(
            "作成中の評価書（stage が「作成中」）で、様式が求める項目がまだ書かれていません。",
            "An assessment that is still being written（its stage is 作成中） lacks an item that the form asks for.",
        ),
        why: both(
            "書き終えるまでに残っている項目が分かります。作成中の文書には、必ず下書きの表示が付きます。",
            "It tells what is left to be written; until then every paper says that it is a draft.",
        ),
        example: same("## work-content\n\n住民税を賦課し、徴収する。"),
        source: FORM,
    },
    Entry {
        code: Code::SectionEmpty,
        what: both(
            "作成中の評価書の節に、未記入の項目がある数です。",
            "How many items of a section are still to be filled in.",
        ),
        why: both(
            "節ごとの残りが分かれば、分担して書けます。",
            "With the number for each section the work can be shared out.",
        ),
        example: same("stage = \"作成中\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ItemNotText,
        what: both("値で書く項目を、本文に書いています。", "An item that takes a value is written as text."),
        why: both(
            "選択肢や件数は値として確かめるため、文のままでは確かめられません。",
            "Choices and counts are checked as values, which a sentence is not.",
        ),
        example: same("[values]\nrecord-count = \"10項目未満\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ItemNotValue,
        what: both("文で書く項目を、値に書いています。", "An item of running text is written as a value."),
        why: both(
            "段落や箇条書き、変更の印を、値の1行には書ききれません。",
            "Paragraphs, lists and marks do not fit into one value.",
        ),
        example: same("## purpose\n\n住民税を正しく賦課するため。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::OptionUnknown,
        what: both("選択肢にない言葉が書かれています。", "The word is none of the item's options."),
        why: both(
            "様式の選択肢は文言まで定められており、一字でも違うと別のものになります。",
            "The form fixes the wording of its options.",
        ),
        example: same("record-count = \"50項目以上100項目未満\""),
        source: FORM,
    },
    Entry {
        code: Code::OptionText,
        what: both("（　）に中身を書けない選択肢に、中身が書かれています。", "The option takes no text in brackets."),
        why: both("様式に、その中身を印刷するところがありません。", "The form has no place for it."),
        example: same("obtain-methods = [\"紙\", \"その他（画面の参照）\"]"),
        source: FORM,
    },
    Entry {
        code: Code::RecordUnknown,
        what: both("一覧に挙げたIDの記載ファイルがありません。", "A listed record has no file."),
        why: both("件数だけが数えられ、中身のない欄が印刷されてしまいます。", "It would be counted and printed empty."),
        example: both("system = [\"core\"]（中身は system/core.md）", "system = [\"core\"] (its file: system/core.md)"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RecordTwice,
        what: both("同じIDが一覧に2回あります。", "The same id stands in the list twice."),
        why: both("同じ内容が2件として数えられ、2回印刷されます。", "It would be counted and printed twice."),
        example: same("system = [\"core\", \"portal\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FromUnknown,
        what: both(
            "ほかの文書から引用する項目が、評価書にありません。",
            "The item that is quoted is not in the assessment.",
        ),
        why: both("概要などの欄が空になります。", "The quoting document would have an empty row."),
        example: same("from = \"basic/work-content\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ChangeTwice,
        what: both("同じ変更IDが一つの一覧に2回あります。", "Two changes of one list have the same id."),
        why: both("印がどちらの事由によるものかが決まりません。", "A mark could belong to either."),
        example: same("[[change]]\nid = \"new-system\"\n\n[[change]]\nid = \"cloud\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::PeriodUnknown,
        what: both("書き分けに使った期間が、定められていません。", "The period of a variant is not defined."),
        why: both("その文はどの図にも印刷されません。", "The text would be printed in no figure."),
        example: same("[[period]]\nid = \"from-r7\"\nlabel = \"令和7年1月以降\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FlowNodeUnknown,
        what: both(
            "矢印の両端などに書いた枠が、図にありません。",
            "An arrow names a box that the figure does not have.",
        ),
        why: both("情報がどこからどこへ流れるのかを描けません。", "The flow of information cannot be drawn."),
        example: same("[[node]]\nid = \"core\"\nlabel = \"税務システム\"\nzone = \"internal\"\ncolumn = 2\nrow = 1"),
        source: FLOW,
    },
    Entry {
        code: Code::FlowStepNoRemark,
        what: both("矢印の手順番号に、備考の説明がありません。", "A step of the figure has no remark."),
        why: both(
            "別添1の図は、番号と備考がそろって初めて事務の流れの説明になります。",
            "The figure explains the work only together with its remarks.",
        ),
        example: same("## (1)\n\n納税義務者から申告を受ける。"),
        source: FLOW,
    },
    Entry {
        code: Code::FlowRemarkNoStep,
        what: both(
            "備考の手順番号に、当たる矢印がありません。",
            "A remark explains a step that the figure does not have.",
        ),
        why: both("読む人が、図のどこの説明かを探せません。", "The reader looks for an arrow that is not there."),
        example: same("[[arrow]]\nstep = \"(1)\"\nfrom = \"resident\"\nto = \"core\"\nkind = \"collect\""),
        source: FLOW,
    },
    Entry {
        code: Code::FlowUnknown,
        what: both("一覧に挙げた事務の流れのファイルがありません。", "A listed flow has no file."),
        why: both("別添1の図が1枚欠けます。", "A figure of attachment 1 would be missing."),
        example: both(
            "flows = [\"shikaku\"]（中身は flows/shikaku.md）",
            "flows = [\"shikaku\"] (its file: flows/shikaku.md)",
        ),
        source: FLOW,
    },
    Entry {
        code: Code::FlowCellTaken,
        what: both("図の同じ位置に、二つの枠があります。", "Two boxes of a figure stand in one place."),
        why: both("枠が重なって読めなくなります。", "They would be drawn over each other."),
        example: same("column = 2\nrow = 3"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CaseUnknown,
        what: both("文書の設定に書かれた事務がありません。", "The case that a document names does not exist."),
        why: both("何の評価書を作ればよいかが決まりません。", "Nothing says which assessment is meant."),
        example: both(
            "case = \"事務のID\"（content/assessments/ のフォルダーの名前）",
            "case = \"…\" (the name of a folder in content/assessments/)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::SummaryNoText,
        what: both("主な変更内容の項目に、公表用の文がありません。", "An item of 主な変更内容 has no text."),
        why: both(
            "見出しだけの項目が、住民に示す資料に載ってしまいます。",
            "The public would read a heading and nothing else.",
        ),
        example: same("## cloud-summary\n\n税の情報を、国内のデータセンターに保管することとしました。"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AppendNothing,
        what: both(
            "「+」で追加しようとした項目に、元の文がありません。",
            "`+` appends to an item that has no text in the base.",
        ),
        why: both(
            "正本の項目がなくなったか、項目IDの書き間違いです。",
            "The base lost the item, or its id is misspelt.",
        ),
        example: same("## work-content"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::OmitUnknown,
        what: both(
            "omit で除こうとした項目が、元の評価書にありません。",
            "`omit` names an item that the base does not have.",
        ),
        why: both(
            "除いたつもりの項目が、別の名前で印刷されているかもしれません。",
            "What was to be left out may still be printed under another id.",
        ),
        example: same("omit = [\"note\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::IdTwice,
        what: both("同じIDが、一つの範囲に2回あります。", "The same id stands twice where each must be one."),
        why: both("IDで指した相手が、どちらかに決まりません。", "What names it could mean either."),
        example: same("id = \"assessment-marked\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::OptionsUnknown,
        what: both(
            "様式の項目が指す選択肢の一覧がありません。",
            "An item of the form names a list of options that is not there.",
        ),
        why: both("何を選べるのかが決まりません。", "Nothing says what may be chosen."),
        example: same("[[options]]\nid = \"persons\"\nlabels = [\"1,000人未満\", \"1,000人以上1万人未満\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::DocumentImpossible,
        what: both("設定された文書を作るための元がありません。", "What a document is made from is missing."),
        why: both(
            "発行すると決めた文書が、知らないうちに欠けることはあってはなりません。",
            "A document that is promised must not be missing in silence.",
        ),
        example: same("[[document]]\nid = \"change-list\"\nkind = \"change-list\"\npages-of = \"assessment-marked\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::BesideUnknown,
        what: both(
            "文書が form で名指しした評価書が、assessment.toml の [[beside]] にありません。",
            "The assessment that a document names in `form` is not among the `[[beside]]` of assessment.toml.",
        ),
        why: both(
            "どの様式に、どのフォルダーの原稿を入れるのかが決まりません。",
            "Nothing says which form is filled, and from which folder.",
        ),
        example: both("[[beside]]\nid = \"kiso\"\nform = \"様式のID\"", "[[beside]]\nid = \"kiso\"\nform = \"…\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FileUnused,
        what: both("どの文書の元にもならないファイルです。", "No document is made from the file."),
        why: both(
            "名前を間違えたファイルの文は、書いたのに印刷されません。",
            "The text in a misnamed file is never printed.",
        ),
        example: both(
            "content/assessments/事務のID/basic.md（様式の節のIDと同じ名前）",
            "content/assessments/…/basic.md (the name of a section of the form)",
        ),
        source: FORMAT_ONLY,
    },
];
