//! What is looked at before anybody is asked to confirm: the addressee, other people's names, what may be known there.
use super::support::*;
use crate::domain::destination::Channel;
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::institution::{Band, Contract, Institution};
use crate::domain::sensitive::Personal;
use crate::form::Value;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

/// A request for home care to a partner, entered by 1001.
fn request(place: &Place, partner: &[(&str, &str)]) -> (Session, RecordId) {
    let mut clerk = place.sign_in("1001");
    let opened = clerk
        .perform(OpenDraft { form: "homecare_support_request".into(), intake: intake(), link: None })
        .unwrap();
    let form = place.office.house().shared_catalog();
    let form = form.latest("homecare_support_request").unwrap();
    let mut values = form
        .parse_json_values(
            r#"{"reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04",
                "phone": "0300000123", "requests": ["電話診療"], "urgency": "当日", "consent": "person",
                "requested_on": "2026-07-14"}"#
                .as_bytes(),
        )
        .unwrap();
    for (key, value) in partner {
        let value = match *key {
            "partner_hours" => Value::Choice((*value).to_owned()),
            _ => Value::Text((*value).to_owned()),
        };
        values.set(*key, value);
    }
    let done = clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
    let RegisterOutcome::Registered(done) = done else { panic!("{done:?}") };
    (clerk, done.record)
}

/// A partner that may be asked this year.
fn under_contract(place: &Place, code: &str, name: &str) {
    let day = |text: &str| text.parse().unwrap();
    let institution = Institution {
        code: code.into(),
        name: name.into(),
        reading: "カクウホウモンカンゴ".into(),
        contract: Some(Contract {
            from: day("2026-04-01"),
            until: day("2027-03-31"),
            bands: vec![Band::Weekday],
        }),
        ..Institution::default()
    };
    place.sign_in("1001").perform(KeepInstitution { change: None, institution }).unwrap();
}

#[test]
fn the_addressee_in_the_paper_is_the_destination() {
    let place = Place::new();
    let visiting = DestinationProposal {
        code: "D020".into(),
        organisation: "架空訪問看護".into(),
        institution: "v001".into(),
        address: "131016-0020".into(),
        purposes: vec!["home_care".into()],
        ..place.proposal()
    };
    let visiting = place.in_force(visiting);
    let other = DestinationProposal {
        code: "D021".into(),
        organisation: "見本訪問看護".into(),
        institution: "V002".into(),
        address: "131016-0021".into(),
        purposes: vec!["home_care".into()],
        ..place.proposal()
    };
    let other = place.in_force(other);
    let unnumbered = DestinationProposal {
        code: "D022".into(),
        organisation: "例田 医院".into(),
        address: "131016-0022".into(),
        purposes: vec!["home_care".into()],
        ..place.proposal()
    };
    let unnumbered = place.in_force(unnumbered);
    under_contract(&place, "V001", "架空訪問看護");
    let (mut clerk, record) = request(
        &place,
        &[("partner_code", "V001"), ("partner_name", "架空訪問看護"), ("partner_hours", "weekday")],
    );
    let to = |destination| PrepareTransmission { record, destination, mention: None };
    for wrong in [other, unnumbered] {
        assert_eq!(clerk.perform(to(wrong)).err(), Some(Reason::AddresseeDiffers));
        assert_eq!(
            place.last(&mut clerk),
            (Action::PrepareTransmission, Outcome::Failed, Some(Reason::AddresseeDiffers))
        );
    }
    assert!(clerk.perform(to(visiting)).is_ok());
    // Without a number the names are compared, whatever the spaces.
    let (mut clerk, record) = request(&place, &[("partner_name", "例田医院")]);
    let to = |destination| PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(to(visiting)).err(), Some(Reason::AddresseeDiffers));
    assert!(clerk.perform(to(unnumbered)).is_ok());
}

#[test]
fn only_what_a_purpose_covers_goes_there_and_only_its_items() {
    let place = Place::new();
    let delivery = DestinationProposal {
        code: "D030".into(),
        organisation: "架空配送".into(),
        address: "131016-0030".into(),
        purposes: vec!["delivery".into()],
        ..place.proposal()
    };
    let delivery = place.in_force(delivery);
    let (mut clerk, record) = request(&place, &[]);
    let to = PrepareTransmission { record, destination: delivery, mention: None };
    let PrepareOutcome::Prepared(prepared) = clerk.perform(to).unwrap() else { panic!("nobody is named") };
    let paper = prepared.document.expose();
    assert!(paper.contains("仮野 花枝") && paper.contains("0123"), "whom and where to");
    for kept_back in ["電話診療", "当日", "昭和50年", "女"] {
        assert!(!paper.contains(kept_back), "{kept_back} is nobody's business there");
    }
    assert!(prepared.left_out >= 6, "sex, birth date, requests, urgency, consent, day of the request");
    let report = register(&mut clerk, &ehec());
    let wrong = PrepareTransmission { record: report, destination: delivery, mention: None };
    assert_eq!(
        clerk.perform(wrong).err(),
        Some(Reason::PurposeForbids),
        "no report goes to a carrier of parcels"
    );
}

