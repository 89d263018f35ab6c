//! A case（事務）: an assessment or a submission, and every form that is filled for it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::manifest::{BasicAssessmentDef, DocumentDef, DocumentKind, RegisterToml, SubmissionToml};
use super::{Changes, Checklist, Comments, Edition, Filled, ItemKey, ItemPath, Review};
use crate::diagnostic::{FileId, Span};
use crate::name::{BesideId, CaseId, DocumentId, EditionId};

/// A case（事務）: an assessment or a submission, with what belongs to it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Folder name.
    pub id: CaseId,
    /// Title.
    pub title: String,
    /// Stage that its papers are at（素案、案）; empty once published, and of a submission.
    pub stage: String,
    /// Date for metadata.
    pub date: Date,
    /// Day on which the published assessment was last looked over（見直し）.
    pub looked_over_on: Option<Date>,
    /// Every form that is filled for it, in the order of [`Role`].
    pub forms: Vec<CaseForm>,
    /// Settings of the submission（付議事項）, where it is one.
    pub submission: Option<SubmissionToml>,
    /// Settings of the register（計画管理書）, where it is one.
    pub register: Option<RegisterToml>,
    /// 別紙チェックリスト.
    pub checklist: Option<Checklist>,
    /// Its hearing and the opinions that came in（意見の募集）.
    pub comments: Option<Comments>,
    /// Changes of the case.
    pub changes: Changes,
    /// Its editions by id.
    pub editions: BTreeMap<EditionId, Edition>,
    /// The edition that its marks are held against, as the case names it.
    pub edition: Option<(EditionId, Span)>,
    /// What a 基礎項目評価書 says that is kept elsewhere（case.toml の basic-assessment）.
    pub basic: BasicAssessmentDef,
    /// Its sign-offs.
    pub reviews: Vec<Review>,
    /// `case.toml`, `submission.toml` or `register.toml`.
    pub file: FileId,
}

/// A form that is filled for a case（事務の様式）.
#[derive(Debug, Clone)]
pub struct CaseForm {
    /// Which of the case's forms it is.
    pub role: Role,
    /// The form with what is written in it.
    pub filled: Filled,
}

/// Which of its case's forms a form is（様式の位置づけ）.
///
/// One 事務 may need a 基礎項目評価書 beside its 全項目評価書（指針 第5の1）; overviews are made from the main one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The case's main 評価書: its entries stand in the case's own folder.
    #[default]
    Main,
    /// A further 評価書, by the id that `assessment.toml` gives it.
    Beside(BesideId),
    /// 付議事項.
    Submission,
    /// 概要, by the id of its document.
    Overview(DocumentId),
}

impl Role {
    /// The key of an item of the form, among those of all forms of the case.
    #[must_use]
    pub fn key(&self, path: &ItemPath) -> ItemKey {
        let own = |id: &str| ItemPath::of(self.folder()).join(id).join_path(path);
        ItemKey::of(self.id().map_or_else(|| path.clone(), own))
    }

    /// The path in the form of what has a key; `None` where that is an item of another form.
    #[must_use]
    pub fn path(&self, key: &ItemKey) -> Option<ItemPath> {
        match self.id() {
            None => Some(key.whole().clone()),
            Some(id) => key.whole().below(&ItemPath::of(self.folder()).join(id)),
        }
    }

    /// What the keys of its items begin with; the main form of a case has none.
    fn folder(&self) -> &'static str {
        match self {
            Self::Main | Self::Submission => "",
            Self::Beside(_) => "beside",
            Self::Overview(_) => "overviews",
        }
    }

    /// What tells it from others of its kind; none where a case has one of them.
    fn id(&self) -> Option<&str> {
        match self {
            Self::Main | Self::Submission => None,
            Self::Beside(id) => Some(id),
            Self::Overview(id) => Some(id),
        }
    }

    /// The kind of document that prints it whole.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Main | Self::Beside(_) => DocumentKind::Assessment,
            Self::Submission => DocumentKind::Submission,
            Self::Overview(_) => DocumentKind::Overview,
        }
    }

    /// The form that a document shows, or of whose changes it tells; a checklist shows none, and reads the submission's.
    #[must_use]
    pub fn of(document: &DocumentDef) -> Self {
        match document.kind {
            // A register shows the forms of other cases; its own case has none.
            DocumentKind::Assessment
            | DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport
            | DocumentKind::CommentSheet
            | DocumentKind::Register => document.beside.clone().map_or(Self::Main, Self::Beside),
            DocumentKind::Overview => Self::Overview(document.id.value.clone()),
            DocumentKind::Submission | DocumentKind::Checklist => Self::Submission,
        }
    }
}

/// What the keys of its items begin with（様式の符号）: empty, `beside/basic/`, `overviews/gaiyo/`.
impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id() {
            None => Ok(()),
            Some(id) => write!(formatter, "{}/{id}/", self.folder()),
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Case {
    /// All its forms as they are filled, in the order of [`Role`].
    pub fn all_filled(&self) -> impl Iterator<Item = &Filled> {
        self.forms.iter().map(|form| &form.filled)
    }

    /// The same, to be changed.
    pub fn all_filled_mut(&mut self) -> impl Iterator<Item = &mut Filled> {
        self.forms.iter_mut().map(|form| &mut form.filled)
    }

    /// The form of a role.
    #[must_use]
    pub fn form(&self, role: &Role) -> Option<&Filled> {
        self.forms.iter().find(|form| form.role == *role).map(|form| &form.filled)
    }

    /// Its main 評価書.
    #[must_use]
    pub fn main(&self) -> Option<&Filled> {
        self.form(&Role::Main)
    }

    /// Its 評価書: the main one and those beside it.
    pub fn assessments(&self) -> impl Iterator<Item = &Filled> {
        let is_assessment = |form: &&CaseForm| form.role.kind() == DocumentKind::Assessment;
        self.forms.iter().filter(is_assessment).map(|form| &form.filled)
    }

    /// The form that a document shows or tells of, where there is one（文書の様式）.
    #[must_use]
    pub fn filled(&self, document: &DocumentDef) -> Option<&Filled> {
        self.form(&Role::of(document))
    }

    /// Puts a form in its place.
    pub(super) fn add(&mut self, role: Role, filled: Filled) {
        let at = self.forms.partition_point(|form| form.role < role);
        self.forms.insert(at, CaseForm { role, filled });
    }
}
