//! Every message, in Japanese and English, with its stable code.
//!
//! A `match` without a catch-all: a code without a wording in both languages does not compile.

/// Language of the messages（表示言語）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
}

/// How grave a mistake is（重大度）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Forbids a build（誤り）.
    Error,
    /// Does not（注意）.
    Warning,
    /// For information（参考）.
    Note,
}

/// What is said: the title says what is wrong, the help what to write instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// One phrase with `{name}` places.
    pub title: &'static str,
    /// The cure, with an example where one helps; may be empty.
    pub help: &'static str,
}

/// Which mistake（診断コード）.
// `ValueEnum` for its list of all variants: an enum cannot be walked otherwise, and every code must be found by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
#[expect(missing_docs, reason = "each code's wording in `wording` says what it means")]
pub enum Code {
    // Reading files and TOML.
    NotUtf8,
    OutsideWorkspace,
    TomlSyntax,
    FrontMatterOpen,
    UnknownKey,
    MissingKey,
    WrongType,
    UnknownWord,
    TomlOther,
    // Markup.
    HeadingLevel,
    TextBeforeHeading,
    HeadingTwice,
    HeadingSuffix,
    MarkUnclosed,
    MarkUnopened,
    MarkCrossing,
    MarkNested,
    MarkNoChange,
    ArrowMissing,
    ArrowOutside,
    TermUnclosed,
    PeriodUnclosed,
    PeriodUnopened,
    RawHtml,
    FragmentInline,
    StrongUnclosed,
    // Meaning.
    FragmentUnknown,
    FragmentCycle,
    TermUnknown,
    FormUnknown,
    ItemUnknown,
    ItemMissing,
    ItemNotText,
    ItemNotValue,
    OptionUnknown,
    OptionText,
    RecordUnknown,
    RecordTwice,
    FromUnknown,
    ChangeUnknown,
    ChangeUnused,
    ChangeTwice,
    PeriodUnknown,
    FlowNodeUnknown,
    FlowStepNoRemark,
    FlowRemarkNoStep,
    FlowUnknown,
    FlowCellTaken,
    CaseUnknown,
    SummaryNoText,
    SummaryNoChange,
    AppendNothing,
    OmitUnknown,
    IdTwice,
    OptionsUnknown,
    DocumentImpossible,
    MeasureItemUnknown,
    CountWrong,
    FileUnused,
    PeriodOutsideFlow,
    ImportantAfter,
    // Rules.
    ThresholdWrong,
    PolicyNotTold,
    PopulationDiffers,
    HearingShort,
    DatesOutOfOrder,
    DraftPublished,
    ImportantEarly,
    ImportantItemsChanged,
    ChangeRowIncomplete,
    ChangeNothing,
    ConsignmentDiffers,
    ReconsignmentDiffers,
    ProvisionDiffers,
    LinkageDiffers,
    DetailMissing,
    ShortcomingChosen,
    OptionTextMissing,
    IncidentDiffers,
    FilesDiffer,
    ReviewDue,
    ChangeNotSummarised,
    PeriodsApart,
    NearCopy,
    WordWrong,
    AbbreviationEarly,
    AbbreviationTwice,
    BasisDiffers,
    ReferenceDead,
    FormChanged,
    CharacterComposed,
    NameVariants,
    DateImpossible,
    WeekdayWrong,
    WidthMixed,
    FactDiffers,
    MarkupInPlain,
    TooLong,
    DocumentPromised,
    WithheldPlain,
    // Editions.
    EditionUnknown,
    EditionNotNamed,
    Undeclared,
    UndeclaredNew,
    UndeclaredGone,
    UndeclaredNotation,
    ShapeDiffers,
    // Forms that come in as workbooks.
    FormNone,
    FormMarked,
    FormCellUnplaced,
    FormValueUnknown,
    FormLabelNear,
    FormExists,
    FormDocument,
    // Layout.
    GlyphMissing,
    LayoutUnstable,
    Typesetter,
    PageUnknown,
    // Returned workbooks.
    WorkbookNot,
    WorkbookDamaged,
    WorkbookLocked,
    WorkbookTooLarge,
    ReturnedForeign,
    ReturnedOther,
    KeyColumnMissing,
    SheetUnknown,
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    RowWithoutId,
    CellMerged,
    CellFault,
    AnswerInvalid,
    MeasureUnknown,
    StampMissing,
    MeasureTwice,
    MeasureMissing,
    SheetMissing,
    QuestionAltered,
    QuestionChanged,
    AnswerMoved,
    AnswersDisagree,
    ReasonMissing,
    FormatImpossible,
    // Acceptance and sign-off.
    AcceptanceUnreadable,
    AcceptanceNoReason,
    AcceptanceUnknown,
    AcceptanceOfError,
    AcceptanceUnused,
    ReviewLifted,
    ReviewUnknown,
    ReviewIncomplete,
    // Withheld text and hostile content.
    WithheldUnclosed,
    WithheldUnopened,
    WithheldNested,
    WithheldCrossing,
    WithheldNotHere,
    WithholdUnknown,
    WithheldElsewhere,
    FileTooLarge,
    ControlCharacter,
    DirectionCharacter,
    InvisibleCharacter,
    TextTooLong,
    ListTooLong,
    DocumentId,
}

