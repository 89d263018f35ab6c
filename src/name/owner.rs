//! Whose a file is, by its path.

use super::{CaseId, CaseName, Slug};

/// Whose a file or folder of the source is（ファイルの持ち主）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A case of a municipality.
    Case(CaseName),
    /// A municipality, and none of its cases.
    Municipality(Slug),
    /// All municipalities that have such a case.
    Assessment(CaseId),
    /// Everybody.
    All,
}

impl Owner {
    /// By the path from the root.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let case = |municipality: &str, case: &str| {
            Self::Case(CaseName { municipality: municipality.into(), case: case.trim_end_matches(".toml").into() })
        };
        match parts[..] {
            ["content", "municipalities", slug, "submissions" | "checklists", of, ..] => case(slug, of),
            ["content", "municipalities", slug, "forms", ..] => Self::Municipality(slug.into()),
            ["content", "municipalities", slug, of, _, ..] => case(slug, of),
            ["content", "municipalities", slug, ..] => Self::Municipality(slug.into()),
            ["content", "editions", slug, of, ..] => case(slug, of),
            ["content", "editions", slug] => Self::Municipality(slug.into()),
            ["content", "assessments", case, ..] => Self::Assessment(case.into()),
            _ => Self::All,
        }
    }

    /// The municipality that it is of; none where several share it.
    #[must_use]
    pub fn municipality(&self) -> Option<&Slug> {
        match self {
            Self::Case(name) => Some(&name.municipality),
            Self::Municipality(slug) => Some(slug),
            Self::Assessment(_) | Self::All => None,
        }
    }

    /// Whether what is done to one of them may touch the other too.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All | Self::Assessment(_), _) | (_, Self::All | Self::Assessment(_)) => true,
            (Self::Case(one), Self::Case(other)) => one == other,
            (one, other) => one.municipality() == other.municipality(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        match Owner::of_path(path) {
            Owner::Case(name) => format!("case {name}"),
            Owner::Municipality(slug) => format!("municipality {slug}"),
            Owner::Assessment(case) => format!("assessment {case}"),
            Owner::All => "all".to_owned(),
        }
    }

    #[test]
    fn a_path_tells_whose_a_file_is() {
        for (path, owner) in [
            ("content/municipalities/aoba/zei/case.toml", "case aoba/zei"),
            ("content/municipalities/aoba/zei/overview/head.md", "case aoba/zei"),
            ("content/municipalities/aoba/submissions/zei/submission.toml", "case aoba/zei"),
            ("content/municipalities/aoba/checklists/zei.toml", "case aoba/zei"),
            ("content/editions/aoba/zei/r6/edition.toml", "case aoba/zei"),
            ("content/municipalities/aoba/municipality.toml", "municipality aoba"),
            ("content/municipalities/aoba/forms/form-1.toml", "municipality aoba"),
            ("content/editions/aoba", "municipality aoba"),
            ("content/assessments/zei/basic.md", "assessment zei"),
            ("content/fragments/cloud.md", "all"),
            ("templates/forms/form-1.toml", "all"),
        ] {
            assert_eq!(shown(path), owner, "{path}");
        }
    }

    #[test]
    fn owners_meet_where_one_takes_in_the_other() {
        let meet = |one: &str, other: &str| Owner::of_path(one).meets(&Owner::of_path(other));
        let (case, town) =
            ("content/municipalities/aoba/zei/case.toml", "content/municipalities/aoba/municipality.toml");
        assert!(meet(case, town) && meet(town, case) && meet(case, case));
        assert!(!meet(case, "content/municipalities/aoba/kosodate/case.toml"));
        assert!(!meet(town, "content/municipalities/hikari/zei/case.toml"));
        assert!(meet(case, "content/assessments/kosodate/basic.md"), "who shares it is not known here");
    }
}
