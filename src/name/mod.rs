//! What things are called（名前）: municipalities, cases, documents, editions, forms.
//!
//! Input: words of paths, of files, of the command line. Output: names whose parts cannot be taken for each other. A name is printed with `/`
//! between its parts, and read from that; nobody else joins or parts one. It knows no content of a file, and it does not judge: whether an
//! id may be one is asked where it is read.

mod case_name;
mod document_name;
mod edition_name;
mod form_name;
mod id;
mod issue_name;
mod owner;
mod parts;
mod reach;

pub use case_name::CaseName;
pub use document_name::DocumentName;
pub use edition_name::EditionName;
pub use form_name::FormName;
pub use id::{
    BesideId, CaseId, ChangeId, DocumentId, EditionId, FlowId, FormId, FragmentId, Id, IssueId, ItemId, MeasureId,
    NodeId, OpinionGroupId, OptionsId, PeriodId, PersonalFileId, RecordId, SectionId, SheetId, Slug, SummaryId, kind,
};
pub use issue_name::IssueName;
pub use owner::Owner;
pub use parts::NoName;
pub use reach::Reach;
