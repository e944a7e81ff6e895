//! The prefecture of the demo: entered by two people, tried with a test page, called.
use super::{DROP_DIR, Demo, write};
use crate::cli::failure::Failure;
use crate::courier::{self, Carriers, Copies, CourierConfig, FolderCarrier};
use crate::domain::destination::Channel;
use crate::domain::ids::DestinationId;
use crate::domain::sensitive::{Personal, Secret};
use crate::office::Reason;
use crate::office::ops::{
    BeginConfirmation, BlindAnswers, ConfirmDestination, ConfirmTransmission, DestinationConfirmed,
    DestinationProposal, KEY_TAIL, MatchTransmission, NoteCallBack, PrepareTestPage, Proof,
    ProposeDestination, ProposedLock, TakeReceipts,
};

const RECIPIENT_FILE: &str = "demo-recipient.txt";
const DESTINATION_CODE: &str = "D014";
const DESTINATION_ADDRESS: &str = "990000-0014";

impl Demo {
    /// One person enters the destination, another keys it blind.
    pub(super) fn enter_destination(&self) -> Result<(), Failure> {
        // The key of the receiving side: the demo plays the prefecture too.
        let identity = age::x25519::Identity::generate();
        let recipient = identity.to_public().to_string();
        let key = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
        write(&self.home.join(RECIPIENT_FILE), format!("# {recipient}\n{key}\n").as_bytes())?;

        let proposal = DestinationProposal {
            change: None,
            code: DESTINATION_CODE.to_owned(),
            organisation: "架空県庁 感染症対策課".to_owned(),
            reading: "カクウケンチョウ カンセンショウタイサクカ".to_owned(),
            channel: Channel::Folder,
            address: DESTINATION_ADDRESS.to_owned(),
            lock: ProposedLock::RecipientKey(recipient.clone()),
            institution: String::new(),
            purposes: ["report", "case_follow_up", "home_care"].map(str::to_owned).to_vec(),
            contract_until: None,
            bands: Vec::new(),
            phone: "0300000123".to_owned(),
            short_dial: String::new(),
            source: "訓練用の通知 第14号".to_owned(),
        };
        let proposed =
            self.as_person("2001", |session| Ok(session.perform(ProposeDestination { proposal })?))?;
        let characters: Vec<char> = recipient.chars().collect();
        let tail = characters.iter().skip(characters.len().saturating_sub(KEY_TAIL)).collect();
        let keyed = ConfirmDestination {
            id: proposed.id,
            address: DESTINATION_ADDRESS.to_owned(),
            lock: Secret::new(tail),
            source: "訓練用の名簿 令和8年版".to_owned(),
        };
        match self.as_person("1002", |session| Ok(session.perform(keyed)?))? {
            DestinationConfirmed::Confirmed => self.try_destination(proposed.id),
            DestinationConfirmed::Mismatch { .. } => Err(Reason::RekeyMismatch.into()),
        }
    }

    /// A test page goes there, and the demo reads it out as the prefecture would.
    fn try_destination(&self, id: DestinationId) -> Result<(), Failure> {
        let page =
            self.as_person("1001", |session| Ok(session.perform(PrepareTestPage { destination: id })?))?;
        let answers = BlindAnswers {
            person: Personal::default(),
            address: DESTINATION_ADDRESS.to_owned(),
            pages: page.pages.to_string(),
        };
        self.as_person("1002", |session| {
            let transmission = page.transmission;
            let task = session.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn })?;
            let evidence = task.evidence;
            session.perform(MatchTransmission { transmission, evidence, answers })?;
            Ok(session.perform(ConfirmTransmission { transmission, evidence })?)
        })?;
        let courier = CourierConfig {
            outbox: self.office.house().outbox(),
            state_dir: self.office.house().courier_dir(),
            roster: self.office.house().generation()?.roster(),
            carriers: Carriers {
                folder: Some(FolderCarrier { drop_root: self.home.join(DROP_DIR) }),
                ..Carriers::default()
            },
            copies: Copies::default(),
        };
        courier::run_once(&courier, &self.clock).map_err(|_| Reason::CarrierFailed)?;
        let control = read_control(page.document.expose());
        self.as_person("1001", |session| {
            session.perform(TakeReceipts)?;
            Ok(session.perform(NoteCallBack { id, control, whom: "架空県庁 例田".to_owned() })?)
        })?;
        Ok(())
    }
}

/// The number in large type: the only line of digits alone.
fn read_control(page: &str) -> String {
    let digits = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let alone = |line: &String| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    page.lines().map(digits).find(alone).unwrap_or_default()
}
