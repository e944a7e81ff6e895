//! A month of a health centre, made up: does the queue bring up what should not have happened, and can it be finished?
//!
//! `work` is the month of honest people, `misuse` what twenty-odd dishonest moments look like from inside the people who
//! have them. Neither asks what the rules look for. After the first count of what was found only honest work was added:
//! lists, to come to forty thousand events, and answered calls, to leave as much unexplained as in hospitals, where work
//! explains some 94 of 100 looks (Fabbri).
mod misuse;
mod people;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use misuse::Planted;
use people::Office;

use super::access::Deed;
use super::mark::Group;
use super::queue::{Period, QueueRow, queue};
use crate::domain::chance::Chance;
use crate::domain::week::Week;

const SEEDS: [u64; 3] = [2026, 7, 14];
const FIRST: usize = 200;
const WEEKS: usize = 5;
const A_WEEK: usize = 20;

fn review(office: &Office) -> Vec<QueueRow> {
    let first = office.accesses.iter().find(|access| office.is_in_month(access.at)).unwrap().seq;
    let last = office.accesses.iter().rfind(|access| office.is_in_month(access.at)).unwrap().seq;
    let period = Period { seqs: first..=last, sample: A_WEEK * WEEKS, seed: [9; 32] };
    queue(&office.accesses, &office.facts, &period)
}

/// The same month as it is really reviewed: each week for itself.
fn by_week(office: &Office) -> Vec<Vec<QueueRow>> {
    let mut weeks: BTreeMap<Week, (u64, u64)> = BTreeMap::new();
    for access in office.accesses.iter().filter(|access| office.is_in_month(access.at)) {
        let span = weeks.entry(Week::of(access.at.date_in_japan())).or_insert((access.seq, access.seq));
        span.1 = access.seq;
    }
    let one = |(first, last)| Period { seqs: first..=last, sample: A_WEEK, seed: [9; 32] };
    weeks.into_values().map(|span| queue(&office.accesses, &office.facts, &one(span))).collect()
}

/// How many of the planted ones have an event in these rows, and how many rows have one.
fn found(rows: &[QueueRow], planted: &[Planted]) -> (usize, usize) {
    let in_rows: BTreeSet<u64> = rows.iter().flat_map(|row| row.seqs.iter().copied()).collect();
    let of_planted: BTreeSet<u64> = planted.iter().flat_map(|one| one.seqs.iter().copied()).collect();
    (
        planted.iter().filter(|one| one.seqs.iter().any(|seq| in_rows.contains(seq))).count(),
        rows.iter().filter(|row| row.seqs.iter().any(|seq| of_planted.contains(seq))).count(),
    )
}

fn lengths(weeks: &[Vec<QueueRow>]) -> Vec<usize> {
    weeks.iter().map(Vec::len).collect()
}

#[test]
fn planted_misuse_comes_up_early() {
    for seed in SEEDS {
        let mut chance = Chance(seed);
        let mut office = Office::staffed(&mut chance);
        work::month(&mut office, &mut chance);
        let mut planted = misuse::plant(&mut office, &mut chance);
        office.number_in_order(&mut planted);
        let events = office.accesses.iter().filter(|access| office.is_in_month(access.at)).count();
        let rows = review(&office);
        let first = &rows[..rows.len().min(FIRST)];
        let (found, of_planted) = found(first, &planted);
        eprintln!(
            "seed {seed}: {events} events, {} planted; the first {} of {} rows hold {found} of them ({}%) in {of_planted} rows",
            planted.len(),
            first.len(),
            rows.len(),
            found * 100 / planted.len()
        );
        for one in planted
            .iter()
            .filter(|one| !one.seqs.iter().any(|seq| first.iter().any(|row| row.seqs.contains(seq))))
        {
            let place = rows.iter().position(|row| one.seqs.iter().any(|seq| row.seqs.contains(seq)));
            eprintln!("  not there: {:?}, in row {place:?}", one.kind);
        }
        let mut strictly = rows.clone();
        strictly.sort_by_key(|row| row.group);
        let strictly = self::found(&strictly[..first.len()], &planted).0 * 100 / planted.len();
        eprintln!("  with the groups strictly one after the other it would be {strictly}%");
        let weeks = by_week(&office);
        let (in_weeks, _) = self::found(&weeks.concat(), &planted);
        eprintln!("  reviewed week by week, {in_weeks} are in queues of {:?} rows", lengths(&weeks));
        assert!(in_weeks * 100 >= planted.len() * 95, "{in_weeks} in the weeks");
        let count = |group| rows.iter().filter(|row| row.group == group).count();
        eprintln!("  rows by group: {:?}", Group::ALL.map(|group| (group.label(), count(group))));
        assert!((39_000..=43_000).contains(&events), "{events}");
        assert_eq!(planted.len(), 60);
        assert!(found * 100 >= planted.len() * 95, "{found} of {}", planted.len());
    }
}

#[test]
fn a_month_of_honest_work_can_be_finished() {
    for seed in SEEDS {
        let mut chance = Chance(seed);
        let mut office = Office::staffed(&mut chance);
        work::month(&mut office, &mut chance);
        office.number_in_order(&mut []);
        let rows = review(&office);
        let in_month = office.accesses.iter().filter(|access| office.is_in_month(access.at));
        let looks = in_month.filter(|access| access.deed() == Deed::Look && access.is_done());
        let first: BTreeSet<_> = looks.map(|access| (access.actor, access.record)).collect();
        let count = |group| rows.iter().filter(|row| row.group == group).count();
        eprintln!("seed {seed}: {} first looks", first.len());
        eprintln!(
            "seed {seed}: honest month: {} rows, {} a week {:?}",
            rows.len(),
            rows.len() / WEEKS,
            Group::ALL.map(|group| (group.label(), count(group)))
        );
        let weeks = by_week(&office);
        eprintln!("seed {seed}: week by week {:?} rows", lengths(&weeks));
        assert!(lengths(&weeks).iter().all(|rows| *rows <= 100), "a hundred rows are an hour");
    }
}