#[test]
fn whoever_else_is_named_is_told_before_anybody_is_asked() {
    let place = Place::new();
    let destination = place.destination();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    let other = |session: &mut Session, remark: &str| {
        let mut values = ehec();
        values.set("name", Value::Text("見本 太郎".into()));
        values.set("reading", Value::Text("ミホン タロウ".into()));
        values.set("phone", Value::Text("0300000177".into()));
        values.set("remarks", Value::Text(remark.into()));
        register(session, &values)
    };
    let to = |record, mention: Option<&str>| PrepareTransmission {
        record,
        destination,
        mention: mention.map(|words| Personal::new(words.to_owned())),
    };
    for remark in [
        "仮野花枝さんの同僚",
        "同僚の仮野　花枝 (45歳)",
        "連絡先 03-0000-0123",
        "電話は０３０００００１２３です",
    ] {
        let record = other(&mut clerk, remark);
        let outcome = clerk.perform(to(record, None)).unwrap();
        let PrepareOutcome::Mentions(items) = outcome else { panic!("{remark}: {outcome:?}") };
        assert_eq!(items.len(), 1, "{remark}");
        let last = place.last(&mut clerk);
        assert_eq!(
            last,
            (Action::PrepareTransmission, Outcome::Failed, Some(Reason::OthersMentioned)),
            "{remark}"
        );
        assert_eq!(clerk.perform(to(record, Some("  "))).err(), Some(Reason::MentionReasonMissing));
        let explained = clerk.perform(to(record, Some("同じ職場の感染者として"))).unwrap();
        assert!(matches!(explained, PrepareOutcome::Prepared(_)), "{remark}");
    }
    for remark in
        ["本人の電話 0300000177", "見本太郎本人から聴取", "03-0000-0199 は使われていない", "特になし"]
    {
        let record = other(&mut clerk, remark);
        assert!(matches!(clerk.perform(to(record, None)).unwrap(), PrepareOutcome::Prepared(_)), "{remark}");
    }
    // The second person sees why.
    let mut second = place.sign_in("1002");
    let line = second.perform(ListTransmissions).unwrap().into_iter().rfind(|line| line.number == 1).unwrap();
    let transmission = line.id;
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let pages: u32 = second
        .store
        .raw()
        .query_row("SELECT pages FROM transmission WHERE id = ?1", [transmission.as_bytes()], |row| {
            row.get(0)
        })
        .unwrap();
    let answers = place.answers(pages);
    let matching = MatchTransmission { transmission, evidence: task.evidence, answers };
    let MatchOutcome::Match(reveal) = second.perform(matching).unwrap() else { panic!("it matches") };
    assert_eq!(reveal.mention.unwrap().expose(), "同じ職場の感染者として");
}

