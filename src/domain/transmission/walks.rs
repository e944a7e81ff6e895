//! The small world searched and walked: nothing breaks, and every guard is needed.
use std::collections::{HashSet, VecDeque};

use proptest::prelude::*;

use super::world::{Act, GUARDS, Guard, World, acts};

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

proptest! {
    /// Long walks, far beyond the depth of the search.
    #[test]
    fn random_walks_break_nothing(choices in proptest::collection::vec(any::<prop::sample::Index>(), 1..300)) {
        let acts = acts();
        let mut world = World::new();
        for choice in choices {
            let act = *choice.get(&acts);
            let Some(next) = world.after(act, None) else { continue };
            prop_assert_eq!(world.violation_of(act, &next), None, "{:?}", act);
            world = next;
        }
    }
}
