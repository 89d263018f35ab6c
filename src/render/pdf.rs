//! PDF: PDF/A-2a and PDF/UA-1 in one file, tagged, in Japanese, with bookmarks.

use jiff::civil::Date;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::said::with_said;
use crate::page::Paged;

/// What a PDF says of itself（PDFの属性）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfMeta {
    /// Stable identity of the document: municipality, case and id.
    pub ident: String,
    /// Date of the content; PDF/A asks for one, and the clock must not give it.
    pub date: Date,
}

/// Why a PDF could not be made, in the exporter's words（PDFの誤り）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError(pub String);

/// The program's name in the file, in place of the typesetter's version.
const CREATOR: &str = "hyoka";

/// Exports a laid out document.
///
/// # Errors
/// [`PdfError`] where the exporter refuses: a character without a glyph, a figure without words.
///
/// # Panics
/// If the fixed list of standards could not be combined, which would be our bug.
pub fn pdf(paged: &Paged, meta: &PdfMeta) -> Result<Vec<u8>, PdfError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("PDF/A-2a and PDF/UA-1 can be combined in PDF 1.7");
    let number = |value: i8| u8::try_from(value).expect("months and days are positive");
    let created =
        Datetime::from_ymd_hms(meta.date.year().into(), number(meta.date.month()), number(meta.date.day()), 0, 0, 0)
            .expect("a civil date is a valid date");
    let options = PdfOptions {
        ident: Smart::Custom(meta.ident.clone()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: Some(Timestamp::new_utc(created)),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    let said = with_said(&paged.document);
    typst_pdf::pdf(said.as_ref().unwrap_or(&paged.document), &options).map_err(|errors| {
        let words: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        PdfError(words.join(" / "))
    })
}
