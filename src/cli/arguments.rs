//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::diagnostic::{Code, Lang, nearest};
use crate::model::manifest::Audience;
use crate::session::Shard;

/// 特定個人情報保護評価書とその関連文書を、一つの原稿から作る
#[derive(Debug, Parser)]
#[command(name = "hyoka", version = super::version(), about, after_help = EXAMPLES, propagate_version = true)]
pub(super) struct Arguments {
    /// 作業フォルダー（content/ があるフォルダー）
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub(super) root: PathBuf,
    /// 表示の言語
    #[arg(long, global = true, value_enum, default_value_t = Lang::Ja)]
    pub(super) lang: Lang,
    /// すること
    #[command(subcommand)]
    pub(super) command: Command,
}

/// すること
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 文書を作る（build/ に書き出す）
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArguments),
    /// 原稿の誤りをすべて挙げる（何も書き出さない）
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// 点検済を記録し、点検の状況を挙げる
    #[command(subcommand)]
    Review(ReviewCommand),
    /// 変更を、箇所、ページ、事由とともに挙げる
    #[command(after_help = CHANGES_EXAMPLES)]
    Changes {
        /// 自治体（例：shinjuku）
        municipality: Option<String>,
        /// 事務（例：kokuho）
        case: Option<String>,
        /// 誰が読むものとして挙げるか
        #[arg(long, value_enum, default_value_t = Audience::Submission)]
        audience: Audience,
        /// この版からの、印字されるものの違いを挙げる（変更の印によらない）
        #[arg(long, value_name = "EDITION", requires_all = ["municipality", "case"])]
        since: Option<String>,
        /// この版までの違い（省くと、今の原稿の改定前）
        #[arg(long, value_name = "EDITION", requires = "since")]
        until: Option<String>,
        /// プログラムで読む形（JSON）で標準出力に書く
        #[arg(long)]
        json: bool,
    },
    /// 検査規則の一覧（手引の頁）を標準出力に書く
    Rules,
    /// チェックリストを書き出す、記入された回答を取り込む
    #[command(subcommand, after_help = CHECKLIST_EXAMPLES)]
    Checklist(ChecklistCommand),
    /// 意見の募集で寄せられた意見のブックを書き出す、記入されたブックを取り込む
    #[command(subcommand, after_help = COMMENTS_EXAMPLES)]
    Comments(CommentsCommand),
    /// 版と違うところに変更の印を付ける
    #[command(after_help = MARK_EXAMPLES)]
    Mark(MarkArguments),
    /// 変更の印を本文に溶け込ませ、新しい版を確定する
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(AcceptArguments),
    /// 今の原稿の改定前の内容を、最初の版として確定する
    #[command(after_help = FREEZE_EXAMPLES)]
    Freeze(FreezeArguments),
    /// 語句を、記載、項目名、項目の ID から探し、場所とページを挙げる
    #[command(after_help = SEARCH_EXAMPLES)]
    Search(SearchArguments),
    /// 新しく作る（作業フォルダー、自治体、評価書、付議事項、チェックリスト、変更）
    #[command(subcommand, after_help = NEW_EXAMPLES)]
    New(NewCommand),
    /// 前の操作（印、溶け込み、取込み、点検済など）を取り消す、やり直す
    #[command(after_help = UNDO_EXAMPLES)]
    Undo(UndoArguments),
    /// 発出した文書（会議への提出、意見の募集など）を記録する
    #[command(after_help = ISSUE_EXAMPLES)]
    Issue(IssueArguments),
    /// 分担して作った成果物一覧を扱う
    #[command(subcommand, after_help = MANIFEST_EXAMPLES)]
    Manifest(ManifestCommand),
    /// 様式の項目のID、種類、選択肢、書くことを挙げる
    #[command(after_help = ITEMS_EXAMPLES)]
    Items(ItemsArguments),
    /// 机をブラウザーで開く（閲覧、記入、誤りの確認。このパソコンの中だけで動く）
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// エディターの中で使う（誤りの表示、補完、説明、定義へ移る、改名。何も書き込まない）
    #[command(after_help = LSP_EXAMPLES)]
    Lsp(LspArguments),
    /// 評価書を並べ、見直しと再実施の期限を挙げる（台帳）
    #[command(after_help = REGISTER_EXAMPLES)]
    Register(RegisterArguments),
    /// 事務を別の版の様式に移す
    #[command(subcommand)]
    Form(FormCommand),
    /// 様式の表計算ファイルで作られた評価書を content/ に取り込む
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportArguments),
    /// 原稿の TOML の書式（JSON Schema）を書き出す
    Schema {
        /// 書き出すフォルダー（今いるフォルダーから。省くと、作業フォルダーの schemas）
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// シェルの補完を標準出力に書く
    Completions {
        /// シェル
        #[arg(value_enum)]
        shell: Shell,
    },
    /// コマンドの説明を、man の頁として標準出力に書く
    Man {
        /// コマンド（省くと、hyoka の頁）
        command: Vec<String>,
    },
}

