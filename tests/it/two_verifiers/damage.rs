//! What can be done to an export, by chance and by those who know the format; and what of it nobody can see.
use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uketsuke::domain::pae;

/// Where the hash of the event before stands among the fields of a body.
const PREVIOUS: usize = 4;
const SEQ: usize = 3;

/// The lines of an export.
#[derive(Clone, PartialEq)]
pub struct Log {
    pub lines: Vec<Value>,
}

impl Log {
    pub fn read(text: &str) -> Self {
        Self { lines: text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect() }
    }
    fn at(&self, kind: &str) -> Vec<usize> {
        (0..self.lines.len()).filter(|at| self.lines[*at]["kind"] == kind).collect()
    }
    fn of<'a>(&'a self, kind: &str) -> Vec<&'a Value> {
        self.lines.iter().filter(|line| line["kind"] == kind).collect()
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// One value of one line.
    Value,
    Delete,
    Double,
    Swap,
    /// The last events and what belongs to them.
    Cut,
    /// A byte of a body, its own hash made to fit.
    Rehash,
    /// The same, and every later event made to follow from it.
    Rechain,
    /// A row less, all later ones numbered anew.
    Renumber,
    /// A body as an erasure leaves it.
    Erase,
    /// The seal moved to the end of what is left.
    Reseal,
}

const DEEDS: [Deed; 10] = [
    Deed::Value,
    Deed::Delete,
    Deed::Double,
    Deed::Swap,
    Deed::Cut,
    Deed::Rehash,
    Deed::Rechain,
    Deed::Renumber,
    Deed::Erase,
    Deed::Reseal,
];

/// One to three deeds, chosen by the seed; what was done.
pub fn damage(log: &mut Log, seed: u64) -> Vec<Deed> {
    let mut chance = Chance(seed);
    let deeds: Vec<Deed> = (0..=chance.below(3)).map(|_| DEEDS[chance.below(DEEDS.len())]).collect();
    for deed in &deeds {
        // A value changed is the most varied of them.
        carry_out(log, *deed, &mut chance);
    }
    deeds
}

fn carry_out(log: &mut Log, deed: Deed, chance: &mut Chance) {
    let events = log.at("event");
    if log.lines.is_empty() || events.is_empty() {
        return;
    }
    let any = chance.below(log.lines.len());
    let nth = chance.below(events.len());
    match deed {
        Deed::Value => change_line(&mut log.lines[any], chance),
        Deed::Delete => drop(log.lines.remove(any)),
        Deed::Double => log.lines.insert(any, log.lines[any].clone()),
        Deed::Swap => {
            let same = log.at(log.lines[any]["kind"].as_str().expect("a kind"));
            log.lines.swap(any, same[chance.below(same.len())]);
        }
        Deed::Cut => {
            let last = log.lines[events[nth]]["seq"].as_u64().unwrap_or(0);
            let number = |line: &Value| match line["kind"].as_str() {
                Some("event" | "detail") => line["seq"].as_u64(),
                Some("checkpoint" | "cosignature") => line["size"].as_u64(),
                _ => None,
            };
            log.lines.retain(|line| number(line).is_none_or(|number| number <= last));
        }
        Deed::Rehash => {
            change_body(&mut log.lines[events[nth]], chance);
            rehash(&mut log.lines[events[nth]]);
        }
        Deed::Rechain => {
            change_body(&mut log.lines[events[nth]], chance);
            rechain(log, nth, 0);
        }
        Deed::Renumber => {
            log.lines.remove(events[nth]);
            rechain(log, nth, 1);
        }
        Deed::Erase => {
            let line = &mut log.lines[events[nth]];
            line["body"] = Value::Null;
            for column in ["wall_us", "action", "object_kind", "outcome"] {
                line[column] = json!(0);
            }
            for column in ["actor", "object"] {
                line[column] = json!("0".repeat(32));
            }
        }
        Deed::Reseal => {
            let last = log.lines[events[events.len() - 1]]["seq"].clone();
            if let Some(seal) = log.lines[0].get_mut("seal").and_then(Value::as_object_mut) {
                seal.insert("seq".to_owned(), last);
            }
        }
    }
}

/// Makes the events from the `nth` on follow from each other again, with numbers smaller by `less`.
fn rechain(log: &mut Log, nth: usize, less: u64) {
    let events = log.at("event");
    for (place, at) in events.iter().enumerate().skip(nth) {
        let before = place.checked_sub(1).map_or("0".repeat(64), |before| {
            log.lines[events[before]]["hash"].as_str().unwrap_or_default().to_owned()
        });
        let line = &mut log.lines[*at];
        let seq = line["seq"].as_u64().unwrap_or(0).saturating_sub(less);
        line["seq"] = json!(seq);
        let body = bytes(&line["body"]);
        if let Some(fields) = body.as_deref().and_then(pae::decode) {
            let mut fields: Vec<Vec<u8>> = fields.into_iter().map(<[u8]>::to_vec).collect();
            if fields.len() > PREVIOUS {
                fields[PREVIOUS] = HEXLOWER.decode(before.as_bytes()).unwrap_or_default();
                fields[SEQ] = seq.to_be_bytes().to_vec();
            }
            let fields: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
            line["body"] = json!(HEXLOWER.encode(&pae::encode(&fields)));
        }
        rehash(line);
    }
}

