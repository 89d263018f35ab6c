//! The TOML files as types: one file kind, one type; unknown keys refused.
//!
//! What is written, not what it means: ids are not looked up here. The JSON Schemas under `schemas/` are made from these types.

mod assessment;
pub mod bounds;
mod changes;
mod checklist;
mod comments;
mod document_keys;
mod document_words;
mod edition;
mod entry;
mod flow;
mod form;
mod form_derived;
mod form_rules;
mod look;
mod municipality;
mod placeholders;
mod policy;
mod register;
mod reviewed;
mod schemas;
mod seal;
mod submission;
mod threshold;

pub use assessment::{AnnexToml, AssessmentToml, BesideToml, CaseToml, FileToml, PeriodToml};
pub use changes::{ChangeToml, ChangesToml, HistoryToml, RowToml, SummaryToml, Timing};
pub use checklist::{
    AnswerField, AnswerState, AnswerToml, Category, ChecklistToml, MeasureState, MeasureToml, SheetToml,
};
pub use comments::{
    CommentColumn, CommentEntryWords, CommentField, CommentLabel, CommentPart, CommentShows, CommentWords,
    CommentsToml, EffectDef, GroupToml, HearingToml, OpinionToml, OutlineToml, WayToml,
};
pub use document_keys::{DocumentKey, document_keys};
pub use document_words::{ChecklistWords, DocumentWords, LegendWords, UnfinishedWords};
pub use edition::EditionToml;
pub use entry::{EntryFront, FactsToml, FragmentFront, ValueToml};
pub use flow::{ArrowToml, FlowFront, FlowZone, NodeToml};
pub use form::{FormDef, ItemDef, ItemKind, OptionList, Release, RenamedDef, Repeat, Repeats, SectionDef};
pub use form_derived::{AddDef, DerivedForm, ReplaceDef};
pub use form_rules::{
    ClassWords, ConditionDef, ConditionTopic, DateOrderDef, FileSetDef, FormRules, FrozenDef, HearingDef, KindWords,
    PapersDef, Places, PopulationDef, PromiseDef, PublicationDef, TestDef, ThresholdDef,
};
pub use look::{
    Align, Alike, ArrowKind, Brackets, CellLook, Frame, LookDef, LooksToml, MarkLook, MarkStyle, MarksDef, Paper,
    SectionLayout, Typeface, Underline, Weight,
};
pub use municipality::{
    Audience, ColumnDef, ColumnField, DocumentDef, DocumentKind, Format, IssuedFor, ListDef, ListWords,
    MunicipalityToml, PageFormat, View,
};
pub use placeholders::PlaceholdersToml;
pub use policy::{BasicAssessmentDef, LawWordsToml, PolicyDef, StatedCountDef, StatedDef, StyleDef, Width, WordDef};
pub use register::{RegisterColumn, RegisterField, RegisterToml, RegisterWords};
pub use reviewed::{ReviewToml, ReviewedToml};
pub use schemas::{schema_text, schemas};
pub use seal::{IssueToml, SealToml, SealedFileToml};
pub use submission::{AttachmentToml, SubmissionToml};
pub use threshold::{Answers, AssessmentKind, KindNames, ThresholdRow, ThresholdToml, VoluntaryDef};
