//! The day that a paper speaks of: what is in force, what a law is called and what a rule asks for is asked of it, never of a clock.

use jiff::civil::Date;

use super::items::{Found, first};
use super::wareki::{WrittenDate, dates};
use crate::model::{Case, Filled};

/// The day of a paper（評価書の日付）.
#[derive(Debug)]
pub(super) struct PaperDay<'a> {
    /// Its 公表日, or else the date of its case.
    pub(super) day: Date,
    /// The item that says so; `None`: the case does.
    pub(super) said: Option<Found<'a>>,
}

impl<'a> PaperDay<'a> {
    /// The day of a paper of a case.
    pub(super) fn of(filled: &'a Filled, case: &Case) -> Self {
        let published = filled.form.rules.publication.as_ref();
        let published = published.and_then(|publication| first(filled, &publication.published.value));
        let day = |found: &Found<'_>| dates(&found.text).last().and_then(WrittenDate::days).map(|(_, last)| last);
        match published.and_then(|found| day(&found).map(|day| (day, found))) {
            Some((day, found)) => Self { day, said: Some(found) },
            None => Self { day: case.date, said: None },
        }
    }
}
