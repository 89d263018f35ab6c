//! Whom an order concerns beside the municipality whose order it is.

use std::collections::BTreeSet;

use super::{Checked, Reach, Session};
use crate::Error;

impl Session {
    /// The municipalities that an order on these files concerns: all that share one of them, and the one whose order it is.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn concerned<'f>(
        &self,
        municipality: &str,
        files: impl Iterator<Item = &'f String>,
    ) -> Result<BTreeSet<String>, Error> {
        let mut concerned = BTreeSet::from([municipality.to_owned()]);
        for file in files {
            match file.split('/').collect::<Vec<_>>()[..] {
                ["content", "municipalities" | "editions", slug, ..] => _ = concerned.insert(slug.to_owned()),
                // An assessment is that of all who have a case of its name.
                ["content", "assessments", case, ..] => {
                    let folder = |slug: &String| self.root.join(format!("content/municipalities/{slug}/{case}"));
                    concerned.extend(self.municipalities()?.into_iter().filter(|slug| folder(slug).is_dir()));
                }
                // Who uses a shared text or a fact is known only when everybody was read.
                _ => concerned.extend(self.municipalities()?),
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
        municipality: &str,
        carry_out: impl Fn(&Checked) -> Result<T, Error>,
        files: impl Fn(&T) -> Vec<String>,
    ) -> Result<(Checked, T), Error> {
        let mut asked = BTreeSet::from([municipality.to_owned()]);
        let mut checked = self.municipality(municipality)?;
        loop {
            let done = carry_out(&checked)?;
            let concerned = self.concerned(municipality, files(&done).iter())?;
            if concerned.is_subset(&asked) {
                return Ok((checked, done));
            }
            asked.extend(concerned);
            let whole = |slug: &String| Reach { municipality: slug.clone(), case: None };
            checked = self.gather(&asked.iter().map(whole).collect::<Vec<_>>())?;
        }
    }
}
