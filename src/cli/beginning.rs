//! `hyoka new`: what a clerk begins, what was made of it, and what comes next.

use std::path::{Path, PathBuf};

use super::arguments::{NewAssessmentArguments, NewChangeArguments, NewCommand, NewSubmissionArguments, TimingWord};
use super::asking::Question;
use super::{MISTAKES, OK, report, say};
use crate::desk::{
    AssessmentOrder, Begin, Begun, ChangeOrder, ChangeOwner, ChecklistOrder, MunicipalityOrder, SubmissionOrder,
    begin_assessment, begin_change, begin_checklist, begin_municipality, begin_submission, begin_workspace,
};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::model::manifest::Timing;
use crate::name::{CaseId, Reach, Slug};
use crate::session::Strictness;
use crate::source::parted;
use crate::{Error, Said};

const TOWN: Question =
    ask(["自治体のフォルダー名（半角の英小文字）", "the municipality's folder"], "MUNICIPALITY", "midori");
const CASE: Question = ask(["事務のフォルダー名（半角の英小文字）", "the case's folder"], "CASE", "juki");
const SUBMISSION: Question =
    ask(["付議事項のフォルダー名（半角の英小文字）", "the submission's folder"], "CASE", "kessai");
const DATE: Question = ask(["日付", "the date"], "--date", "2026-04-01");