/// チェックリストについてすること
#[derive(Debug, Subcommand)]
pub(super) enum ChecklistCommand {
    /// チェックリスト（Excel）を書き出す
    Export {
        /// 自治体（例：shinjuku）
        municipality: Option<String>,
        /// 事務（例：kokuho-cloud）
        case: Option<String>,
        /// 写しを置くフォルダー（今いるフォルダーから。省くと、作業フォルダーの build/ の中だけ）
        #[arg(short = 'o', long = "out", value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// 記入されたチェックリスト（.xlsx .xls .ods）の回答を取り込む
    Import {
        /// 返送されたファイル、又はそれを置いたフォルダー
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// 変わった回答を原稿に書き込む（付けないときは報告だけ）
        #[arg(long)]
        write: bool,
    },
}

/// 意見についてすること
#[derive(Debug, Subcommand)]
pub(super) enum CommentsCommand {
    /// 意見と考え方のブック（Excel）を書き出す
    Export {
        /// 自治体（例：midori）
        municipality: Option<String>,
        /// 事務（例：kokuho）
        case: Option<String>,
        /// 写しを置くフォルダー（今いるフォルダーから。省くと、作業フォルダーの build/ の中だけ）
        #[arg(short = 'o', long = "out", value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// 記入されたブック（.xlsx .xls .ods）の意見と考え方を comments.toml に取り込む。氏名や連絡先の列は取り込まない
    Import {
        /// 記入されたファイル、又はそれを置いたフォルダー
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// 自治体（書き出したブックでないとき。例：midori）
        #[arg(long, value_name = "SLUG", requires = "case")]
        municipality: Option<String>,
        /// 事務（書き出したブックでないとき。例：kokuho）
        #[arg(long, value_name = "CASE", requires = "municipality")]
        case: Option<String>,
        /// 変わった欄と新しい行を原稿に書き込む（付けないときは報告だけ）
        #[arg(long)]
        write: bool,
    },
}

/// 点検
#[derive(Debug, Subcommand)]
pub(super) enum ReviewCommand {
    /// 項目を点検済とし、いまの記載に結び付けて記録する（reviewed.toml）
    #[command(after_help = SIGN_EXAMPLES)]
    Sign(SignArguments),
    /// 点検済、点検後に変更、未点検の項目を、節ごとに挙げる
    Report {
        /// 自治体（例：shinjuku）
        municipality: Option<String>,
        /// 事務（例：kokuho）
        case: Option<String>,
        /// 結果の形
        #[arg(long, value_enum, default_value_t = ReviewFormat::Human)]
        format: ReviewFormat,
    },
}

/// `review sign` の指定
#[derive(Debug, Args)]
pub(super) struct SignArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: String,
    /// 事務（例：kokuho）
    pub(super) case: String,
    /// 項目のパス（例：basic/work-content）。basic のように書けば、その下のすべて
    #[arg(required = true, value_name = "ITEM")]
    pub(super) items: Vec<String>,
    /// 点検者の課名・役職（個人の氏名は書かない）
    #[arg(long, value_name = "WHO")]
    pub(super) by: String,
    /// 点検日（例：令和8年4月1日）
    #[arg(long, value_name = "DATE")]
    pub(super) on: String,
}

/// 点検の状況の形
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReviewFormat {
    /// 人が読む形
    Human,
    /// JSON（schemas/review.schema.json の形）
    Json,
}

/// `check` の指定
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// 自治体（例：shinjuku）。指定しないときはすべて
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）。指定しないときはすべて
    pub(super) case: Option<String>,
    /// 結果の形
    #[arg(long, value_enum, default_value_t = DiagnosticFormat::Human)]
    pub(super) format: DiagnosticFormat,
    /// コードの意味、理由、正しい例、根拠を表示する（原稿は読まない）
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub(super) explain: Option<Code>,
}

