//! What follows a report: steps, days, the draft, the closing.
use super::*;

#[test]
fn the_course_is_written_down_and_closed_by_somebody_else() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut reporter = place.sign_in("2001");
    let incident = reporter.perform(report(&place, destination, Some(wrong))).unwrap().incident;
    let leak = CloseIncident { incident, conclusion: Conclusion::Leak };
    assert_eq!(reporter.perform(leak).err(), Some(Reason::OwnReport));
    assert_eq!(place.last(&mut reporter), (Action::CloseIncident, Outcome::Denied, Some(Reason::OwnReport)));
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(leak).err(), Some(Reason::RoleForbids));

    let mut other = place.sign_in("2002");
    assert_eq!(other.perform(leak).err(), Some(Reason::RecoveryOpen));
    for kind in [StepKind::Contact, StepKind::Recovered, StepKind::PersonTold] {
        clerk.perform(step(&place, incident, kind)).unwrap();
        assert_eq!(place.last(&mut clerk), (Action::NoteIncidentStep, Outcome::Done, None));
    }
    assert_eq!(other.perform(leak).err(), Some(Reason::PreliminaryOpen));
    assert_eq!(
        place.last(&mut other),
        (Action::CloseIncident, Outcome::Failed, Some(Reason::PreliminaryOpen))
    );
    let told = NoteIncidentStep { people: Some(2), ..step(&place, incident, StepKind::PreliminaryReport) };
    clerk.perform(told).unwrap();
    assert!(clerk.warning().is_some());
    other.perform(leak).unwrap();
    assert_eq!(place.last(&mut other), (Action::CloseIncident, Outcome::Done, None));
    assert_eq!(other.warning(), None, "gone at once for whoever closed it");
    assert_eq!(other.perform(leak).err(), Some(Reason::IncidentClosed));

    let view = clerk.perform(ShowIncident { incident }).unwrap();
    assert_eq!(clerk.warning(), None, "and at the next reply for others");
    assert_eq!((view.line.people, view.words.expose().as_str()), (2, WORDS), "the newest number counts");
    let kinds: Vec<StepKind> = view.steps.iter().map(|step| step.noted.kind()).collect();
    use StepKind::{Contact, PersonTold, PreliminaryReport, Recovered};
    assert_eq!(kinds, [Contact, Recovered, PersonTold, PreliminaryReport]);
    assert_eq!(view.line.reporting.preliminary, Due::Done);
    assert!(matches!(view.line.reporting.last, Due::Left(_)), "the final report is still owed");
    let (conclusion, by, _) = view.line.closed.unwrap();
    assert_eq!((conclusion, by.as_str()), (Conclusion::Leak, "2002"));
    assert!(view.line.frozen, "the destination stays frozen");
    clerk.perform(step(&place, incident, StepKind::FinalReport)).unwrap();
    assert_eq!(clerk.perform(ListIncidents).unwrap()[0].reporting.last, Due::Done);
}

/// A slip of one digit must not stop the clock of the law.
#[test]
fn what_was_noted_by_mistake_is_taken_back_and_stays_to_be_read() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut clerk = place.sign_in("1001");
    let incident = clerk.perform(report(&place, destination, Some(wrong))).unwrap().incident;
    let mistaken = |kind| NoteIncidentStep { noted: Noted::Mistaken(kind), ..step(&place, incident, kind) };
    let reporting = |session: &mut Session| session.perform(ListIncidents).unwrap().remove(0).reporting;
    let before = reporting(&mut clerk);
    assert_eq!(clerk.perform(mistaken(StepKind::Malice)).err(), Some(Reason::NoSuchStep), "never noted");

    for kind in [StepKind::PreliminaryReport, StepKind::Malice] {
        clerk.perform(NoteIncidentStep { people: Some(9), ..step(&place, incident, kind) }).unwrap();
    }
    let noted = reporting(&mut clerk);
    assert_eq!(noted.preliminary, Due::Done);
    assert!(noted.due.final_until > before.due.final_until);
    let silent = NoteIncidentStep { words: Personal::default(), ..mistaken(StepKind::Malice) };
    assert_eq!(clerk.perform(silent).err(), Some(Reason::StepIncomplete), "why has to be said");
    for kind in [StepKind::PreliminaryReport, StepKind::Malice] {
        clerk.perform(NoteIncidentStep { whom: Personal::default(), ..mistaken(kind) }).unwrap();
    }
    assert_eq!(reporting(&mut clerk), before);
    let view = clerk.perform(ShowIncident { incident }).unwrap();
    assert_eq!((view.steps.len(), view.line.people), (4, 1), "nothing is gone, and nothing of it counts");
    assert!(!view.draft.contains("不正な目的") && !view.draft.contains("速報を出した"), "{}", view.draft);
    let leak = CloseIncident { incident, conclusion: Conclusion::Leak };
    clerk.perform(step(&place, incident, StepKind::Recovered)).unwrap();
    assert_eq!(place.sign_in("2001").perform(leak).err(), Some(Reason::PreliminaryOpen));
}