const fn ask([ja, en]: [&'static str; 2], option: &'static str, example: &'static str) -> Question {
    Question { ja, en, option, example }
}

pub(super) fn run(root: &Path, lang: Lang, command: &NewCommand) -> Result<u8, Error> {
    match command {
        NewCommand::Workspace { folder } => workspace(lang, folder.as_deref()),
        NewCommand::Municipality { slug, name, code } => {
            let order = MunicipalityOrder {
                slug: Question { option: "SLUG", ..TOWN }.answer(lang, slug.as_ref())?,
                name: ask(["自治体の名称", "the name"], "--name", "みどり市").answer(lang, name.as_ref())?,
                code: ask(
                    ["全国地方公共団体コード（6桁）", "the 全国地方公共団体コード, 6 digits"],
                    "--code",
                    "999997",
                )
                .answer(lang, code.as_ref())?,
            };
            let slug = &order.slug;
            let next = [
                format!(
                    "次に：hyoka new assessment {slug} 事務 --form 様式 で評価書を始めます（様式の一覧は hyoka items）。"
                ),
                format!("next: hyoka new assessment {slug} CASE --form FORM"),
            ];
            Ok(tell(&begin_municipality(root, &order)?, lang, &next))
        }
        NewCommand::Assessment(options) => assessment(root, lang, options),
        NewCommand::Submission(options) => submission(root, lang, options),
        NewCommand::Checklist { municipality, case, title } => {
            let order = ChecklistOrder {
                municipality: TOWN.answer(lang, municipality.as_ref())?,
                case: SUBMISSION.answer(lang, case.as_ref())?,
                title: ask(["チェックリストの表題", "the title of the checklist"], "--title", "別紙チェックリスト")
                    .answer(lang, title.as_ref())?,
            };
            let next = [
                "次に：[[sheet.measure]] に対策を書き、hyoka checklist export で送ります。".to_owned(),
                "next: write the measures（[[sheet.measure]]）, then hyoka checklist export".to_owned(),
            ];
            Ok(tell(&begin_checklist(root, &order)?, lang, &next))
        }
        NewCommand::Change(options) => change(root, lang, options),
    }
}

fn workspace(lang: Lang, folder: Option<&Path>) -> Result<u8, Error> {
    let said = folder.map(|folder| folder.display().to_string());
    let folder =
        PathBuf::from(ask(["作るフォルダー", "the folder to make"], "DIR", "評価書").answer(lang, said.as_ref())?);
    let files = begin_workspace(&folder)?;
    let shown = folder.display();
    say(&match lang {
        Lang::Ja => format!(
            "作業フォルダーを作りました：{shown}（{}、schemas/）\n次に：README.md を開きます。{shown} の中で hyoka new municipality を実行して、自治体を加えます。",
            files.join("、")
        ),
        Lang::En => format!(
            "made the workspace {shown} ({}, schemas/)\nnext: open README.md; run hyoka new municipality inside of {shown}",
            files.join(", ")
        ),
    });
    Ok(OK)
}

fn assessment(root: &Path, lang: Lang, options: &NewAssessmentArguments) -> Result<u8, Error> {
    let municipality = TOWN.answer(lang, options.municipality.as_ref())?;
    let case = CASE.answer(lang, options.case.as_ref())?;
    let begin = match (&options.from, options.base) {
        (Some(from), _) => Begin::From(town_of(from, &case)?),
        (None, true) => Begin::Base,
        (None, false) => Begin::Form(
            ask(["様式（ほかに --base、--from）", "the form (or --base, --from)"], "--form", "hyoka items で挙がる ID")
                .answer(lang, options.form.as_ref())?,
        ),
    };
    // A copy has a title already.
    let title = match &begin {
        Begin::Form(_) => ask(["評価書の名称", "the name of the assessment"], "--title", "住民基本台帳に関する事務")
            .answer(lang, options.title.as_ref())?,
        Begin::Base | Begin::From(_) => options.title.clone().unwrap_or_default(),
    };
    let date = DATE.answer(lang, options.date.as_ref())?;
    let (slug, id) = (municipality.clone(), case.clone());
    let mut order = AssessmentOrder { municipality, case, begin, title, date, files: options.files.clone() };
    let begun = match begin_assessment(root, &order) {
        Err(Error::NotSaid { ja, en, option }) => {
            order.files =
                vec![Question { ja, en, option, example: "住民基本台帳ファイル" }.answer::<String>(lang, None)?];
            begin_assessment(root, &order)?
        }
        begun => begun?,
    };
    let next = [
        format!(
            "次に：hyoka check {slug} {id} で未記入の項目を見て、hyoka serve --open（机）で書きます。書き終えたら case.toml の stage を改めます。"
        ),
        format!(
            "next: hyoka check {slug} {id} lists what is empty; write it in the desk（hyoka serve --open）; then give `stage` of case.toml another word"
        ),
    ];
    let code = tell(&begun, lang, &next);
    if code == MISTAKES && options.base {
        say(match lang {
            Lang::Ja => {
                "正本だけでは合わない記載があります。ほかの自治体の記載を写して始めるには --from TOWN/CASE を付けます。"
            }
            Lang::En => {
                "the shared text alone does not fit together; --from TOWN/CASE begins with that of another municipality"
            }
        });
    }
    Ok(code)
}

/// The municipality of `TOWN/CASE`; what is copied is the same case.
fn town_of(from: &str, case: &CaseId) -> Result<Slug, Error> {
    match from.parse() {
        Ok(Reach { municipality, case: Some(of) }) if of == *case => Ok(municipality),
        Ok(Reach { case: Some(of), .. }) => Err(Error::NoBase {
            reason: Said::new(
                format!(
                    "事務「{of}」を写して、別の事務「{case}」にすることはできません。事務の名前を「{of}」にしてください"
                ),
                format!("a copy of {of} is the same case, not {case}; name the case {of}"),
            ),
        }),
        Ok(Reach { case: None, .. }) | Err(_) => Ok(from.into()),
    }
}

fn submission(root: &Path, lang: Lang, options: &NewSubmissionArguments) -> Result<u8, Error> {
    let order = SubmissionOrder {
        municipality: TOWN.answer(lang, options.municipality.as_ref())?,
        case: SUBMISSION.answer(lang, options.case.as_ref())?,
        form: ask(["会議体の様式", "the form of the committee"], "--form", "fugi")
            .answer(lang, options.form.as_ref())?,
        title: ask(["件名", "the title"], "--title", "国民健康保険システムの外部結合について")
            .answer(lang, options.title.as_ref())?,
        meeting: ask(["会議体の名称", "the name of the committee"], "--meeting", "個人情報保護管理運営会議")
            .answer(lang, options.meeting.as_ref())?,
        division: ask(["担当部課", "the division"], "--division", "健康部保険課")
            .answer(lang, options.division.as_ref())?,
        basis: ask(["要綱の根拠", "the ground in the rules"], "--basis", "第3条第1項第3号（業務委託）")
            .answer(lang, options.basis.as_ref())?,
        baseline: ask(
            ["承認済みの内容の呼び名", "what the approved text is called"],
            "--baseline",
            "令和5年度第3回会議承認済の内容",
        )
        .answer(lang, options.baseline.as_ref())?,
        assessment: options.assessment.clone().unwrap_or_default(),
        date: DATE.answer(lang, options.date.as_ref())?,
    };
    let next = [
        format!("次に：hyoka check {} {} で未記入の項目を見ます。", order.municipality, order.case),
        format!("next: hyoka check {} {}", order.municipality, order.case),
    ];
    Ok(tell(&begin_submission(root, &order)?, lang, &next))
}

fn change(root: &Path, lang: Lang, options: &NewChangeArguments) -> Result<u8, Error> {
    let order = ChangeOrder {
        municipality: TOWN.answer(lang, options.municipality.as_ref())?,
        case: CASE.answer(lang, options.case.as_ref())?,
        owner: if options.shared { ChangeOwner::Shared } else { ChangeOwner::Own },
        id: ask(["変更の ID（半角の英小文字）", "the id of the change"], "--id", "cloud")
            .answer(lang, options.id.as_ref())?,
        reason: ask(["事由", "the reason"], "--reason", "クラウドの利用に伴う追記")
            .answer(lang, options.reason.as_ref())?,
        on: options.on.clone().unwrap_or_default(),
        timing: options.timing.map(|timing| match timing {
            TimingWord::Before => Timing::Before,
            TimingWord::After => Timing::After,
        }),
        note: options.note.clone().unwrap_or_default(),
    };
    let (town, case, id) = (&order.municipality, &order.case, order.id.trim());
    let next = [
        format!("次に：原稿を書き直し、hyoka mark {town} {case} --change {id} で印を付けます。"),
        format!("next: rewrite the text, then hyoka mark {town} {case} --change {id}"),
    ];
    Ok(tell(&begin_change(root, &order)?, lang, &next))
}

/// What was made in two or three lines; what is wrong where nothing was.
fn tell(begun: &Begun, lang: Lang, next: &[String; 2]) -> u8 {
    let Begun { diagnostics, sources, files, empty, terms, .. } = begun;
    if diagnostics.has_errors() {
        report(&errors(diagnostics), sources, lang, Strictness::Errors);
        say(match lang {
            Lang::Ja => "何も書き込んでいません。",
            Lang::En => "nothing was written",
        });
        return MISTAKES;
    }
    let [ja, en] = next;
    let (first, count) = (files.first().map_or("", String::as_str), files.len());
    say(&match (count, lang) {
        (1, Lang::Ja) => format!("書き込みました：{first}"),
        (_, Lang::Ja) => format!("{count} 個のファイルに書き込みました：{} など", folder(files)),
        (1, Lang::En) => format!("written: {first}"),
        (_, Lang::En) => format!("{count} files written: {} …", folder(files)),
    });
    let open = [(*empty > 0).then_some(*empty), (!terms.is_empty()).then_some(terms.len())];
    match (open, lang) {
        ([None, None], _) => {}
        ([items, words], Lang::Ja) => {
            let items = items.map(|count| format!("未記入の項目 {count} 件"));
            let words = words.map(|count| {
                format!("言葉を書く用語 {count} 件（municipality.toml の [terms]：{}）", terms.join("、"))
            });
            say(&items.into_iter().chain(words).collect::<Vec<_>>().join("、"));
        }
        ([items, words], Lang::En) => {
            let items = items.map(|count| format!("{count} item(s) to be filled in"));
            let words = words.map(|count| format!("{count} term(s) without a word ([terms]: {})", terms.join(", ")));
            say(&items.into_iter().chain(words).collect::<Vec<_>>().join(", "));
        }
    }
    say(match lang {
        Lang::Ja => ja,
        Lang::En => en,
    });
    OK
}

/// The folder of the settings that were made, else the first file.
fn folder(files: &[String]) -> &str {
    let settings = files.iter().find(|path| path.ends_with("/case.toml") || path.ends_with("/submission.toml"));
    settings.or(files.first()).map_or("", |path| parted(path).0)
}

/// Only what hinders.
fn errors(diagnostics: &Diagnostics) -> Diagnostics {
    let mut errors = diagnostics.clone();
    errors.take(|found| found.code.severity() != Severity::Error);
    errors
}