/// 結果の形
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// 人が読む形
    Human,
    /// 1件1行
    #[value(help = "1件1行（パス:行:列: 重さ[コード]: 内容）")]
    Short,
    /// JSON（schemas/diagnostics.schema.json の形）
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// The code that a word on the command line names.
fn code(word: &str) -> Result<Code, String> {
    Code::find(word).ok_or_else(|| {
        let near = nearest(&word.to_uppercase(), Code::all().iter().map(|code| code.id())).map(str::to_owned);
        let near = near.map(|near| format!("（もしかして「{near}」 / did you mean {near}?）")).unwrap_or_default();
        format!("そのようなコードはありません（no such code）{near}")
    })
}

/// `build` の指定
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) which: Which,
    /// 誰に出すものを作るか（指定しないと、文書ごとの設定による）
    #[arg(long, value_enum)]
    pub(super) audience: Option<Audience>,
    /// 書き出すフォルダー（今いるフォルダーから。省くと、作業フォルダーの build、公表用は build-public）
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// 組版のひな形とデータを、今いるフォルダーから見たこのフォルダーに書き出す（PDF は作らない）
    #[arg(long, value_name = "DIR")]
    pub(super) emit_typst: Option<PathBuf>,
    /// 自治体を N に分けたうちの K 番目（1から）だけを作る。K は全国地方公共団体コードから決まり、自治体が増えても動かない
    #[arg(long, value_name = "K/N", conflicts_with = "emit_typst")]
    pub(super) shard: Option<Shard>,
    /// 注意があるときも誤りとして終える
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// 成果物一覧についてすること
#[derive(Debug, Subcommand)]
pub(super) enum ManifestCommand {
    /// 分担して作った成果物一覧（manifest.json）を一つにする
    Join(JoinArguments),
}

/// `manifest join` の指定
#[derive(Debug, Args)]
pub(super) struct JoinArguments {
    /// 書き出す成果物一覧
    #[arg(value_name = "OUT")]
    pub(super) out: PathBuf,
    /// 分担ごとの成果物一覧、又はそれがあるフォルダー（すべての分担を挙げる）
    #[arg(required = true, value_name = "MANIFEST")]
    pub(super) parts: Vec<PathBuf>,
    /// 成果物そのものがあるか、ハッシュが同じかを確かめない
    #[arg(long)]
    pub(super) without_files: bool,
}

/// `import` の指定
#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// 評価書の表計算ファイル（.xlsx、.xlsm、.ods、.xls）
    #[arg(value_name = "FORM.xlsx")]
    pub(super) file: PathBuf,
    /// 取込先の自治体（半角英数字とハイフン）。hyoka の assessment.xlsx では省ける
    #[arg(long, value_name = "SLUG")]
    pub(super) municipality: Option<String>,
    /// 取込先の事務（半角英数字とハイフン）
    #[arg(long, value_name = "CASE")]
    pub(super) case: Option<String>,
    /// 主な評価書に併せて作る評価書（様式4のある事務の様式2など）のID。主な評価書が先に原稿になっていること
    #[arg(long, value_name = "ID")]
    pub(super) beside: Option<String>,
    /// 様式（例：zenkomoku-h30-05）。省くと、項目名から決める
    #[arg(long, value_name = "FORM")]
    pub(super) form: Option<String>,
    /// 新しい自治体の名称
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// 新しい自治体の全国地方公共団体コード
    #[arg(long, value_name = "CODE")]
    pub(super) code: Option<String>,
    /// 評価書の名称
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// 評価書の日付（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// 原稿を書き出す。省くと、読み取れたことと読み取れないことを知らせるだけで、何も書かない
    #[arg(long)]
    pub(super) write: bool,
}

