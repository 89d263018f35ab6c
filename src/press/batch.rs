//! The municipalities of a run, some at a time: which of their cases may be made, and from what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::stamp::SourceStamp;
use crate::Error;
use crate::diagnostic::SourceMap;
use crate::model::{Model, Municipality};
use crate::name::{CaseId, Slug};
use crate::session::{Checked, Findings, Reach, Said, Session, Strictness};

/// Municipalities that are made together（まとめて作る自治体）.
#[derive(Debug)]
pub(super) struct Batch {
    /// Each with those of its cases that may be made.
    pub(super) model: Model,
    /// All files that they are made from.
    pub(super) sources: SourceMap,
    /// What each was made from; none where the next run must look again.
    pub(super) stamps: BTreeMap<Slug, SourceStamp>,
    /// Cases that their mistakes forbid to make.
    pub(super) blocked: BTreeSet<Reach>,
}

impl Batch {
    /// Looks at municipalities. A mistake keeps back the documents of the case that has it, and of no other.
    pub(super) fn look(
        session: &Session,
        reaches: Vec<(Reach, SourceStamp)>,
        strictness: Strictness,
        findings: &mut Findings,
    ) -> Result<Self, Error> {
        let mut batch = Self {
            model: Model { municipalities: Vec::new() },
            sources: SourceMap::default(),
            stamps: BTreeMap::new(),
            blocked: BTreeSet::new(),
        };
        let (reaches, stamps): (Vec<Reach>, Vec<SourceStamp>) = reaches.into_iter().unzip();
        for ((reach, stamp), checked) in reaches.iter().zip(stamps).zip(session.look_at_each(&reaches)) {
            let checked = checked?;
            let said = findings.add(&checked, &reach.municipality);
            if batch.sources.is_empty() {
                batch.sources = checked.workspace.sources.sibling();
            }
            for (_, file) in checked.workspace.sources.iter() {
                batch.sources.put(file.clone());
            }
            // Beside a warning nothing is remembered: the next run is to say it again.
            batch.stamps.insert(reach.municipality.clone(), stamp.unless(said == Said::Something));
            if strictness.forbids(&checked.diagnostics) {
                batch.part(session, reach, &checked, strictness)?;
            } else {
                batch.model.municipalities.extend(checked.model.municipalities);
            }
        }
        Ok(batch)
    }

    /// Takes in those cases of a municipality that have no mistakes by themselves.
    fn part(
        &mut self,
        session: &Session,
        reach: &Reach,
        checked: &Checked,
        strictness: Strictness,
    ) -> Result<(), Error> {
        let slug = &reach.municipality;
        let Some(settings) = checked.library.municipalities.get(slug) else {
            // Nobody knows which documents it issues: it stands for all of them.
            self.blocked.insert(Reach::whole(slug));
            return Ok(());
        };
        let named: BTreeSet<&CaseId> = settings.value.document.iter().map(|document| &document.case.value).collect();
        let wanted = named.into_iter().filter(|case| reach.case.as_ref().is_none_or(|only| only == *case));
        let reaches: Vec<Reach> =
            wanted.map(|case| Reach { municipality: slug.clone(), case: Some(case.clone()) }).collect();
        let mut sound = BTreeMap::new();
        for (reach, looked) in reaches.iter().zip(session.look_at_each(&reaches)) {
            let (looked, case) = (looked?, reach.case.clone().expect("each is of one case"));
            let made = looked.model.municipalities.first().and_then(|of| of.cases.get(&case)).cloned();
            match made.filter(|_| !strictness.forbids(&looked.diagnostics)) {
                Some(made) => _ = sound.insert(case, made),
                None => _ = self.blocked.insert(reach.clone()),
            }
        }
        if let Some(whole) = checked.model.municipalities.first() {
            let of_sound = Municipality { cases: sound, ..Municipality::clone(whole) };
            self.model.municipalities.push(Arc::new(of_sound));
        }
        Ok(())
    }
}
