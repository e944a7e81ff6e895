//! The dispatch order: everything the courier needs to convince itself, without any access to records.
use crate::domain::codes::coded;
use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::pae;
use crate::domain::time::Timestamp;
use crate::domain::transmission::{Refusal, check_timely};

use super::approval::Approved;
use super::confirmation::Confirmation;
use super::fields::Fields;
use super::key::Signature;
use super::names;
use super::roster::{Entry, Roster};
use super::statement::{Destination, Manifest, Statement};

const TAG: &str = "hcorder/2";
const FIELD_COUNT: usize = 10;
/// Two clocks of one machine differ by rounding only; a minute forgives a correction of the clock.
const FUTURE_MAX_S: i64 = 60;

/// An order as it was read: complete and well formed, but not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchOrder {
    pub statement: Statement,
    pub submitter_signature: Signature,
    pub confirmation: Confirmation,
    pub confirmer_signature: Signature,
    pub destination: Destination,
    pub manifest: Manifest,
    /// What a medium leaves the house with, besides the two.
    pub approval: Option<Approved>,
    /// The name of the package in the outbox. Not signed, and therefore allowed one value only.
    pub package: String,
}

coded! {
    /// Why an order is not carried out.
    pub enum OrderRefusal {
    TooLarge = "order-too-large",
    /// Not the canonical bytes of an order.
    Malformed = "order-malformed",
    /// Made in another installation.
    ForeignVault = "foreign-vault",
    UnknownSubmitter = "unknown-submitter",
    UnknownConfirmer = "unknown-confirmer",
    SameAccount = "same-account",
    /// Two accounts, one human being.
    SamePerson = "same-person",
    SubmitterSuspended = "submitter-suspended",
    ConfirmerSuspended = "confirmer-suspended",
    SubmitterNotEntitled = "submitter-not-entitled",
    ConfirmerNotEntitled = "confirmer-not-entitled",
    SubmitterSignature = "submitter-signature",
    ConfirmerSignature = "confirmer-signature",
    /// The confirmation is about another statement.
    OtherStatement = "other-statement",
    /// The destination is not the stated one.
    OtherDestination = "other-destination",
    /// The list of files is not the stated one.
    OtherManifest = "other-manifest",
    /// The package has a name of its own.
    OtherName = "other-name",
    /// The sealed bytes are not the stated ones.
    OtherArtefact = "other-artefact",
    ConfirmedBeforeSubmitted = "confirmed-before-submitted",
    FromTheFuture = "from-the-future",
    Expired = "expired",
    OtherDay = "other-day",
    /// A medium without the decision of a supervisor about this statement, or such a decision where none belongs.
    NotApproved = "not-approved",
    ApproverSignature = "approver-signature",
}}

impl DispatchOrder {
    /// Room for 64 items with the longest names, and more than any order needs.
    pub const MAX_BYTES: usize = 64 << 10;

