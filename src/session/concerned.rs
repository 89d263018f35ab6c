//! Whom an order concerns beside the municipality whose order it is.

use std::collections::BTreeSet;

use super::{Checked, Reach, Session};
use crate::Error;
use crate::name::{CaseName, Owner, Slug};

impl Session {
    /// The municipalities that have a part in one of these files: those that own it, or share it.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn concerned<'f>(&self, files: impl Iterator<Item = &'f String>) -> Result<BTreeSet<Slug>, Error> {
        let mut concerned = BTreeSet::new();
        for file in files {
            match Owner::of_path(file) {
                Owner::Case(CaseName { municipality: slug, .. }) | Owner::Municipality(slug) => {
                    _ = concerned.insert(slug);
                }
                // An assessment is that of all who have a case of its name.
                Owner::Assessment(case) => {
                    let folder = |slug: &Slug| self.root.join(CaseName::new(slug, &case).folder());
                    concerned.extend(self.municipalities()?.into_iter().filter(|slug| folder(slug).is_dir()));
                }
                // Who uses a shared text or a fact is known only when everybody was read.
                Owner::All => concerned.extend(self.municipalities()?),
            }
        }
        Ok(concerned)
    }

    /// Carries out an order of a municipality on that alone, and again with all whom the files concern that it would change.
    ///
    /// # Errors
    /// Those of the order, [`Error::NothingMatches`] without such a municipality, and [`Error::Read`].
    pub fn with_concerned<T>(
        &self,
        municipality: &Slug,
        carry_out: impl Fn(&Checked) -> Result<T, Error>,
        files: impl Fn(&T) -> Vec<String>,
    ) -> Result<(Checked, T), Error> {
        let mut asked = BTreeSet::from([municipality.clone()]);
        let mut checked = self.municipality(municipality)?;
        loop {
            let done = carry_out(&checked)?;
            let concerned = self.concerned(files(&done).iter())?;
            if concerned.is_subset(&asked) {
                return Ok((checked, done));
            }
            asked.extend(concerned);
            checked = self.gather(&asked.iter().map(Reach::whole).collect::<Vec<_>>())?;
        }
    }
}
