//! Reading the whole log: row by row out of the sealed bodies, in the memory of one row.
use std::ops::ControlFlow;

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension as _, Row, params};

use super::number::{signed, unsigned};
use super::record::{COLUMNS, RecordRow, read};
use super::{Result, Tx};
use crate::domain::ids::{RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::office::audit::event::commit_detail;
use crate::office::audit::glance::{Seen, look};
use crate::office::ops::Verdict;

/// Which end of the log comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    OldestFirst,
    NewestFirst,
}

/// One thing that a scan comes by. What is not there is come by, too.
pub enum Scanned<'a> {
    Row {
        seq: u64,
        body: &'a [u8],
        seen: Seen<'a>,
    },
    /// No row has these numbers, though the log goes on.
    Missing {
        first: u64,
        last: u64,
    },
}

impl Tx<'_> {
    /// Shows every row of the log to `f`, until it has seen enough; with `before`, only those with smaller numbers.
    ///
    /// No query column is asked: the number is the key of the table, and everything else comes out of the body.
    pub fn scan_log(
        &self,
        order: Order,
        before: Option<u64>,
        mut f: impl FnMut(Scanned<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        // NOT INDEXED: an index is a copy of columns, and a damaged one would leave rows out.
        let sql = match order {
            Order::OldestFirst => {
                "SELECT seq, body, hash FROM audit_event NOT INDEXED WHERE seq < ?1 ORDER BY seq"
            }
            Order::NewestFirst => {
                "SELECT seq, body, hash FROM audit_event NOT INDEXED WHERE seq < ?1 ORDER BY seq DESC"
            }
        };
        let mut statement = self.inner.prepare_cached(sql)?;
        let mut rows = statement.query(params![before.map_or(i64::MAX, signed)])?;
        let mut gaps = Gaps::new(order, before);
        while let Some(row) = rows.next()? {
            let seq = unsigned(row.get(0)?)?;
            if let Some((first, last)) = gaps.up_to(seq)
                && f(Scanned::Missing { first, last }).is_break()
            {
                return Ok(());
            }
            let (body, hash) = (bytes(row, 1)?, bytes(row, 2)?.unwrap_or_default());
            let seen = look(seq, body, hash);
            if f(Scanned::Row { seq, body: body.unwrap_or_default(), seen }).is_break() {
                return Ok(());
            }
        }
        if let Some((first, last)) = gaps.at_the_end() {
            // Nothing comes after it: whether `f` has enough makes no difference.
            let _ = f(Scanned::Missing { first, last });
        }
        Ok(())
    }

    /// The erasable text of an event, if it is what the sealed record was made with.
    pub fn sealed_detail(&self, seq: u64, commit: Option<[u8; 32]>) -> Result<Detail> {
        let Some(commit) = commit else { return Ok(Detail::None) };
        let found: Option<(Vec<u8>, String)> = self
            .inner
            .prepare_cached("SELECT nonce, text FROM audit_detail WHERE seq = ?1")?
            .query_row([signed(seq)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((nonce, text)) = found else { return Ok(Detail::Erased) };
        let is_sealed = <[u8; 32]>::try_from(nonce.as_slice())
            .is_ok_and(|nonce| commit_detail(&nonce, text.as_bytes()) == commit);
        Ok(if is_sealed { Detail::Sealed(Personal::new(text)) } else { Detail::Altered })
    }

    /// The record that a draft, a sending or a drill belongs to, as long as its row is there.
    pub fn record_behind(&self, id: &[u8; 16]) -> Result<Option<RecordId>> {
        let found: Option<[u8; 16]> = self
            .inner
            .prepare_cached(
                "SELECT record FROM draft WHERE id = ?1
                 UNION ALL SELECT record FROM transmission WHERE id = ?1 AND record IS NOT NULL
                 UNION ALL SELECT record FROM drill WHERE id = ?1 LIMIT 1",
            )?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(found.map(RecordId::from_bytes))
    }

    /// The drafts, sendings and drills that belong to a record now.
    pub fn things_of(&self, record: RecordId) -> Result<Vec<TransmissionId>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT id FROM draft WHERE record = ?1 UNION ALL SELECT id FROM transmission WHERE record = ?1
             UNION ALL SELECT id FROM drill WHERE record = ?1",
        )?;
        let rows =
            statement.query_map([record.as_bytes()], |row| Ok(TransmissionId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The events that somebody has decided about, ascending. What was put off is still open.
    pub fn reviewed_events(&self) -> Result<Vec<u64>> {
        let mut statement =
            self.inner.prepare_cached("SELECT seq FROM review WHERE verdict <> ?1 ORDER BY seq")?;
        let rows = statement.query_map([Verdict::Later.code()], |row| row.get::<_, i64>(0))?;
        rows.map(|row| unsigned(row?)).collect()
    }

    /// A record, thrown away or not: what was looked at has been looked at.
    pub fn record_or_discarded(&self, id: RecordId) -> Result<Option<RecordRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM record r WHERE r.id = ?1"))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// The record with this number, of the newest year that has one unless the year is said; thrown away or not.
    pub fn numbered_or_discarded(&self, number: u32, year: Option<i32>) -> Result<Option<RecordId>> {
        let found: Option<[u8; 16]> = self
            .inner
            .prepare_cached(
                "SELECT id FROM record WHERE number = ?1 AND year = coalesce(?2, year)
                 ORDER BY year DESC LIMIT 1",
            )?
            .query_row(params![number, year], |row| row.get(0))
            .optional()?;
        Ok(found.map(RecordId::from_bytes))
    }

    /// Everything that comes from a record, thrown away or not.
    pub fn all_children(&self, parent: RecordId) -> Result<Vec<RecordId>> {
        let mut statement =
            self.inner.prepare_cached("SELECT child FROM record_link WHERE parent = ?1 ORDER BY child")?;
        let rows = statement.query_map([parent.as_bytes()], |row| Ok(RecordId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}

/// What somebody typed, or chose as a reason: it can be erased, and the sealed record says what it was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    None,
    Sealed(Personal<String>),
    Erased,
    /// Not the text that was sealed: nobody is shown it.
    Altered,
}

/// Anything but bytes is nothing that the log has written.
fn bytes<'a>(row: &'a Row<'_>, at: usize) -> Result<Option<&'a [u8]>> {
    Ok(match row.get_ref(at)? {
        ValueRef::Null => None,
        ValueRef::Blob(bytes) => Some(bytes),
        _ => Some(&[]),
    })
}

/// Numbers run from 1 without gaps; those that a scan does not come by are missing.
struct Gaps {
    order: Order,
    /// The number that comes next; `None` before the first row of a scan from the open end.
    next: Option<u64>,
}

impl Gaps {
    const fn new(order: Order, before: Option<u64>) -> Self {
        let next = match (order, before) {
            (Order::OldestFirst, _) => Some(1),
            (Order::NewestFirst, Some(before)) => Some(before.saturating_sub(1)),
            (Order::NewestFirst, None) => None,
        };
        Self { order, next }
    }

    /// What is missing before the row `seq`.
    fn up_to(&mut self, seq: u64) -> Option<(u64, u64)> {
        match self.order {
            Order::OldestFirst => {
                let next = self.next.replace(seq + 1)?;
                (next < seq).then(|| (next, seq - 1))
            }
            Order::NewestFirst => {
                let next = self.next.replace(seq.saturating_sub(1))?;
                (next > seq).then_some((seq + 1, next))
            }
        }
    }

    /// What is missing below the smallest number.
    fn at_the_end(&self) -> Option<(u64, u64)> {
        match (self.order, self.next) {
            (Order::NewestFirst, Some(next)) if next >= 1 => Some((1, next)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(order: Order, before: Option<u64>, rows: &[u64]) -> Vec<(u64, u64)> {
        let mut gaps = Gaps::new(order, before);
        let mut found: Vec<_> = rows.iter().filter_map(|seq| gaps.up_to(*seq)).collect();
        found.extend(gaps.at_the_end());
        found
    }

    #[test]
    fn what_is_missing_is_found_from_both_ends() {
        assert_eq!(missing(Order::OldestFirst, None, &[1, 2, 3]), []);
        assert_eq!(missing(Order::OldestFirst, None, &[3, 4, 8]), [(1, 2), (5, 7)]);
        assert_eq!(missing(Order::NewestFirst, None, &[3, 2, 1]), []);
        assert_eq!(missing(Order::NewestFirst, None, &[8, 4, 3]), [(5, 7), (1, 2)]);
        assert_eq!(missing(Order::NewestFirst, Some(9), &[4, 3, 2, 1]), [(5, 8)]);
        assert_eq!(missing(Order::NewestFirst, Some(5), &[4, 3, 2, 1]), []);
        assert_eq!(missing(Order::NewestFirst, Some(1), &[]), []);
    }
}
