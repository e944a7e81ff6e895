//! Tables `staff` and `step_up`.
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::number::{signed, unsigned};
use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, PersonId, StaffNumber};
use crate::domain::staff::{Actor, Party, Roles};
use crate::domain::time::Timestamp;

/// Where an account stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffStatus {
    /// Entered by one administrator; a second one has not approved it.
    Proposed,
    /// Approved; waits for the person to choose a password and to enrol a token.
    Invited,
    Active,
    Suspended,
}

impl StaffStatus {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Proposed, Self::Invited, Self::Active, Self::Suspended].into_iter().find(|s| s.code() == code)
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct StaffRow {
    pub party: Party,
    pub number: StaffNumber,
    pub name: String,
    pub section: String,
    pub roles: Roles,
    pub status: StaffStatus,
    pub public_key: [u8; 32],
    /// The `age` key that the vault key is sealed to.
    pub recipient: String,
    /// Sealed under the TOTP key; see `vault::aead`.
    pub totp: Option<Vec<u8>>,
    pub totp_step: Option<u64>,
    /// Who issued the first password; `None` for founders, who chose their own.
    pub issued_by: Option<AccountId>,
    pub approved_by: Option<AccountId>,
    pub issued_at: Timestamp,
    pub initial_until: Option<Timestamp>,
    pub last_sign_in_at: Option<Timestamp>,
    pub last_terminal: Option<String>,
    pub failures: u32,
}

impl StaffRow {
    pub const fn actor(&self) -> Actor {
        Actor { party: self.party, roles: self.roles }
    }
}

/// Evidence that a person gave password and code for one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepUp {
    pub account: AccountId,
    pub statement: [u8; 32],
    pub totp_step: u64,
    /// The step that this person had consumed before.
    pub previous: u64,
    pub at: Timestamp,
    pub used: bool,
}

const COLUMNS: &str = "account, person, number, name, section, roles, status, public_key, recipient, totp, totp_step, \
                       issued_by, approved_by, issued_at, initial_until, last_sign_in_at, last_terminal, failures";