/// `items` の指定
#[derive(Debug, Args)]
pub(super) struct ItemsArguments {
    /// 様式（例：zenkomoku-h30-05）、又は事務（例：kokuho、shinjuku/kokuho）。省くと、様式を挙げる
    #[arg(value_name = "FORM|CASE")]
    pub(super) wanted: Option<String>,
    /// この節だけを挙げる（例：basic）
    #[arg(long, value_name = "SECTION", requires = "wanted")]
    pub(super) section: Option<String>,
    /// プログラムで読む形（JSON）で標準出力に書く
    #[arg(long, conflicts_with = "xlsx", requires = "wanted")]
    pub(super) json: bool,
    /// 表計算ファイルに書き出す（今いるフォルダーから）
    #[arg(long, value_name = "FILE.xlsx", requires = "wanted")]
    pub(super) xlsx: Option<PathBuf>,
}

/// 様式についてすること
#[derive(Debug, Subcommand)]
pub(super) enum FormCommand {
    /// 同じIDの記載を残し、改名した項目を改め、なくなった項目の記載を archive/ に移す
    #[command(after_help = MOVE_EXAMPLES)]
    Move(MoveArguments),
}

/// `form move` の指定
#[derive(Debug, Args)]
pub(super) struct MoveArguments {
    /// 事務（例：kokuho）
    pub(super) case: String,
    /// 移す先の様式
    #[arg(long, value_name = "FORM")]
    pub(super) to: String,
    /// 変更日（例：令和8年4月1日）。変更箇所の行に印刷する
    #[arg(long, value_name = "DATE")]
    pub(super) on: String,
    /// 併せて作る評価書（[[beside]]）のID。省くと、事務の主な評価書
    #[arg(long, value_name = "ID")]
    pub(super) beside: Option<String>,
    /// 書き込まずに、移すものを挙げる
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `register` の指定
#[derive(Debug, Args)]
pub(super) struct RegisterArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）
    pub(super) case: Option<String>,
    /// この日までに見直し又は再実施の期限が来るものだけを挙げる（例：令和9年3月31日）
    #[arg(long, value_name = "DATE")]
    pub(super) due: Option<String>,
    /// プログラムで読む形（JSON）で標準出力に書く
    #[arg(long)]
    pub(super) json: bool,
}

/// `mark` の指定
#[derive(Debug, Args)]
pub(super) struct MarkArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）
    pub(super) case: Option<String>,
    /// 比べる版（省くと、事務の原稿が比べている版）
    #[arg(long, value_name = "EDITION")]
    pub(super) since: Option<String>,
    /// 印が属する変更の ID（changes.toml）。省くと、ID のない印を付ける
    #[arg(long, value_name = "ID")]
    pub(super) change: Option<String>,
    /// 表記だけの違い（全角・半角、句読点、空白）にも印を付ける
    #[arg(long)]
    pub(super) notation: bool,
    /// 書き込まず、付ける印を挙げる
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `accept` の指定
#[derive(Debug, Args)]
pub(super) struct AcceptArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: String,
    /// 事務（例：kokuho）
    pub(super) case: String,
    /// 版の名前（content/editions/ のフォルダー名になる）
    #[arg(long, value_name = "EDITION")]
    pub(super) edition: String,
    /// 版の説明（例：令和6年4月公表の評価書）
    #[arg(long, default_value = "", value_name = "TEXT")]
    pub(super) title: String,
    /// 溶け込ませる変更の ID。省くと、この事務のすべての変更（何度でも指定できる）
    #[arg(long = "change", value_name = "ID")]
    pub(super) changes: Vec<String>,
    /// 書き込まず、変わるファイルを挙げる
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `freeze` の指定
#[derive(Debug, Args)]
pub(super) struct FreezeArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: String,
    /// 事務（例：kokuho）
    pub(super) case: String,
    /// 版の名前（content/editions/ のフォルダー名になる）
    #[arg(long, value_name = "EDITION", required_unless_present = "seal")]
    pub(super) edition: Option<String>,
    /// 版の説明（例：令和5年3月公表の評価書）
    #[arg(long, default_value = "", value_name = "TEXT")]
    pub(super) title: String,
    /// 版があっても取り直す（違いは変更の一覧に載らない）
    #[arg(long, requires = "reason")]
    pub(super) replace: bool,
    /// 取り直す理由（版に残る）
    #[arg(long, requires = "replace", value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// 新しい版は作らず、封印のない版を封印する
    #[arg(long, conflicts_with_all = ["edition", "replace"])]
    pub(super) seal: bool,
}

