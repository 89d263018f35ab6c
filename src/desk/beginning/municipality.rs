//! A new municipality（自治体を加える）: its settings, and nothing else yet.

use std::path::Path;

use super::tables::quoted;
use super::{Begun, Files, Made, named, none_there, of, said};
use crate::Error;
use crate::desk::checklist::Mode;
use crate::model::{CodeFault, LocalGovernmentCode};
use crate::name::Slug;

/// An order for a municipality（自治体を加える依頼）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MunicipalityOrder {
    /// Slug, the name of its folder.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// 全国地方公共団体コード.
    pub code: String,
}

/// Adds a municipality to a workspace.
///
/// # Errors
/// [`Error::Shape`] for a slug that cannot be a folder's name and for a code, [`Error::Empty`] without a name, [`Error::AlreadyThere`], and
/// what reading and writing refuse.
pub fn begin_municipality(root: &Path, order: &MunicipalityOrder) -> Result<Begun, Error> {
    made(root, order)?.carried(root, Mode::Write)
}

pub(super) fn made(root: &Path, order: &MunicipalityOrder) -> Result<Made, Error> {
    named("SLUG", &order.slug, "midori")?;
    said("--name", &order.name)?;
    let code = order.code.parse::<LocalGovernmentCode>().map_err(|fault| match fault {
        CodeFault::Shape => Error::Shape { option: "--code", expected: "131041", found: order.code.clone() },
        CodeFault::NoCheckDigit(whole) | CodeFault::CheckDigit(whole) => {
            Error::CheckDigit { found: order.code.clone(), whole: whole.to_string() }
        }
    })?;
    let path = order.slug.settings();
    none_there(root, [&path])?;
    let text = format!(
        "# 自治体の設定。書き方は手引「4 自治体ごとの違い」にあります。\nname = {}\ncode = {}\n\n\
         # 用語。原稿の {{{{own}}}} は、ここに書いた言葉になります（例：own = \"本市\"）。\n[terms]\n",
        quoted(order.name.trim()),
        quoted(code.as_str()),
    );
    let what = format!("自治体の追加：{}", order.slug);
    Ok(Made { checked: of(root, &order.slug)?, what, files: Files::from([(path, Some(text))]), terms: Vec::new() })
}
