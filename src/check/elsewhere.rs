//! Numbered rules that another stage holds while it reads, makes the model or sets the pages: named here, so that the list of rules
//! is whole.

use crate::diagnostic::Code;

/// A numbered rule that another stage holds（ほかの段階で守る規則）. Its codes have their explanations in the tables of the
/// diagnostics.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere {
    /// Its number（V1 …）.
    pub number: &'static str,
    /// The codes that the stage pushes.
    pub codes: &'static [Code],
}

/// All of them.
pub const ELSEWHERE: &[Elsewhere] = &[
    // A choice is one of the form's options, word for word, and is not left blank.
    Elsewhere { number: "V17", codes: &[Code::OptionUnknown, Code::ItemMissing, Code::ItemEmpty] },
    // Pages are measured in the typeset form, never typed.
    Elsewhere { number: "V20", codes: &[Code::PageUnknown] },
];
