//! What each failure says, in Japanese and English. Two lists without a catch-all: a failure without words in both does not compile.

use std::fmt::Display;

use super::Error;

impl Error {
    #[expect(clippy::too_many_lines, reason = "one list of all failures")]
    pub(super) fn japanese(&self) -> String {
        match self {
            Self::Read { path, source } => format!("読み込めません：{}：{}", path.display(), cause(source).0),
            Self::Write { path, source } => format!("書き込めません：{}：{}", path.display(), cause(source).0),
            Self::NoWorkspace { path } => format!(
                "content/ フォルダーがありません：{}。--root で作業フォルダーを指定してください",
                path.display()
            ),
            Self::Exists { path } => format!(
                "すでにあるファイルと内容が違います：{}。記入済みかもしれないので上書きしません。移すか、別のフォルダーを指定してください",
                path.display()
            ),
            Self::NotOurs { path, found } => format!(
                "hyoka が作ったフォルダーではなく、中に「{found}」などがあるため、何も書き出しません：{}。空のフォルダーか、まだないフォルダーを指定してください",
                path.display()
            ),
            Self::OtherKind { path, ja, .. } => format!(
                "{ja}を書き出したフォルダーなので、ほかのものと混ぜられません：{}。別のフォルダーを指定してください",
                path.display()
            ),
            Self::NoOutputHere { path } => format!(
                "ここには書き出せません：{}。作業フォルダーそのもの、それを含むフォルダー、content/、templates/ の外を指定してください",
                path.display()
            ),
            Self::NotAFolder { path } => format!("フォルダーではありません：{}", path.display()),
            Self::InTheWay { path } => format!(
                "書き出すファイルの場所に別のものがあるため、何も書き出しません：{}。移してから、もう一度実行してください",
                path.display()
            ),
            Self::OtherReaders { path } => format!(
                "公表用のフォルダーと、そうでないフォルダーは混ぜられません：{}。別のフォルダーを指定してください",
                path.display()
            ),
            Self::Unfinished { path, cause } => format!(
                "書き込みの途中で止まりました：{}：{cause}。ファイルを開いているプログラムを閉じて、もう一度実行してください。残りは次の実行が片付けます",
                path.display()
            ),
            Self::Locked { path } => format!("別の hyoka が出力中です：{}", path.display()),
            Self::Template { name, detail } => format!("ひな形を使えません：{name}：{detail}"),
            Self::Withheld { report } => format!(
                "公表してはならない文言が出力に残っています。何も書き出していません。報告：{}",
                report.display()
            ),
            Self::ChangedMeanwhile { path } => format!(
                "読み込んだ後に書き換えられたため、書き込みを止めました：{}。もう一度実行してください",
                path.display()
            ),
            Self::NoStep { ja, .. } => format!("{ja}せる操作がありません"),
            Self::StepChanged { what, ja, paths, .. } => format!(
                "「{what}」を{ja}せません。その後に書き換えられたファイル：{}。何も書き込んでいません。後の書換えを残すなら、戻したいところを手で直してください。残さないなら、ファイルを操作の直後の内容に戻してから、もう一度実行してください",
                paths.join("、")
            ),
            Self::AlreadyThere { path } => format!(
                "すでにあります：{}。上書きしません。別の名前を付けるか、あるものを移してください",
                path.display()
            ),
            Self::CheckDigit { found, whole } => {
                format!("コード「{found}」の検査数字が違います。前の5桁が正しければ「{whole}」です")
            }
            Self::NoMunicipality { wanted, known } => format!(
                "「{wanted}」という自治体はありません。自治体：{}。加えるには hyoka new municipality を使ってください",
                those(known)
            ),
            Self::Change { reason } | Self::NoBase { reason } => reason.ja.clone(),
            Self::NoEdition { cases } => {
                format!("比べる版がありません：{}。hyoka freeze で最初の版を確定してください", cases.join("、"))
            }
            Self::NoSuch { ja, wanted, near, known, .. } => {
                format!("{ja}「{wanted}」はありません{}。{ja}：{}", perhaps(near.as_ref()), those(known))
            }
            Self::NotSaid { ja, option, .. } => format!("{ja}を指定してください：{option}"),
            Self::EditionExists { edition } => exists_ja(edition),
            Self::IssueExists { issue } => exists_ja(issue),
            Self::AlreadyFrozen { edition } => format!(
                "すでに版があります：{edition}。変更を取り込むには hyoka accept を使ってください。やむを得ず版を取り直すときは --replace --reason 理由 を付けます（理由は版に残ります）"
            ),
            Self::NoBaseline { case } => format!(
                "発出を記録するには、封印した版が要ります：{case}。hyoka freeze、又は hyoka freeze --seal を先に実行してください"
            ),
            Self::Shape { option, expected, found } => {
                format!("{option} は {expected} の形で書いてください：{found}")
            }
            Self::NoManifest { path, detail } => {
                format!("成果物一覧（manifest.json）ではありません：{}：{}", path.display(), detail.ja)
            }
            Self::ManifestsDiffer { file, one, other } => format!(
                "二つの成果物一覧で内容が違います：{file}：{} と {}。同じ原稿と同じ版の hyoka で作り直してください",
                one.display(),
                other.display()
            ),
            Self::FileDiffers { path } => {
                format!("成果物一覧にあるハッシュと違います：{}。作り直してください", path.display())
            }
            Self::ImportNeeds { ja, .. } => format!("取込みに次のものが要ります：{ja}"),
            Self::NoItem { path, near } => format!("「{path}」という項目はありません{}", perhaps(near.as_ref())),
            Self::NoForm { wanted, forms, cases } => {
                format!("「{wanted}」という様式も事務もありません。様式：{}。事務：{}", those(forms), those(cases))
            }
            Self::NoDate { given } => {
                format!("「{given}」という日付はありません。「2026-04-01」や「令和8年4月1日」のように書いてください")
            }
            Self::Listen { address, source } => {
                format!("{address} で受け付けられません：{}。ほかの番号を --port で指定してください", cause(source).0)
            }
            Self::NoSecret => "乱数が得られないため、机を開けません".to_owned(),
            Self::Empty { option } => format!("{option} が空です"),
            Self::NothingMatches { wanted, known } => {
                if wanted.is_empty() && known.is_empty() {
                    return "作る文書がまだありません。hyoka new assessment で評価書を始めてください".to_owned();
                }
                format!("「{wanted}」に当てはまるものがありません。あるもの：{}", those(known))
            }
        }
    }

