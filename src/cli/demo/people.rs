//! The staff of a training directory.
use super::random::Random;
use crate::cli::verbs::init::{Plan, PlannedRole, PlannedStaff, make_totp};
use crate::domain::entropy::Entropy;

/// The office must not look like one that exists.
const OFFICE: &str = "架空保健所 (訓練)";

/// Number, name, section, roles. The first two found the installation.
const STAFF: [(&str, &str, &str, PlannedRole); 6] = [
    ("2001", "点検 一郎", "保健総務課", PlannedRole::Supervisor),
    ("2002", "点検 花子", "感染症対策課", PlannedRole::Supervisor),
    ("1001", "入力 太郎", "感染症対策課", PlannedRole::Clerk),
    ("1003", "入力 桜子", "感染症対策課", PlannedRole::Clerk),
    ("1002", "確認 次郎", "感染症対策課", PlannedRole::Confirmer),
    ("9001", "管理 三郎", "保健総務課", PlannedRole::Administrator),
];

const WORDS: [&str; 16] = [
    "asagao", "budou", "chidori", "donguri", "enaga", "fukurou", "ginnan", "hotaru", "ichigo", "kawasemi",
    "mikan", "natsume", "oshidori", "suzuran", "tsubaki", "yamabuki",
];

/// The staff with passwords out of the seed (they are printed for everybody) and tokens out of the kernel.
pub fn plan(random: &mut Random, entropy: &mut dyn Entropy) -> Plan {
    let staff = STAFF.iter().map(|(number, name, section, role)| PlannedStaff {
        number: (*number).to_owned(),
        name: (*name).to_owned(),
        section: (*section).to_owned(),
        roles: vec![*role],
        password: password(random),
        totp: Some(make_totp(entropy).expose().to_owned()),
    });
    Plan { office: OFFICE.to_owned(), staff: staff.collect() }
}

/// Long enough for the rule, short enough to type in a training.
fn password(random: &mut Random) -> String {
    let mut word = || *random.pick(&WORDS);
    // Short enough to be typed within a minute and to stand beside its owner on a screen.
    let (first, second) = (word(), word());
    format!("{first}-{second}-{}", random.between(1000, 9999))
}
