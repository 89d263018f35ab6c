//! The register of all 評価書（評価書の台帳）: what there is, what its threshold answers are, and when it falls due.

use std::sync::Arc;

use crate::Error;
pub use crate::document::RegisteredPaper;
use crate::document::registered;
use crate::model::Municipality;
use crate::session::{Checked, Wanted, nothing_matches};

/// All 評価書 of the wanted cases, by municipality and number.
///
/// # Errors
/// [`Error::NothingMatches`] where no case is as asked for.
pub fn register(checked: &Checked, wanted: &Wanted) -> Result<Vec<RegisteredPaper>, Error> {
    let all = checked.model.municipalities.iter();
    let of =
        |municipality: &Arc<Municipality>| registered(municipality, &|case| wanted.has_case(&municipality.name(case)));
    let papers: Vec<RegisteredPaper> = all.flat_map(of).collect();
    if papers.is_empty() {
        return Err(nothing_matches(wanted, &checked.case_names()));
    }
    Ok(papers)
}
