//! The register of all 評価書（評価書の台帳）: what there is, what its threshold answers are, and when it falls due.

use crate::Error;
pub use crate::document::RegisteredPaper;
use crate::document::registered;
use crate::session::{Checked, Wanted, nothing_matches};

/// All 評価書 of the wanted cases, by municipality and number.
///
/// # Errors
/// [`Error::NothingMatches`] where no case is as asked for.
pub fn register(checked: &Checked, wanted: &Wanted) -> Result<Vec<RegisteredPaper>, Error> {
    let fits = |asked: &Option<String>, name: &str| asked.as_deref().is_none_or(|asked| asked == name);
    let all = checked.model.municipalities.iter().filter(|one| fits(&wanted.municipality, &one.slug));
    let papers: Vec<RegisteredPaper> =
        all.flat_map(|municipality| registered(municipality, &|case| fits(&wanted.case, &case.id))).collect();
    if papers.is_empty() {
        return Err(nothing_matches(wanted, &checked.case_names()));
    }
    Ok(papers)
}
