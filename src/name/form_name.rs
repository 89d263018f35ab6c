//! The name of a form among the shared ones and those that municipalities have of their own.

use super::parts::{Parts, by_parts};
use super::{FormId, Slug};

/// A version of a form（様式の版）: `form-1` where all share it, `aozora/form-1` where a municipality has its own.
#[derive(Debug, Clone)]
pub struct FormName {
    /// Whose own it is; none: all share it.
    pub municipality: Option<Slug>,
    /// Its id.
    pub form: FormId,
}

impl FormName {
    /// A form that all share.
    #[must_use]
    pub fn shared(form: &FormId) -> Self {
        Self { municipality: None, form: form.clone() }
    }

    /// A municipality's own form.
    #[must_use]
    pub fn own(municipality: &Slug, form: &FormId) -> Self {
        Self { municipality: Some(municipality.clone()), form: form.clone() }
    }

    /// The names that a form of this id may have for a municipality, its own before the shared one.
    pub fn for_one(municipality: Option<&Slug>, form: &FormId) -> impl Iterator<Item = Self> {
        let own = municipality.map(|slug| Self::own(slug, form));
        own.into_iter().chain([Self::shared(form)])
    }

    /// Whether a municipality may fill it: it is shared, or its own.
    #[must_use]
    pub fn is_for(&self, municipality: Option<&Slug>) -> bool {
        self.municipality.is_none() || self.municipality.as_ref() == municipality
    }
}

impl Parts for FormName {
    const SHAPE: &'static str = "form, or municipality/form";

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.municipality.iter().map(Slug::as_str).chain([self.form.as_str()])
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        match *parts {
            [form] => Some(Self { municipality: None, form: form.into() }),
            [municipality, form] => Some(Self { municipality: Some(municipality.into()), form: form.into() }),
            _ => None,
        }
    }
}

by_parts!(FormName);
