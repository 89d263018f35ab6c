//! The audiences of a model, and the documents of each.

use std::collections::BTreeSet;

use super::compose::{Job, Key};
use crate::Error;
use crate::change::{read_by, withheld_lines, withheld_parts};
use crate::model::Model;
use crate::model::manifest::Audience;
use crate::name::CaseName;
use crate::session::{Wanted, nothing_matches};

/// A model as each audience reads it（提出用・公表用の別）.
#[derive(Debug)]
pub(super) struct Audiences {
    submission: Model,
    public: Model,
    /// Cases of which both audiences are the same.
    alike: BTreeSet<CaseName>,
}

impl Audiences {
    /// The audiences of a model.
    pub(super) fn of(model: &Model) -> Self {
        let mut alike = BTreeSet::new();
        for municipality in model.municipalities.iter().filter(|own| withheld_lines(own).is_empty()) {
            let whole = municipality.cases.values().filter(|case| withheld_parts(case).is_empty());
            alike.extend(whole.map(|case| municipality.name(case)));
        }
        Self { submission: read_by(model, Audience::Submission), public: read_by(model, Audience::Public), alike }
    }

    /// Whether nothing of a case is withheld.
    pub(super) fn are_alike(&self, case: &CaseName) -> bool {
        self.alike.contains(case)
    }

    /// The model that an audience reads.
    pub(super) fn model(&self, audience: Audience) -> &Model {
        match audience {
            Audience::Submission => &self.submission,
            Audience::Public => &self.public,
        }
    }

    /// All documents that are issued, in the order of their definitions: for one audience, or each for its usual readers.
    pub(super) fn jobs(&self, asked: Option<Audience>) -> Vec<Job<'_>> {
        let of = |audience: Audience| self.every_job(audience);
        match asked {
            Some(audience) => of(audience).filter(|job| job.definition.audience.has(audience)).collect(),
            None => {
                let both = of(Audience::Submission).zip(of(Audience::Public));
                both.map(|(submission, public)| match submission.definition.audience.usual() {
                    Audience::Submission => submission,
                    Audience::Public => public,
                })
                .collect()
            }
        }
    }

    /// The document of a name for an audience, issued or not.
    pub(super) fn job(&self, (name, audience): &Key) -> Option<Job<'_>> {
        self.every_job(*audience).find(|job| job.name() == *name)
    }

    /// Every document that is defined, for one audience, issued or not.
    pub(super) fn every_job(&self, audience: Audience) -> impl Iterator<Item = Job<'_>> {
        self.model(audience).municipalities.iter().flat_map(move |municipality| {
            municipality.documents.iter().filter_map(move |definition| {
                let case = municipality.cases.get(&definition.case.value)?;
                Some(Job { audiences: self, audience, municipality, case, definition })
            })
        })
    }
}

/// Says what was asked for and what documents there are.
pub(super) fn no_document(wanted: &Wanted, jobs: &[Job<'_>]) -> Error {
    nothing_matches(wanted, &jobs.iter().map(Job::name).collect::<Vec<_>>())
}
