//! Several processes at once. Threads with an office handle each have their own locks and database connections.
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::support::*;
use crate::domain::sensitive::Secret;
use crate::office::audit::Action;
use crate::office::ops::*;
use crate::office::store::Store;
use crate::office::vault::keys::Purpose;
use crate::office::*;
use crate::order::names;
use crate::os::files::Lock;

const CROWD: usize = 20;

/// T4: the lock-out is taken out of the way, so that nothing but the consumed step can stop the second one.
#[test]
fn one_code_lets_one_of_twenty_in() {
    let place = Place::new();
    let offices = [place.other_office(), place.other_office()];
    let counter = place.office.house().generation().unwrap().locks_dir().join("1001");
    for _ in 0..3 {
        place.wait(31);
        let credentials = place.credentials("1001");
        let (inside, done, barrier) = (AtomicUsize::new(0), AtomicBool::new(false), Barrier::new(CROWD));
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    let _ = std::fs::remove_file(&counter);
                    thread::yield_now();
                }
            });
            let crowd: Vec<_> = (0..CROWD)
                .map(|n| {
                    let (office, credentials) = (&offices[n % 2], &credentials);
                    let (inside, barrier) = (&inside, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        loop {
                            match office.sign_in(credentials) {
                                Ok(_) => inside.fetch_add(1, Ordering::SeqCst),
                                Err(Reason::LockedOut) => continue,
                                Err(reason) => {
                                    assert_eq!(reason, Reason::SignInWrong);
                                    0
                                }
                            };
                            break;
                        }
                    })
                })
                .collect();
            let ended: Vec<_> = crowd.into_iter().map(thread::ScopedJoinHandle::join).collect();
            done.store(true, Ordering::SeqCst);
            assert!(ended.into_iter().all(|ended| ended.is_ok()));
        });
        assert_eq!(inside.into_inner(), 1);
    }
}

/// A code that is wrong and a code that is right cost the same attempt: twenty guesses at once are one guess.
#[test]
fn twenty_guesses_at_once_are_one_attempt() {
    let place = Place::new();
    let office = place.other_office();
    let wrong = Credentials { password: Secret::new("wrong".into()), ..place.credentials("1001") };
    let checked = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..CROWD {
            scope.spawn(|| {
                if office.sign_in(&wrong).err() == Some(Reason::SignInWrong) {
                    checked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(checked.into_inner(), 1);
}

/// The same for the second proof within a session.
#[test]
fn a_wrong_step_up_counts_before_it_is_checked() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    let mut second = place.sign_in("1002");
    place.wait(31);
    let again = |password: Secret| BeginConfirmation {
        transmission,
        proof: Proof::Again { password, code: place.code("1002") },
    };
    let wrong = second.perform(again(Secret::new("wrong".into())));
    assert_eq!(wrong.err(), Some(Reason::StepUpWrong));
    assert_eq!(second.perform(again(password("1002"))).err(), Some(Reason::LockedOut));
    assert_eq!(place.try_sign_in(&place.credentials("1002")), Err(Reason::LockedOut), "one counter for both");
    place.wait(2);
    assert!(second.perform(again(password("1002"))).is_ok());
    place.wait(2);
    assert_eq!(second.perform(again(password("1002"))).err(), Some(Reason::StepUpWrong), "the code is spent");
}

/// R8: nobody is told to come back later, and nothing is lost or counted twice.
#[test]
fn eight_at_once_are_never_told_that_the_house_is_busy() {
    const ACTS: usize = 50;
    let place = Place::new();
    let mut sessions: Vec<Session> =
        ["1001", "1002", "1003", "1101", "1001", "1002", "1003", "1101"].map(|n| place.sign_in(n)).into();
    let key = {
        let keys = &sessions[0].keys;
        let name = keys.vault_name();
        keys.vault_key().derive(Purpose::Database, name.vault, name.generation)
    };
    let generation = place.office.house().generation().unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        // Somebody comes and goes all the time: opening and closing has its own locks.
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                Store::open(&generation.database(), &generation.seal_state(), &key).map(drop).unwrap();
            }
        });
        let workers: Vec<_> = sessions
            .iter_mut()
            .map(|session| {
                scope.spawn(move || {
                    for _ in 0..ACTS {
                        session.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap();
                    }
                })
            })
            .collect();
        let ended: Vec<_> = workers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        done.store(true, Ordering::SeqCst);
        assert!(ended.into_iter().all(|ended| ended.is_ok()));
    });
    let mut supervisor = place.sign_in("2001");
    let listed =
        place.events(&mut supervisor).iter().filter(|e| e.action == Action::ListDestinations).count();
    assert_eq!(listed, 8 * ACTS);
    let auditor = Some(place.auditor.clone());
    assert_eq!(found(&mut supervisor, auditor), vec![]);
}

