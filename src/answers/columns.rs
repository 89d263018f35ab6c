//! Columns of a checklist's sheet, and the fields of an answer that some of them hold.

use unicode_normalization::UnicodeNormalization;

use crate::model::manifest::AnswerToml;

/// A column（列）, found again by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// No.
    Number,
    /// 区分.
    Category,
    /// 対策項目.
    Text,
    /// 実施.
    Answer,
    /// 具体的な内容.
    Detail,
    /// 根拠.
    RestsOn,
    /// 変更.
    State,
    /// 備考.
    Note,
    /// 未実施（×）の理由.
    Reason,
    /// Permanent id, hidden.
    Id,
    /// What was asked and answered at the time of the export, hidden.
    Stamp,
}

impl Column {
    /// In the order in which they are written.
    pub const ALL: [Self; 11] = [
        Self::Number,
        Self::Category,
        Self::Text,
        Self::Answer,
        Self::Detail,
        Self::RestsOn,
        Self::State,
        Self::Note,
        Self::Reason,
        Self::Id,
        Self::Stamp,
    ];

    /// As printed above the column.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Number => "No.",
            Self::Category => "区分",
            Self::Text => "対策項目",
            Self::Answer => "実施",
            Self::Detail => "具体的な内容",
            Self::RestsOn => "根拠（評価書の項目・ページ）",
            Self::State => "変更",
            Self::Note => "備考",
            Self::Reason => "未実施（×）の理由",
            Self::Id => "id",
            Self::Stamp => "hyoka",
        }
    }

    /// The column of a header, however its width and spaces were changed.
    #[must_use]
    pub fn of_header(text: &str) -> Option<Self> {
        let bare = bare(text);
        Self::ALL.into_iter().find(|column| self::bare(column.header()) == bare)
    }
}

/// A text without its spaces, full-width forms made plain: for telling whether two texts are the same one.
pub(super) fn bare(text: &str) -> String {
    text.nfkc().filter(|character| !character.is_whitespace()).collect()
}

/// A field of an answer（回答の欄）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 実施.
    State,
    /// 具体的な内容.
    Detail,
    /// 備考.
    Note,
    /// 未実施（×）の理由.
    Reason,
}

impl Field {
    /// All of an answer.
    pub const ALL: [Self; 4] = [Self::State, Self::Detail, Self::Note, Self::Reason];

    /// The column that holds it.
    #[must_use]
    pub fn column(self) -> Column {
        match self {
            Self::State => Column::Answer,
            Self::Detail => Column::Detail,
            Self::Note => Column::Note,
            Self::Reason => Column::Reason,
        }
    }

    /// Its key in the author's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Detail => "detail",
            Self::Note => "note",
            Self::Reason => "reason",
        }
    }

    /// What an answer says in it, as it is compared.
    #[must_use]
    pub fn of(self, answer: &AnswerToml) -> String {
        super::words::tidy(match self {
            Self::State => answer.state.label(),
            Self::Detail => &answer.detail,
            Self::Note => &answer.note,
            Self::Reason => &answer.reason,
        })
    }
}
