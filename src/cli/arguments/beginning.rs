//! `hyoka new`.

use std::path::PathBuf;

use crate::name::{CaseId, ChangeId, FormId, Slug};
use clap::{Args, Subcommand, ValueEnum};

/// 新しく作るもの
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum NewCommand {
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
        slug: Option<Slug>,
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
        municipality: Option<Slug>,
        /// 付議事項（例：kokuho-cloud）
        case: Option<CaseId>,
        /// チェックリストの表題
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
    },
    /// 変更を登録する（changes.toml に [[change]] を書き加える）
    Change(NewChangeArguments),
}

/// `new assessment` の指定
#[derive(Debug, Args)]
pub(in crate::cli) struct NewAssessmentArguments {
    /// 自治体（例：midori）
    pub(in crate::cli) municipality: Option<Slug>,
    /// 事務。フォルダーの名前になる半角の英小文字、数字、ハイフン（例：kokuho）
    pub(in crate::cli) case: Option<CaseId>,
    /// 様式だけから始める（例：kisokomoku-r6-10。様式は hyoka items で見る）
    #[arg(long, value_name = "FORM", conflicts_with_all = ["base", "from"])]
    pub(in crate::cli) form: Option<FormId>,
    /// 正本（content/assessments/ にある、どの自治体にも通じる文）から始める
    #[arg(long, conflicts_with = "from")]
    pub(in crate::cli) base: bool,
    /// ほかの自治体の評価書を写して始める（例：hikari/kokuho）
    #[arg(long, value_name = "TOWN/CASE")]
    pub(in crate::cli) from: Option<String>,
    /// 評価書の名称
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,
    /// 評価書の日付（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<String>,
    /// 特定個人情報ファイルの名称（--form のときだけ。何度でも指定できる）
    #[arg(long = "file", value_name = "NAME")]
    pub(in crate::cli) files: Vec<String>,
}

/// `new submission` の指定
#[derive(Debug, Args)]
pub(in crate::cli) struct NewSubmissionArguments {
    /// 自治体（例：midori）
    pub(in crate::cli) municipality: Option<Slug>,
    /// 付議事項。フォルダーの名前になる半角の英小文字、数字、ハイフン（例：kokuho-cloud）
    pub(in crate::cli) case: Option<CaseId>,
    /// 会議体の様式（content/municipalities/自治体/forms/ にあるもの）
    #[arg(long, value_name = "FORM")]
    pub(in crate::cli) form: Option<FormId>,
    /// 件名
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,
    /// 会議体の名称
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) meeting: Option<String>,
    /// 担当部課
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) division: Option<String>,
    /// 要綱の根拠
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) basis: Option<String>,
    /// 変更を比べる、承認済みの内容の呼び名
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) baseline: Option<String>,
    /// 根拠になる評価書の事務（なければ省く）
    #[arg(long, value_name = "CASE")]
    pub(in crate::cli) assessment: Option<CaseId>,
    /// 日付（例：2026-04-01）
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<String>,
}

/// `new change` の指定
#[derive(Debug, Args)]
pub(in crate::cli) struct NewChangeArguments {
    /// 自治体（例：midori）
    pub(in crate::cli) municipality: Option<Slug>,
    /// 事務（例：kokuho）
    pub(in crate::cli) case: Option<CaseId>,
    /// 変更の ID（半角の英小文字、数字、ハイフン）
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) id: Option<ChangeId>,
    /// 事由
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,
    /// 変更日（例：令和8年4月1日）
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<String>,
    /// 提出時期（事前、事後）
    #[arg(long, value_name = "TIMING")]
    pub(in crate::cli) timing: Option<TimingWord>,
    /// 提出時期に係る説明
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
    /// この自治体だけでなく、正本を使うすべての自治体の変更にする
    #[arg(long)]
    pub(in crate::cli) shared: bool,
}

/// 提出時期
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TimingWord {
    /// 事前に評価を実施する
    #[value(name = "事前", alias = "before")]
    Before,
    /// 事後に評価を実施する
    #[value(name = "事後", alias = "after")]
    After,
}