/// While the second person's process waits for the courier, the sender takes it back.
#[test]
fn what_was_withdrawn_before_its_order_was_written_is_not_sent() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let outbox = place.office.house().outbox();
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let (evidence, answers) = (task.evidence, place.answers(pages));
    second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let author = place.sign_in("1001");
    let courier = Lock::exclusive(&outbox.join(names::LOCK)).unwrap();
    thread::scope(|scope| {
        let confirming = scope.spawn(|| second.perform(ConfirmTransmission { transmission, evidence }));
        let raw = author.store.raw();
        raw.busy_timeout(Duration::ZERO).unwrap();
        let state =
            || -> String { raw.query_row("SELECT state FROM transmission", [], |row| row.get(0)).unwrap() };
        while state() != "queued" {
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(Duration::from_millis(200));
        // What a withdrawal writes; refused while the order is on its way into the outbox.
        let _ = raw.execute_batch("UPDATE transmission SET state = 'withdrawn'");
        drop(courier);
        confirming.join().unwrap().unwrap();
        let order = outbox.join(format!("{transmission}.order"));
        assert_eq!(
            order.exists(),
            state() == "queued",
            "an order for a withdrawn sending, or none for a queued one"
        );
    });
}

/// A carrier that hangs stops the sending, not the house; and what is recorded does not read as if it were not.
#[test]
fn a_hanging_courier_does_not_stop_the_house() {
    let place = Place::new();
    let (_, destination, transmission, pages) = place.awaiting();
    let outbox = place.office.house().outbox();
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let (evidence, answers) = (task.evidence, place.answers(pages));
    second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let courier = Lock::exclusive(&outbox.join(names::LOCK)).unwrap();
    let confirmed = second.perform(ConfirmTransmission { transmission, evidence });
    assert_eq!(confirmed.err(), Some(Reason::FilesPending));
    let freeze = FreezeDestination { id: destination };
    second.perform(freeze).unwrap();
    assert!(std::fs::read_to_string(outbox.join(names::FROZEN)).unwrap().contains(&destination.to_string()));
    drop(courier);
    second.perform(TakeReceipts).unwrap();
    assert!(outbox.join(format!("{transmission}.order")).exists(), "written as soon as it can be");
}

#[test]
fn two_set_ups_at_once_make_one_installation() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::new();
    let house = place.office.house();
    let office = Office::new(
        &dir.path().join("home"),
        Surroundings {
            clock: house.clock(),
            entropy: std::sync::Arc::new(|| Box::new(crate::os::entropy::KernelEntropy)),
            origin: Origin::default(),
            gazetteer: std::sync::Arc::new(crate::japanese::gazetteer::Gazetteer::default),
            site: Site::default(),
            forms: std::sync::Arc::new(|| {
                crate::form::Catalog::open(crate::form::shipped_sources(), crate::form::SiteFiles::default())
                    .catalog
            }),
        },
    );
    let (one, two) = (begin(&office), begin(&office));
    let finished: Vec<_> = thread::scope(|scope| {
        let both = [&one, &two].map(|set_up| scope.spawn(|| set_up.finish("見本保健所", &people())));
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(
        finished.iter().any(Result::is_ok) && finished.contains(&Err(Reason::AlreadySetUp)),
        "{finished:?}"
    );
    place.wait(31);
    assert!(office.sign_in(&place.credentials("1001")).is_ok());
}
