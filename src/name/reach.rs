//! A municipality as a whole, or one of its cases.

use super::parts::{Parts, by_parts};
use super::{CaseId, CaseName, Slug};

/// A municipality with all its cases, or one of them（自治体の全体または一つの事務）: `aozora`, `aozora/jumin`.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case; none: all of its cases.
    pub case: Option<CaseId>,
}

impl Reach {
    /// A municipality with all its cases.
    #[must_use]
    pub fn whole(municipality: &Slug) -> Self {
        Self { municipality: municipality.clone(), case: None }
    }

    /// The case; none where it is all of them.
    #[must_use]
    pub fn name(&self) -> Option<CaseName> {
        self.case.as_ref().map(|case| CaseName::new(&self.municipality, case))
    }

    /// Whether a case is it, or one of them.
    #[must_use]
    pub fn has(&self, name: &CaseName) -> bool {
        self.municipality == name.municipality && self.case.as_ref().is_none_or(|case| *case == name.case)
    }
}

impl From<CaseName> for Reach {
    fn from(name: CaseName) -> Self {
        Self { municipality: name.municipality, case: Some(name.case) }
    }
}

impl Parts for Reach {
    const SHAPE: &'static str = "municipality, or municipality/case";

    fn parts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.municipality.as_str()).chain(self.case.iter().map(CaseId::as_str))
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        match *parts {
            [municipality] => Some(Self { municipality: municipality.into(), case: None }),
            [municipality, case] => Some(Self { municipality: municipality.into(), case: Some(case.into()) }),
            _ => None,
        }
    }
}

by_parts!(Reach);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_has_its_own_cases() {
        let (zei, other): (CaseName, CaseName) = ("aoba/zei".parse().unwrap(), "hikari/zei".parse().unwrap());
        let whole: Reach = "aoba".parse().unwrap();
        assert!(whole.has(&zei) && !whole.has(&other));
        let one = Reach::from(zei.clone());
        assert!(one.has(&zei) && !one.has(&"aoba/kosodate".parse().unwrap()));
        assert_eq!((one.to_string(), one.name(), whole.name()), ("aoba/zei".to_owned(), Some(zei), None));
    }
}
