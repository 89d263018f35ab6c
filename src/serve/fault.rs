//! Why a question has no answer（応じられない理由）, in words for the clerk.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;

use super::works::NoAnswer;
use crate::Error;
use crate::diagnostic::Lang;
use crate::name::CaseName;
use axum::http::StatusCode;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// There is nothing of that name.
    Unknown,
    /// The question cannot be understood.
    Unfit(&'static str),
    /// A field of a dialog says what cannot be.
    Field {
        /// The field.
        field: &'static str,
        /// What is wrong with it, as the browser knows it.
        wrong: &'static str,
        /// What would be right, or why it cannot be; may be empty.
        words: String,
    },
    /// Nothing may be written.
    ReadOnly,
    /// Somebody else wrote the same text meanwhile.
    Conflict(Box<Theirs>),
    /// Somebody else wrote in the file meanwhile, and what was pointed at stands elsewhere.
    Moved,
    /// Other cases would suffer.
    Others(BTreeSet<CaseName>),
    /// What is to go stands in the edition of a case: only as a change.
    Published(CaseName),
    /// There is no step to be taken back or done again, or the text is another by now.
    NoStep(StepFault),
    /// A newer question came.
    Superseded,
    /// The environment refused.
    Refused(Error),
    /// The pages cannot be set; what is wrong and the cure.
    NoPages(String),
    /// Our bug.
    Broken,
}

/// What stands where somebody else wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Theirs {
    /// As the editor shows it; none: nothing is written there any more.
    pub(super) written: Option<serde_json::Value>,
    /// What it is known by.
    pub(super) hash: String,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepFault {
    /// There is none.
    None,
    /// The file was changed since.
    Changed,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NothingMatches { .. } | Error::NoSuch { .. } => Self::Unknown,
            Error::NoStep { .. } => Self::NoStep(StepFault::None),
            Error::StepChanged { .. } => Self::NoStep(StepFault::Changed),
            other => Self::Refused(other),
        }
    }
}

impl From<NoAnswer> for Fault {
    fn from(none: NoAnswer) -> Self {
        match none {
            NoAnswer::Superseded => Self::Superseded,
            NoAnswer::Broken => Self::Broken,
        }
    }
}

impl Fault {
    /// Status, and what is said, in the desk's language.
    pub(super) fn said(&self, lang: Lang) -> (StatusCode, serde_json::Value) {
        let (status, kind, words) = match self {
            Self::Unknown => (StatusCode::NOT_FOUND, "unknown", String::new()),
            Self::Unfit(what) => (StatusCode::BAD_REQUEST, "unfit", (*what).to_owned()),
            Self::Field { field, wrong, words } => {
                let said = json!({ "fault": "field", "field": field, "wrong": wrong, "words": words });
                return (StatusCode::BAD_REQUEST, said);
            }
            Self::ReadOnly => (StatusCode::FORBIDDEN, "read-only", String::new()),
            Self::Conflict(theirs) => {
                return (StatusCode::CONFLICT, json!({ "fault": "conflict", "theirs": theirs }));
            }
            Self::Moved => (StatusCode::CONFLICT, "moved", String::new()),
            Self::Others(cases) => {
                let names: Vec<String> = cases.iter().map(CaseName::to_string).collect();
                (StatusCode::CONFLICT, "others", names.join("、"))
            }
            Self::Published(case) => (StatusCode::CONFLICT, "published", case.to_string()),
            Self::NoStep(StepFault::None) => (StatusCode::CONFLICT, "no-step", String::new()),
            Self::NoStep(StepFault::Changed) => (StatusCode::CONFLICT, "step-changed", String::new()),
            Self::Superseded => (StatusCode::CONFLICT, "superseded", String::new()),
            Self::Refused(error) => {
                let status = if asks_otherwise(error) { StatusCode::CONFLICT } else { StatusCode::SERVICE_UNAVAILABLE };
                (status, "refused", error.words(lang))
            }
            Self::NoPages(words) => (StatusCode::UNPROCESSABLE_ENTITY, "no-pages", words.clone()),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "broken", String::new()),
        };
        (status, json!({ "fault": kind, "words": words }))
    }
}

/// Whether an order has to be another one; else the environment refused.
fn asks_otherwise(error: &Error) -> bool {
    matches!(
        error,
        Error::EditionExists { .. }
            | Error::IssueExists { .. }
            | Error::AlreadyFrozen { .. }
            | Error::NoBaseline { .. }
            | Error::Empty { .. }
            | Error::Shape { .. }
            | Error::ImportNeeds { .. }
            | Error::NoDate { .. }
            | Error::NoItem { .. }
    )
}
