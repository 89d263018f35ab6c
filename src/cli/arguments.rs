//! What can be asked for on the command line.

mod beginning;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use beginning::{
    NewAssessmentArguments, NewChangeArguments, NewCommand, NewSubmissionArguments, TimingWord,
};

use super::examples;
use crate::diagnostic::{Code, Lang, nearest};
use crate::model::manifest::Audience;
use crate::name::{BesideId, CaseId, ChangeId, DocumentId, EditionId, FormId, IssueId, SectionId, Slug};
use crate::session::{Shard, Wanted};

/// 特定個人情報保護評価書とその関連文書を、一つの原稿から作る
#[derive(Debug, Parser)]
#[command(name = "hyoka", version = super::version(), about, after_help = examples::ALL, propagate_version = true)]
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
    #[command(after_help = examples::BUILD)]
    Build(BuildArguments),
    /// 原稿の誤りをすべて挙げる（何も書き出さない）
    #[command(after_help = examples::CHECK)]
    Check(CheckArguments),
    /// 点検済を記録し、点検の状況を挙げる
    #[command(subcommand)]
    Review(ReviewCommand),
    /// 変更を、箇所、ページ、事由とともに挙げる
    #[command(after_help = examples::CHANGES)]
    Changes {
        /// 自治体（例：shinjuku）
        municipality: Option<Slug>,
        /// 事務（例：kokuho）
        case: Option<CaseId>,
        /// 誰が読むものとして挙げるか
        #[arg(long, value_enum, default_value_t = Audience::Submission)]
        audience: Audience,
        /// この版からの、印字されるものの違いを挙げる（変更の印によらない）
        #[arg(long, value_name = "EDITION", requires_all = ["municipality", "case"])]
        since: Option<EditionId>,
        /// この版までの違い（省くと、今の原稿の改定前）
        #[arg(long, value_name = "EDITION", requires = "since")]
        until: Option<EditionId>,
        /// プログラムで読む形（JSON）で標準出力に書く
        #[arg(long)]
        json: bool,
    },
    /// 検査規則の一覧（手引の頁）を標準出力に書く
    Rules,
    /// チェックリストを書き出す、記入された回答を取り込む
    #[command(subcommand, after_help = examples::CHECKLIST)]
    Checklist(ChecklistCommand),
    /// 意見の募集で寄せられた意見のブックを書き出す、記入されたブックを取り込む
    #[command(subcommand, after_help = examples::COMMENTS)]
    Comments(CommentsCommand),
    /// 版と違うところに変更の印を付ける
    #[command(after_help = examples::MARK)]
    Mark(MarkArguments),
    /// 変更の印を本文に溶け込ませ、新しい版を確定する
    #[command(after_help = examples::ACCEPT)]
    Accept(AcceptArguments),
    /// 今の原稿の改定前の内容を、最初の版として確定する
    #[command(after_help = examples::FREEZE)]
    Freeze(FreezeArguments),
    /// 語句を、記載、項目名、項目の ID から探し、場所とページを挙げる
    #[command(after_help = examples::SEARCH)]
    Search(SearchArguments),
    /// 新しく作る（作業フォルダー、自治体、評価書、付議事項、チェックリスト、変更）
    #[command(subcommand, after_help = examples::NEW)]
    New(NewCommand),
    /// 前の操作（印、溶け込み、取込み、点検済など）を取り消す、やり直す
    #[command(after_help = examples::UNDO)]
    Undo(UndoArguments),
    /// 発出した文書（会議への提出、意見の募集など）を記録する
    #[command(after_help = examples::ISSUE)]
    Issue(IssueArguments),
    /// 分担して作った成果物一覧を扱う
    #[command(subcommand, after_help = examples::MANIFEST)]
    Manifest(ManifestCommand),
    /// 様式の項目のID、種類、選択肢、書くことを挙げる
    #[command(after_help = examples::ITEMS)]
    Items(ItemsArguments),
    /// 机をブラウザーで開く（閲覧、記入、誤りの確認。このパソコンの中だけで動く）
    #[command(after_help = examples::SERVE)]
    Serve(ServeArguments),
    /// エディターの中で使う（誤りの表示、補完、説明、定義へ移る、改名。何も書き込まない）
    #[command(after_help = examples::LSP)]
    Lsp(LspArguments),
    /// 評価書を並べ、見直しと再実施の期限を挙げる（台帳）
    #[command(after_help = examples::REGISTER)]
    Register(RegisterArguments),
    /// 事務を別の版の様式に移す
    #[command(subcommand)]
    Form(FormCommand),
    /// 様式の表計算ファイルで作られた評価書を content/ に取り込む
    #[command(after_help = examples::IMPORT)]
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

/// 人に渡すブックの書き出しの指定
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）
    pub(super) case: Option<CaseId>,
    /// 写しを置くフォルダー（今いるフォルダーから。省くと、作業フォルダーの build/ の中だけ）
    #[arg(short = 'o', long = "out", value_name = "DIR")]
    pub(super) to: Option<PathBuf>,
}

impl ExportArguments {
    /// What is asked for.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted { municipality: self.municipality.clone(), case: self.case.clone(), document: None }
    }
}

