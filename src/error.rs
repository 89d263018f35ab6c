//! What the environment refused: files that cannot be read or written.

use std::path::PathBuf;

/// A failure of the environment, never of the author's text（環境の誤り）.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("読み込めません（cannot read）: {path}: {}", reason(source))]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder could not be written or moved.
    #[error("書き込めません（cannot write）: {path}: {}", reason(source))]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds no `content/`.
    #[error("content/ フォルダーがありません（no content/ folder）: {path}。--root で作業フォルダーを指定してください")]
    NoWorkspace {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file that may be filled in would be overwritten.
    #[error(
        "すでにあるファイルと内容が違います（already there, and different）: {path}。記入済みかもしれないので上書きしません。移すか、別のフォルダーを指定してください"
    )]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A folder that is not ours has something in it.
    #[error(
        "hyoka が作ったフォルダーではなく、中に「{found}」などがあるため、何も書き出しません（not made by hyoka, and not empty）: {path}。空のフォルダーか、まだないフォルダーを指定してください"
    )]
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// Something in it.
        found: String,
    },
    /// A folder is ours, and holds what another command made.
    #[error(
        "{ja}を書き出したフォルダーなので、ほかのものと混ぜられません（holds {en}, which do not mix with other output）: {path}。別のフォルダーを指定してください"
    )]
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What lies in it, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
    },
    /// An output folder would hold, or lie in, what people wrote.
    #[error(
        "ここには書き出せません（no place for output）: {path}。作業フォルダーそのもの、それを含むフォルダー、content/、templates/ の外を指定してください"
    )]
    NoOutputHere {
        /// What was asked for.
        path: PathBuf,
    },
    /// A file, or a link that leads nowhere, stands where a folder would.
    #[error("フォルダーではありません（not a folder）: {path}")]
    NotAFolder {
        /// What was asked for.
        path: PathBuf,
    },
    /// Something of somebody's stands where a file must lie, and cannot be put aside.
    #[error(
        "書き出すファイルの場所に別のものがあるため、何も書き出しません（something else is in its place）: {path}。移してから、もう一度実行してください"
    )]
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// Documents for the public and others would lie in one folder.
    #[error(
        "公表用のフォルダーと、そうでないフォルダーは混ぜられません（public and other documents do not mix）: {path}。別のフォルダーを指定してください"
    )]
    OtherReaders {
        /// The folder.
        path: PathBuf,
    },
    /// Some files are new and some old, and neither could be mended now.
    #[error(
        "書き込みの途中で止まりました（stopped half way）: {path}: {cause}。ファイルを開いているプログラムを閉じて、もう一度実行してください。残りは次の実行が片付けます"
    )]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// What was refused.
        cause: String,
    },
    /// Another run is writing to the same output folder.
    #[error("別の hyoka が出力中です（another run is writing）: {path}")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A template of the workspace cannot be filled.
    #[error("ひな形を使えません（wrong template）: {name}: {detail}")]
    Template {
        /// Path below `templates/`.
        name: String,
        /// What the template engine said.
        detail: String,
    },
    /// A public file holds what is withheld; nothing was put in place.
    #[error(
        "公表してはならない文言が出力に残っています（withheld text in public files）。何も書き出していません。報告：{report}"
    )]
    Withheld {
        /// The report that names the files.
        report: PathBuf,
    },
    /// A file is no longer what was read: somebody has saved it since.
    #[error(
        "読み込んだ後に書き換えられたため、書き込みを止めました（changed since it was read）: {path}。もう一度実行してください"
    )]
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
    },
    /// There is no step of the list that could be taken.
    #[error("{way}せる操作がありません（no step to take）")]
    NoStep {
        /// The stem of what was asked for.
        way: &'static str,
    },
    /// A step is not taken where somebody has changed one of its files since.
    #[error(
        "「{what}」を{way}せません（a file was changed since）。その後に書き換えられたファイル：{paths}。何も書き込んでいません。後の書換えを残すなら、戻したいところを手で直してください。残さないなら、ファイルを操作の直後の内容に戻してから、もう一度実行してください"
    )]
    StepChanged {
        /// The step.
        what: String,
        /// The stem of what was asked for.
        way: &'static str,
        /// The files.
        paths: String,
    },
    /// What is begun never goes over what is there.
    #[error("すでにあります（already there）: {path}。上書きしません。別の名前を付けるか、あるものを移してください")]
    AlreadyThere {
        /// The file or folder.
        path: PathBuf,
    },
    /// The last digit of a code is not the check digit of the others.
    #[error("コード「{found}」の検査数字が違います（wrong check digit）。前の5桁が正しければ「{whole}」です")]
    CheckDigit {
        /// What was given.
        found: String,
        /// The code that it would be.
        whole: String,
    },
    /// The workspace has no such municipality.
    #[error(
        "「{wanted}」という自治体はありません（no such municipality）。自治体：{known}。加えるには hyoka new municipality を使ってください"
    )]
    NoMunicipality {
        /// What was asked for.
        wanted: String,
        /// Those that there are.
        known: String,
    },
    /// A change cannot be declared.
    #[error("{reason}")]
    Change {
        /// Why, in words.
        reason: String,
    },
    /// A new case cannot stand on what was asked for.
    #[error("{reason}")]
    NoBase {
        /// Why, in words.
        reason: String,
    },
    /// Marks are held against an edition, and no wanted case names one.
    #[error("比べる版がありません（no edition to compare with）: {cases}。hyoka freeze で最初の版を確定してください")]
    NoEdition {
        /// The cases.
        cases: String,
    },
    /// There is nothing of that kind and name.
    #[error("{ja}「{wanted}」はありません（no such {en}）{near}。{ja}：{known}")]
    NoSuch {
        /// What is meant, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
        /// What was asked for.
        wanted: String,
        /// The nearest one as a question; empty where none is near.
        near: String,
        /// Those that there are.
        known: String,
    },
    /// Something that a command needs was not said, and nobody is there to be asked.
    #[error("{what}を指定してください（missing）: {option}")]
    NotSaid {
        /// What, in words.
        what: &'static str,
        /// The option.
        option: &'static str,
    },
    /// An edition is never written over.
    #[error("版は書き換えられません（the edition exists）: {id}。別の名前を付けてください")]
    EditionExists {
        /// Slug, case and id.
        id: String,
    },
    /// A case has an edition already: what is in it is replaced by accepting changes, not by freezing again.
    #[error(
        "すでに版があります（there is an edition already）: {id}。変更を取り込むには hyoka accept を使ってください。やむを得ず版を取り直すときは --replace --reason 理由 を付けます（理由は版に残ります）"
    )]
    AlreadyFrozen {
        /// Slug, case and id.
        id: String,
    },
    /// Papers are recorded on an edition that froze what is printed.
    #[error(
        "発出を記録するには、封印した版が要ります（needs a sealed edition）: {case}。hyoka freeze、又は hyoka freeze --seal を先に実行してください"
    )]
    NoBaseline {
        /// Slug and case.
        case: String,
    },
    /// Something that a command was told has the wrong shape.
    #[error("{option} は {expected} の形で書いてください（{option}: write it like {expected}）: {found}")]
    Shape {
        /// The option.
        option: &'static str,
        /// An example.
        expected: &'static str,
        /// What was written.
        found: String,
    },
    /// A file that is to be joined is no list of what was made.
    #[error("成果物一覧（manifest.json）ではありません（no manifest）: {path}: {detail}")]
    NoManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// Two machines made the same file in different ways.
    #[error(
        "二つの成果物一覧で内容が違います（two manifests differ）: {file}: {one} と {other}。同じ原稿と同じ版の hyoka で作り直してください"
    )]
    ManifestsDiffer {
        /// Path below the output folder.
        file: String,
        /// The manifest that was read first.
        one: PathBuf,
        /// The other one.
        other: PathBuf,
    },
    /// A file is not the one that its manifest lists.
    #[error("成果物一覧にあるハッシュと違います（another hash than in the manifest）: {path}。作り直してください")]
    FileDiffers {
        /// The file.
        path: PathBuf,
    },
    /// It is not known where an import goes.
    #[error("取込みに次のものが要ります（the import needs）: {what}")]
    ImportNeeds {
        /// What is missing, and how to say it.
        what: String,
    },
    /// A case has no such item.
    #[error("「{path}」という項目はありません（no such item）{near}")]
    NoItem {
        /// What was asked for.
        path: String,
        /// The nearest item's path as a question; empty where none is near.
        near: String,
    },
    /// Neither a form nor a case has the name.
    #[error("「{wanted}」という様式も事務もありません（no such form or case）。様式：{forms}。事務：{cases}")]
    NoForm {
        /// What was asked for.
        wanted: String,
        /// The forms that there are.
        forms: String,
        /// The cases that there are.
        cases: String,
    },
    /// What was given as a date is none of the calendar.
    #[error(
        "「{given}」という日付はありません。「2026-04-01」や「令和8年4月1日」のように書いてください（no such date）"
    )]
    NoDate {
        /// What was given.
        given: String,
    },
    /// The desk cannot listen.
    #[error(
        "{address} で受け付けられません（cannot listen）: {}。ほかの番号を --port で指定してください",
        reason(source)
    )]
    Listen {
        /// Where.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gave no random bytes, without which no secret can be made.
    #[error("乱数が得られないため、机を開けません（the system gives no random bytes）")]
    NoSecret,
    /// Something that a command needs to be told was given empty.
    #[error("{option} が空です（{option} is empty）")]
    Empty {
        /// The option.
        option: &'static str,
    },
    /// Nothing fits the names given on the command line.
    #[error("当てはまる文書がありません（no document matches）: {wanted}。作れる文書：{known}")]
    NothingMatches {
        /// What was asked for.
        wanted: String,
        /// What exists.
        known: String,
    },
}