/// `search` の指定
#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    /// 探す語句（全角と半角、大文字と小文字は区別しない）
    #[arg(value_name = "TEXT")]
    pub(super) text: String,
    /// 自治体（例：shinjuku）。省くと、すべて
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）。省くと、すべて
    pub(super) case: Option<String>,
    /// プログラムで読む形（JSON）で標準出力に書く
    #[arg(long)]
    pub(super) json: bool,
}

/// 新しく作るもの
#[derive(Debug, Subcommand)]
pub(super) enum NewCommand {
    /// 作業フォルダーを作る
    Workspace {
        /// 作るフォルダー（今いるフォルダーから）
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// 自治体を加える
    Municipality {
        /// フォルダーの名前になる半角の英小文字、数字、ハイフン（例：midori）
        #[arg(value_name = "SLUG")]
        slug: Option<String>,
        /// 名称（例：みどり市）
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// 全国地方公共団体コード（6桁）
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// 評価書を始める（様式だけから、正本から、又はほかの自治体の評価書から）
    Assessment(NewAssessmentArguments),
    /// 付議事項を始める
    Submission(NewSubmissionArguments),
    /// 付議事項のチェックリストを始める
    Checklist {
        /// 自治体（例：midori）
        municipality: Option<String>,
        /// 付議事項（例：kokuho-cloud）
        case: Option<String>,
        /// チェックリストの表題
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
    },
    /// 変更を登録する（changes.toml に [[change]] を書き加える）
    Change(NewChangeArguments),
}

/// `new assessment` の指定
#[derive(Debug, Args)]
pub(super) struct NewAssessmentArguments {
    /// 自治体（例：midori）
    pub(super) municipality: Option<String>,
    /// 事務。フォルダーの名前になる半角の英小文字、数字、ハイフン（例：kokuho）
    pub(super) case: Option<String>,
    /// 様式だけから始める（例：kisokomoku-r6-10。様式は hyoka items で見る）
    #[arg(long, value_name = "FORM", conflicts_with_all = ["base", "from"])]
    pub(super) form: Option<String>,
    /// 正本（content/assessments/ にある、どの自治体にも通じる文）から始める
    #[arg(long, conflicts_with = "from")]
    pub(super) base: bool,
    /// ほかの自治体の評価書を写して始める（例：hikari/kokuho）
    #[arg(long, value_name = "TOWN/CASE")]
    pub(super) from: Option<String>,
    /// 評価書の名称
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// 評価書の日付（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// 特定個人情報ファイルの名称（--form のときだけ。何度でも指定できる）
    #[arg(long = "file", value_name = "NAME")]
    pub(super) files: Vec<String>,
}

/// `new submission` の指定
#[derive(Debug, Args)]
pub(super) struct NewSubmissionArguments {
    /// 自治体（例：midori）
    pub(super) municipality: Option<String>,
    /// 付議事項。フォルダーの名前になる半角の英小文字、数字、ハイフン（例：kokuho-cloud）
    pub(super) case: Option<String>,
    /// 会議体の様式（content/municipalities/自治体/forms/ にあるもの）
    #[arg(long, value_name = "FORM")]
    pub(super) form: Option<String>,
    /// 件名
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// 会議体の名称
    #[arg(long, value_name = "NAME")]
    pub(super) meeting: Option<String>,
    /// 担当部課
    #[arg(long, value_name = "NAME")]
    pub(super) division: Option<String>,
    /// 要綱の根拠
    #[arg(long, value_name = "TEXT")]
    pub(super) basis: Option<String>,
    /// 変更を比べる、承認済みの内容の呼び名
    #[arg(long, value_name = "TEXT")]
    pub(super) baseline: Option<String>,
    /// 根拠になる評価書の事務（なければ省く）
    #[arg(long, value_name = "CASE")]
    pub(super) assessment: Option<String>,
    /// 日付（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
}

/// `new change` の指定
#[derive(Debug, Args)]
pub(super) struct NewChangeArguments {
    /// 自治体（例：midori）
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）
    pub(super) case: Option<String>,
    /// 変更の ID（半角の英小文字、数字、ハイフン）
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// 事由
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// 変更日（例：令和8年4月1日）
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
    /// 提出時期（事前、事後）
    #[arg(long, value_name = "TIMING")]
    pub(super) timing: Option<TimingWord>,
    /// 提出時期に係る説明
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// この自治体だけでなく、正本を使うすべての自治体の変更にする
    #[arg(long)]
    pub(super) shared: bool,
}

/// 提出時期
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimingWord {
    /// 事前に評価を実施する
    #[value(name = "事前", alias = "before")]
    Before,
    /// 事後に評価を実施する
    #[value(name = "事後", alias = "after")]
    After,
}

/// `undo` の指定
#[derive(Debug, Args)]
pub(super) struct UndoArguments {
    /// 取り消さずに、操作を新しい順に挙げる
    #[arg(long, conflicts_with = "redo")]
    pub(super) list: bool,
    /// 取り消した操作をやり直す
    #[arg(long)]
    pub(super) redo: bool,
}

/// `issue` の指定
#[derive(Debug, Args)]
pub(super) struct IssueArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: String,
    /// 事務（例：kokuho）
    pub(super) case: String,
    /// 記録の名前（半角英数字とハイフン）
    #[arg(long, value_name = "ID")]
    pub(super) id: String,
    /// 何として発出したか（例：パブリック・コメントに付した素案）
    #[arg(long, value_name = "TEXT")]
    pub(super) title: String,
    /// 発出した日（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(super) date: String,
}

/// どの文書か
#[derive(Debug, Args)]
pub(super) struct Which {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Option<String>,
    /// 事務（例：kokuho）
    pub(super) case: Option<String>,
    /// 文書（例：change-list）
    pub(super) document: Option<String>,
}

const IMPORT_EXAMPLES: &str = "\
例：
  hyoka import build/hikari/zei/assessment.xlsx
  hyoka import 評価書.xlsx --municipality hikari --case zei --name ひかり町 --code 999997 --date 2026-04-01
  hyoka import 評価書.xlsx --municipality hikari --case zei --write

既にある原稿は上書きしません。";

const REGISTER_EXAMPLES: &str = "\
例：
  hyoka register
  hyoka register shinjuku --due 令和9年3月31日
  hyoka register --json > register.json

見直しは公表日（前の見直しの日）から1年、再実施は公表日から5年です。公表日のない案には、期限がありません。
パソコンの時計は使いません。いつまでの期限かは --due で指定します。";

/// `serve` の指定
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// 受け付ける番号（127.0.0.1 のポート。0 のときは空いている番号）
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) port: u16,
    /// いつも使うブラウザーで開く
    #[arg(long)]
    pub(super) open: bool,
    /// 見るだけにする（何も書き込まない）
    #[arg(long)]
    pub(super) read_only: bool,
}