#[test]
fn the_paper_is_what_the_way_needs() {
    let place = Place::new();
    let fax = DestinationProposal {
        channel: Channel::Fax,
        address: "03-0000-0456".into(),
        lock: ProposedLock::None,
        ..place.proposal()
    };
    let fax = place.in_force(fax);
    let mail = DestinationProposal {
        code: "D015".into(),
        channel: Channel::Mail,
        address: "kansen@city.example.lg.jp".into(),
        ..place.proposal()
    };
    let mail = place.in_force(mail);
    let mut clerk = place.sign_in("1001");
    let mut send = |destination| {
        let record = register(&mut clerk, &ehec());
        let prepared = prepare(&mut clerk, record, destination);
        let query = "SELECT artefact, manifest FROM transmission WHERE id = ?1";
        let row: (Vec<u8>, Vec<u8>) = clerk
            .store
            .raw()
            .query_row(query, [prepared.transmission.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        (prepared, row.0, crate::order::Manifest::parse(&row.1).unwrap())
    };
    let (faxed, package, manifest) = send(fax);
    assert!(package.starts_with(b"age-encryption.org"), "pages lie sealed to the dispatcher");
    assert_eq!(manifest.items()[0].media_type(), "image/tiff");
    let (mailed, package, manifest) = send(mail);
    assert!(package.starts_with(b"age-encryption.org"));
    assert_eq!(manifest.items()[0].media_type(), "application/pdf");
    assert_eq!(mailed.pages + 1, faxed.pages, "a fax has a cover");
    assert!(!place.recipient.open(&package).unwrap().is_empty());
}

/// Whoever may yet be asked to key the number of another sending reads it on no paper of their own.
#[test]
fn the_number_stands_on_the_paper_and_not_on_the_screen() {
    for channel in [Channel::Fax, Channel::ManualFax] {
        let place = Place::new();
        let fax = DestinationProposal {
            channel,
            address: "03-0000-0456".into(),
            lock: ProposedLock::None,
            ..place.proposal()
        };
        let destination = place.in_force(fax);
        let mut clerk = place.sign_in("1001");
        let record = register(&mut clerk, &ehec());
        let prepared = prepare(&mut clerk, record, destination);
        let screen = prepared.document.expose();
        assert!(screen.contains("** - **** - ****"), "{screen}");
        assert!(!screen.contains("- 0456") && !screen.contains("03 - 0000"), "{screen}");

        let query = "SELECT manifest FROM transmission WHERE id = ?1";
        let manifest: Vec<u8> =
            clerk.store.raw().query_row(query, [prepared.transmission.as_bytes()], |row| row.get(0)).unwrap();
        let manifest = crate::order::Manifest::parse(&manifest).unwrap();
        let control = control_of(&clerk, prepared.transmission);
        let drawn = |address: &str| Digest::of(&paper(&place, channel, address, &control));
        assert_eq!(manifest.items()[0].digest, drawn("03 - 0000 - 0456"), "{channel:?}");
        assert_ne!(manifest.items()[0].digest, drawn("** - **** - ****"), "{channel:?}");
    }
}

/// The first record of 1001 to D014, drawn from the beginning.
fn paper(place: &Place, channel: Channel, address: &str, control: &str) -> Vec<u8> {
    use crate::export::document::{Cover, Document, Letter, Office, Recipient};
    let catalog = place.office.house().shared_catalog();
    let form = catalog.latest("ehec").unwrap();
    let today = place.now().date_in_japan();
    let context = crate::form::Context { today, received_at: START };
    let complete = form.complete(&ehec(), &context).unwrap();
    let letter = Letter {
        to: Recipient {
            code: "D014".into(),
            organisation: place.proposal().organisation,
            address: address.into(),
            short_dial: String::new(),
        },
        from: Office { name: "見本保健所".into(), phone: "0300000100".into(), fax: "0300000101".into() },
        officer: "仮田 1001".into(),
        reference: "0001".into(),
        control: control.into(),
        sent_on: today,
        cover: Some(if channel == Channel::Fax { Cover::Fax } else { Cover::DialledByHand }),
    };
    let document = Document::of_record(form, &complete, &letter, &std::collections::BTreeSet::new()).unwrap();
    let pdf = crate::export::pdf::render(&document).unwrap();
    if channel == Channel::Fax { crate::export::fax::render(&pdf).unwrap().bytes } else { pdf.bytes }
}

/// Said before two people agree to something that could not be printed.
#[test]
fn nothing_is_prepared_for_paper_without_the_key_of_before() {
    let place = Place::new();
    let proposal = place.proposal();
    let fax = DestinationProposal {
        channel: Channel::Fax,
        address: "03-0000-0456".into(),
        lock: ProposedLock::None,
        ..proposal
    };
    let destination = place.in_force(fax);
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let prepared = prepare(&mut clerk, record, destination);
    clerk.perform(WithdrawTransmission { transmission: prepared.transmission }).unwrap();

    let key = place.office.house().courier_dir().join("identity");
    let kept = std::fs::read(&key).unwrap();
    let again = |session: &mut Session| {
        let outcome = session.perform(PrepareTransmission { record, destination, mention: None });
        (outcome.err(), place.last(session))
    };
    let failed = (Action::PrepareTransmission, Outcome::Failed, Some(Reason::CourierKeyGone));
    std::fs::remove_file(&key).unwrap();
    assert_eq!(again(&mut clerk), (Some(Reason::CourierKeyGone), failed));
    crate::courier::introduce(&place.office.house().courier_dir()).unwrap();
    assert_eq!(again(&mut clerk), (Some(Reason::CourierKeyGone), failed), "a new one is another one");
    std::fs::write(&key, kept).unwrap();
    assert_eq!(again(&mut clerk).0, None);
}