impl Tx<'_> {
    pub fn staff(&self, account: AccountId) -> Result<Option<StaffRow>> {
        self.staff_where("account = ?1", account.as_bytes())
    }

    pub fn staff_by_number(&self, number: &StaffNumber) -> Result<Option<StaffRow>> {
        self.staff_where("number = ?1", &number.as_str())
    }

    pub fn all_staff(&self) -> Result<Vec<StaffRow>> {
        let mut statement =
            self.inner.prepare_cached(&format!("SELECT {COLUMNS} FROM staff ORDER BY number"))?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The name alone: lists need no keys.
    pub fn staff_name(&self, account: AccountId) -> Result<Option<String>> {
        Ok(self
            .inner
            .prepare_cached("SELECT name FROM staff WHERE account = ?1")?
            .query_row([account.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    pub fn insert_staff(&mut self, row: &StaffRow) -> Result<()> {
        self.inner
            .prepare_cached(&format!(
                "INSERT INTO staff ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)"
            ))?
            .execute(params![
                row.party.account.as_bytes(),
                row.party.person.as_bytes(),
                row.number.as_str(),
                row.name,
                row.section,
                row.roles.bits(),
                row.status.code(),
                row.public_key,
                row.recipient,
                row.totp,
                row.totp_step.map(signed),
                row.issued_by.map(|id| *id.as_bytes()),
                row.approved_by.map(|id| *id.as_bytes()),
                row.issued_at.micros(),
                row.initial_until.map(Timestamp::micros),
                row.last_sign_in_at.map(Timestamp::micros),
                row.last_terminal,
                row.failures,
            ])?;
        Ok(())
    }

    /// The proposer's signature over the next roster.
    pub fn set_staff_proposal(&mut self, account: AccountId, signature: &[u8; 64]) -> Result<()> {
        self.one_row(
            "UPDATE staff SET proposal_signature = ?2 WHERE account = ?1",
            params![account.as_bytes(), signature],
        )
    }

    pub fn staff_proposal(&self, account: AccountId) -> Result<Option<[u8; 64]>> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT proposal_signature FROM staff WHERE account = ?1 AND proposal_signature IS NOT NULL",
            )?
            .query_row([account.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    pub fn delete_proposed_staff(&mut self, account: AccountId) -> Result<()> {
        self.one_row("DELETE FROM staff WHERE account = ?1 AND status = 'proposed'", [account.as_bytes()])
    }

    pub fn set_staff_status(&mut self, account: AccountId, status: StaffStatus) -> Result<()> {
        self.one_row(
            "UPDATE staff SET status = ?2 WHERE account = ?1",
            params![account.as_bytes(), status.code()],
        )
    }

    pub fn suspended_accounts(&self) -> Result<Vec<AccountId>> {
        let mut statement = self
            .inner
            .prepare_cached("SELECT account FROM staff WHERE status = 'suspended' ORDER BY number")?;
        let rows = statement.query_map([], |row| Ok(AccountId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// A second administrator lets the person in.
    pub fn approve_staff(&mut self, account: AccountId, by: AccountId) -> Result<()> {
        self.one_row(
            "UPDATE staff SET status = 'invited', approved_by = ?2 WHERE account = ?1 AND status = 'proposed'",
            params![account.as_bytes(), by.as_bytes()],
        )
    }

    /// Stores own credentials after the first sign-in.
    pub fn enrol_staff(&mut self, account: AccountId, totp: &[u8], step: u64) -> Result<()> {
        self.one_row(
            "UPDATE staff SET status = 'active', totp = ?2, totp_step = ?3, initial_until = NULL
             WHERE account = ?1 AND status = 'invited'",
            params![account.as_bytes(), totp, signed(step)],
        )
    }

    /// Consumes a code: false when the step was used already, by anybody, in any process.
    pub fn consume_totp_step(&mut self, account: AccountId, step: u64) -> Result<bool> {
        let changed = self
            .inner
            .prepare_cached("UPDATE staff SET totp_step = ?2 WHERE account = ?1 AND (totp_step IS NULL OR totp_step < ?2)")?
            .execute(params![account.as_bytes(), signed(step)])?;
        Ok(changed == 1)
    }

    pub fn note_sign_in(&mut self, account: AccountId, now: Timestamp, terminal: &str) -> Result<()> {
        self.one_row(
            "UPDATE staff SET last_sign_in_at = ?2, last_terminal = ?3, failures = 0 WHERE account = ?1",
            params![account.as_bytes(), now.micros(), terminal],
        )
    }

    pub fn note_failures(&mut self, account: AccountId, count: u32) -> Result<()> {
        self.one_row(
            "UPDATE staff SET failures = failures + ?2 WHERE account = ?1",
            params![account.as_bytes(), count],
        )
    }

    pub fn insert_step_up(&mut self, id: &[u8; 16], evidence: &StepUp) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO step_up (id, account, statement, totp_step, previous, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id,
                evidence.account.as_bytes(),
                evidence.statement,
                signed(evidence.totp_step),
                signed(evidence.previous),
                evidence.at.micros()
            ])?;
        Ok(())
    }

    pub fn step_up(&self, id: &[u8; 16]) -> Result<Option<StepUp>> {
        self.inner
            .prepare_cached(
                "SELECT account, statement, totp_step, previous, at, used FROM step_up WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok((
                    row.get::<_, [u8; 16]>(0)?,
                    row.get::<_, [u8; 32]>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get::<_, i64>(3)?,
                    row.get::<_, i64>(4)?,
                    row.get::<_, bool>(5)?,
                ))
            })
            .optional()?
            .map(|(account, statement, step, previous, at, used)| {
                Ok(StepUp {
                    account: AccountId::from_bytes(account),
                    statement,
                    totp_step: unsigned(step)?,
                    previous: unsigned(previous)?,
                    at: Timestamp::from_micros(at),
                    used,
                })
            })
            .transpose()
    }

    /// Marks evidence as used; false when it was used before.
    pub fn use_step_up(&mut self, id: &[u8; 16]) -> Result<bool> {
        Ok(self
            .inner
            .prepare_cached("UPDATE step_up SET used = 1 WHERE id = ?1 AND used = 0")?
            .execute([id])?
            == 1)
    }

    /// Runs an update that must hit exactly one row.
    pub(super) fn one_row(&mut self, sql: &str, params: impl rusqlite::Params) -> Result<()> {
        let changed = self.inner.prepare_cached(sql)?.execute(params)?;
        if changed == 1 { Ok(()) } else { Err(StoreError::Impossible) }
    }

    fn staff_where(&self, condition: &str, value: &dyn rusqlite::ToSql) -> Result<Option<StaffRow>> {
        staff_where(&self.inner, condition, value)
    }
}

pub(super) fn staff_where(
    connection: &Connection,
    condition: &str,
    value: &dyn rusqlite::ToSql,
) -> Result<Option<StaffRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE {condition}"))?
        .query_row([value], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

fn read(row: &Row<'_>) -> Result<StaffRow> {
    let account = |at: usize| -> Result<Option<AccountId>> {
        Ok(row.get::<_, Option<[u8; 16]>>(at)?.map(AccountId::from_bytes))
    };
    let time = |at: usize| -> Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Timestamp::from_micros))
    };
    Ok(StaffRow {
        party: Party {
            account: account(0)?.ok_or(StoreError::Impossible)?,
            person: PersonId::from_bytes(row.get(1)?),
        },
        number: StaffNumber::parse(&row.get::<_, String>(2)?).ok_or(StoreError::Impossible)?,
        name: row.get(3)?,
        section: row.get(4)?,
        roles: Roles::from_bits(row.get(5)?).ok_or(StoreError::Impossible)?,
        status: StaffStatus::from_code(&row.get::<_, String>(6)?).ok_or(StoreError::Impossible)?,
        public_key: row.get(7)?,
        recipient: row.get(8)?,
        totp: row.get(9)?,
        totp_step: row.get::<_, Option<i64>>(10)?.map(unsigned).transpose()?,
        issued_by: account(11)?,
        approved_by: account(12)?,
        issued_at: time(13)?.ok_or(StoreError::Impossible)?,
        initial_until: time(14)?,
        last_sign_in_at: time(15)?,
        last_terminal: row.get(16)?,
        failures: row.get(17)?,
    })
}