const SERVE_EXAMPLES: &str = "\
例：
  hyoka serve --open
  hyoka serve --port 8470
  hyoka serve --read-only

表示されたアドレスをブラウザーで開きます。アドレスには、この起動だけの鍵が入っています。ほかの人に教えないでください。
閉じるには、この画面で Ctrl-C を押します。保存した記載は content/ に入っています。";

/// `lsp` の指定
#[derive(Debug, Args)]
pub(super) struct LspArguments {
    /// 標準入出力で話す（いつもそうするので、付けなくてもよい。付けて起動するエディターがある）
    #[arg(long)]
    stdio: bool,
}

const LSP_EXAMPLES: &str = "\
例：
  hyoka lsp
  hyoka lsp --root /srv/hyogasho
  hyoka lsp --lang en

人が直接使うコマンドではありません。エディターの設定に書いて、エディターから起動します（手引の15章）。
作業フォルダーは、エディターで開いたフォルダーです。content/ がその中にないときは、--root で指定します。";

const MOVE_EXAMPLES: &str = "\
例：
  hyoka form move kokuho --beside kiso --to kisokomoku-r6-10 --on 令和8年4月1日 --dry-run
  hyoka form move kokuho --beside kiso --to kisokomoku-r6-10 --on 令和8年4月1日

