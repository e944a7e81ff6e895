//! An office with two people at work, opened by two processes with one clock between them.
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::BASE32_NOPAD;
use uketsuke::courier::{Carriers, Copies, CourierConfig, FolderCarrier};
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::staff::{Role, Roles};
use uketsuke::domain::time::{Clock, Reading, Timestamp};
use uketsuke::form::{Catalog, shipped_sources};
use uketsuke::office::{
    Credentials, Envelope, Founder, Office, Origin, Reason, Session, SetUp, SignedIn, Surroundings,
    TokenOffer,
};
use uketsuke::os::entropy::KernelEntropy;

pub const CLERK: &str = "1001";
pub const CONFIRMER: &str = "1002";
pub const SUPERVISOR: &str = "2001";
const STAFF: [(&str, &[Role]); 4] = [
    (SUPERVISOR, &[Role::Supervisor, Role::Administrator]),
    ("2002", &[Role::Supervisor]),
    (CLERK, &[Role::Clerk]),
    (CONFIRMER, &[Role::Confirmer]),
];
/// The recipient's folder.
pub const ADDRESS: &str = "131016-0456";
/// 2026-07-14 09:31 in Japan.
pub const START_S: i64 = 1_783_989_060;
/// One code works once: the next one comes half a minute later.
const NEXT_CODE_S: i64 = 31;

#[derive(Clone)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }
    pub fn wait_s(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
    pub fn seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for HandClock {
    fn read(&self) -> Reading {
        let seconds = self.seconds();
        Reading {
            wall: Timestamp::from_seconds(seconds),
            boot_id: [9; 16],
            boottime_us: u64::try_from(seconds - START_S + 3600).unwrap() * 1_000_000,
            synchronised: true,
        }
    }
}

pub struct Site {
    pub office: Office,
    pub clock: HandClock,
}

impl Site {
    pub fn new(home: &Path, clock: HandClock) -> Self {
        let surroundings = Surroundings {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin { os_user: 1000, login_user: 1000, terminal: "T05".into(), peer: String::new() },
            // One form is enough, and loading is most of what a short life of a process costs.
            gazetteer: Arc::new(uketsuke::japanese::gazetteer::Gazetteer::default),
            site: uketsuke::office::Site::default(),
            forms: Arc::new(|| {
                let one = |name: &str| !name.starts_with("forms/") || name == "forms/ehec.toml";
                Catalog::load(shipped_sources().into_iter().filter(|source| one(&source.name)).collect())
                    .catalog
            }),
        };
        Self { office: Office::new(home, surroundings), clock }
    }

    pub fn begin_set_up(&self) -> Result<SetUp, Reason> {
        let mut set_up = self.office.begin_set_up()?;
        set_up.use_tokens(&STAFF.map(|(number, _)| token(number)))?;
        Ok(set_up)
    }
    pub fn finish(set_up: &SetUp) -> Result<(), Reason> {
        let founders = STAFF.map(|(number, roles)| Founder {
            number: number.to_owned(),
            name: format!("見本 {number}"),
            section: "感染症係".into(),
            roles: Roles::of(roles),
            password: password(number),
        });
        set_up.finish("架空保健所", &founders).map(|_| ())
    }
    /// Sets up; the auditor's key comes back.
    pub fn set_up(&self) -> Result<Secret, Reason> {
        let set_up = self.begin_set_up()?;
        Self::finish(&set_up)?;
        Ok(set_up.envelope(Envelope::Auditor))
    }

    pub fn sign_in(&self, number: &str) -> Session {
        self.clock.wait_s(NEXT_CODE_S);
        let credentials =
            Credentials { number: number.to_owned(), password: password(number), code: self.code(number) };
        match self.office.sign_in(&credentials) {
            Ok(SignedIn::In(session)) => *session,
            Ok(SignedIn::MustEnrol(_)) => panic!("{number} has to enrol"),
            Err(reason) => panic!("{number} cannot sign in: {reason:?}"),
        }
    }
    /// Password and a code that was not used yet.
    pub fn proof(&self, number: &str) -> (Secret, Secret) {
        self.clock.wait_s(NEXT_CODE_S);
        (password(number), self.code(number))
    }
    fn code(&self, number: &str) -> Secret {
        TokenOffer::code_of(&token(number), self.clock.now()).expect("sound")
    }

    pub fn courier(&self) -> CourierConfig {
        let house = self.office.house();
        CourierConfig {
            outbox: house.outbox(),
            state_dir: house.courier_dir(),
            roster: house.generation().expect("set up").roster(),
            carriers: Carriers {
                folder: Some(FolderCarrier { drop_root: house.home().join("drop") }),
                ..Carriers::default()
            },
            copies: Copies::default(),
        }
    }
}

fn password(number: &str) -> Secret {
    Secret::new(format!("kasa-ga-nai-{number}-nureru"))
}

fn token(number: &str) -> Secret {
    let mut bytes = [5; 20];
    bytes[..number.len()].copy_from_slice(number.as_bytes());
    Secret::new(BASE32_NOPAD.encode(&bytes))
}
