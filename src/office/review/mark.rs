//! What is unusual about a row, and which part of the queue it belongs to.

/// The parts of the queue, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Group {
    /// 説明なし: no work of this person explains it.
    Unexplained = 1,
    /// 規則
    Rule = 2,
    /// 無作為: drawn from what nothing flagged.
    Sample = 3,
    /// 機器
    Device = 4,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Unexplained, Self::Rule, Self::Sample, Self::Device];

    pub const fn code(self) -> u16 {
        self as u16
    }
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }
    /// What is read first. The first two are ranked together, by weight: a plain look that nobody can explain is mostly
    /// an answered call, and says less than a hundred opened records or a changed destination.
    pub const fn part(self) -> u8 {
        match self {
            Self::Unexplained | Self::Rule => 0,
            Self::Sample => 1,
            Self::Device => 2,
        }
    }
    /// The name in JSON.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unexplained => "unexplained",
            Self::Rule => "rule",
            Self::Sample => "sample",
            Self::Device => "device",
        }
    }
}

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $bit:literal $label:literal $weight:literal),* $(,)?) => {
        /// One rule that a row met.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Mark { $($(#[$doc])* $name),* }

        impl Mark {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its place in the stored set; never reused.
            const fn bit(self) -> u32 {
                match self { $(Self::$name => 1 << $bit),* }
            }
            /// The name in JSON.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
            /// How much it says, against the others. An order to read in, not a probability.
            pub const fn weight(self) -> u32 {
                match self { $(Self::$name => $weight),* }
            }
        }
    };
}

marks! {
    /// The record is about the person who looked.
    OwnRecord = 0 "own-record" 60,
    /// The record is about a relative or somebody of the household, as declared.
    Kin = 1 "kin" 60,
    /// The record is about somebody who works here.
    Colleague = 2 "colleague" 40,
    /// A surname that few people of the records have.
    RareSurname = 3 "rare-surname" 35,
    /// A surname that many have.
    SameSurname = 4 "same-surname" 10,
    /// Outside of office hours, without work of this person around it.
    AfterHours = 5 "after-hours" 25,
    /// A record of another section on which nobody of the own section has worked.
    OtherSection = 6 "other-section" 15,
    /// Many more records than others of the section.
    Volume = 7 "volume" 70,
    /// People were looked for and not opened.
    SearchOnly = 8 "search-only" 45,
    /// Prepared for a removable medium.
    TakenOut = 9 "taken-out" 45,
    /// A new entry of the register of destinations.
    NewDestination = 10 "new-destination" 15,
    /// An entry was changed.
    DestinationChanged = 11 "destination-changed" 30,
    /// An entry was changed twice within days: there and back.
    ChangedTwice = 12 "changed-twice" 40,
    /// Sent again to where it had arrived.
    SentAgain = 13 "sent-again" 45,
    /// Looked at again on other days.
    Again = 14 "again" 20,
    /// Several people without work on it looked at the same record.
    Crowd = 15 "crowd" 30,
    /// Blind checks missed far more often than by others.
    Misses = 16 "misses" 25,
    /// Several unexplained looks of one day.
    Browsed = 22 "browsed" 25,
    ClockStep = 17 "clock-step" 60,
    PreLoginAltered = 18 "pre-login-altered" 90,
    LockedOut = 19 "locked-out" 50,
    FailedSignIn = 20 "failed-sign-in" 10,
    Denied = 21 "denied" 20,
    /// The log itself: not sound, begun anew, erased from, handed out.
    LogItself = 23 "log-itself" 90,
}

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marks(u32);

impl Marks {
    pub fn of(marks: &[Mark]) -> Self {
        let mut set = Self::default();
        marks.iter().for_each(|mark| set.add(*mark));
        set
    }
    pub const fn add(&mut self, mark: Mark) {
        self.0 |= mark.bit();
    }
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub const fn bits(self) -> u32 {
        self.0
    }
    /// `None` when a bit means nothing.
    pub fn from_bits(bits: u32) -> Option<Self> {
        let known = Self::of(Mark::ALL);
        (bits & !known.0 == 0).then_some(Self(bits))
    }
    /// The weightiest first.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        let mut marks: Vec<Mark> = Mark::ALL.iter().copied().filter(|mark| self.has(*mark)).collect();
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.weight()));
        marks.into_iter()
    }
    pub fn weight(self) -> u32 {
        self.iter().map(Mark::weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_round_trip_and_unknown_bits_are_refused() {
        let marks = Marks::of(&[Mark::SameSurname, Mark::Kin]);
        assert_eq!(Marks::from_bits(marks.bits()), Some(marks));
        assert_eq!(marks.iter().collect::<Vec<_>>(), [Mark::Kin, Mark::SameSurname], "the weightiest first");
        assert_eq!(Marks::from_bits(1 << 31), None);
        let bits: std::collections::BTreeSet<u32> = Mark::ALL.iter().map(|mark| mark.bit()).collect();
        assert_eq!(bits.len(), Mark::ALL.len());
    }
}