すべての自治体の記載を一度に移します。移した後は、記載なしの項目を書いてから hyoka check で確かめます。
版（hyoka freeze）のある事務では、書き終えてから hyoka freeze --replace --reason で版を取り直します。";

const ITEMS_EXAMPLES: &str = "\
例：
  hyoka items                     使える様式を挙げる
  hyoka items zenkomoku-h30-05
  hyoka items kokuho --section risk
  hyoka items shinjuku/fugi-itaku
  hyoka items kisokomoku-r6-10 --xlsx 項目一覧.xlsx
  hyoka items kokuho --json > items.json

既にあるファイルには書き出しません。";

const EXAMPLES: &str = "\
例：
  hyoka build                          すべての自治体の文書を build/ に作る
  hyoka build shinjuku kokuho          一つの事務だけ作る
  hyoka changes shinjuku kokuho        変更の箇所、ページ、事由を見る
  hyoka checklist import 回答.xlsx     記入されたチェックリストの回答を調べる
  hyoka items kokuho                   様式の項目のIDと選択肢を見る
  hyoka check                          誤りを場所と直し方とともに挙げる
  hyoka --lang en check                英語で表示する

終了コード：0 正常、1 原稿に誤り、2 使い方又は環境の誤り";

const CHECKLIST_EXAMPLES: &str = "\
例：
  hyoka checklist export shinjuku kokuho-cloud -o 送付
  hyoka checklist import 返送
  hyoka checklist import 返送 --write";

const COMMENTS_EXAMPLES: &str = "\
例：
  hyoka comments export midori kokuho -o 送付
  hyoka comments import 返送
  hyoka comments import 返送 --write
  hyoka comments import 受付簿.xlsx --municipality midori --case kokuho";

const CHANGES_EXAMPLES: &str = "\
例：
  hyoka changes shinjuku kokuho
  hyoka changes shinjuku kokuho --since r5-published
  hyoka changes --json > changes.json

変更の後に、一覧に載らない違い（順序のみ、図の配置のみ、表示のみ、回答のみ）と、発出後の変更を挙げます。";

const ISSUE_EXAMPLES: &str = "\
文書を手渡したときの内容を、版の下（issued/）に記録します。その後の変更や、一覧に載せた変更の取消しを check が知らせます。

例：
  hyoka issue shinjuku kokuho --id soan --title パブリック・コメントに付した素案 --date 2023-09-05";

const SEARCH_EXAMPLES: &str = "\
例：
  hyoka search ガバメントクラウド
  hyoka search 保管場所 shinjuku kokuho
  hyoka search 委託 --json > found.json

ページは、評価書の溶け込み版で測ったものです。";

const NEW_EXAMPLES: &str = "\
例：
  hyoka new workspace 評価書
  hyoka new municipality midori --name みどり市 --code 999997
  hyoka new assessment midori juki --form kisokomoku-r6-10 --title 住民基本台帳に関する事務 --date 2026-04-01
  hyoka new assessment midori kokuho --base --date 2026-04-01
  hyoka new assessment midori kokuho --from hikari/kokuho --date 2026-04-01
  hyoka new change midori kokuho --id cloud --reason クラウドの利用に伴う追記 --on 令和8年4月1日 --timing 事前