    pub(super) fn english(&self) -> String {
        match self {
            Self::Read { path, source } => format!("cannot read {}: {}", path.display(), cause(source).1),
            Self::Write { path, source } => format!("cannot write {}: {}", path.display(), cause(source).1),
            Self::NoWorkspace { path } => {
                format!("no content/ folder in {}; name the workspace with --root", path.display())
            }
            Self::Exists { path } => format!(
                "{} is already there, and different: it may be filled in, so it is not written over; move it, or name another folder",
                path.display()
            ),
            Self::NotOurs { path, found } => format!(
                "{} was not made by hyoka and holds {found}, so nothing is written; name an empty folder, or one that is not there yet",
                path.display()
            ),
            Self::OtherKind { path, en, .. } => {
                format!("{} holds {en}, which do not mix with other output; name another folder", path.display())
            }
            Self::NoOutputHere { path } => format!(
                "{} is no place for output; name a folder that is not the workspace, does not hold it, and lies outside of content/ and templates/",
                path.display()
            ),
            Self::NotAFolder { path } => format!("{} is not a folder", path.display()),
            Self::InTheWay { path } => format!(
                "something else stands at {}, so nothing is written; move it, and run this again",
                path.display()
            ),
            Self::OtherReaders { path } => format!(
                "documents for the public and others do not mix in one folder: {}; name another folder",
                path.display()
            ),
            Self::Unfinished { path, cause } => format!(
                "writing stopped half way in {}: {cause}; close what has a file open, and run this again: the next run tidies up",
                path.display()
            ),
            Self::Locked { path } => format!("another run is writing there: {}", path.display()),
            Self::Template { name, detail } => format!("the template {name} cannot be used: {detail}"),
            Self::Withheld { report } => format!(
                "withheld text is left in public files, so nothing was written; the report is {}",
                report.display()
            ),
            Self::ChangedMeanwhile { path } => {
                format!("{} was changed since it was read, so nothing was written; run this again", path.display())
            }
            Self::NoStep { en, .. } => format!("there is no step to be {en}"),
            Self::StepChanged { what, en, paths, .. } => format!(
                "the step {what} cannot be {en}, since these files were changed after it: {}; nothing was written. To keep the later words, mend by hand what you want back; else give the files the text that they had right after the step, and run this again",
                paths.join(", ")
            ),
            Self::AlreadyThere { path } => format!(
                "{} is already there and is not written over; give another name, or move what is there",
                path.display()
            ),
            Self::CheckDigit { found, whole } => {
                format!("the code {found} has a wrong check digit; if its first five digits are right, it is {whole}")
            }
            Self::NoMunicipality { wanted, known } => {
                format!("no such municipality: {wanted}; there are {}; hyoka new municipality adds one", these(known))
            }
            Self::Change { reason } | Self::NoBase { reason } => reason.en.clone(),
            Self::NoEdition { cases } => {
                format!("no edition to compare with: {}; make the first one with hyoka freeze", cases.join(", "))
            }
            Self::NoSuch { en, wanted, near, known, .. } => {
                format!("no such {en}: {wanted}{}; there are {}", maybe(near.as_ref()), these(known))
            }
            Self::NotSaid { en, option, .. } => format!("say {en}: {option}"),
            Self::EditionExists { edition } => exists_en(edition),
            Self::IssueExists { issue } => exists_en(issue),
            Self::AlreadyFrozen { edition } => format!(
                "there is an edition already: {edition}; hyoka accept takes changes over. Where it must be made anew, --replace --reason WHY does so, and the reason stays in it"
            ),
            Self::NoBaseline { case } => format!(
                "a paper is recorded on a sealed edition, and {case} has none; run hyoka freeze, or hyoka freeze --seal, first"
            ),
            Self::Shape { option, expected, found } => format!("write {option} like {expected}, not {found}"),
            Self::NoManifest { path, detail } => format!("{} is no manifest: {}", path.display(), detail.en),
            Self::ManifestsDiffer { file, one, other } => format!(
                "two manifests differ in {file}: {} and {}; make both anew from the same text with the same hyoka",
                one.display(),
                other.display()
            ),
            Self::FileDiffers { path } => {
                format!("{} has another hash than in the manifest; make it anew", path.display())
            }
            Self::ImportNeeds { en, .. } => format!("the import needs {en}"),
            Self::NoItem { path, near } => format!("no such item: {path}{}", maybe(near.as_ref())),
            Self::NoForm { wanted, forms, cases } => {
                format!("no such form or case: {wanted}; forms: {}; cases: {}", these(forms), these(cases))
            }
            Self::NoDate { given } => format!("no such date: {given}; write it like 2026-04-01 or 令和8年4月1日"),
            Self::Listen { address, source } => {
                format!("cannot listen at {address}: {}; name another port with --port", cause(source).1)
            }
            Self::NoSecret => "the system gives no random bytes, so the desk cannot be opened".to_owned(),
            Self::Empty { option } => format!("{option} is empty"),
            Self::NothingMatches { wanted, known } => {
                if wanted.is_empty() && known.is_empty() {
                    return "there is no document to make yet; begin an assessment with hyoka new assessment"
                        .to_owned();
                }
                format!("nothing matches {wanted}; there are {}", these(known))
            }
        }
    }
}

