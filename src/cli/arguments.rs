//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::diagnostic::Lang;

/// 特定個人情報保護評価書とその関連文書を、一つの原稿から作る
#[derive(Debug, Parser)]
#[command(name = "hyoka", version, about, after_help = EXAMPLES, propagate_version = true)]
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
    Check,
    /// 変更を、箇所、ページ、事由とともに挙げる
    #[command(after_help = CHANGES_EXAMPLES)]
    Changes {
        /// 自治体（例：shinjuku）
        municipality: Option<String>,
        /// 事務（例：kokuho）
        case: Option<String>,
        /// プログラムで読む形（JSON）で標準出力に書く
        #[arg(long)]
        json: bool,
    },
    /// 検査規則の一覧（手引の頁）を標準出力に書く
    Rules,
    /// 原稿の TOML の書式（JSON Schema）を書き出す
    Schema {
        /// 書き出すフォルダー
        #[arg(long, default_value = "schemas", value_name = "DIR")]
        out: PathBuf,
    },
}

/// `build` の指定
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) which: Which,
    /// 書き出すフォルダー
    #[arg(long, default_value = "build", value_name = "DIR")]
    pub(super) out: PathBuf,
    /// 組版のひな形とデータを書き出す（PDF は作らない）
    #[arg(long, value_name = "DIR")]
    pub(super) emit_typst: Option<PathBuf>,
    /// 注意があるときも誤りとして終える
    #[arg(long)]
    pub(super) deny_warnings: bool,
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

const EXAMPLES: &str = "\
例：
  hyoka build                          すべての自治体の文書を build/ に作る
  hyoka build shinjuku kokuho          一つの事務だけ作る
  hyoka changes shinjuku kokuho        変更の箇所、ページ、事由を見る
  hyoka check                          誤りを場所と直し方とともに挙げる
  hyoka --lang en check                英語で表示する

終了コード：0 正常、1 原稿に誤り、2 使い方又は環境の誤り";

const CHANGES_EXAMPLES: &str = "\
例：
  hyoka changes shinjuku kokuho
  hyoka changes --json > changes.json";

const BUILD_EXAMPLES: &str = "\
例：
  hyoka build
  hyoka build shinjuku kokuho change-list
  hyoka build --out 出力先
  hyoka build sagamihara --emit-typst typst-project";