/// チェックリストについてすること
#[derive(Debug, Subcommand)]
pub(super) enum ChecklistCommand {
    /// チェックリスト（Excel）を書き出す
    Export(ExportArguments),
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
    Export(ExportArguments),
    /// 記入されたブック（.xlsx .xls .ods）の意見と考え方を comments.toml に取り込む。氏名や連絡先の列は取り込まない
    Import {
        /// 記入されたファイル、又はそれを置いたフォルダー
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// 自治体（書き出したブックでないとき。例：midori）
        #[arg(long, value_name = "SLUG", requires = "case")]
        municipality: Option<Slug>,
        /// 事務（書き出したブックでないとき。例：kokuho）
        #[arg(long, value_name = "CASE", requires = "municipality")]
        case: Option<CaseId>,
        /// 変わった欄と新しい行を原稿に書き込む（付けないときは報告だけ）
        #[arg(long)]
        write: bool,
    },
}

/// 点検
#[derive(Debug, Subcommand)]
pub(super) enum ReviewCommand {
    /// 項目を点検済とし、いまの記載に結び付けて記録する（reviewed.toml）
    #[command(after_help = examples::SIGN)]
    Sign(SignArguments),
    /// 点検済、点検後に変更、未点検の項目を、節ごとに挙げる
    Report {
        /// 自治体（例：shinjuku）
        municipality: Option<Slug>,
        /// 事務（例：kokuho）
        case: Option<CaseId>,
        /// 結果の形
        #[arg(long, value_enum, default_value_t = ReviewFormat::Human)]
        format: ReviewFormat,
    },
}

/// `review sign` の指定
#[derive(Debug, Args)]
pub(super) struct SignArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Slug,
    /// 事務（例：kokuho）
    pub(super) case: CaseId,
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
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）。指定しないときはすべて
    pub(super) case: Option<CaseId>,
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
    pub(super) municipality: Option<Slug>,
    /// 取込先の事務（半角英数字とハイフン）
    #[arg(long, value_name = "CASE")]
    pub(super) case: Option<CaseId>,
    /// 主な評価書に併せて作る評価書（様式4のある事務の様式2など）のID。主な評価書が先に原稿になっていること
    #[arg(long, value_name = "ID")]
    pub(super) beside: Option<BesideId>,
    /// 様式（例：zenkomoku-h30-05）。省くと、項目名から決める
    #[arg(long, value_name = "FORM")]
    pub(super) form: Option<FormId>,
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
    pub(super) section: Option<SectionId>,
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
    #[command(after_help = examples::MOVE)]
    Move(MoveArguments),
}

/// `form move` の指定
#[derive(Debug, Args)]
pub(super) struct MoveArguments {
    /// 事務（例：kokuho）
    pub(super) case: CaseId,
    /// 移す先の様式
    #[arg(long, value_name = "FORM")]
    pub(super) to: FormId,
    /// 変更日（例：令和8年4月1日）。変更箇所の行に印刷する
    #[arg(long, value_name = "DATE")]
    pub(super) on: String,
    /// 併せて作る評価書（[[beside]]）のID。省くと、事務の主な評価書
    #[arg(long, value_name = "ID")]
    pub(super) beside: Option<BesideId>,
    /// 書き込まずに、移すものを挙げる
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `register` の指定
#[derive(Debug, Args)]
pub(super) struct RegisterArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）
    pub(super) case: Option<CaseId>,
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
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）
    pub(super) case: Option<CaseId>,
    /// 比べる版（省くと、事務の原稿が比べている版）
    #[arg(long, value_name = "EDITION")]
    pub(super) since: Option<EditionId>,
    /// 印が属する変更の ID（changes.toml）。省くと、ID のない印を付ける
    #[arg(long, value_name = "ID")]
    pub(super) change: Option<ChangeId>,
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
    pub(super) municipality: Slug,
    /// 事務（例：kokuho）
    pub(super) case: CaseId,
    /// 版の名前（content/editions/ のフォルダー名になる）
    #[arg(long, value_name = "EDITION")]
    pub(super) edition: EditionId,
    /// 版の説明（例：令和6年4月公表の評価書）
    #[arg(long, default_value = "", value_name = "TEXT")]
    pub(super) title: String,
    /// 溶け込ませる変更の ID。省くと、この事務のすべての変更（何度でも指定できる）
    #[arg(long = "change", value_name = "ID")]
    pub(super) changes: Vec<ChangeId>,
    /// 書き込まず、変わるファイルを挙げる
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `freeze` の指定
#[derive(Debug, Args)]
pub(super) struct FreezeArguments {
    /// 自治体（例：shinjuku）
    pub(super) municipality: Slug,
    /// 事務（例：kokuho）
    pub(super) case: CaseId,
    /// 版の名前（content/editions/ のフォルダー名になる）
    #[arg(long, value_name = "EDITION", required_unless_present = "seal")]
    pub(super) edition: Option<EditionId>,
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
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）。省くと、すべて
    pub(super) case: Option<CaseId>,
    /// プログラムで読む形（JSON）で標準出力に書く
    #[arg(long)]
    pub(super) json: bool,
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
    pub(super) municipality: Slug,
    /// 事務（例：kokuho）
    pub(super) case: CaseId,
    /// 記録の名前（半角英数字とハイフン）
    #[arg(long, value_name = "ID")]
    pub(super) id: IssueId,
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
    pub(super) municipality: Option<Slug>,
    /// 事務（例：kokuho）
    pub(super) case: Option<CaseId>,
    /// 文書（例：change-list）
    pub(super) document: Option<DocumentId>,
}

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

/// `lsp` の指定
#[derive(Debug, Args)]
pub(super) struct LspArguments {
    /// 標準入出力で話す（いつもそうするので、付けなくてもよい。付けて起動するエディターがある）
    #[arg(long)]
    stdio: bool,
}