fn exists_ja(name: &impl Display) -> String {
    format!("版は書き換えられません：{name}。別の名前を付けてください")
}

fn exists_en(name: &impl Display) -> String {
    format!("the edition {name} is there, and an edition is not written over; give another name")
}

fn those(known: &[String]) -> String {
    if known.is_empty() { "なし".to_owned() } else { known.join("、") }
}

fn these(known: &[String]) -> String {
    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
}

fn perhaps(near: Option<&String>) -> String {
    near.map(|near| format!("（もしかして「{near}」）")).unwrap_or_default()
}

fn maybe(near: Option<&String>) -> String {
    near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default()
}

/// What the system said, in words that a clerk can act on where they are known.
fn cause(source: &std::io::Error) -> (String, String) {
    use std::io::ErrorKind;
    let (ja, en) = match source.kind() {
        ErrorKind::NotFound => ("ありません", "not found"),
        ErrorKind::PermissionDenied => {
            ("許可がないか、ほかのプログラムが開いています", "not permitted, or open elsewhere")
        }
        ErrorKind::StorageFull => ("ディスクに空きがありません", "no space left"),
        ErrorKind::QuotaExceeded => ("使える容量を超えています", "over the quota"),
        ErrorKind::FileTooLarge => ("ファイルの大きさの上限を超えています", "larger than files may be"),
        ErrorKind::ReadOnlyFilesystem => ("読み取り専用の場所です", "read-only"),
        ErrorKind::ResourceBusy => ("ほかのプログラムが使っています", "in use"),
        _ => return (source.to_string(), source.to_string()),
    };
    (ja.to_owned(), en.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{Error as IoError, ErrorKind};

    use super::Error;
    use crate::diagnostic::Lang;

    #[test]
    fn each_language_stands_alone() {
        let source = IoError::from(ErrorKind::PermissionDenied);
        let error = Error::Write { path: "build/a.pdf".into(), source };
        let ja = "書き込めません：build/a.pdf：許可がないか、ほかのプログラムが開いています";
        assert_eq!(error.words(Lang::Ja), ja);
        assert_eq!(error.to_string(), ja);
        assert_eq!(error.words(Lang::En), "cannot write build/a.pdf: not permitted, or open elsewhere");
    }

    #[test]
    fn the_nearest_name_is_asked_for() {
        let error = Error::no_such(("版", "edition"), "soan2", &["soan-2".to_owned()]);
        assert_eq!(error.words(Lang::En), "no such edition: soan2 (did you mean soan-2?); there are soan-2");
        assert_eq!(error.words(Lang::Ja), "版「soan2」はありません（もしかして「soan-2」）。版：soan-2");
        assert!(Error::no_such(("版", "edition"), "zz", &[""; 0]).words(Lang::Ja).ends_with("版：なし"));
    }

    #[test]
    fn who_has_nothing_yet_is_told_how_to_begin() {
        let matches = |wanted: &str, known: &[&str]| Error::NothingMatches {
            wanted: wanted.to_owned(),
            known: known.iter().map(|known| (*known).to_owned()).collect(),
        };
        let none = matches("", &[]);
        assert!(none.words(Lang::Ja).contains("hyoka new assessment"), "{none}");
        assert!(none.words(Lang::En).contains("hyoka new assessment"));
        let other = matches("aoba zei", &["aoba/juki"]);
        assert_eq!(other.words(Lang::Ja), "「aoba zei」に当てはまるものがありません。あるもの：aoba/juki");
        assert_eq!(other.words(Lang::En), "nothing matches aoba zei; there are aoba/juki");
    }
}
