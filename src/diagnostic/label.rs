//! What stands at a further place of a diagnostic.

use super::Lang;

/// What a further place has to do with the mistake（関係する箇所の説明）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It explains the mistake, as its title says.
    Related,
    /// The same thing stands here first.
    First,
    /// What is not closed, or is closed elsewhere, opens here.
    Opened,
    /// The text that a change marks.
    Marked,
    /// What the edition says.
    Edition,
    /// What issued papers say.
    Issued,
    /// The text that was reviewed and has changed.
    Reviewed,
    /// It names what is missing.
    Use,
}

impl Label {
    /// The words beside the underline.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Related, Lang::Ja) => "関係する箇所",
            (Self::Related, Lang::En) => "related place",
            (Self::First, Lang::Ja) => "最初はここ",
            (Self::First, Lang::En) => "first here",
            (Self::Opened, Lang::Ja) => "始まりはここ",
            (Self::Opened, Lang::En) => "opened here",
            (Self::Marked, Lang::Ja) => "この変更の印",
            (Self::Marked, Lang::En) => "marked here",
            (Self::Edition, Lang::Ja) => "版の記載",
            (Self::Edition, Lang::En) => "in the edition",
            (Self::Issued, Lang::Ja) => "発出した文書の記載",
            (Self::Issued, Lang::En) => "in the issued papers",
            (Self::Reviewed, Lang::Ja) => "点検の後に変わった記載",
            (Self::Reviewed, Lang::En) => "changed since the review",
            (Self::Use, Lang::Ja) => "ここで使っている",
            (Self::Use, Lang::En) => "used here",
        }
    }
}