足りないものは、その場で尋ねます（画面のないところでは、足りない指定を知らせて止まります）。
あるファイルには書き込みません。作ったものは hyoka undo で取り消せます。";

const UNDO_EXAMPLES: &str = "\
例：
  hyoka undo            一つ前の操作を取り消す（繰り返すと、さらに前へ）
  hyoka undo --redo     取り消した操作をやり直す
  hyoka undo --list     取り消せる操作を、新しい順に挙げる

git を使わなくても取り消せます。机（hyoka serve）で書いたことと、この画面で実行したことを、一つの一覧に記録しています
（作業フォルダーの .hyoka）。ほかの道具で content/ を書き換えたことは、記録しません。
取り消す操作のファイルがその後に書き換えられているときは、取り消さずに、そのファイルを知らせます。";

const SIGN_EXAMPLES: &str = "\
例：
  hyoka review sign shinjuku kokuho basic/work-content --by 医療保険年金課長 --on 令和8年4月1日
  hyoka review sign shinjuku kokuho basic risk --by 医療保険年金課長 --on 令和8年4月1日

記載が（用語や共通文を通じて）変わると点検済ではなくなり、check が知らせます。";

const CHECK_EXAMPLES: &str = "\
例：
  hyoka check
  hyoka check shinjuku                  新宿区だけを、新宿区が使うものだけ読んで検査する
  hyoka check shinjuku kokuho           その一つの事務だけ
  hyoka check --format short            エディターや grep で使う
  hyoka check --format sarif > hyoka.sarif
  hyoka check --explain H0309           コードの意味を調べる";

const MARK_EXAMPLES: &str = "\
原稿を直接書き直した後で実行すると、版（承認済み・公表済みの内容）と違う語句に、追記 {++…++}、削除 {--…--}、
変更 {~~…~>…~~} の印を付けます。項目は ID で見比べるので、並べ替えに印は付きません（check が「順序のみ」と知らせます）。

例：
  hyoka mark shinjuku kokuho --change gc-storage
  hyoka mark --since r5-published --dry-run";

const ACCEPT_EXAMPLES: &str = "\
公表・承認の後で実行します。印を本文に溶け込ませ、その内容を新しい版として確定し、変更の一覧（changes.toml）を
版のフォルダーに移します。ほかの自治体と共用するファイルの印は、使うすべての自治体が溶け込ませるまで残ります。

例：
  hyoka accept shinjuku kokuho --edition r6-published --title 令和6年4月公表の評価書
  hyoka accept shinjuku kokuho --edition r6-10 --change gc-flow --change gc-storage --dry-run";

const FREEZE_EXAMPLES: &str = "\
版は、承認され、又は公表された内容を項目ごとに確定したものです。変更の印を除いた記載（改定前）から作り、
case.toml（submission.toml）の edition に書き入れます。check は、印のない変更がないことをこの版で確かめます。

例：
  hyoka freeze shinjuku kokuho --edition r5-published --title 公表している全項目評価書の内容
  hyoka freeze shinjuku kokuho --seal      封印のない版を封印する

二つ目からの版は hyoka accept で確定します。取り直すときは --replace --reason を付け、理由が版に残ります。";

const MANIFEST_EXAMPLES: &str = "\
例：
  hyoka build --shard 1/2 --out part-1
  hyoka build --shard 2/2 --out part-2
  hyoka manifest join all.json part-1 part-2

結果は、一台で作ったときの manifest.json と同じバイト列です。";

const BUILD_EXAMPLES: &str = "\
例：
  hyoka build
  hyoka build shinjuku kokuho change-list
  hyoka build --out 出力先
  hyoka build --audience public        公表用だけを build-public/ に作り、公表しない部分がないことを確かめる
  hyoka build --shard 3/40 --out part-3    40台で分担するときの3台目
  hyoka build sagamihara --emit-typst typst-project

書き出すのは、まだないフォルダー、空のフォルダー、hyoka が前に書き出したフォルダーだけです。その中の人のファイルは
そのまま残し、名前を知らせます。頼まれていない文書は消しません。";