impl Code {
    /// Every code, in the order of the catalogue.
    #[must_use]
    pub fn all() -> &'static [Self] {
        <Self as clap::ValueEnum>::value_variants()
    }

    /// The code of an id such as `H0103`; small letters will do.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::all().iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
    }

    /// The stable code that is shown and that a message can be looked up by.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.entry().0
    }

    /// How grave.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().1
    }

    /// Whether it says that something named is not there. Where a file could not be read at all, such a mistake follows from
    /// that one and says nothing of its own.
    #[must_use]
    pub fn follows_from_unread(self) -> bool {
        matches!(
            self,
            Self::FragmentUnknown
                | Self::FormUnknown
                | Self::ItemMissing
                | Self::RecordUnknown
                | Self::FromUnknown
                | Self::ChangeUnknown
                | Self::ChangeUnused
                | Self::PeriodUnknown
                | Self::FlowUnknown
                | Self::CaseUnknown
                | Self::SummaryNoText
                | Self::Undeclared
                | Self::UndeclaredNew
                | Self::UndeclaredGone
                | Self::UndeclaredNotation
                | Self::ShapeDiffers
                | Self::SummaryNoChange
                | Self::AppendNothing
                | Self::OmitUnknown
                | Self::DocumentImpossible
                | Self::MeasureItemUnknown
                | Self::CountWrong
                | Self::FileUnused
                | Self::AcceptanceUnused
                | Self::ReviewLifted
                | Self::ReviewUnknown
        )
    }

    /// Whether it leaves out a part of the text, so that what stands in that part is not counted as used.
    #[must_use]
    pub fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::FragmentUnknown
                | Self::FormUnknown
                | Self::CaseUnknown
                | Self::RecordUnknown
                | Self::FlowUnknown
                | Self::Typesetter
                | Self::LayoutUnstable
        )
    }

    /// Whether it says that something is not used or not there that a part left out may use or hold.
    #[must_use]
    pub fn follows_from_left_out(self) -> bool {
        matches!(
            self,
            Self::ChangeUnused
                | Self::SummaryNoChange
                | Self::CountWrong
                | Self::DocumentImpossible
                | Self::FileUnused
                | Self::ConsignmentDiffers
                | Self::ReconsignmentDiffers
                | Self::ProvisionDiffers
                | Self::FilesDiffer
                | Self::ReferenceDead
                | Self::DocumentPromised
                | Self::AcceptanceUnused
                | Self::ReviewLifted
                | Self::ReviewUnknown
                | Self::Undeclared
                | Self::UndeclaredNew
                | Self::UndeclaredGone
                | Self::UndeclaredNotation
                | Self::ShapeDiffers
        )
    }

    /// Whether it says that a file could not be read as what it is.
    #[must_use]
    pub fn is_unread(self) -> bool {
        matches!(
            self,
            Self::NotUtf8
                | Self::OutsideWorkspace
                | Self::TomlSyntax
                | Self::FrontMatterOpen
                | Self::MissingKey
                | Self::WrongType
                | Self::UnknownWord
                | Self::TomlOther
                | Self::FileTooLarge
                | Self::ListTooLong
        )
    }

    /// Whether it says that a returned file cannot be read as what it should be, so that nothing of the run is written.
    #[must_use]
    pub fn refuses_file(self) -> bool {
        matches!(
            self,
            Self::WorkbookNot
                | Self::WorkbookDamaged
                | Self::WorkbookLocked
                | Self::WorkbookTooLarge
                | Self::ReturnedForeign
                | Self::ReturnedOther
        )
    }

    /// The wording in a language.
    #[must_use]
    pub fn wording(self, lang: Lang) -> Wording {
        let (_, _, ja, en) = self.entry();
        let (title, help) = match lang {
            Lang::Ja => ja,
            Lang::En => en,
        };
        Wording { title, help }
    }

    #[rustfmt::skip]
    fn entry(self) -> (&'static str, Severity, (&'static str, &'static str), (&'static str, &'static str)) {
        use Severity::{Error, Note, Warning};
        match self {
            Self::NotUtf8 => ("H0101", Error,
                ("文字コードが UTF-8 ではありません：{path} の {line} 行目", "{guess}エディターで「UTF-8」を選んで保存し直してください。"),
                ("not UTF-8: line {line} of {path}", "{guess}save the file as UTF-8")),
            Self::OutsideWorkspace => ("H0102", Error,
                ("作業フォルダーの外を指しています：{path}", "ファイルを content/ の中に置いてください。"),
                ("points outside the workspace: {path}", "put the file inside content/")),
            Self::TomlSyntax => ("H0103", Error,
                ("TOML の書き方が正しくありません：{detail}", "文字列は \"…\" で囲み、1行に1つのキーを書きます。"),
                ("TOML syntax: {detail}", "quote strings and write one key a line")),
            Self::FrontMatterOpen => ("H0105", Error,
                ("先頭の +++ が閉じられていません", "値の後に「+++」だけの行を書いてください。"),
                ("front matter is not closed", "write a line +++ after the values")),
            Self::UnknownKey => ("H0106", Error,
                ("「{key}」というキーはここでは使えません", "使えるキー：{valid}{near}"),
                ("unknown key `{key}`", "valid keys: {valid}{near}")),
            Self::MissingKey => ("H0107", Error,
                ("必要なキー「{key}」がありません", "{key} = … を書き加えてください。"),
                ("key `{key}` is missing", "add {key} = …")),
            Self::WrongType => ("H0108", Error,
                ("値の種類が違います（書かれた値：{found}）", "ここには{expected}を書きます。"),
                ("wrong type of value: {found}", "expected {expected}")),
            Self::UnknownWord => ("H0109", Error,
                ("「{word}」という値は選べません", "選べる値：{valid}{near}"),
                ("`{word}` is not a valid value", "valid values: {valid}{near}")),
            Self::TomlOther => ("H0110", Error,
                ("読み取れない値があります：{detail}", "説明書の書式の章を確かめてください。"),
                ("cannot read this value: {detail}", "see the chapter on the format")),
            Self::HeadingLevel => ("H0201", Error,
                ("見出しは「## 項目ID」だけが使えます", "記載ファイルでは「## 」で始めます。共通文には見出しを書けません。本文中の小見出しは ＜…＞ の段落にします。"),
                ("only `## item-id` headings are allowed", "begin with `## ` in an entry file; a fragment has no headings; write sub-headings as a paragraph in ＜…＞")),
            Self::TextBeforeHeading => ("H0202", Error,
                ("見出しの前に本文があります", "どの項目の記載かを示す「## 項目ID」の見出しを本文の前に書いてください。"),
                ("text before the first heading", "write `## item-id` before it")),
            Self::HeadingTwice => ("H0203", Error,
                ("項目「{id}」の見出しが2回あります", "1つにまとめてください。"),
                ("heading `{id}` stands twice", "merge them")),
            Self::HeadingSuffix => ("H0204", Error,
                ("見出しの「{suffix}」は分かりません", "項目IDの後には +（追加）、@short（概要用）、@public（公表用）だけを書けます。"),
                ("unknown heading suffix `{suffix}`", "only +, @short and @public may follow the item id")),
            Self::MarkUnclosed => ("H0205", Error,
                ("変更の印「{mark}」が閉じられていません", "同じ項目の中に「{close}」を書いてください。"),
                ("mark `{mark}` is not closed", "write `{close}` within the same item")),
            Self::MarkUnopened => ("H0206", Error,
                ("変更の印「{mark}」に対応する始まりがありません", "前に「{open}」を書くか、文字として使うなら「\\」を前に付けてください。"),
                ("mark `{mark}` has no beginning", "write `{open}` before it, or escape it with a backslash")),
            Self::MarkCrossing => ("H0207", Error,
                ("変更の印の始まりと終わりが違う段にあります", "印は同じ段落どうし、又は同じ箇条書きの項目どうしで閉じてください。"),
                ("a mark opens and closes on different levels", "open and close it among sibling paragraphs or items of one list")),
            Self::MarkNested => ("H0208", Error,
                ("変更の印の中に別の変更の印があります", "先の印を閉じてから次の印を始めてください。"),
                ("a mark inside a mark", "close the first before the next begins")),
            Self::MarkNoChange => ("H0209", Error,
                ("変更の印に変更IDがありません", "「++}{>>変更ID<<}」のように書くか、ファイルの先頭に change = \"変更ID\" を書いてください。"),
                ("the mark names no change", "write `++}{>>change-id<<}` or set `change` in the front matter")),
            Self::ArrowMissing => ("H0210", Error,
                ("置換えの印に「~>」がありません", "「{~~旧~>新~~}」のように書いてください。"),
                ("the replacement has no `~>`", "write `{~~old~>new~~}`")),
            Self::ArrowOutside => ("H0211", Error,
                ("「~>」が置換えの印の外にあります", "「{~~旧~>新~~}」のように書いてください。"),
                ("`~>` outside a replacement", "write `{~~old~>new~~}`")),
            Self::TermUnclosed => ("H0212", Error,
                ("「{{」が閉じられていません", "「{{用語}}」のように「}}」で閉じてください。"),
                ("`{{` is not closed", "close it with `}}`")),
            Self::PeriodUnclosed => ("H0213", Error,
                ("期間の書き分け「{?」が同じ段落の中で閉じられていません", "「{?期間ID:本文?}」のように書いてください。"),
                ("period variant is not closed in its paragraph", "write `{?period:text?}`")),
            Self::PeriodUnopened => ("H0214", Error,
                ("期間の書き分けの終わり「?}」に始まりがありません", "「{?期間ID:本文?}」のように書いてください。"),
                ("`?}` has no beginning", "write `{?period:text?}`")),
            Self::RawHtml => ("H0215", Error,
                ("HTML は書けません", "「<」を全角の「＜」にするか、「\\<」と書いてください。"),
                ("raw HTML is not allowed", "write `\\<`")),
            Self::FragmentInline => ("H0216", Error,
                ("共通文の呼出し「{{> …}}」は1行だけの段落に書きます", "前後を空行にしてください。"),
                ("a fragment must stand in a paragraph of its own", "put empty lines around it")),
            Self::StrongUnclosed => ("H0217", Error,
                ("強調「**」が同じ段落の中で閉じられていません", "「**」で閉じるか、「\\**」と書いてください。"),
                ("`**` is not closed in its paragraph", "close it or escape it")),
            Self::FragmentUnknown => ("H0301", Error,
                ("共通文「{id}」がありません", "content/fragments/{id}.md を作るか、IDを直してください。{near}"),
                ("no fragment `{id}`", "create content/fragments/{id}.md or mend the id{near}")),
            Self::FragmentCycle => ("H0302", Error,
                ("共通文「{id}」が自分自身を呼び出しています", "呼出しを1つ外してください。"),
                ("fragment `{id}` uses itself", "remove one of the uses")),
            Self::TermUnknown => ("H0303", Error,
                ("用語「{name}」がありません", "municipality.toml の [terms] か facts.toml の [facts] に書き加えるか、名前を直してください。{near}"),
                ("no term `{name}`", "add it to [terms] or [facts], or mend the name{near}")),
            Self::FormUnknown => ("H0304", Error,
                ("様式「{id}」がありません", "使える様式：{valid}{near}"),
                ("no form `{id}`", "forms: {valid}{near}")),
            Self::ItemUnknown => ("H0305", Error,
                ("「{id}」という項目は「{section}」にありません", "項目IDを様式の定義と合わせてください。{near}"),
                ("no item `{id}` in {section}", "use an id of the form{near}")),
            Self::ItemMissing => ("H0306", Error,
                ("「{label}」（{id}）の記載がありません", "{where} へ {example} を書き加えてください。{guidance}"),
                ("item `{id}` ({label}) is missing", "to {where}, add {example}{guidance}")),
            Self::ItemNotText => ("H0307", Error,
                ("「{id}」は本文で書く項目ではありません", "先頭の [values] に {id} = … と書いてください。"),
                ("item `{id}` is not narrative", "write {id} = … under [values]")),
            Self::ItemNotValue => ("H0308", Error,
                ("「{id}」は本文で書く項目です", "[values] から除き、本文に「## {id}」の見出しを立てて書いてください。"),
                ("item `{id}` is narrative", "write it under the heading `## {id}`")),
            Self::OptionUnknown => ("H0309", Error,
                ("「{word}」という選択肢はありません", "選択肢：{valid}{near}"),
                ("no option `{word}`", "options: {valid}{near}")),
            Self::OptionText => ("H0310", Error,
                ("「{word}」には（　）の中身を書けません", "（　）を外してください。"),
                ("option `{word}` takes no text", "remove the parentheses")),
            Self::RecordUnknown => ("H0311", Error,
                ("「{id}」の内容がありません", "{path} を作るか、IDを直してください。{near}"),
                ("no record `{id}`", "create {path} or mend the id{near}")),
            Self::RecordTwice => ("H0312", Error,
                ("「{id}」が2回あります", "1つを外してください。"),
                ("record `{id}` stands twice", "remove one")),
            Self::FromUnknown => ("H0314", Error,
                ("引用元「{path}」がありません", "評価書の項目のパスを書いてください。{near}"),
                ("no item at `{path}`", "write the path of an item of the assessment{near}")),
            Self::ChangeUnknown => ("H0315", Error,
                ("変更ID「{id}」が changes.toml にありません", "changes.toml に [[change]] を書き加えるか、IDを直してください。{near}"),
                ("no change `{id}` in changes.toml", "add it or mend the id{near}")),
            Self::ChangeUnused => ("H0316", Warning,
                ("変更「{id}」はどこにも使われていません", "変更した箇所に印を付けるか、changes.toml から除いてください。"),
                ("change `{id}` is used nowhere", "mark the text it changed, or remove it")),
            Self::ChangeTwice => ("H0317", Error,
                ("変更ID「{id}」が2回あります", "1つを外すか、別のIDにしてください。"),
                ("change `{id}` stands twice", "remove one or rename it")),
            Self::PeriodUnknown => ("H0318", Error,
                ("期間「{id}」は定められていません", "自治体の case.toml の [[period]] にある期間を書いてください。{near}"),
                ("no period `{id}`", "use a period of a case.toml{near}")),
            Self::FlowNodeUnknown => ("H0319", Error,
                ("図に「{id}」という枠がありません", "[[node]] を書き加えるか、IDを直してください。{near}"),
                ("no node `{id}` in this flow", "add a [[node]] or mend the id{near}")),
            Self::FlowStepNoRemark => ("H0320", Error,
                ("手順番号「{step}」の備考がありません", "本文に「## {step}」を立てて書くか、矢印の step を直してください。"),
                ("step {step} has no remark", "write `## {step}` or mend the arrow")),
            Self::FlowRemarkNoStep => ("H0321", Error,
                ("備考の手順番号「{step}」に当たる矢印がありません", "[[arrow]] に step = \"{step}\" を書き加えてください。"),
                ("remark {step} has no arrow", "add an [[arrow]] with step = \"{step}\"")),
            Self::FlowUnknown => ("H0322", Error,
                ("事務の流れ「{id}」がありません", "flows/{id}.md を作るか、IDを直してください。{near}"),
                ("no flow `{id}`", "create flows/{id}.md or mend the id{near}")),
            Self::FlowCellTaken => ("H0323", Error,
                ("「{id}」の位置（{column} 列 {row} 行）には別の枠があります", "column か row を変えてください。"),
                ("node `{id}` stands where another stands ({column}, {row})", "change column or row")),
            Self::CaseUnknown => ("H0324", Error,
                ("「{id}」という事務はありません", "content/assessments/{id}/ を作るか、IDを直してください。{near}"),
                ("no case `{id}`", "create content/assessments/{id}/ or mend the id{near}")),
            Self::SummaryNoText => ("H0326", Error,
                ("主な変更内容「{id}」の本文がありません", "change-summary.md に「## {id}」を書いてください。"),
                ("summary item `{id}` has no text", "write `## {id}` in change-summary.md")),
            Self::SummaryNoChange => ("H0327", Error,
                ("主な変更内容「{id}」に当たる変更箇所がありません", "changes に、印の付いた変更のIDを書いてください。"),
                ("summary item `{id}` covers no change", "name changes that are marked")),
            Self::AppendNothing => ("H0328", Error,
                ("「## {id} +」で追加する元の記載がありません", "「+」を外してください。"),
                ("nothing to append to for `{id}`", "remove the +")),
            Self::OmitUnknown => ("H0329", Error,
                ("omit の「{id}」は元の評価書にありません", "IDを直すか、除いてください。{near}"),
                ("`{id}` of omit is not in the base", "mend the id or remove it{near}")),
            Self::IdTwice => ("H0330", Error,
                ("ID「{id}」が2回あります", "別のIDにしてください。"),
                ("id `{id}` stands twice", "use another id")),
            Self::OptionsUnknown => ("H0331", Error,
                ("選択肢の一覧「{id}」が様式にありません", "[[options]] に書き加えるか、IDを直してください。{near}"),
                ("no option list `{id}`", "add [[options]] or mend the id{near}")),
            Self::DocumentImpossible => ("H0332", Error,
                ("文書「{id}」を作る元がありません：{detail}がありません", "municipality.toml の [[document]] を直してください。"),
                ("document `{id}` has no source: {detail} is missing", "mend [[document]] in municipality.toml")),
            Self::MeasureItemUnknown => ("H0333", Error,
                ("対策「{id}」の根拠「{path}」が評価書にありません", "評価書の項目のパスを書いてください。{near}"),
                ("measure `{id}` rests on `{path}`, which is not in the assessment", "write the path of an item{near}")),
            Self::CountWrong => ("H0335", Error,
                ("件数が {written} 件と書かれていますが、実際は {actual} 件です", "件数を {actual} に直すか、「{group}」を増減してください。"),
                ("the count says {written}, there are {actual}", "write {actual} or mend `{group}`")),
            Self::FileUnused => ("H0336", Warning,
                ("このファイルはどの文書にも使われていません：{path}", "ファイル名と置き場所を確かめてください。使わないものは削除します。{near}"),
                ("no document uses this file: {path}", "check its name and place, or delete it{near}")),
            Self::PeriodOutsideFlow => ("H0337", Error,
                ("期間の書き分け「{?…?}」は事務の流れ（別添1）の中だけで使えます", "どちらか一方の文にするか、両方の期間を文の中で書き分けてください。"),
                ("period variants are allowed in flows only", "write one text that names both periods")),
            Self::ImportantAfter => ("H0338", Error,
                ("変更「{id}」は※の項目に係る重要な変更ですが、提出時期が「事後」です", "timing = \"事前\" とするか、重要な変更に当たらない理由を exemption = \"…\" に書いてください。"),
                ("change `{id}` touches a ※ item but is submitted afterwards（事後）", "set timing = \"事前\" or say in exemption = \"…\" why it is no important change")),
            Self::ThresholdWrong => ("H0601", Error,
                ("しきい値判断結果「{result}」は、対象人数「{persons}」から導かれる結果と違います", "「{valid}」とします。取扱者数などで決まるときは、case.toml の [basic-assessment] に staff と incident を書きます。"),
                ("the result of the threshold judgement `{result}` does not follow from `{persons}`", "write `{valid}`, or say staff and incident under [basic-assessment] of case.toml")),
            Self::PolicyNotTold => ("H0602", Warning,
                ("「{label}」に、{basis}が求める「{words}」の記載がありません", "その手続を本文に書くか、municipality.toml の [[policy]] を直してください。"),
                ("`{label}` does not mention `{words}`, which {basis} asks for", "tell of it in the text or mend [[policy]] in municipality.toml")),
            Self::PopulationDiffers => ("H0603", Warning,
                ("「{label}」の「{value}」は「{other}」と合いません", "どちらの人数が正しいかを確かめて、区分をそろえてください。"),
                ("`{value}` of `{label}` does not agree with `{other}`", "find out which number is right")),
            Self::HearingShort => ("H0604", Error,
                ("意見聴取の期間が {length} 日間で、{days} 日に足りません", "末日を延ばすか、期間を短縮する特段の理由を書いてください。"),
                ("the hearing lasts {length} days, not {days}", "move its last day or give the reason for the shorter period")),
            Self::DatesOutOfOrder => ("H0605", Warning,
                ("日付の順が逆です：「{first}」の後に「{second}」", "どちらの日付が正しいかを確かめてください。"),
                ("dates out of order: `{first}`, then `{second}`", "find out which date is right")),
            Self::DraftPublished => ("H0606", Warning,
                ("「{stage}」なのに「{label}」に日付があります", "案の間は日付を書かず、公表するときに case.toml の stage を空にして書いてください。"),
                ("`{label}` has a date although this is a draft（{stage}）", "leave the date out, or empty `stage` in case.toml on publication")),
            Self::ImportantEarly => ("H0607", Warning,
                ("※の項目に係る変更「{id}」の変更日「{date}」が、意見聴取の終わりより前です", "重要な変更は、意見の聴取と第三者点検を終えてから行います。changed-on か意見聴取の期間を直してください。"),
                ("change `{id}` to a ※ item takes effect on {date}, before the hearing has ended", "mend changed-on or the period of the hearing")),
            Self::ImportantItemsChanged => ("H0608", Error,
                ("様式「{id}」の※の項目が、この版のものと違います", "※を元に戻してください。新しい版を作ったのなら、別のIDを付けて important = \"{digest}\" とします。"),
                ("the ※ items of the form `{id}` are not those of this version", "undo the change, or give a new version its own id and write important = \"{digest}\"")),
            Self::ChangeRowIncomplete => ("H0609", Error,
                ("変更「{id}」の「{label}」が書かれていないか、正しくありません", "changes.toml のこの変更に {key} = \"…\" を書いてください。事後の変更の変更日は、作成日より後にできません。"),
                ("`{label}` of change `{id}` is missing or not right", "write {key} = \"…\"; a change submitted afterwards（事後） has happened already")),
            Self::ChangeNothing => ("H0610", Error,
                ("変更の前と後が同じです：「{text}」", "印を外すか、変更後の文を書いてください。"),
                ("nothing changes: `{text}`", "remove the mark or write the new text")),
            Self::ConsignmentDiffers => ("H0611", Error,
                ("「{label}」（{value}）と「{other}」が合いません", "{advice}"),
                ("`{label}` ({value}) and `{other}` do not agree", "{advice}")),
            Self::ReconsignmentDiffers => ("H0612", Error,
                ("再委託の有無（{value}）と「{other}」が合いません", "{advice}"),
                ("再委託の有無 ({value}) and `{other}` do not agree", "{advice}")),
            Self::ProvisionDiffers => ("H0613", Error,
                ("提供・移転の有無（{value}）と「{other}」が合いません", "{advice}"),
                ("提供・移転の有無 ({value}) and `{other}` do not agree", "{advice}")),
            Self::LinkageDiffers => ("H0614", Error,
                ("情報連携の有無（{value}）と「{other}」が合いません", "{advice}"),
                ("情報連携の有無 ({value}) and `{other}` do not agree", "{advice}")),
            Self::DetailMissing => ("H0615", Warning,
                ("「{label}」が「{value}」なのに、「{other}」が書かれていません", "{advice}"),
                ("`{label}` is `{value}`, but `{other}` is empty", "{advice}")),
            Self::ShortcomingChosen => ("H0616", Warning,
                ("「{label}」で「{value}」を選んでいます", "選び間違いでなければ、残る課題とその見通しを措置の欄に書いてください。"),
                ("`{label}` says `{value}`", "if that is meant, say what remains to be done")),
            Self::OptionTextMissing => ("H0617", Warning,
                ("「{label}」の「{word}」に中身がありません", "「{word}（…）」のように、（　）の中に書いてください。"),
                ("`{word}` of `{label}` is empty", "write it as `{word}（…）`")),
            Self::IncidentDiffers => ("H0618", Error,
                ("「{label}」（{value}）と「{other}」が合いません", "{advice}"),
                ("`{label}` ({value}) and `{other}` do not agree", "{advice}")),
            Self::FilesDiffer => ("H0619", Error,
                ("特定個人情報ファイル「{name}」が「{place}」にありません", "case.toml の [[file]] の名称と同じ表記で書いてください。"),
                ("the file `{name}` is not in `{place}`", "write its name as [[file]] of case.toml does")),
            Self::ReviewDue => ("H0620", Warning,
                ("「{label}」から {years} 年を過ぎています（作成日 {date}）", "再評価を行うか、公表を終える手続を確かめてください。"),
                ("{years} years have passed since `{label}`（as of {date}）", "make the assessment again, or end its publication")),
            Self::ChangeNotSummarised => ("H0621", Note,
                ("変更「{id}」は主な変更内容で説明されていません", "[[summary]] の changes に加えるか、説明しない理由を outside-summary = \"…\" に書いてください。"),
                ("主な変更内容 does not tell of change `{id}`", "add it to a [[summary]] or say why not in outside-summary = \"…\"")),
            Self::PeriodsApart => ("H0622", Error,
                ("期間「{first}」の次が「{second}」で、間が空いているか重なっています", "前の期間の翌月（翌日）から始まるように直してください。"),
                ("`{second}` does not follow on `{first}`", "let it begin with the next month or day")),
            Self::NearCopy => ("H0623", Warning,
                ("共通文「{fragment}」と {percent}％ 同じ文です", "共通文を呼び出す「{{> {fragment}}}」に置き換えるか、違いがはっきり分かるように書き分けてください。"),
                ("this line is {percent}% the same as the fragment `{fragment}`", "use `{{> {fragment}}}` or write it differently")),
            Self::WordWrong => ("H0624", Warning,
                ("「{wrong}」は「{right}」と書きます", "「{right}」に直してください。"),
                ("`{wrong}` is written `{right}`", "write `{right}`")),
            Self::AbbreviationEarly => ("H0625", Warning,
                ("略称「{name}」を、定める前に使っています", "初めて使う箇所で「（以下「{name}」という。）」と定めてください。"),
                ("`{name}` is used before it is defined", "define it where it is first used")),
            Self::AbbreviationTwice => ("H0626", Warning,
                ("略称「{name}」を、一つの文書で二度定めています", "二度目からは略称だけを書いてください。"),
                ("`{name}` is defined twice in one document", "define it once")),
            Self::BasisDiffers => ("H0627", Error,
                ("要綱の根拠「{basis}」と別紙の表が合いません：{matter}", "付議する事項（{tables}）を、根拠の（　）の中に「、」で並べてください。"),
                ("the basis `{basis}` and the tables do not agree: {matter}", "name the matters that are put: {tables}")),
            Self::ReferenceDead => ("H0628", Error,
                ("「{words}」がありません", "番号を直すか、資料を submission.toml の [[attachment]] に、チェックリストの表を checklists/ に加えてください。"),
                ("there is no `{words}`", "mend the number, or add the [[attachment]] or the sheet of the checklist")),
            Self::FormChanged => ("H0629", Error,
                ("様式「{id}」の項目名か選択肢が、この版のものと違います", "元に戻してください。新しい版を作ったのなら、別のIDを付けて labels = \"{digest}\" とします。"),
                ("the labels of the form `{id}` are not those of this version", "undo the change, or give a new version its own id and write labels = \"{digest}\"")),
            Self::CharacterComposed => ("H0630", Warning,
                ("結合文字又は異体字セレクタ（{code}）があります", "「{right}」に置き換えてください。"),
                ("a combining character or variation selector ({code})", "write `{right}`")),
            Self::NameVariants => ("H0631", Warning,
                ("「{written}」は、ほかの箇所では「{other}」と書かれています", "どちらかの字体にそろえてください。"),
                ("`{written}` is written `{other}` elsewhere", "use one of them")),
            Self::DateImpossible => ("H0632", Error,
                ("「{date}」という日付はありません", "暦と元号を確かめてください。令和は元年5月1日からです。"),
                ("there is no such date: `{date}`", "see the calendar; 令和 begins on 1 May 2019")),
            Self::WeekdayWrong => ("H0633", Error,
                ("「{date}」の曜日が違います", "「（{right}）」に直すか、日付を確かめてください。"),
                ("the day of the week of `{date}` is not right", "write `（{right}）` or mend the date")),
            Self::WidthMixed => ("H0634", Warning,
                ("「{written}」の字幅が、この自治体の方針と違います", "「{right}」と書くか、municipality.toml の [style] を直してください。"),
                ("`{written}` has not the width that this municipality asks for", "write `{right}` or mend [style] in municipality.toml")),
            Self::FactDiffers => ("H0635", Warning,
                ("「{written}」は、事実「{name}」の値「{value}」と違います", "{{{name}}} と書くか、どちらが正しいかを確かめてください。"),
                ("`{written}` is not `{value}`, the value of `{name}`", "write {{{name}}}, or find out which is right")),
            Self::MarkupInPlain => ("H0636", Warning,
                ("「{sign}」はここではそのまま印刷されます", "記号を除いてください。"),
                ("`{sign}` is printed as it is here", "remove it")),
            Self::TooLong => ("H0637", Warning,
                ("「{label}」は {length} 字で、欄に入る {limit} 字を超えています", "短くしてください。"),
                ("`{label}` has {length} characters; its box holds {limit}", "shorten it")),
            Self::WithheldPlain => ("H0639", Warning,
                ("公表しない {length} 字に、数値も技術の用語もありません", "知られても安全を損なわない文なら、伏せる印を外してください。"),
                ("{length} characters are withheld without a number or a technical term", "publish what does not weaken the protection")),
            Self::DocumentPromised => ("H0638", Warning,
                ("「{words}」と書かれていますが、その文書を発行していません", "municipality.toml に [[document]] を加えるか、本文を直してください。"),
                ("`{words}` promises a document that is not issued", "add the [[document]] to municipality.toml or mend the text")),
            Self::EditionUnknown => ("H0351", Error,
                ("版「{id}」がありません", "edition = \"…\" に書けるのは content/editions/{case}/ にあるフォルダー名です。{near}"),
                ("there is no edition `{id}`", "`edition` names a folder of content/editions/{case}/{near}")),
            Self::EditionNotNamed => ("H0352", Warning,
                ("この事務には版があるのに、どの版からの変更かが書かれていないため、変更の漏れを調べられません", "edition = \"{example}\" のように、承認済み・公表済みの版を書いてください。"),
                ("this case has editions but names none, so that nothing proves its changes complete", "write `edition = \"{example}\"`")),
            Self::Undeclared => ("H0353", Error,
                ("印のない変更です。版では「{old}」、原稿では「{new}」となっています", "変更なら印を付けてください（hyoka mark --since {edition} --change 変更ID）。変更でなければ版の文に戻してください。"),
                ("undeclared change: the edition says `{old}`, the text `{new}`", "declare it (hyoka mark --since {edition} --change ID) or write what the edition says")),
            Self::UndeclaredNew => ("H0354", Error,
                ("版にない記載に追記の印がありません：「{new}」", "追記なら印を付けてください（hyoka mark --since {edition} --change 変更ID）。"),
                ("this is not in the edition and not marked as inserted: `{new}`", "declare it (hyoka mark --since {edition} --change ID)")),
            Self::UndeclaredGone => ("H0355", Error,
                ("版にある記載が、削除の印なしになくなっています（{key}）：「{old}」", "削除なら印を付けてください（hyoka mark --since {edition} --change 変更ID）。削除でなければ版の文に戻してください。"),
                ("what the edition says is gone without a mark ({key}): `{old}`", "declare it (hyoka mark --since {edition} --change ID) or put it back")),
            Self::UndeclaredNotation => ("H0356", Error,
                ("表記だけが版と違います。版では「{old}」、原稿では「{new}」となっています", "版の表記に戻すか、変更として載せるなら印を付けてください（hyoka mark --since {edition} --notation --change 変更ID）。"),
                ("only the notation differs: the edition says `{old}`, the text `{new}`", "write it as the edition does, or declare it (hyoka mark --since {edition} --notation --change ID)")),
            Self::ShapeDiffers => ("H0357", Warning,
                ("文字は版と同じですが、段落・箇条書き・強調の体裁が違います（{key}）", "体裁も変更として扱うなら、旧い記載を {--…--}、新しい記載を {++…++} で囲んでください。"),
                ("the characters are those of the edition, but paragraphs, lists or strong differ ({key})", "if that counts as a change, mark the old text as deleted and the new as inserted")),
            Self::GlyphMissing => ("H0401", Error,
                ("文字「{char}」（{code}）は収録書体にありません", "別の字体に置き換えてください。{near}"),
                ("no font has `{char}` ({code})", "use another character{near}")),
            Self::LayoutUnstable => ("H0402", Error,
                ("「{document}」のページ割りが {passes} 回で定まりません", "長い表の前後の文を少し変えてください。同じことが続くときは様式のひな形を見直します。"),
                ("the layout of `{document}` does not settle in {passes} passes", "change the text near the long rows a little")),
            Self::Typesetter => ("H0403", Error,
                ("「{document}」を組めません：{detail}", "ひな形（templates/typst）を確かめてください。"),
                ("cannot typeset `{document}`: {detail}", "see templates/typst")),
            Self::FormNone => ("H0554", Error,
                ("評価書の様式ではありません：{path}", "様式の項目名（「①事務の名称」など）がある表計算ファイルを指定してください。様式が分かっているときは --form で指定できます。"),
                ("no assessment form: {path}", "give a workbook that has the form's labels; --form names the form")),
            Self::FormMarked => ("H0555", Error,
                ("見え消し版又は改定前の評価書は取り込めません：{path}", "消した字と残る字を区別できないためです。溶け込み版（assessment.xlsx）を指定してください。"),
                ("an edition with its changes shown cannot be imported: {path}", "deleted words cannot be told from others; give the clean edition")),
            Self::FormCellUnplaced => ("H0556", Warning,
                ("どの項目にも入らないセルがあります（シート「{sheet}」{cell}）：{text}", "図や様式の外の書込みでなければ、項目名の右か下に移してください。"),
                ("cell {cell} of sheet `{sheet}` belongs to no item: {text}", "move it right of or below its label, unless it is a drawing or a note")),
            Self::FormValueUnknown => ("H0557", Warning,
                ("「{label}」の選択肢にない記載です（シート「{sheet}」{cell}）：{text}", "様式の選択肢のとおりに書くか、取り込んだ後に原稿で選んでください。"),
                ("no option of `{label}` (sheet `{sheet}`, {cell}): {text}", "write an option of the form, or choose it in the imported text")),
            Self::FormLabelNear => ("H0558", Note,
                ("「{text}」を項目「{label}」と読みました（シート「{sheet}」{cell}）", "違うときは、項目名を様式のとおりに直してください。"),
                ("read `{text}` as the item `{label}` (sheet `{sheet}`, {cell})", "if that is wrong, write the label as the form has it")),
            Self::FormExists => ("H0559", Error,
                ("取込先に原稿があります：{folder}", "上書きはしません。違いを見て原稿を直すか、--case で別の名前を指定してください。"),
                ("there is a text already: {folder}", "nothing is overwritten; mend the text by the differences, or give another --case")),
            Self::FormDocument => ("H0560", Note,
                ("{path} はそのままです", "文書を作るには [[document]] を加えてください：case = \"{case}\"、id = \"assessment\"、kind = \"assessment\"。"),
                ("{path} stays as it is", "add a [[document]] with case = \"{case}\", id = \"assessment\", kind = \"assessment\" to issue it")),
            Self::PageUnknown => ("H0404", Error,
                ("変更「{id}」のページを測れません（{path}）", "その項目が評価書に印刷されるかを確かめてください。"),
                ("the page of change `{id}` cannot be measured ({path})", "check that the item is printed")),
            Self::WorkbookNot => ("H0501", Error,
                ("{file} は読み取れる Excel のファイルではありません", "Excel ブック（.xlsx）、Excel 97-2003 ブック（.xls）又は OpenDocument（.ods）の形式で保存したものを指定してください。"),
                ("{file} is no workbook that can be read", "save it as .xlsx, .xls or .ods")),
            Self::WorkbookDamaged => ("H0502", Error,
                ("{file} は壊れているか、途中で切れています（{what}）", "送り手にもう一度送ってもらうか、Excel で開いて保存し直してください。"),
                ("{file} is damaged or cut short ({what})", "ask for it once more, or open it and save it again")),
            Self::WorkbookLocked => ("H0503", Error,
                ("{file} にはパスワードが掛かっています", "Excel で開き、パスワードを外して保存したものを指定してください。"),
                ("{file} needs a password", "open it, take the password away and save it")),
            Self::WorkbookTooLarge => ("H0504", Error,
                ("{file} は大き過ぎます（{what}）", "回答を空の様式に写すか、使っていない行と列を削除して保存したものを指定してください。"),
                ("{file} is too large ({what})", "copy the answers into a fresh export, or delete rows and columns that are not used")),
            Self::ReturnedForeign => ("H0505", Error,
                ("{file} は、このプログラムが書き出したチェックリストではありません", "「hyoka checklist export」で書き出したファイルに記入したものを指定してください。見出しの行（「対策項目」「実施」など）は消さずに残します。"),
                ("{file} is no checklist that was exported", "give a file that `hyoka checklist export` wrote; keep its row of headers")),
            Self::ReturnedOther => ("H0506", Error,
                ("{file} は別の自治体又は別の件名のチェックリストです（{id}）", "この作業フォルダーにはありません。--root で正しい作業フォルダーを指定するか、ファイルを取り違えていないか確かめてください。"),
                ("{file} belongs to another checklist ({id})", "it is not in this workspace: check the file, or name its workspace with --root")),
            Self::KeyColumnMissing => ("H0507", Error,
                ("{place} に「{column}」の列がありません", "回答を対策に結び付ける隠し列です。回答を、書き出したままのファイルの同じ対策の行に写してください。"),
                ("{place} has no column `{column}`", "this hidden column ties answers to measures: copy the answers into a fresh export")),
            Self::SheetUnknown => ("H0508", Warning,
                ("{file} のシート「{sheet}」は取り込みません", "チェックリストの見出しの行がないシートです。回答が書かれているときは、元のシートに写してください。"),
                ("sheet `{sheet}` of {file} is not taken over", "it has no row of headers; copy answers into the sheet they belong to")),
            Self::ColumnMissing => ("H0509", Warning,
                ("{place} に「{column}」の列がありません", "この欄の回答は原稿のままにします。記入した列を消したときは、書き出したままのファイルに回答を写してください。"),
                ("{place} has no column `{column}`", "its answers stay as they are; if the column was filled in, copy it into a fresh export")),
            Self::ColumnTwice => ("H0510", Error,
                ("{place} に「{column}」の列が2つ以上あります", "どちらの列が正しいかを確かめ、もう一方を削除してください。"),
                ("{place} has the column `{column}` more than once", "keep the right one and delete the other")),
            Self::ColumnUnknown => ("H0511", Warning,
                ("{place} から下に、チェックリストにない列の記入があります", "取り込みません。回答の一部なら「具体的な内容」又は「備考」に写してください。"),
                ("from {place} down, a column that the checklist does not have is filled in", "it is not taken over; move what belongs to the answer to 具体的な内容 or 備考")),
            Self::RowWithoutId => ("H0512", Error,
                ("{place} に、対策に結び付かない行があります：{word}", "行を加えたときは、回答を元の行に写してください。対策を加えるには、原稿に [[sheet.measure]] を書きます。"),
                ("{place} is in a row of no measure: {word}", "copy the answer into the row of its measure; a new measure is written in the source")),
            Self::CellMerged => ("H0513", Error,
                ("{place} のセルが結合されています", "どの対策の回答か分かりません。結合を解き、対策ごとに記入してください。"),
                ("the cells {place} are merged", "which measure is answered cannot be told: unmerge them and fill in each")),
            Self::CellFault => ("H0514", Error,
                ("{place} の値を文字として読めません：{detail}", "表示の形式を「文字列」にして、見えるとおりに入力し直してください。"),
                ("{place} cannot be read as text: {detail}", "format the cell as text and type what it shows")),
            Self::AnswerInvalid => ("H0515", Error,
                ("{place} の「実施」の値「{word}」は分かりません", "○（実施する）、―（該当しない）、×（実施しない）のどれかを選んでください。"),
                ("{place} holds `{word}`, which is no answer", "choose ○, ― or ×")),
            Self::MeasureUnknown => ("H0516", Error,
                ("{place} の対策「{id}」は原稿にありません", "書き出した後に対策を除いたときは、この行の回答は要りません。ID を変えたときは元に戻してください。{near}"),
                ("{place}: measure `{id}` is not in the source", "if it was removed after the export its answer is not needed; if its id was changed, change it back{near}")),
            Self::StampMissing => ("H0517", Error,
                ("{place} の対策「{id}」の行に、書き出したときの印がありません", "隠し列「hyoka」の値が消えています。書き出したままのファイルの同じ行に回答を写してください。"),
                ("{place}: the row of `{id}` has lost its stamp", "copy the answer into the same row of a fresh export")),
            Self::MeasureTwice => ("H0518", Error,
                ("{place} に対策「{id}」の行がもう一度あります", "正しい行を一つ残し、ほかを削除してください。この対策は取り込みません。"),
                ("{place}: a second row of measure `{id}`", "keep the right one; nothing of this measure is taken over")),
            Self::MeasureMissing => ("H0519", Warning,
                ("対策「{id}」の行が返送されたファイルにありません（{file}）", "原稿の回答はそのままです。行が削除されていないか、送り手に確かめてください。"),
                ("measure `{id}` has no row in what was returned ({file})", "its answer stays as it is; ask whether the row was deleted")),
            Self::SheetMissing => ("H0520", Warning,
                ("シート「{id}」の対策が一つも返送されていません（{file}）", "原稿の回答はそのままです。別の担当が返送するものなら、そのファイルも合わせて指定してください。"),
                ("nothing of sheet `{id}` was returned ({file})", "its answers stay as they are; if another office returns it, give that file too")),
            Self::QuestionAltered => ("H0521", Error,
                ("{place} の対策「{id}」の文が、書き出したときと違います", "行を並べ替えたときに隠し列が付いていかなかったか、文が書き換えられています。書き出したままのファイルに回答を写してください。文を直すには原稿を直します。"),
                ("{place}: the words of measure `{id}` are not those that were exported", "rows were moved without their hidden columns, or the words were edited: copy the answers into a fresh export")),
            Self::QuestionChanged => ("H0522", Error,
                ("対策「{id}」の文（又はそれが共有する共通文）が、書き出した後に変わっています（{place} の「{column}」：{word}）", "新しい文に対しても同じ回答でよいかを確かめ、書き出し直したファイルに記入するか、原稿に書いてください。"),
                ("what measure `{id}` asks has changed since the export ({place}, {column}: {word})", "check that the answer still holds; fill in a fresh export or write it in the source")),
            Self::AnswerMoved => ("H0523", Error,
                ("対策「{id}」の「{column}」は、書き出した後に原稿でも変わっています（原稿：{now}、{place}：{word}）", "どちらが正しいかを確かめ、原稿に書いてください。"),
                ("`{column}` of measure `{id}` was changed in the source too (source: {now}; {place}: {word})", "decide which is right and write it in the source")),
            Self::AnswersDisagree => ("H0524", Error,
                ("対策「{id}」の「{column}」の回答が食い違っています（{place}：{word}、{other}：{otherword}）", "どちらが正しいかを確かめ、一方のファイルを直してください。"),
                ("the answers to `{column}` of measure `{id}` disagree ({place}: {word}; {other}: {otherword})", "decide which is right and mend one of the files")),
            Self::ReasonMissing => ("H0525", Warning,
                ("対策「{id}」は × ですが、実施しない理由がありません", "reason = \"…\" に理由を書いてください。"),
                ("measure `{id}` is answered × without a reason", "write reason = \"…\"")),
            Self::FormatImpossible => ("H0526", Error,
                ("文書「{id}」は {format} では作れません", "formats = [{valid}] としてください。"),
                ("document `{id}` cannot be made as {format}", "write formats = [{valid}]")),
            Self::AcceptanceUnreadable => ("H0801", Error,
                ("「hyoka: {text}」は了承の書き方として読めません", "「hyoka: accept コード 理由」の順に書いてください。"),
                ("`hyoka: {text}` is no acceptance", "write `hyoka: accept CODE reason`")),
            Self::AcceptanceNoReason => ("H0802", Error,
                ("{code} の了承に理由がありません", "コードの後に、そのままでよい理由を書いてください。"),
                ("the acceptance of {code} gives no reason", "write after the code why it may stay")),
            Self::AcceptanceUnknown => ("H0803", Error,
                ("「{code}」というコードはありません", "表示された注意のコードを書いてください。{near}"),
                ("no code `{code}`", "write the code of the warning{near}")),
            Self::AcceptanceOfError => ("H0804", Error,
                ("{code} は誤りなので、了承できません", "誤りを直し、了承の行を除いてください。了承できるのは注意と参考だけです。"),
                ("{code} is an error and cannot be accepted", "mend the error and remove the acceptance; only warnings and notes can be accepted")),
            Self::AcceptanceUnused => ("H0805", Warning,
                ("了承した {code} は、ここにはありません", "直したのであれば、了承の行を除いてください。"),
                ("there is no {code} here to accept", "remove the acceptance if the text was mended")),
            Self::ReviewLifted => ("H0811", Warning,
                ("「{item}」は点検の後に変わったため、点検済ではなくなりました（{by}、{on}）", "改めて点検し、「hyoka review sign {slug} {case} {path} --by … --on …」で記録してください。"),
                ("`{item}` has changed since its review ({by}, {on}); the sign-off no longer holds", "review it again and run `hyoka review sign {slug} {case} {path} --by … --on …`")),
            Self::ReviewUnknown => ("H0812", Warning,
                ("点検済の項目「{path}」は記載にありません", "項目がなくなったのであれば、この行を除いてください。{near}"),
                ("the reviewed item `{path}` is not in the text", "remove the line if the item is gone{near}")),
            Self::ReviewIncomplete => ("H0813", Error,
                ("「{path}」の点検済の記録に「{key}」がありません", "点検者の役職と点検日を書いてください。個人の氏名は書きません。"),
                ("the sign-off of `{path}` has no `{key}`", "write the reviewer's office and the date; no personal name")),
            Self::WithheldUnclosed => ("H0701", Error,
                ("公表しない部分の印「{!」が閉じられていません", "同じ項目の中に「!}」を書いてください。"),
                ("withheld part `{!` is not closed", "write `!}` within the same item")),
            Self::WithheldUnopened => ("H0702", Error,
                ("公表しない部分の終わり「!}」に始まりがありません", "前に「{!」を書くか、文字として使うなら「\\」を前に付けてください。"),
                ("`!}` has no beginning", "write `{!` before it, or escape it with a backslash")),
            Self::WithheldNested => ("H0703", Error,
                ("公表しない部分の中に、別の公表しない部分があります", "内側の「{!」と「!}」を除いてください。"),
                ("a withheld part inside a withheld part", "remove the inner `{!` and `!}`")),
            Self::WithheldCrossing => ("H0704", Error,
                ("公表しない部分が、変更の印又は段をまたいでいます", "「{!…!}」は、変更の印の内側か、印の全体を囲むように書きます。段落どうし、又は同じ箇条書きの項目どうしで閉じてください。例：{++追記{!公表しない語!}++}"),
                ("a withheld part crosses a mark or a level", "close it on the same side of the same mark, among sibling paragraphs or items of one list, e.g. `{++new {!secret!}++}`")),
            Self::WithheldNotHere => ("H0705", Error,
                ("公表しない部分の印「{!…!}」を、ここでは使えません", "印を除いてください。本文、項目の値、用語、事由、見出しでは使えます。チェックリストの回答は withheld = [\"detail\"]、図の枠と矢印は withheld = true と書きます。"),
                ("a withheld part cannot stand here", "remove it; texts, values, terms, reasons and headings take one; an answer says withheld = [\"detail\"], a box or an arrow withheld = true")),
            Self::WithholdUnknown => ("H0706", Error,
                ("公表しない項目「{id}」の記載がありません", "記載のある項目のIDを書いてください。{near}"),
                ("withheld item `{id}` is not written", "write the id of an item that is{near}")),
            Self::WithheldElsewhere => ("H0707", Warning,
                ("公表しない語句が、公表する部分にも書かれています", "そこも公表しないなら「{!…!}」で囲み、公表してよい語句なら、この印を外すか、囲む範囲を見直してください。"),
                ("withheld words also stand where everybody may read them", "enclose them there too, or do not withhold them here")),
            Self::FileTooLarge => ("H0711", Error,
                ("原稿が大きすぎます：{path}（{size}、上限 {limit}）", "節や記録ごとにファイルを分けてください。原稿でないファイルは content/ と templates/ の外に置きます。"),
                ("too large: {path} ({size}, limit {limit})", "split it, or move what is no source out of content/ and templates/")),
            Self::ControlCharacter => ("H0712", Error,
                ("画面に見えない制御文字（{code}）があります", "この文字を削除してください。表計算ソフトなどから貼り付けたときに入ることがあります。"),
                ("a control character ({code})", "delete it")),
            Self::DirectionCharacter => ("H0713", Error,
                ("文字の並ぶ向きを変える文字（{code}）があります", "この文字を削除してください。見た目と違う文になります。"),
                ("a character that turns the direction of text ({code})", "delete it: the text would not read as it looks")),
            Self::InvisibleCharacter => ("H0714", Error,
                ("幅のない見えない文字（{code}）があります", "この文字を削除してください。"),
                ("an invisible character ({code})", "delete it")),
            Self::TextTooLong => ("H0715", Error,
                ("用語と共通文を当てはめると、文が長くなりすぎます（上限 {limit} 字）", "共通文の呼出しが重なっていないかを確かめてください。"),
                ("with its terms and fragments the text is too long (limit {limit} characters)", "check whether fragments use each other many times")),
            Self::ListTooLong => ("H0716", Error,
                ("一覧が長すぎます（{count} 件、上限 {limit} 件）", "一覧を分けるか、要らないものを除いてください。"),
                ("too many members: {count} (limit {limit})", "split the list")),
            Self::DocumentId => ("H0717", Error,
                ("文書のID「{id}」はファイル名に使えません", "半角の英小文字、数字、ハイフンで書いてください。例：id = \"change-list\""),
                ("document id `{id}` cannot be a file's name", "use small ASCII letters, digits and hyphens, e.g. id = \"change-list\"")),
        }
    }
}