fn rehash(line: &mut Value) {
    if let Some(body) = bytes(&line["body"]) {
        line["hash"] = json!(HEXLOWER.encode(&Sha256::new().chain_update([0]).chain_update(body).finalize()));
    }
}

fn bytes(hex: &Value) -> Option<Vec<u8>> {
    HEXLOWER.decode(hex.as_str()?.as_bytes()).ok()
}

fn change_body(line: &mut Value, chance: &mut Chance) {
    if let Some(mut body) = bytes(&line["body"]).filter(|body| !body.is_empty()) {
        let at = chance.below(body.len());
        body[at] ^= 1 << chance.below(8);
        line["body"] = json!(HEXLOWER.encode(&body));
    }
}

fn change_line(line: &mut Value, chance: &mut Chance) {
    let Some(fields) = line.as_object_mut() else { return };
    change_object(fields, chance);
}

fn change_object(fields: &mut Map<String, Value>, chance: &mut Chance) {
    let names: Vec<String> = fields.keys().filter(|name| *name != "kind").cloned().collect();
    let name = &names[chance.below(names.len())];
    let changed = change(&fields[name], chance);
    fields.insert(name.clone(), changed);
}

fn change(value: &Value, chance: &mut Chance) -> Value {
    match value {
        Value::Null => json!("00"),
        Value::Bool(is) => json!(!is),
        Value::Number(number) => match (chance.below(4), number.as_u64()) {
            (0, _) => json!(0),
            (1, Some(number)) => json!(number.saturating_add(1)),
            (2, Some(number)) => json!(number.saturating_sub(1)),
            _ => json!(chance.below(70_000)),
        },
        Value::String(text) => json!(change_text(text, chance)),
        Value::Array(entries) => {
            let mut entries = entries.clone();
            if !entries.is_empty() {
                let at = chance.below(entries.len());
                if chance.below(2) == 0 {
                    entries.remove(at);
                } else {
                    entries[at] = change(&entries[at], chance);
                }
            }
            Value::Array(entries)
        }
        Value::Object(fields) => {
            let mut fields = fields.clone();
            if chance.below(8) == 0 {
                return Value::Null;
            }
            change_object(&mut fields, chance);
            Value::Object(fields)
        }
    }
}

/// Another character of the same kind; now and then one more or one less.
fn change_text(text: &str, chance: &mut Chance) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if characters.is_empty() {
        return "0".to_owned();
    }
    let at = chance.below(characters.len());
    match chance.below(16) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, '0'),
        _ => {
            let digits: Vec<char> = "0123456789abcdef".chars().collect();
            characters[at] = digits[chance.below(digits.len())];
        }
    }
    characters.into_iter().collect()
}

/// Whether nothing has changed but what the description says cannot be seen: whose key is whose, signatures of supervisors taken
/// away, what an erasure covers, and details that the export leaves out and says so.
pub fn nobody_can_see(honest: &Log, now: &Log) -> bool {
    let erased = erased_up_to(honest);
    let heads = (honest.of("log"), now.of("log"));
    let ([was], [is]) = (heads.0.as_slice(), heads.1.as_slice()) else { return false };
    let but_details = |head: &Value| {
        let mut head = head.clone();
        head["details"] = json!(true);
        head
    };
    let with_details = is["details"] == json!(true);
    but_details(was) == but_details(is)
        && events(honest) == events(now)
        && is_part(now, honest, "checkpoint", |line| line["size"].as_u64() < Some(erased))
        && is_part(now, honest, "cosignature", |_| true)
        && (!with_details || is_part(now, honest, "detail", |line| line["seq"].as_u64() <= Some(erased)))
}

/// Everything of a kind that is there now was there before, and what is gone may go.
fn is_part(now: &Log, honest: &Log, kind: &str, may_go: impl Fn(&Value) -> bool) -> bool {
    let text = |log: &Log| -> BTreeSet<String> { log.of(kind).into_iter().map(Value::to_string).collect() };
    let (was, is) = (text(honest), text(now));
    let gone = honest.of(kind).into_iter().filter(|line| !is.contains(&line.to_string()));
    is.is_subset(&was) && gone.into_iter().all(may_go)
}

/// The events in their order; which transaction an erased one belonged to is bound to nothing.
fn events(log: &Log) -> Vec<Value> {
    let mut events: Vec<Value> = log.of("event").into_iter().cloned().collect();
    for event in &mut events {
        if event["body"].is_null() {
            event["first"] = json!(0);
        }
    }
    events
}

/// The last event whose record the honest log has given up.
fn erased_up_to(honest: &Log) -> u64 {
    honest
        .of("event")
        .iter()
        .filter(|event| event["body"].is_null())
        .filter_map(|event| event["seq"].as_u64())
        .max()
        .unwrap_or(0)
}

/// splitmix64 with a fixed seed, so that every round can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("below a usize")
    }
}
