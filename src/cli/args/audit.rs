//! `audit`: what the access log can be asked.
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::week::Week;

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// 検証 / verify
    Verify(VerifyArguments),
    /// 紙の控え / slip for the day's papers
    Checkpoint(CheckpointArguments),
    /// 保存期間の過ぎた記録の消去(点検者2名) / erase what is no longer kept
    Purge(PurgeArguments),
    /// 記録の再開(点検者2名) / a new epoch, when log and seal disagree
    Epoch(EpochArguments),
    /// 書き出し(JSON Lines) / export
    Export {
        /// 新しいファイル / a new file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 検索語などの詳細も / with search terms and reasons
        #[arg(long)]
        details: bool,
    },
    /// 時計のずれ / steps of the clock
    Clock {
        /// この記録のずれを確かめた / this step was looked into
        #[arg(long, value_name = "SEQ")]
        acknowledge: Option<u64>,
    },
    /// 一覧とさがす / list and search
    List(LogArguments),
    /// この人の記録を扱った者(開示請求) / who had to do with a person's records
    Accesses {
        /// 受付番号 / number (2026-12 or 12) or ID
        #[arg(value_name = "RECORD")]
        record: String,
        /// 一覧を PDF に書く(まだないファイル) / write the paper (a new file)
        #[arg(long, value_name = "FILE")]
        pdf: Option<PathBuf>,
    },
    /// 集計 / figures
    Figures {
        /// 始めの日、なければ4週間前 / first day, else four weeks ago
        #[arg(long, value_name = "DAY")]
        from: Option<String>,
        /// 終わりの日、なければ今日 / last day, else today
        #[arg(long, value_name = "DAY")]
        to: Option<String>,
    },
    /// 週の点検の一覧 / queue of the weekly review
    Review {
        /// 週、なければ終わった最新の週 / ISO week, else the newest that is over
        #[arg(long, value_name = "2026-W28", value_parser = parse_week)]
        week: Option<Week>,
    },
    /// 点検する週の一覧 / weeks and how far their review is
    Weeks,
}

#[derive(Debug, Args)]
pub struct PurgeArguments {
    /// 消すもの / what to erase
    #[arg(value_enum)]
    pub kind: PurgeKind,
    /// この件数の確認点まで / up to the checkpoint of this size
    #[arg(long, value_name = "SIZE")]
    pub up_to: u64,
    /// 2人目として承認し、消す / agree as the second person, and erase
    #[arg(long)]
    pub approve: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PurgeKind {
    /// 検索語などの詳細 / search terms and reasons
    Details,
    /// 記録の本文(ハッシュは残る) / sealed records; their hashes stay
    Bodies,
}

#[derive(Debug, Args)]
pub struct EpochArguments {
    /// 理由 / why
    #[arg(long, value_enum)]
    pub cause: CauseArgument,
    /// 2人目の本人確認(--sign-in と同じ形) / how the second person signs in, as --sign-in
    #[arg(long, value_name = "FILE")]
    pub second: Option<String>,
    /// 紙の控えの最大の件数 / highest size on paper
    #[arg(long, value_name = "SIZE", requires = "paper_root")]
    pub paper_size: Option<u64>,
    /// その14組 / its 14 groups
    #[arg(long, value_name = "GROUP", num_args = 1.., requires = "paper_size")]
    pub paper_root: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CauseArgument {
    /// バックアップから戻した / a backup was restored
    Restored,
    /// 封印が失われた / the seal is lost
    SealLost,
    /// 記録が封印より短い / the log is shorter than its seal
    LogShort,
}

#[derive(Debug, Args)]
pub struct CheckpointArguments {
    /// A4 1枚の PDF に書く(まだないファイル) / one page as PDF, a new file
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
    /// 前の控えをもう一度(1 は初期設定の控え) / an earlier slip again; 1 is that of set-up
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub size: Option<u64>,
}

#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// 監査の封筒の鍵(0600) / key out of the auditor's envelope
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// 外に置いた控えの一覧 / slips and notes kept outside
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// 書き出しを調べる(利用開始なし。--key は k0) / check an export; --key is then k0
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LogArguments {
    /// 受付番号か氏名、同じ人の記録も / number, ID or name; linked records too
    #[arg(long, value_name = "RECORD")]
    pub record: Option<String>,
    /// 職員番号 / staff number
    #[arg(long, value_name = "NUMBER")]
    pub staff: Option<String>,
    /// 操作の名(show-record か 表示)、何度でも / name of an action, repeatable
    #[arg(long = "action", value_name = "ACTION")]
    pub actions: Vec<String>,
    /// 始めの日(2026-07-01 か R8.7.1) / first day
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// 終わりの日 / last day
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// 端末 / terminal
    #[arg(long, value_name = "NAME")]
    pub terminal: Option<String>,
    /// 新しいほうから何件まで / how many rows, the newest first
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
}

fn parse_week(text: &str) -> Result<Week, String> {
    Week::parse(text).ok_or_else(|| "2026-W28".to_owned())
}
