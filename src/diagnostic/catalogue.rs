//! Every message, in Japanese and English, with its stable code. The words stand in `catalogue/entries.rs`.
//!
//! A `match` without a catch-all: a code without a wording in both languages does not compile.

mod entries;

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
    NameTwice,
    // Files and names.
    FileEnding,
    FileForeign,
    FileCopy,
    NameUnfit,
    FolderLacks,
    MunicipalityTwice,
    CodeWrong,
    CodeCheckDigit,
    NotAFile,
    AttachmentOutside,
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
    // What the format does not have.
    LinkWritten,
    ImageWritten,
    HeadingMistyped,
    BraceMistyped,
    ListNumber,
    FootnoteWritten,
    TaskWritten,
    StruckWritten,
    HighlightWritten,
    EmphasisWritten,
    QuoteWritten,
    CodeBlockWritten,
    RuleWritten,
    ListTooDeep,
    TableBroken,
    SpacesAtEnd,
    FormulaWritten,
    DefinitionWritten,
    BulletMistyped,
    TableAligned,
    LineJoined,
    RubyWritten,
    // Meaning.
    FragmentUnknown,
    FragmentCycle,
    TermUnknown,
    FormUnknown,
    ItemUnknown,
    ItemMissing,
    ItemEmpty,
    SectionEmpty,
    ReferenceYet,
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
    BesideUnknown,
    MeasureItemUnknown,
    CountWrong,
    AnnexCount,
    AnnexPlace,
    QuoteDiffers,
    FileUnused,
    PeriodOutsideFlow,
    ImportantAfter,
    // Rules.
    ThresholdWrong,
    AnswersDisagreeOfCase,
    PaperMissing,
    PapersDiffer,
    PolicyNotTold,
    PopulationDiffers,
    DaySecond,
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
    LookOverDue,
    ChangeNotSummarised,
    PeriodsApart,
    NearCopy,
    WordWrong,
    WordOutdated,
    ScopeUnknown,
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
    PlaceholderLeft,
    NameOfOther,
    RadicalForKanji,
    DateDoubtful,
    TableTooWide,
    // Editions.
    EditionUnknown,
    EditionNotNamed,
    Undeclared,
    UndeclaredNew,
    UndeclaredGone,
    UndeclaredNotation,
    ShapeDiffers,
    /// Words are printed that the edition has not, and no item tells of them.
    PrintedWords,
    /// Printed things stand in another order than in the edition.
    PrintedOrder,
    /// A box of a figure stands elsewhere than in the edition.
    PrintedPlacement,
    /// A title, a head, a label or the setting of a text is not the edition's.
    PrintedDisplay,
    /// Answers of a checklist are not the edition's.
    AnswersDiffer,
    /// The public copy prints otherwise than the edition says, and the submission does not.
    PrintedPublic,
    /// The edition has it, and it is marked or said to be new.
    CalledNew,
    /// Something is printed otherwise than in the papers that were issued last.
    ChangedSinceIssue,
    /// A change that issued papers list is declared no more.
    DeclaredTakenBack,
    /// An edition has no seal, or did not freeze what was printed.
    EditionUnsealed,
    /// A sealed file was altered.
    EditionAltered,
    /// A seal is that of another edition.
    EditionForeign,
    /// A seal does not follow from what was there before.
    EditionChain,
    // Forms that come in as workbooks.
    FormNone,
    FormMarked,
    FormCellUnplaced,
    FormValueUnknown,
    FormLabelNear,
    FormExists,
    FormDocument,
    QuoteOther,
    QuoteBlank,
    FormDaySecond,
    FormLabelReplaced,
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
    FilePassedOver,
    NoteBeside,
    HiddenWords,
    HiddenAnswer,
    BookUnseen,
    AnswerCharacter,
    FormCharacter,
    FormCellFault,
    FormLabelUnknown,
    FormTagOther,
    // The hearing, its opinions and their workbook.
    OpinionOutside,
    OpinionUngrouped,
    CommentGroupUnknown,
    WayUnknown,
    OpinionPersonal,
    CommentGroupOpen,
    EffectUnknown,
    RevisionUnnamed,
    CommentItemUnknown,
    CommentCount,
    HearingOther,
    CommentsForeign,
    CommentsOther,
    PersonalColumn,
    CommentsRow,
    CommentsCell,
    CommentsTwice,
    CommentsMoved,
    CommentsGone,
    CommentsLost,
    HearingTerm,
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
    // Forms as data.
    OptionsMissing,
    FormIdDiffers,
    WidthsUneven,
    FormItemUnknown,
    ClassUnknown,
    RenamedElsewhere,
    FormReleased,
    KeyIdle,
    FormBaseCycle,
    FormAddition,
    FormOutOfForce,
    RepeatDiffers,
    // Looks of marks, keys of documents.
    LookUnseen,
    LooksAlike,
    LookUnknown,
    LookHides,
    KeyMeansNothing,
    BracketsEmpty,
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
                | Self::BesideUnknown
                | Self::ItemMissing
                | Self::ItemEmpty
                | Self::SectionEmpty
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
                | Self::PrintedWords
                | Self::PrintedOrder
                | Self::PrintedPlacement
                | Self::PrintedDisplay
                | Self::AnswersDiffer
                | Self::PrintedPublic
                | Self::CalledNew
                | Self::ChangedSinceIssue
                | Self::DeclaredTakenBack
                | Self::SummaryNoChange
                | Self::AppendNothing
                | Self::OmitUnknown
                | Self::DocumentImpossible
                | Self::MeasureItemUnknown
                | Self::CountWrong
                | Self::FileUnused
                | Self::FolderLacks
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
                | Self::BesideUnknown
                | Self::CaseUnknown
                | Self::RecordUnknown
                | Self::FlowUnknown
                | Self::AttachmentOutside
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
                | Self::PrintedWords
                | Self::PrintedOrder
                | Self::PrintedPlacement
                | Self::PrintedDisplay
                | Self::AnswersDiffer
                | Self::PrintedPublic
                | Self::CalledNew
                | Self::ChangedSinceIssue
                | Self::DeclaredTakenBack
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
                | Self::FileEnding
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
                | Self::CommentsForeign
                | Self::CommentsOther
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
}
