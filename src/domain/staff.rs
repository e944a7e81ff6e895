//! Who works here and in what capacity.
use std::fmt;

use super::ids::{AccountId, PersonId};

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 入力: keys reports and prepares transmissions.
    Clerk,
    /// 確認: confirms what others prepared.
    Confirmer,
    /// 点検: reviews the access log.
    Supervisor,
    /// 管理: keeps accounts and settings; reads no records and bypasses nothing.
    Administrator,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Clerk, Self::Confirmer, Self::Supervisor, Self::Administrator];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Confirmer => "confirmer",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Clerk => 1,
            Self::Confirmer => 2,
            Self::Supervisor => 4,
            Self::Administrator => 8,
        }
    }
}

/// The roles of one account: small, ordered, never with duplicates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roles(u8);

impl Roles {
    pub fn of(roles: &[Role]) -> Self {
        Self(roles.iter().fold(0, |bits, role| bits | role.bit()))
    }
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits < 16 { Some(Self(bits)) } else { None }
    }
    pub const fn bits(self) -> u8 {
        self.0
    }
    pub const fn contains(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.contains(*role))
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// One account and the human being behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    pub account: AccountId,
    pub person: PersonId,
}

/// The party at the keyboard, as established by sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub party: Party,
    pub roles: Roles,
}

/// Two different people. The only way to hold one is to have proved that they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    first: Party,
    second: Party,
}

impl Pair {
    /// `None` when both are one account, or two accounts of one person.
    pub fn new(first: Party, second: Party) -> Option<Self> {
        let differ = first.account != second.account && first.person != second.person;
        differ.then_some(Self { first, second })
    }
    pub const fn first(&self) -> Party {
        self.first
    }
    pub const fn second(&self) -> Party {
        self.second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(account: u8, person: u8) -> Party {
        Party { account: AccountId::from_bytes([account; 16]), person: PersonId::from_bytes([person; 16]) }
    }

    #[test]
    fn a_pair_is_two_people() {
        assert!(Pair::new(party(1, 1), party(2, 2)).is_some());
        assert!(Pair::new(party(1, 1), party(1, 1)).is_none(), "the same account");
        assert!(Pair::new(party(1, 1), party(3, 1)).is_none(), "a second account of the same person");
        assert!(Pair::new(party(1, 1), party(1, 2)).is_none(), "an account that claims another person");
    }

    #[test]
    fn roles_round_trip() {
        for bits in 0..16 {
            let roles = Roles::from_bits(bits).expect("four roles");
            assert_eq!(Roles::of(&roles.iter().collect::<Vec<_>>()), roles);
        }
        assert_eq!(Roles::from_bits(16), None);
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
