//! An outbox with one good order, and what may be said about it afterwards.
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::super::*;
use crate::domain::destination::Channel;
use crate::domain::ids::DestinationId;
use crate::domain::time::{Reading, Timestamp};
use crate::order::fixtures::{NOON, Parts, World, address};
use crate::order::{FrozenList, Receipt, RosterChain, names};

pub struct At(pub Timestamp);

impl Clock for At {
    fn read(&self) -> Reading {
        Reading { wall: self.0, boot_id: [0; 16], boottime_us: 0, synchronised: true }
    }
}

pub struct Bench {
    pub dir: tempfile::TempDir,
    pub config: CourierConfig,
    pub now: Timestamp,
    pub chain: RosterChain,
    pub parts: Parts,
}

impl Bench {
    /// An outbox with one good order, an hour after it was confirmed.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let config = CourierConfig {
            outbox: path("outbox"),
            state_dir: path("courier"),
            roster: path("roster.json"),
            carriers: Carriers {
                folder: Some(FolderCarrier { drop_root: path("drop") }),
                ..Carriers::default()
            },
            copies: Copies::default(),
        };
        fs::create_dir(&config.outbox).unwrap();
        fs::create_dir(path("drop")).unwrap();
        let chain = World::new().chain;
        pin(&config.state_dir, chain.anchor()).unwrap();
        fs::write(&config.roster, chain.to_json()).unwrap();
        let bench = Self { dir, config, now: NOON.plus_seconds(3660), chain, parts: Parts::new([0x1e; 16]) };
        bench.put();
        bench
    }

    /// (Re)writes order and package as the parts now are.
    pub fn put(&self) {
        fs::write(self.file(names::ORDER), self.parts.order().to_bytes()).unwrap();
        fs::write(self.file(names::PACKAGE), &self.parts.package).unwrap();
    }

    /// The same order to somewhere else.
    pub fn to(channel: Channel, canonical: &str) -> Self {
        let mut bench = Self::new();
        bench.parts.go_to(address(channel, canonical));
        bench.put();
        bench
    }

    /// An order for paper: the pages are sealed to this dispatcher.
    pub fn to_paper(channel: Channel, pages: &[u8]) -> Self {
        let mut bench = Self::to(channel, FAX);
        let recipient = introduce(&bench.config.state_dir).unwrap();
        bench.parts.list("pages.tif", "image/tiff", pages);
        bench.parts.pack(seal(&recipient, pages));
        bench.put();
        bench
    }

    pub fn id(&self) -> TransmissionId {
        self.parts.statement.transmission
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A directory of the test.
    pub fn folder(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        path
    }

    pub fn file(&self, extension: &str) -> PathBuf {
        self.config.outbox.join(names::of(self.parts.statement.transmission, extension))
    }

    pub fn drop_root(&self) -> PathBuf {
        self.dir.path().join("drop")
    }

    pub fn target(&self) -> PathBuf {
        let name = names::of(self.parts.statement.transmission, names::PACKAGE);
        self.drop_root().join("131016-0456").join(name)
    }

    pub fn run(&self) -> Result<Vec<Delivery>, CourierError> {
        run_once(&self.config, &At(self.now))
    }

    /// Runs and expects one order; gives its code and reason.
    pub fn run_one(&self) -> (String, String) {
        let deliveries = self.run().unwrap();
        assert_eq!(deliveries.len(), 1);
        (deliveries[0].code().to_owned(), deliveries[0].reason().unwrap_or_default().to_owned())
    }

    pub fn receipt(&self) -> Receipt {
        Receipt::parse(&fs::read(self.file(names::RECEIPT)).unwrap()).unwrap()
    }

    pub fn delivered(&self) -> Vec<PathBuf> {
        let mut files = vec![];
        for folder in fs::read_dir(self.drop_root()).unwrap() {
            let folder = folder.unwrap().path();
            files.extend(fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
        }
        files
    }

    #[track_caller]
    pub fn assert_sent(&self) {
        assert_eq!(fs::read(self.target()).unwrap(), self.parts.package);
        assert_eq!(self.delivered(), [self.target()], "this file and no other");
        assert_eq!(self.receipt().outcome, Outcome::Sent);
        assert!(!self.file(names::ORDER).exists() && !self.file(names::CLAIMED).exists());
    }

    #[track_caller]
    pub fn assert_refused(&self, reason: &str) {
        assert_eq!(self.run_one(), ("refused".to_owned(), reason.to_owned()));
        assert_eq!(self.delivered(), Vec::<PathBuf>::new(), "nothing left");
        assert_eq!(self.receipt().outcome.reason().unwrap().as_str(), reason);
        assert!(fs::symlink_metadata(self.file(names::REFUSED)).is_ok());
        assert!(!self.file(names::ORDER).exists() && !self.file(names::CLAIMED).exists());
        assert_eq!(self.run(), Ok(vec![]), "it is not looked at again");
    }
}

/// A line that a fax can stand on.
pub const FAX: &str = "0300000456";

pub fn seal(recipient: &str, plain: &[u8]) -> Vec<u8> {
    let recipient: age::x25519::Recipient = recipient.parse().unwrap();
    let encryptor =
        age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap();
    sealed
}

pub fn freeze(bench: &Bench, ids: [DestinationId; 2]) {
    fs::write(bench.config.outbox.join(names::FROZEN), FrozenList::of(ids).to_bytes()).unwrap();
}
