//! What it takes to bring a destination of the register into force: two people, a test page, a call.
use uketsuke::domain::destination::Channel;
use uketsuke::domain::ids::DestinationId;
use uketsuke::domain::sensitive::{Personal, Secret};
use uketsuke::office::ops::{
    BeginConfirmation, BlindAnswers, ConfirmDestination, ConfirmTransmission, DestinationConfirmed,
    DestinationProposal, KEY_TAIL, MachineReport, MatchOutcome, MatchTransmission, NoteCallBack,
    NoteManualFax, PrepareTestPage, Proof, ProposeDestination, ProposedLock, Reply, Request, TakeReceipts,
};

/// Who acts; each time freshly signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    First,
    Second,
}

/// A folder that everything may be sent to.
pub fn folder(code: &str, organisation: &str, address: &str, recipient: &str) -> DestinationProposal {
    DestinationProposal {
        change: None,
        code: code.into(),
        organisation: organisation.into(),
        reading: "カクウ".into(),
        channel: Channel::Folder,
        address: address.into(),
        lock: ProposedLock::RecipientKey(recipient.into()),
        institution: String::new(),
        purposes: ["report", "home_care", "case_follow_up"].map(str::to_owned).to_vec(),
        contract_until: None,
        bands: Vec::new(),
        phone: "0300000123".into(),
        short_dial: String::new(),
        source: "健づ第88号".into(),
    }
}

/// Does all of it; `ask` lets somebody act, `deliver` runs the dispatcher.
pub fn bring_into_force(
    proposal: DestinationProposal,
    ask: &mut dyn FnMut(Who, Request) -> Reply,
    deliver: &mut dyn FnMut(),
) -> DestinationId {
    let (address, channel) = (proposal.address.clone(), proposal.channel);
    let lock = match &proposal.lock {
        ProposedLock::RecipientKey(key) => {
            Secret::new(key.chars().skip(key.chars().count() - KEY_TAIL).collect())
        }
        ProposedLock::Password(password) => password.clone(),
        ProposedLock::None => Secret::default(),
    };
    let Reply::ProposeDestination(proposed) = ask(Who::First, ProposeDestination { proposal }.into()) else {
        panic!("another answer")
    };
    let id = proposed.expect("it can be entered").id;
    let keyed = ConfirmDestination { id, address: address.clone(), lock, source: "庁内名簿".into() };
    let Reply::ConfirmDestination(keyed) = ask(Who::Second, keyed.into()) else { panic!("another answer") };
    assert_eq!(keyed, Ok(DestinationConfirmed::Confirmed));
    // A medium has no machine at the other end that could be the wrong one.
    if channel != Channel::Media {
        try_out(id, channel, &address, ask, deliver);
    }
    id
}

/// The test page and the call, of an entry that two people have keyed.
pub fn try_out(
    id: DestinationId,
    channel: Channel,
    address: &str,
    ask: &mut dyn FnMut(Who, Request) -> Reply,
    deliver: &mut dyn FnMut(),
) {
    let Reply::PrepareTestPage(page) = ask(Who::First, PrepareTestPage { destination: id }.into()) else {
        panic!("another answer")
    };
    let page = page.expect("it can be tried");
    let transmission = page.transmission;
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    let Reply::BeginConfirmation(task) = ask(Who::Second, begin.into()) else { panic!("another answer") };
    let evidence = task.expect("it waits").evidence;
    let (person, pages) = (Personal::default(), page.pages.to_string());
    let answers = BlindAnswers { person, address: address.into(), pages };
    let matching = MatchTransmission { transmission, evidence, answers };
    let Reply::MatchTransmission(matched) = ask(Who::Second, matching.into()) else {
        panic!("another answer")
    };
    assert!(matches!(matched, Ok(MatchOutcome::Match(_))));
    let confirm = ConfirmTransmission { transmission, evidence };
    let Reply::ConfirmTransmission(confirmed) = ask(Who::Second, confirm.into()) else {
        panic!("another answer")
    };
    confirmed.expect("it is agreed");
    deliver();
    ask(Who::First, TakeReceipts.into());
    if channel == Channel::ManualFax {
        let report = MachineReport::Sent { number: address.into(), pages: page.pages.to_string() };
        ask(Who::First, NoteManualFax { transmission, report }.into());
    }
    let control = control_of(page.document.expose());
    let call = NoteCallBack { id, control, whom: "例田".into() };
    let Reply::NoteCallBack(called) = ask(Who::First, call.into()) else { panic!("another answer") };
    called.expect("the number on the page");
}

/// The number in large type: the only line of digits alone.
pub fn control_of(page: &str) -> String {
    let digits = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let alone = |line: &String| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    page.lines().map(digits).find(alone).expect("a control number")
}