#[test]
fn no_leak_needs_its_ground() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut clerk = place.sign_in("1003");
    let incident = clerk.perform(report(&place, destination, Some(wrong))).unwrap().incident;
    let mut supervisor = place.sign_in("2001");
    let unread = CloseIncident { incident, conclusion: Conclusion::RecoveredUnread };
    assert_eq!(supervisor.perform(unread).err(), Some(Reason::RecoveryOpen));
    clerk.perform(step(&place, incident, StepKind::NotRecoverable)).unwrap();
    assert_eq!(supervisor.perform(unread).err(), Some(Reason::NotGotBack));
    // As if the paper had gone by fax.
    let as_fax = "DROP TRIGGER destination_fixed; UPDATE destination SET protection = 'courier'";
    supervisor.store.raw().execute_batch(as_fax).unwrap();
    let unreadable = CloseIncident { incident, conclusion: Conclusion::Unreadable };
    assert_eq!(supervisor.perform(unreadable).err(), Some(Reason::WasReadable));
    supervisor.store.raw().execute_batch("UPDATE destination SET protection = 'age'").unwrap();
    supervisor.perform(unreadable).unwrap();
    let line = supervisor.perform(ListIncidents).unwrap().remove(0);
    assert_eq!((line.reporting.preliminary, line.reporting.last), (Due::NotNeeded, Due::NotNeeded));
}

#[test]
fn a_step_says_with_whom_and_when() {
    let place = Place::new();
    let (destination, _) = sent(&place);
    let mut clerk = place.sign_in("1003");
    let incident = clerk.perform(report(&place, destination, None)).unwrap().incident;
    let none = Personal::<String>::default;
    for (bad, reason) in [
        (
            NoteIncidentStep { whom: none(), ..step(&place, incident, StepKind::Contact) },
            Reason::StepIncomplete,
        ),
        (
            NoteIncidentStep { words: none(), ..step(&place, incident, StepKind::Note) },
            Reason::StepIncomplete,
        ),
        (
            NoteIncidentStep {
                whom: Personal::new("あ".repeat(41)),
                ..step(&place, incident, StepKind::Contact)
            },
            Reason::StepIncomplete,
        ),
        (
            NoteIncidentStep {
                done_at: place.now().plus_seconds(1),
                ..step(&place, incident, StepKind::Contact)
            },
            Reason::MomentInvalid,
        ),
        (
            NoteIncidentStep { people: Some(100_000), ..step(&place, incident, StepKind::Note) },
            Reason::TooManyPeople,
        ),
    ] {
        assert_eq!(clerk.perform(bad).err(), Some(reason));
        assert_eq!(place.last(&mut clerk), (Action::NoteIncidentStep, Outcome::Failed, Some(reason)));
    }
    let bare =
        NoteIncidentStep { whom: none(), words: none(), ..step(&place, incident, StepKind::Recovered) };
    clerk.perform(bare).unwrap();
    let nothing = IncidentId::from_bytes([7; 16]);
    assert_eq!(clerk.perform(step(&place, nothing, StepKind::Note)).err(), Some(Reason::NoSuchThing));
    assert_eq!(clerk.perform(ShowIncident { incident: nothing }).err(), Some(Reason::NoSuchThing));
    assert_eq!(place.last(&mut clerk), (Action::ShowIncident, Outcome::Denied, Some(Reason::NoSuchThing)));
}