    /// The bytes of `<id>.order`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let [approval, approval_signature] = Approved::fields(self.approval.as_ref());
        pae::encode(&[
            TAG.as_bytes(),
            &self.statement.to_bytes(),
            self.submitter_signature.as_bytes(),
            &self.confirmation.to_bytes(),
            self.confirmer_signature.as_bytes(),
            &self.destination.to_bytes(),
            &self.manifest.to_bytes(),
            &approval,
            &approval_signature,
            self.package.as_bytes(),
        ])
    }

    /// The name that the package of a statement has, and the only one an order may give.
    pub fn package_name(statement: &Statement) -> String {
        names::of(statement.transmission, names::PACKAGE)
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, OrderRefusal> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(OrderRefusal::TooLarge);
        }
        Self::read(bytes).ok_or(OrderRefusal::Malformed)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::tagged(bytes, TAG, FIELD_COUNT)?;
        Some(Self {
            statement: Statement::parse(fields.bytes()?)?,
            submitter_signature: Signature::from_bytes(fields.array()?),
            confirmation: Confirmation::parse(fields.bytes()?)?,
            confirmer_signature: Signature::from_bytes(fields.array()?),
            destination: Destination::parse(fields.bytes()?)?,
            manifest: Manifest::parse(fields.bytes()?)?,
            approval: Approved::read(&mut fields)?,
            package: fields.text()?.to_owned(),
        })
    }

    /// Believes the order, or says why not. `artefact` is the SHA-256 of the bytes that would leave.
    pub fn verify(
        self,
        roster: &Roster,
        now: Timestamp,
        artefact: Digest,
    ) -> Result<VerifiedOrder, OrderRefusal> {
        ensure(self.statement.vault == roster.vault(), OrderRefusal::ForeignVault)?;
        self.check_people(roster)?;
        self.check_bindings(artefact)?;
        self.check_approval(roster, now)?;
        self.check_time(now)?;
        Ok(VerifiedOrder(self))
    }

    /// Whether the two people that it names have signed it: whatever else is wrong with it, it is theirs.
    pub fn is_signed_by_two(&self, roster: &Roster) -> bool {
        let parties = (roster.entry(self.statement.submitter), roster.entry(self.confirmation.confirmer));
        let (Some(submitter), Some(confirmer)) = parties else { return false };
        self.check_signatures(submitter, confirmer).is_ok()
    }

    fn check_people(&self, roster: &Roster) -> Result<(), OrderRefusal> {
        let submitter = roster.entry(self.statement.submitter).ok_or(OrderRefusal::UnknownSubmitter)?;
        let confirmer = roster.entry(self.confirmation.confirmer).ok_or(OrderRefusal::UnknownConfirmer)?;
        ensure(submitter.party.account != confirmer.party.account, OrderRefusal::SameAccount)?;
        ensure(submitter.party.person != confirmer.party.person, OrderRefusal::SamePerson)?;
        ensure(submitter.is_active(), OrderRefusal::SubmitterSuspended)?;
        ensure(confirmer.is_active(), OrderRefusal::ConfirmerSuspended)?;
        ensure(submitter.may_submit(), OrderRefusal::SubmitterNotEntitled)?;
        ensure(confirmer.may_confirm(), OrderRefusal::ConfirmerNotEntitled)?;
        self.check_signatures(submitter, confirmer)
    }

    fn check_signatures(&self, submitter: &Entry, confirmer: &Entry) -> Result<(), OrderRefusal> {
        let signed = submitter.key.verifies(&self.statement.to_bytes(), &self.submitter_signature);
        ensure(signed, OrderRefusal::SubmitterSignature)?;
        let signed = confirmer.key.verifies(&self.confirmation.to_bytes(), &self.confirmer_signature);
        ensure(signed, OrderRefusal::ConfirmerSignature)
    }

    fn check_bindings(&self, artefact: Digest) -> Result<(), OrderRefusal> {
        ensure(self.confirmation.statement == self.statement.digest(), OrderRefusal::OtherStatement)?;
        ensure(self.destination.digest() == self.statement.destination, OrderRefusal::OtherDestination)?;
        ensure(self.manifest.digest() == self.statement.manifest, OrderRefusal::OtherManifest)?;
        ensure(self.package == Self::package_name(&self.statement), OrderRefusal::OtherName)?;
        ensure(artefact == self.statement.artefact, OrderRefusal::OtherArtefact)
    }

    /// A medium leaves the house with a supervisor's signature besides the two, and nothing else carries one.
    fn check_approval(&self, roster: &Roster, now: Timestamp) -> Result<(), OrderRefusal> {
        let needed = self.destination.address.channel() == Channel::Media;
        ensure(needed == self.approval.is_some(), OrderRefusal::NotApproved)?;
        let Some(Approved { approval, signature }) = &self.approval else { return Ok(()) };
        let supervisor = roster.entry(approval.supervisor).ok_or(OrderRefusal::NotApproved)?;
        let submitter = roster.entry(self.statement.submitter).ok_or(OrderRefusal::UnknownSubmitter)?;
        let entitled = supervisor.is_active() && supervisor.may_approve();
        ensure(entitled && supervisor.party.person != submitter.party.person, OrderRefusal::NotApproved)?;
        ensure(approval.statement == self.statement.digest(), OrderRefusal::NotApproved)?;
        let in_order = self.statement.at <= approval.at && approval.at <= now.plus_seconds(FUTURE_MAX_S);
        ensure(in_order, OrderRefusal::NotApproved)?;
        ensure(supervisor.key.verifies(&approval.to_bytes(), signature), OrderRefusal::ApproverSignature)
    }

    fn check_time(&self, now: Timestamp) -> Result<(), OrderRefusal> {
        let (submitted, confirmed) = (self.statement.at, self.confirmation.at);
        ensure(submitted <= confirmed, OrderRefusal::ConfirmedBeforeSubmitted)?;
        ensure(confirmed <= now.plus_seconds(FUTURE_MAX_S), OrderRefusal::FromTheFuture)?;
        // Within the forgiven minute the order counts as confirmed just now.
        match check_timely(submitted.min(now), confirmed.min(now), now) {
            Ok(()) => Ok(()),
            Err(Refusal::OtherDay) => Err(OrderRefusal::OtherDay),
            Err(_) => Err(OrderRefusal::Expired),
        }
    }
}