impl Error {
    /// Nothing of that kind has the name.
    #[must_use]
    pub fn no_such((ja, en): (&'static str, &'static str), wanted: &str, known: &[String]) -> Self {
        let near = crate::diagnostic::nearest(wanted, known.iter().map(String::as_str));
        let near = near.map(|near| format!("（もしかして「{near}」 / did you mean {near}?）")).unwrap_or_default();
        let known = if known.is_empty() { "なし".to_owned() } else { known.join("、") };
        Self::NoSuch { ja, en, wanted: wanted.to_owned(), near, known }
    }
}

/// What the system said, in words that a clerk can act on where they are known.
fn reason(source: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let known = match source.kind() {
        ErrorKind::NotFound => "ありません（not found）",
        ErrorKind::PermissionDenied => {
            "許可がないか、ほかのプログラムが開いています（not permitted, or open elsewhere）"
        }
        ErrorKind::StorageFull => "ディスクに空きがありません（no space left）",
        ErrorKind::QuotaExceeded => "使える容量を超えています（over the quota）",
        ErrorKind::FileTooLarge => "ファイルの大きさの上限を超えています（larger than files may be）",
        ErrorKind::ReadOnlyFilesystem => "読み取り専用の場所です（read-only）",
        ErrorKind::ResourceBusy => "ほかのプログラムが使っています（in use）",
        _ => return source.to_string(),
    };
    known.to_owned()
}
