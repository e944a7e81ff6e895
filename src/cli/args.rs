//! The words of the command line. Help is short and in both languages.
mod audit;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::intake::Channel;
use crate::form::{Passed, Why};

pub use audit::{
    Audit, CauseArgument, CheckpointArguments, EpochArguments, LogArguments, PurgeArguments, PurgeKind,
    VerifyArguments,
};

/// 保健所 届出・連携システム / health centre reports. コマンドなし: 画面を開く / no command: opens the screen
#[derive(Debug, Parser)]
#[command(name = "uketsuke", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

#[derive(Debug, Args)]
pub struct Common {
    /// データの場所 / data directory (UKETSUKE_HOME)
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// JSON で出力 / print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// 言語 / language
    #[arg(long, global = true, value_enum, value_name = "ja|en")]
    pub lang: Option<LangArgument>,
    /// 利用開始ファイル(0600: user, password, code) / sign-in file; 訓練用 / training: demo:1001
    #[arg(long, global = true, value_name = "FILE")]
    pub sign_in: Option<String>,
    /// 画面を1行ずつの文で(音声読み上げ用) / panels as lines, for screen readers
    #[arg(long, global = true)]
    pub plain: bool,
    /// あいまい幅の文字の桁数 / columns of ambiguous characters
    #[arg(long, global = true, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub ambiguous_width: Option<u8>,
    /// キー操作の名前 / name of the keymap
    #[arg(long, global = true, value_name = "NAME")]
    pub keymap: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArgument {
    Ja,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// 訓練用の場所を作って開く / make and open a training directory
    Demo(DemoArguments),
    /// 計画ファイルから初期設定 / set up from a plan file
    Init {
        /// 計画ファイル(0600) / plan file
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
    },
    /// 受付 / records
    #[command(subcommand)]
    Records(Records),
    /// 月の実績、氏名なし / figures of a month, no names
    Results(ResultsArguments),
    /// 医療機関台帳 / register of institutions
    #[command(subcommand)]
    Institutions(Institutions),
    /// 送り先台帳 / register of destinations
    #[command(subcommand)]
    Destinations(Destinations),
    /// 送付箱 / outbox
    #[command(subcommand)]
    Queue(Queue),
    /// 媒体管理簿 / media register
    #[command(subcommand)]
    Media(Media),
    /// 誤送付 / misdeliveries
    #[command(subcommand)]
    Incidents(Incidents),
    /// 2人目の確認 / second person's check
    Confirm(ConfirmArguments),
    /// 配送 / courier
    Courier(CourierArguments),
    /// 利用記録 / access log
    #[command(subcommand)]
    Audit(Audit),
    /// 様式 / forms
    #[command(subcommand)]
    Schema(Schema),
    /// キー操作 / keymaps
    #[command(subcommand)]
    Keymap(KeymapVerb),
    /// 郵便番号と市区町村 / postal codes and municipalities
    #[command(subcommand)]
    Postal(Postal),
    /// 自分の親族・同居の人の届 / relatives and household, declared for the review
    #[command(subcommand)]
    Kin(Kin),
    /// この設置の点検 / check this installation
    Doctor,
}

#[derive(Debug, Args)]
pub struct DemoArguments {
    /// 受付の件数 / number of records
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub records: u32,
    /// 乱数の種 / seed of the synthetic data
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// 画面を開かない / do not open the screen
    #[arg(long)]
    pub prepare_only: bool,
    /// 訓練用の職員と今のコードだけ表示 / only print the demo staff and their present codes
    #[arg(long, conflicts_with_all = ["records", "seed", "prepare_only"])]
    pub codes: bool,
}

#[derive(Debug, Subcommand)]
pub enum Records {
    /// 一覧 / list
    List,
    /// 1件を見る / show one
    Show {
        /// 受付番号 / number (2026-12 or 12) or ID
        #[arg(value_name = "NUMBER|ID")]
        record: String,
    },
    /// JSON から登録 / register from JSON
    Add(AddArguments),
    /// 送付の準備 / prepare for sending
    Submit {
        #[arg(value_name = "NUMBER|ID")]
        record: String,
        /// 台帳番号 / register code of the destination (D014)
        #[arg(long, value_name = "CODE")]
        to: String,
        /// 別の人の名が文中にあるとき、その理由(氏名は書かない) / why somebody else is named in the text (no names here)
        #[arg(long, value_name = "REASON")]
        mention: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct ResultsArguments {
    /// 様式 / form
    #[arg(long, value_name = "ID", default_value = "homecare_visit_report")]
    pub form: String,
    /// 年月 / month
    #[arg(long, value_name = "YYYY-MM")]
    pub month: String,
}

#[derive(Debug, Args)]
pub struct AddArguments {
    /// 様式 / form
    #[arg(long, value_name = "ID")]
    pub form: String,
    /// 値の JSON、- は標準入力 / values, - for stdin
    #[arg(long, value_name = "JSON")]
    pub file: PathBuf,
    /// 受付方法 / how it arrived
    #[arg(long, value_enum, default_value = "file")]
    pub channel: ChannelArgument,
    /// 受付日時、なければ今 / when it arrived (RFC 3339), else now
    #[arg(long, value_name = "TIME")]
    pub received: Option<String>,
    /// 枚数 / sheets
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=999))]
    pub pages: Option<u16>,
    /// 経過として付ける元の記録 / the record that it belongs to
    #[arg(long, value_name = "NUMBER|ID")]
    pub case: Option<String>,
    /// 注意を承知で登録する理由 / why a warning stands, e.g. onset:onset_before_first_visit=on-paper
    #[arg(long = "pass", value_name = "ITEM:CODE=on-paper|asked-sender", value_parser = parse_passed)]
    pub passed: Vec<Passed>,
}