/// Malice, noted later, moves the last day of the final report.
#[test]
fn open_ones_come_first_with_their_days() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut clerk = place.sign_in("1003");
    let first = clerk.perform(report(&place, destination, None)).unwrap().incident;
    let found_at = place.now().plus_seconds(-6 * 86_400);
    clerk.perform(ReportMisdelivery { found_at, ..report(&place, destination, Some(wrong)) }).unwrap();
    for kind in [StepKind::Destroyed, StepKind::Malice] {
        clerk.perform(step(&place, first, kind)).unwrap();
    }
    let mut supervisor = place.sign_in("2001");
    let unread = CloseIncident { incident: first, conclusion: Conclusion::RecoveredUnread };
    supervisor.perform(unread).unwrap();
    let lines = supervisor.perform(ListIncidents).unwrap();
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(lines[0].reporting.preliminary, Due::Late(2));
    assert_eq!(lines[0].reporting.last, Due::Left(23));
    let due = lines[1].reporting.due;
    assert_eq!(due.preliminary_until.to_string(), "2026-07-18");
    assert_eq!(due.final_until.to_string(), "2026-09-11");
    assert_eq!(supervisor.warning().map(|warning| warning.open), Some(1));
}

/// Names may be in what people type; none is in the draft, none in the log.
#[test]
fn the_draft_and_the_log_name_nobody() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut clerk = place.sign_in("1003");
    let incident = clerk.perform(report(&place, destination, Some(wrong))).unwrap().incident;
    for kind in StepKind::ALL {
        clerk.perform(step(&place, incident, *kind)).unwrap();
    }
    let view = clerk.perform(ShowIncident { incident }).unwrap();
    for known in [
        "見本保健所",
        "令和8年7月14日",
        "D014 架空県庁",
        "庁内送信",
        "腸管出血性大腸菌",
        "氏名",
        "症状・診断・経路",
        "1人",
        "回収できない",
        "暗号化されていた",
    ] {
        assert!(view.draft.contains(known), "{known} is not in\n{}", view.draft);
    }
    for (at, heading) in
        ["概要", "項目", "本人の数", "原因", "二次被害", "本人への対応", "公表", "再発防止", "参考"]
            .into_iter()
            .enumerate()
    {
        let number = format!("\n{} ", at + 1);
        let line = view.draft.split(&number).nth(1).and_then(|rest| rest.lines().next()).unwrap();
        assert!(line.contains(heading), "{line}");
    }
    let mut personal: Vec<String> =
        ["仮野", "花枝", "カリノ", "0300000123", "電話で話した", "架空病院の人"].map(String::from).into();
    personal.push(WORDS.into());
    for word in &personal {
        assert!(!view.draft.contains(word.as_str()), "{word} is in\n{}", view.draft);
    }
    for event in place.events(&mut clerk) {
        let body = event.encode();
        for word in &personal {
            assert!(!body.windows(word.len()).any(|part| part == word.as_bytes()), "{:?}", event.action);
        }
    }
    assert!(!format!("{view:?}").contains("仮野"), "nor where it is printed by accident");
    let details: i64 = clerk
        .store
        .raw()
        .query_row(
            "SELECT count(*) FROM audit_detail d JOIN audit_event e ON e.seq = d.seq WHERE e.action BETWEEN 65 AND 69",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(details, 0);
}

/// Nothing has ever gone by a version that was never in force: it says nothing about what could be read.
#[test]
fn an_incident_about_an_entry_is_judged_by_what_was_in_force() {
    let place = Place::new();
    let by_fax = DestinationProposal {
        channel: crate::domain::destination::Channel::Fax,
        address: "03-0000-0456".into(),
        lock: ProposedLock::None,
        ..place.proposal()
    };
    let destination = place.in_force(by_fax);
    let mut clerk = place.sign_in("1001");
    let change = DestinationProposal { change: Some(destination), ..place.proposal() };
    clerk.perform(ProposeDestination { proposal: change }).unwrap();
    place.sign_in("1002").perform(place.rekey(destination)).unwrap();
    let incident = clerk.perform(report(&place, destination, None)).unwrap().incident;
    clerk.perform(step(&place, incident, StepKind::NotRecoverable)).unwrap();
    let mut supervisor = place.sign_in("2001");
    let unreadable = CloseIncident { incident, conclusion: Conclusion::Unreadable };
    assert_eq!(supervisor.perform(unreadable).err(), Some(Reason::WasReadable), "faxes were sent there");
    let line = supervisor.perform(ListIncidents).unwrap().remove(0);
    assert_eq!(line.channel, crate::domain::destination::Channel::Fax);
}

#[test]
fn an_entry_that_was_never_in_force_is_what_it_is() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let destination = clerk.perform(ProposeDestination { proposal: place.proposal() }).unwrap().id;
    let incident = clerk.perform(report(&place, destination, None)).unwrap().incident;
    clerk.perform(step(&place, incident, StepKind::NotRecoverable)).unwrap();
    let unreadable = CloseIncident { incident, conclusion: Conclusion::Unreadable };
    place.sign_in("2001").perform(unreadable).unwrap();
}
