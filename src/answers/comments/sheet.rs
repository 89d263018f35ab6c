//! What goes out: the rows of both tables, each with its stamp.

use serde::Serialize;

use super::fields::{COUNTED, CommentTable, Field, STAMP};
use crate::answers::stamp::mark;
use crate::model::Comments;
use crate::name::{CaseId, CaseName, Slug};

/// What the first cell of the hidden sheet says.
pub const BOOK_KIND: &str = "hyoka comments";
/// Which arrangement of stamps this is.
const FORMAT: &str = "c1";

/// What those who fill it in must know, above each table.
pub(super) const GUIDES: [&str; 2] = [
    "意見を1件ずつ書きます。下の空いた行に書き足せます。氏名、住所、電話番号、メールアドレスなど、提出した方が分かることは書かないでください。",
    "同じ趣旨の意見を一つのまとまりにし、考え方と対応を書きます。下の空いた行に書き足せます。隠れている列は、取込みに使いますので変えないでください。",
];

/// The workbook of a hearing（意見のブック）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommentSheet {
    /// Title above both tables.
    pub title: String,
    /// Name of the municipality.
    pub author: String,
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Version of the program.
    pub version: String,
    /// Ways that may be chosen; none: any.
    pub ways: Vec<String>,
    /// Effects that may be chosen; none: any.
    pub effects: Vec<String>,
    /// Rows of the opinions, then of the groups.
    pub tables: [Vec<CommentRow>; 2],
}

/// A row（行）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommentRow {
    /// Number of the opinion or id of the group.
    pub key: String,
    /// What each field says, in the order of [`CommentTable::fields`].
    pub values: Vec<String>,
    /// Number of the opinions of a group; empty for an opinion.
    pub count: String,
    /// What went out, for the way back.
    pub stamp: String,
}

impl CommentTable {
    /// The headers of its columns, the last one of a hidden column.
    #[must_use]
    pub fn headers(self) -> Vec<&'static str> {
        let fields = self.fields().iter().map(|field| field.header());
        let counted = (self == Self::Groups).then_some(COUNTED);
        std::iter::once(self.key_header()).chain(fields).chain(counted).chain([STAMP]).collect()
    }

    /// What stands above it.
    #[must_use]
    pub fn guide(self) -> &'static str {
        match self {
            Self::Opinions => GUIDES[0],
            Self::Groups => GUIDES[1],
        }
    }
}

/// The workbook of a hearing.
#[must_use]
pub fn comment_sheet(comments: &Comments, author: &str, case: &CaseName) -> CommentSheet {
    let of = |table: CommentTable| {
        let rows = table.rows(comments).into_iter().map(|(key, values)| {
            let count = match table {
                CommentTable::Opinions => String::new(),
                CommentTable::Groups => comments.opinions_of(&key.as_str().into()).count().to_string(),
            };
            let stamp = RowStamp::of(case, &key, &values).text();
            CommentRow { key, values, count, stamp }
        });
        rows.collect()
    };
    CommentSheet {
        title: comments.settings.hearing.title.value.clone(),
        author: author.to_owned(),
        municipality: case.municipality.clone(),
        case: case.case.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ways: comments.words.ways.clone(),
        effects: comments.words.effects.iter().map(|effect| effect.word.clone()).collect(),
        tables: CommentTable::ALL.map(of),
    }
}

/// What a row carries: whose it is, and what its fields said when it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowStamp {
    pub(super) case: CaseName,
    pub(super) key: String,
    /// A mark for each field, in the order of [`CommentTable::fields`].
    marks: Vec<String>,
}

impl RowStamp {
    fn of(case: &CaseName, key: &str, values: &[String]) -> Self {
        Self { case: case.clone(), key: key.to_owned(), marks: values.iter().map(|value| mark(value)).collect() }
    }

    fn text(&self) -> String {
        let parts = [FORMAT, &self.case.municipality, &self.case.case, &self.key];
        parts.into_iter().chain(self.marks.iter().map(String::as_str)).collect::<Vec<_>>().join("/")
    }

    /// As read from the cell; `None` for anything else.
    pub(super) fn of_text(text: &str, fields: &[Field]) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('/').collect();
        let [FORMAT, municipality, case, key, ref marks @ ..] = parts[..] else { return None };
        (marks.len() == fields.len()).then(|| Self {
            case: CaseName { municipality: municipality.into(), case: case.into() },
            key: key.to_owned(),
            marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
        })
    }

    /// Whether a field said this when it went out.
    pub(super) fn said(&self, field: usize, value: &str) -> bool {
        self.marks[field] == mark(value)
    }
}