/// Reasons in words are for the screen: an argument is seen by everybody on the machine.
fn parse_passed(text: &str) -> Result<Passed, String> {
    let parts = text.split_once('=').and_then(|(about, why)| Some((about.rsplit_once(':')?, why)));
    let known = parts.and_then(|((item, code), why)| {
        let why = match why {
            "on-paper" => Why::OnPaper,
            "asked-sender" => Why::AskedSender,
            _ => return None,
        };
        Some(Passed { item: item.to_owned(), code: code.to_owned(), why })
    });
    known.ok_or_else(|| "ITEM:CODE=on-paper|asked-sender".to_owned())
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ChannelArgument {
    Fax,
    Phone,
    Paper,
    File,
    Own,
}

impl From<ChannelArgument> for Channel {
    fn from(argument: ChannelArgument) -> Self {
        match argument {
            ChannelArgument::Fax => Self::Fax,
            ChannelArgument::Phone => Self::Phone,
            ChannelArgument::Paper => Self::Paper,
            ChannelArgument::File => Self::File,
            ChannelArgument::Own => Self::OwnOffice,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Queue {
    /// 一覧 / list
    List,
}

#[derive(Debug, Subcommand)]
pub enum Media {
    /// 持ち出しと返却の一覧 / what left and what came back
    List,
}

#[derive(Debug, Subcommand)]
pub enum Incidents {
    /// 一覧と期限 / list with the days of the law
    List,
    /// 経過 / the course of one
    Show {
        /// 誤送付の番号 / number of the misdelivery
        #[arg(value_name = "N")]
        number: u32,
    },
    /// 速報の案、氏名なし / draft of the preliminary report, no names
    Report {
        /// 誤送付の番号 / number of the misdelivery
        #[arg(value_name = "N")]
        number: u32,
    },
}

#[derive(Debug, Args)]
pub struct ConfirmArguments {
    /// 送付の番号か ID / number or ID of the transmission
    #[arg(value_name = "ID|NUMBER")]
    pub transmission: String,
    /// 見ないで入れた答え(0600: person, address, pages)、なければ尋ねる / blind answers, else asked for
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// 一致したら送る(端末では文字 S を尋ねる) / send on a match; on a terminal the letter S is asked for
    #[arg(long)]
    pub send: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct CourierArguments {
    /// 1回だけ / one round
    #[arg(long)]
    pub once: bool,
    /// 終了まで続ける / until asked to end
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, Subcommand)]
pub enum Kin {
    /// 自分の届の一覧 / one's own declarations
    List,
    /// 標準入力の JSON を届け出る / declare what stands in JSON on stdin: relation, name, reading, birth_date
    Declare,
    /// 届を消す / remove one
    Remove {
        /// 届の ID / ID of the declaration
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Schema {
    /// すべての誤りを表示 / list every problem
    Check {
        /// なければこの設置の様式 / else the forms of this installation
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
        /// 原本と照合していない項目も表示 / also list items not compared with the original
        #[arg(long)]
        unverified: bool,
    },
    /// 一覧 / list
    List,
}

#[derive(Debug, Subcommand)]
pub enum KeymapVerb {
    /// すべての誤りを表示 / list every problem
    Check {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// 一覧 / list
    List {
        /// 全部のキーの表 / table of all keys
        #[arg(long)]
        markdown: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Institutions {
    /// 台帳の一覧 / the register
    List,
    /// CSV から加える・直す / add and change from a table
    Import {
        /// CSV (UTF-8 か CP932 / UTF-8 or CP932)
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// CSV に書き出す / write a table
    Export {
        /// 書き出すファイルの名前(まだないもの。例 daichou.csv) / name of the file to write (a new one, as register.csv)
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 文字コード / encoding
        #[arg(long, value_enum, default_value_t = Encoding::Utf8)]
        encoding: Encoding,
    },
}

#[derive(Debug, Subcommand)]
pub enum Destinations {
    /// 台帳の一覧(宛先は出ません) / the register, without addresses
    List,
    /// 今までの一覧を取り込む(使うには紙から入れ直す) / take a list over; each entry has to be keyed anew
    Import {
        /// CSV (UTF-8 か CP932 / UTF-8 or CP932)
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Encoding {
    /// With the mark by which spreadsheets know it.
    Utf8,
    /// Windows の Shift_JIS
    Cp932,
}

#[derive(Debug, Subcommand)]
pub enum Postal {
    /// 日本郵便の新しい表を取り込む / take over a newer list of Japan Post
    Import {
        /// utf_ken_all.csv か KEN_ALL.CSV
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 表の日付 / day of the list
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: chrono::NaiveDate,
    },
    /// 郵便番号の町域 / towns of a code, or of the beginning of one
    Show {
        /// 3-7 桁 / three to seven digits
        #[arg(value_name = "CODE")]
        code: String,
    },
    /// 市区町村コードを調べる / look a municipality code up
    Municipality {
        /// 名前かよみの先頭 / beginning of its name or reading
        #[arg(value_name = "NAME")]
        name: String,
    },
}
