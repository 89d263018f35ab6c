//! What is begun at the desk（新しく作る）: a municipality, an assessment, a matter for a committee, its checklist. Shown first, then written; what
//! cannot be is told at the field where it was typed.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Then, may_write};
use crate::Error;
use crate::desk::checklist::Mode;
use crate::desk::{
    AssessmentOrder, Begin, BeginOrder, ChecklistOrder, FormPattern, MunicipalityOrder, SubmissionOrder, begin,
    patterns,
};
use crate::diagnostic::{Lang, Severity, report};
use crate::name::CaseName;

/// What is to be begun, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct BeginAsked {
    then: Then,
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum What {
    Municipality {
        slug: String,
        name: String,
        code: String,
    },
    Assessment {
        town: String,
        case: String,
        from: From,
        /// Id of a form, or slug of the municipality that is followed; nothing for the shared text.
        #[serde(default)]
        pattern: String,
        #[serde(default)]
        title: String,
        date: String,
        /// Names of its 特定個人情報ファイル, one a line.
        #[serde(default)]
        files: String,
    },
    Submission {
        town: String,
        case: String,
        /// Id of the committee's form.
        pattern: String,
        title: String,
        meeting: String,
        division: String,
        basis: String,
        baseline: String,
        #[serde(default)]
        assessment: String,
        date: String,
    },
    Checklist {
        town: String,
        case: String,
        title: String,
    },
}

/// What an assessment begins with.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum From {
    Form,
    Base,
    Town,
}

impl What {
    fn order(&self) -> BeginOrder {
        let said = |words: &str| words.trim().to_owned();
        match self {
            Self::Municipality { slug, name, code } => BeginOrder::Municipality(MunicipalityOrder {
                slug: said(slug).into(),
                name: said(name),
                code: said(code),
            }),
            Self::Assessment { town, case, from, pattern, title, date, files } => {
                let begin = match from {
                    From::Form => Begin::Form(said(pattern).into()),
                    From::Base => Begin::Base,
                    From::Town => Begin::From(said(pattern).into()),
                };
                let files = files.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
                let (municipality, case, title, date) = (said(town).into(), said(case).into(), said(title), said(date));
                BeginOrder::Assessment(AssessmentOrder { municipality, case, begin, title, date, files })
            }
            Self::Submission { town, case, pattern, title, meeting, division, basis, baseline, assessment, date } => {
                BeginOrder::Submission(SubmissionOrder {
                    municipality: said(town).into(),
                    case: said(case).into(),
                    form: said(pattern).into(),
                    title: said(title),
                    meeting: said(meeting),
                    division: said(division),
                    basis: said(basis),
                    baseline: said(baseline),
                    assessment: said(assessment).into(),
                    date: said(date),
                })
            }
            Self::Checklist { town, case, title } => BeginOrder::Checklist(ChecklistOrder {
                municipality: said(town).into(),
                case: said(case).into(),
                title: said(title),
            }),
        }
    }

    /// The field that names what is begun.
    fn name_field(&self) -> &'static str {
        match self {
            Self::Municipality { .. } => "slug",
            Self::Assessment { .. } | Self::Submission { .. } | Self::Checklist { .. } => "case",
        }
    }

    /// The field of the dialog in which something does not fit; none where it is not a field's.
    fn fault(&self, error: Error, lang: Lang) -> Fault {
        let at = |field, wrong, words| Fault::Field { field, wrong, words };
        match error {
            Error::Shape { option, .. } => at(self.field(option), "shape", String::new()),
            Error::Empty { option } | Error::NotSaid { option, .. } => at(self.field(option), "empty", String::new()),
            Error::CheckDigit { whole, .. } => at("code", "digit", whole),
            Error::AlreadyThere { .. } => at(self.name_field(), "there", String::new()),
            Error::NoForm { .. } => at("pattern", "choose", String::new()),
            Error::NoMunicipality { .. } => at("town", "choose", String::new()),
            Error::NothingMatches { .. } => at("case", "choose", String::new()),
            Error::NoSuch { .. } if matches!(self, Self::Checklist { .. }) => at("case", "choose", String::new()),
            Error::NoBase { reason } => at("pattern", "reason", reason.of(lang).to_owned()),
            other => other.into(),
        }
    }

    /// The field in which an option of the command line is typed; what has no option of its own is the name.
    fn field(&self, option: &'static str) -> &'static str {
        match option.strip_prefix("--") {
            Some("file") => "files",
            Some(field) => field,
            None => self.name_field(),
        }
    }
}

/// Begins something, or shows what would be written.
pub(super) fn begun(live: &Live, asked: &BeginAsked, by: &str) -> Result<Json, Fault> {
    let mode = match asked.then {
        Then::Show => Mode::Report,
        Then::Write => Mode::Write,
    };
    if mode == Mode::Write {
        may_write(live)?;
    }
    let journal = live.writing();
    live.refresh("")?;
    let done = begin(&live.root, &asked.what.order(), mode).map_err(|error| asked.what.fault(error, live.lang))?;
    let refused = done.diagnostics.has_errors();
    if mode == Mode::Write && !refused {
        live.refresh(by)?;
    }
    let said = report(&done.diagnostics, &done.sources, live.lang).diagnostics.into_iter();
    // What is still empty is counted; here only what hinders is told.
    let hinders = said.filter(|one| one.level == Severity::Error);
    let how = |path: &String| if done.added_to.contains(path) { "changed" } else { "new" };
    let files: Vec<Json> = done.files.iter().map(|path| json!({ "path": path, "how": how(path) })).collect();
    Ok(json!({
        "refused": refused, "said": hinders.collect::<Vec<_>>(), "files": files, "empty": done.empty,
        "terms": done.terms, "step": journal.standing(), "state": live.state(),
    }))
}

/// What there is to begin with.
pub(super) fn beginnings(live: &Live) -> Result<Json, Fault> {
    let (_, library) = live.session().parsed()?;
    let known = patterns(&library);
    let form =
        |form: &FormPattern| json!({ "of": form.of, "id": form.id, "title": form.title, "files": form.asks_for_files });
    let pair = |name: &CaseName| json!({ "town": name.municipality, "case": name.case });
    Ok(json!({
        "forms": known.forms.iter().map(form).collect::<Vec<_>>(),
        "committees": known.committees.iter().map(form).collect::<Vec<_>>(),
        "bases": known.bases.iter().map(|(case, title, form)| json!({ "case": case, "title": title, "form": form })).collect::<Vec<_>>(),
        "cases": known.cases.iter().map(pair).collect::<Vec<_>>(),
        "unlisted": known.unlisted.iter().map(pair).collect::<Vec<_>>(),
    }))
}
