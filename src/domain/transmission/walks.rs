//! The small world searched and walked: nothing breaks, and every guard is needed.
use std::collections::{HashSet, VecDeque};

use super::Finding;
use super::world::{Act, GUARDS, Guard, World, acts};
use crate::domain::chance::Chance;

/// Breadth first over everything reachable within `depth` acts; the first violation with its shortest way.
fn search(off: Option<Guard>, depth: usize) -> Result<usize, (Vec<Act>, &'static str)> {
    let acts = acts();
    let mut seen = HashSet::from([World::new()]);
    let mut queue = VecDeque::from([(World::new(), vec![])]);
    while let Some((world, path)) = queue.pop_front() {
        for act in &acts {
            let Some(next) = world.after(*act, off) else { continue };
            let mut way: Vec<Act> = path.clone();
            way.push(*act);
            if let Some(violation) = world.violation_of(*act, &next) {
                return Err((way, violation));
            }
            if way.len() < depth && seen.insert(next.clone()) {
                queue.push_back((next, way));
            }
        }
    }
    Ok(seen.len())
}

/// Deep enough for submit, confirm, seal, claim, crash, retry, second transmission.
const DEPTH: usize = 7;

#[test]
fn with_all_guards_no_invariant_breaks() {
    let states = search(None, DEPTH - 1).unwrap_or_else(|(way, violation)| panic!("{violation}: {way:?}"));
    assert!(states > 5_000, "the world has become too small to mean anything: {states} states");
}

#[test]
fn each_of_the_sixteen_guards_is_needed() {
    for &guard in GUARDS {
        let found = search(Some(guard), DEPTH);
        assert!(found.is_err(), "{guard:?} switched off and nothing broke in {found:?} states");
    }
}

/// The positive control of the walks: work gets done at all, and a package can really be sent.
#[test]
fn the_honest_way_leads_to_sent() {
    let way = [
        Act::EditContent(0),
        Act::Submit(0),
        Act::Confirm { user: 1, typed: 0, foreign: false },
        Act::Seal,
        Act::Claim,
        Act::Transport { address: 0, crash: false },
    ];
    let end =
        way.iter().try_fold(World::new(), |world, act| world.after(*act, None)).expect("nothing refuses");
    assert_eq!((end.state.code(), end.sent.len()), ("sent", 1));
}

/// What the walks have come to.
#[derive(Default)]
struct Tally {
    effects: u32,
    confirmed: u32,
    sent: u32,
}

const ACTS: usize = 1_000_000;
/// Far beyond the depth of the search.
const WALK_MAX: usize = 300;

/// What an honest office does all day. Drawn evenly from everything, a walk would almost never come to a sending.
fn honest_acts() -> Vec<Act> {
    let mut acts = vec![Act::Submit(0), Act::Seal, Act::Claim, Act::Resubmit];
    acts.extend([Finding::Sent, Finding::NotSent].map(Act::Reconcile));
    acts.extend([0, 1].map(|typed| Act::Confirm { user: 1, typed, foreign: false }));
    acts.extend([0, 1].map(|address| Act::Transport { address, crash: false }));
    acts
}

/// One walk of `length` acts tried in a new world: seven of eight are honest ones, and any may be among the others.
fn walk(chance: &mut Chance, [honest, all]: [&[Act]; 2], length: usize, tally: &mut Tally) {
    let (mut world, mut way) = (World::new(), vec![]);
    for _ in 0..length {
        let from = if chance.one_in(8) { all } else { honest };
        let act = chance.pick(from);
        let Some(next) = world.after(act, None) else { continue };
        way.push(act);
        assert_eq!(world.violation_of(act, &next), None, "{way:?}");
        world = next;
        tally.effects += 1;
        tally.confirmed += u32::from(matches!(act, Act::Confirm { .. }));
        tally.sent += u32::from(matches!(act, Act::Transport { .. }));
    }
}

/// The numbers demanded are about half of what was measured: walks that do nothing would prove nothing.
#[test]
fn a_million_random_acts_break_nothing() {
    let (honest, all) = (honest_acts(), acts());
    let (mut chance, mut tally) = (Chance(1), Tally::default());
    let mut left = ACTS;
    while left > 0 {
        // Short ones are many: every world ends somewhere, and nothing new happens in it then.
        let longest = 1 + chance.below(WALK_MAX);
        let length = left.min(1 + chance.below(longest));
        walk(&mut chance, [&honest, &all], length, &mut tally);
        left -= length;
    }
    let Tally { effects, confirmed, sent } = tally;
    assert!(effects >= 30_000, "only {effects} acts took effect");
    assert!(confirmed >= 3_500, "only {confirmed} confirmations");
    assert!(sent >= 1_500, "only {sent} packages sent");
}