/// An order that two different active people signed for exactly these bytes and this destination, and still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedOrder(DispatchOrder);

impl VerifiedOrder {
    pub const fn transmission(&self) -> TransmissionId {
        self.0.statement.transmission
    }
    pub const fn destination(&self) -> DestinationId {
        self.0.destination.id
    }
    pub const fn address(&self) -> &Address {
        &self.0.destination.address
    }
    /// The files in the package, as they were before it was sealed.
    pub const fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }
    pub const fn artefact(&self) -> Digest {
        self.0.statement.artefact
    }
    pub fn statement(&self) -> Digest {
        self.0.statement.digest()
    }
}

fn ensure(holds: bool, refusal: OrderRefusal) -> Result<(), OrderRefusal> {
    if holds { Ok(()) } else { Err(refusal) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::VaultId;
    use crate::domain::staff::Role;
    use crate::order::fixtures::{NOON, Parts, World, account, entry, folder};
    use crate::order::roster::Status;

    const HOUR: i64 = 3600;

    fn verify(world: &World, parts: &Parts, now: Timestamp) -> Result<(), OrderRefusal> {
        let bytes = parts.order().to_bytes();
        let order = DispatchOrder::parse(&bytes).expect("its own bytes");
        order.verify(world.chain.latest(), now, Digest::of(&parts.package)).map(|_| ())
    }

    /// Made by an independent implementation of the format, signatures included.
    #[test]
    fn pinned_vector() {
        let bytes = World::new().parts().order().to_bytes();
        let expected = "3c8908cd328171637f58f18bc48dbd8584ebb7b0b304a3cb5de2398c430012b0";
        assert_eq!((bytes.len(), Digest::of(&bytes).to_string().as_str()), (709, expected));
    }

    #[test]
    fn a_good_order_says_where_and_what() {
        let world = World::new();
        let parts = world.parts();
        let order =
            parts.order().verify(world.chain.latest(), NOON.plus_seconds(HOUR), Digest::of(&parts.package));
        let order = order.expect("good");
        assert_eq!(order.transmission(), parts.statement.transmission);
        assert_eq!(order.destination(), parts.destination.id);
        assert_eq!(order.address().as_str(), "131016-0456");
        assert_eq!(order.artefact(), Digest::of(&parts.package));
        assert_eq!(order.statement(), parts.statement.digest());
    }

    /// A medium needs a supervisor who is not the submitter; nothing else carries a third signature.
    #[test]
    fn a_medium_needs_a_supervisor() {
        use OrderRefusal::*;
        let world = World::new();
        let mut parts = world.parts();
        parts.go_to(crate::order::fixtures::address(Channel::Media, "USB-0012"));
        let now = NOON.plus_seconds(HOUR);
        assert_eq!(verify(&world, &parts, now), Ok(()), "the control");
        for (approver, refusal) in
            [(None, NotApproved), (Some(1), NotApproved), (Some(2), NotApproved), (Some(99), NotApproved)]
        {
            parts.approver = approver;
            assert_eq!(verify(&world, &parts, now), Err(refusal), "{approver:?}");
        }
        let mut folder = world.parts();
        folder.approver = Some(3);
        assert_eq!(verify(&world, &folder, now), Err(NotApproved), "not where none belongs");
        parts.approver = Some(3);
        let mut order = parts.order();
        let approved = order.approval.as_mut().expect("set above");
        approved.signature = crate::order::fixtures::sign(4, b"something else");
        let judge = |order: DispatchOrder| {
            order.verify(world.chain.latest(), now, Digest::of(&parts.package)).map(|_| ())
        };
        assert_eq!(judge(order), Err(ApproverSignature));
        let mut order = parts.order();
        order.approval.as_mut().expect("set above").approval.statement = Digest::of(b"another sending");
        assert_eq!(judge(order), Err(NotApproved));
    }

    /// Every refusal that people or keys can cause, each by one change of a good order that is signed again.
    #[test]
    fn each_binding_refuses_alone() {
        type Change = fn(&mut Parts);
        use OrderRefusal::*;
        let cases: [(Change, OrderRefusal); 18] = [
            (|p| p.statement.vault = VaultId::from_bytes([9; 16]), ForeignVault),
            (|p| p.submit_as(99), UnknownSubmitter),
            (|p| p.confirm_as(99), UnknownConfirmer),
            (|p| p.submit_as(2), SameAccount),
            (|p| p.confirm_as(1), SameAccount),
            (|p| p.confirm_as(6), SamePerson),
            (|p| p.submit_as(5), SubmitterSuspended),
            (|p| p.confirm_as(5), ConfirmerSuspended),
            (|p| p.submit_as(3), SubmitterNotEntitled),
            (|p| p.confirm_as(4), ConfirmerNotEntitled),
            (|p| p.confirm_as(3), ConfirmerNotEntitled),
            (|p| p.keys.0 = 2, SubmitterSignature),
            (|p| p.keys.1 = 1, ConfirmerSignature),
            (|p| p.other_statement = true, OtherStatement),
            (|p| p.destination.version += 1, OtherDestination),
            (|p| p.destination.address = folder("131016-0457"), OtherDestination),
            (
                |p| {
                    p.manifest =
                        Manifest::new([p.manifest.items(), p.manifest.items()].concat()).expect("two");
                },
                OtherManifest,
            ),
            (|p| p.name = Some("secret.age".into()), OtherName),
        ];
        let world = World::new();
        assert_eq!(verify(&world, &world.parts(), NOON.plus_seconds(HOUR)), Ok(()), "the control");
        for (change, refusal) in cases {
            let mut parts = world.parts();
            change(&mut parts);
            assert_eq!(verify(&world, &parts, NOON.plus_seconds(HOUR)), Err(refusal));
        }
        let mut parts = world.parts();
        parts.package.push(0);
        assert_eq!(verify(&world, &parts, NOON.plus_seconds(HOUR)), Err(OtherArtefact));
    }

    #[test]
    fn an_order_lives_four_hours_of_one_day() {
        let world = World::new();
        let parts = world.parts();
        let confirmed = parts.confirmation_at;
        for (seconds, expected) in [
            (-61, Err(OrderRefusal::FromTheFuture)),
            (-60, Ok(())),
            (0, Ok(())),
            (4 * HOUR, Ok(())),
            (4 * HOUR + 1, Err(OrderRefusal::Expired)),
            (24 * HOUR, Err(OrderRefusal::Expired)),
        ] {
            assert_eq!(verify(&world, &parts, confirmed.plus_seconds(seconds)), expected, "{seconds}");
        }
        let mut reversed = world.parts();
        reversed.confirmation_at = reversed.statement.at.plus_seconds(-1);
        assert_eq!(verify(&world, &reversed, NOON), Err(OrderRefusal::ConfirmedBeforeSubmitted));
        let mut late = world.parts();
        late.confirmation_at = NOON.plus_seconds(11 * HOUR);
        assert_eq!(verify(&world, &late, NOON.plus_seconds(12 * HOUR - 1)), Ok(()));
        assert_eq!(verify(&world, &late, NOON.plus_seconds(12 * HOUR)), Err(OrderRefusal::OtherDay));
    }

    #[test]
    fn a_person_suspended_since_stops_the_order() {
        let world = World::new();
        for n in [1, 2] {
            let mut entries = world.chain.latest().entries().to_vec();
            let found = entries.iter_mut().find(|e| e.party.account == account(n)).expect("in the roster");
            found.status = Status::Suspended;
            let roster = world.chain.latest().succeed(NOON, entries).expect("a good roster");
            let parts = world.parts();
            let result = parts.order().verify(&roster, NOON.plus_seconds(HOUR), Digest::of(&parts.package));
            let expected = [OrderRefusal::SubmitterSuspended, OrderRefusal::ConfirmerSuspended];
            assert_eq!(result, Err(expected[usize::from(n) - 1]));
        }
    }

    #[test]
    fn a_new_key_ends_old_signatures() {
        let world = World::new();
        let mut entries = world.chain.latest().entries().to_vec();
        let found = entries.iter_mut().find(|e| e.party.account == account(2)).expect("in the roster");
        found.key = entry(50, 50, &[Role::Clerk]).key;
        let roster = world.chain.latest().succeed(NOON, entries).expect("a good roster");
        let parts = world.parts();
        let result = parts.order().verify(&roster, NOON.plus_seconds(HOUR), Digest::of(&parts.package));
        assert_eq!(result, Err(OrderRefusal::ConfirmerSignature));
    }

    #[test]
    fn no_flipped_byte_is_believed() {
        let world = World::new();
        let parts = world.parts();
        let good = parts.order().to_bytes();
        for i in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone();
                bytes[i] ^= 1 << bit;
                let result = DispatchOrder::parse(&bytes).and_then(|o| {
                    o.verify(world.chain.latest(), NOON.plus_seconds(HOUR), Digest::of(&parts.package))
                });
                assert!(result.is_err(), "byte {i} bit {bit}");
            }
        }
    }

    #[test]
    fn size_and_form() {
        assert_eq!(DispatchOrder::parse(&vec![0; DispatchOrder::MAX_BYTES + 1]), Err(OrderRefusal::TooLarge));
        assert_eq!(DispatchOrder::parse(b""), Err(OrderRefusal::Malformed));
        let good = World::new().parts().order().to_bytes();
        assert_eq!(DispatchOrder::parse(&[&good[..], b"x"].concat()), Err(OrderRefusal::Malformed));
        let codes: std::collections::BTreeSet<_> = OrderRefusal::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), OrderRefusal::ALL.len());
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_canonical(
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
            at in any::<prop::sample::Index>(),
        ) {
            let _ = DispatchOrder::parse(&bytes);
            // Also around a real one, where the parser gets far.
            let mut near = World::new().parts().order().to_bytes();
            let cut = at.index(near.len());
            near.truncate(cut);
            near.extend(&bytes);
            if let Ok(order) = DispatchOrder::parse(&near) {
                prop_assert_eq!(order.to_bytes(), near);
            }
        }
    }
}
