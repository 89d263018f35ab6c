//! What tells municipalities apart: folder, name and code.

use std::collections::BTreeMap;

use super::government_code::{CodeFault, LocalGovernmentCode};
use super::library::Library;
use super::manifest::MunicipalityToml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Phrase, Span};
use crate::name::Slug;
use crate::source::{Located, id_fault};

/// Reports names and codes that two municipalities share, at both places, and folders whose names cannot be names of output.
pub(super) fn check(library: &Library, diagnostics: &mut Diagnostics) {
    twins(library, |toml| &toml.name, &Phrase::said("名称", "name"), diagnostics);
    twins(library, |toml| &toml.code, &Phrase::said("コード", "code"), diagnostics);
    for (slug, read) in &library.municipalities {
        code(&read.value.code, read.file, diagnostics);
        folder(slug, &slug.folder(), read.file, diagnostics);
    }
    for (case, read) in &library.assessments {
        folder(case, &case.shared_folder(), read.file, diagnostics);
    }
    let own = library.cases.iter().map(|(name, read)| (name, read.file, name.folder()));
    let submissions = library.submissions.iter().map(|(name, read)| (name, read.file, name.submission()));
    let registers = library.registers.iter().map(|(name, read)| (name, read.file, name.folder()));
    for (name, file, path) in own.chain(submissions).chain(registers) {
        folder(&name.case, &path, file, diagnostics);
    }
    for (name, editions) in &library.editions {
        for (id, edition) in editions {
            if let Some((file, _)) = &edition.about {
                folder(id, &name.edition(id).folder(), *file, diagnostics);
            }
        }
    }
}

/// Reports of each municipality a value that another has too.
fn twins(
    library: &Library,
    of: fn(&MunicipalityToml) -> &Located<String>,
    key: &Phrase,
    diagnostics: &mut Diagnostics,
) {
    let mut by_value: BTreeMap<&str, Vec<(&Slug, Span)>> = BTreeMap::new();
    for (slug, read) in library.everyone() {
        let value = of(&read.value);
        by_value.entry(value.value.as_str()).or_default().push((slug, Span::new(read.file, value.range.clone())));
    }
    for (value, places) in by_value.into_iter().filter(|(_, places)| places.len() > 1) {
        for (slug, span) in places.iter().filter(|(slug, _)| library.municipalities.contains_key(*slug)) {
            let mut others = places.iter().filter(|(other, _)| other != slug);
            let (other, place) = others.next().expect("there are two at least");
            let folder = format!("{}/", other.folder());
            let twice = Diagnostic::new(Code::MunicipalityTwice, *span).said("key", key.clone()).with("value", value);
            let twice = twice.with("other", folder);
            // The other's file can be shown only if it was read.
            let is_read = library.municipalities.contains_key(*other);
            diagnostics.push(if is_read { twice.related_as(*place, Label::Related) } else { twice });
        }
    }
}

/// Reports a folder whose name becomes one of output and cannot be.
fn folder(name: &str, folder: &str, file: FileId, diagnostics: &mut Diagnostics) {
    if let Some(fault) = id_fault(name) {
        let unfit = Diagnostic::new(Code::NameUnfit, Span::new(file, 0..0)).with("name", name);
        let unfit = unfit.with("path", format!("{folder}/"));
        diagnostics.push(unfit.said("reason", fault.reason()));
    }
}

/// Reports what is wrong with a municipality's code.
fn code(code: &Located<String>, file: FileId, diagnostics: &mut Diagnostics) {
    let Err(fault) = code.value.parse::<LocalGovernmentCode>() else { return };
    let (kind, cure) = match fault {
        CodeFault::Shape => (Code::CodeWrong, Phrase::said("半角数字6桁で書きます。", "it has six ASCII digits; ")),
        CodeFault::NoCheckDigit(whole) => (
            Code::CodeWrong,
            Phrase::said(
                format!("末尾の検査数字が抜けています。「{whole}」ではありませんか。"),
                format!("the check digit is missing, perhaps `{whole}`; "),
            ),
        ),
        CodeFault::CheckDigit(whole) => (
            Code::CodeCheckDigit,
            Phrase::said(
                format!("前の5桁が正しければ「{whole}」です。"),
                format!("if the other five are right it is `{whole}`; "),
            ),
        ),
    };
    let span = Span::new(file, code.range.clone());
    diagnostics.push(Diagnostic::new(kind, span).with("code", &code.value).said("cure", cure));
}
