//! Destinations that could be taken for one another.
use crate::domain::ids::AccountId;
use crate::office::store::destination::DestinationRow;

/// Why two entries are easily confused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearMiss {
    SameAddress,
    /// Two neighbouring digits or letters have changed places.
    Transposed,
    /// One digit or letter is another, or is missing.
    OneOff,
    /// The same name.
    SameOrganisation,
    /// The register codes differ by one digit.
    NearCode,
}

/// What one person may be told of it: how an address that waits for its second keying compares with others is half of that
/// address, and only for whoever keyed it first.
pub fn told(one: &DestinationRow, other: &DestinationRow, me: AccountId) -> Option<NearMiss> {
    let is_open = |row: &DestinationRow| row.awaits_second_keying() && row.entered_by != me;
    let near = if is_open(one) || is_open(other) { but_for_addresses } else { between };
    near(one, other)
}

/// The strongest reason, if there is one.
pub fn between(one: &DestinationRow, other: &DestinationRow) -> Option<NearMiss> {
    if one.id == other.id {
        return None;
    }
    let (a, b) = (one.address.as_str(), other.address.as_str());
    if a == b {
        Some(NearMiss::SameAddress)
    } else if is_transposed(a, b) {
        Some(NearMiss::Transposed)
    } else if is_one_off(a, b) {
        Some(NearMiss::OneOff)
    } else {
        but_for_addresses(one, other)
    }
}

fn but_for_addresses(one: &DestinationRow, other: &DestinationRow) -> Option<NearMiss> {
    if one.id == other.id {
        None
    } else if one.organisation == other.organisation {
        Some(NearMiss::SameOrganisation)
    } else if is_one_off(&one.code, &other.code) || is_transposed(&one.code, &other.code) {
        Some(NearMiss::NearCode)
    } else {
        None
    }
}

/// Equal but for two neighbours that have changed places.
fn is_transposed(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    let ([a1, a2, rest_a @ ..], [b1, b2, rest_b @ ..]) = (a, b) else { return false };
    (a1, a2) == (b2, b1) && rest_a == rest_b
}

/// Equal but for one that is another, or is missing on one side.
fn is_one_off(a: &str, b: &str) -> bool {
    let (short, long) =
        if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (rest_short, rest_long) =
        (short.get(same..).unwrap_or_default(), long.get(same..).unwrap_or_default());
    match long.len() - short.len() {
        0 => rest_short.get(1..) == rest_long.get(1..) && !rest_short.is_empty(),
        1 => Some(rest_short) == rest_long.get(1..),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger() {
        for (a, b, transposed, one_off) in [
            ("0300000456", "0300000465", true, false),
            ("0300000456", "0300000457", false, true),
            ("0300000456", "030000045", false, true),
            ("0300000456", "03000004456", false, true),
            ("0300000456", "0300000456", false, false),
            ("0300000456", "0300004506", false, false),
            ("0300000456", "0311110456", false, false),
            ("a", "", false, true),
            ("", "", false, false),
        ] {
            assert_eq!((is_transposed(a, b), is_one_off(a, b)), (transposed, one_off), "{a} {b}");
            assert_eq!((is_transposed(b, a), is_one_off(b, a)), (transposed, one_off), "{b} {a}");
        }
    }
}
