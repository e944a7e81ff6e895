//! Opening the encrypted database.
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::meta::Fact;
use super::reserve::Reserve;
use super::{Result, StoreError, Tx};
use crate::office::audit::seal::SealGuard;

/// Longest wait for another process; its transactions last milliseconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const SCHEMA_VERSION: u32 = 10;
/// Each takes the tables from one version to the next; none is ever changed.
const MIGRATIONS: [&str; SCHEMA_VERSION as usize] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
];

/// The open database of one generation, and the place of its seal.
pub struct Store {
    pub(super) connection: Connection,
    pub(super) seal_file: PathBuf,
}

impl Store {
    /// Makes a new database. Its first transaction must write the genesis event.
    pub fn create(file: &Path, seal_file: &Path, key: &[u8; 32]) -> Result<Self> {
        let mut connection = connect(file, key, OpenFlags::SQLITE_OPEN_CREATE)?;
        migrate(&mut connection)?;
        Ok(Self { connection, seal_file: seal_file.to_owned() })
    }

    /// Opens an existing database. `Damaged` when the key does not fit.
    pub fn open(file: &Path, seal_file: &Path, key: &[u8; 32]) -> Result<Self> {
        let mut connection = connect(file, key, OpenFlags::empty())?;
        let version: u32 = connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(|error| or_full(&connection, error.into()))?;
        match version {
            SCHEMA_VERSION => {}
            1..SCHEMA_VERSION => migrate(&mut connection)?,
            // Empty, or written by a newer program.
            _ => return Err(StoreError::Damaged),
        }
        mend(&connection);
        Ok(Self { connection, seal_file: seal_file.to_owned() })
    }

    /// Starts the one kind of transaction there is: locked against other writers from the first statement on, because
    /// a deferred one fails when two people read and then write (and no waiting helps).
    ///
    /// Lock order: the seal, then the database.
    pub fn begin(&mut self) -> Result<Tx<'_>> {
        let seal = SealGuard::acquire(&self.seal_file)?;
        let epoch = seal.state.epoch;
        let inner = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tx = Tx::start(inner, seal, Reserve::beside(&self.seal_file))?;
        // A new epoch whose beginning did not come to its end.
        if u32::from_be_bytes(tx.fact_array(Fact::Epoch)?) != epoch {
            return Err(StoreError::LogBroken);
        }
        Ok(tx)
    }

    /// The transaction that writes the first event of an epoch: its seal does not exist before it.
    pub fn begin_sealed_with(&mut self, seal: SealGuard) -> Result<Tx<'_>> {
        let inner = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Tx::start_sealed_with(inner, seal, Reserve::beside(&self.seal_file))
    }

    /// The room that is set aside for refusals.
    pub fn reserve(&self) -> Reserve {
        Reserve::beside(&self.seal_file)
    }

    /// What failed last, with a full disk told from other failures of files.
    pub fn or_full(&self, error: StoreError) -> StoreError {
        or_full(&self.connection, error)
    }

    #[cfg(test)]
    pub(in crate::office) fn raw(&self) -> &Connection {
        &self.connection
    }
}

/// Writes again what a process that died was writing from the log of changes into the database. Reading never needs it,
/// because the log of changes has those pages; but the check of every page of the file would find them torn.
fn mend(connection: &Connection) {
    // On a full disk it stays for the next time.
    let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
}

/// A file that cannot be made or flushed for want of room is reported by SQLite as one that cannot be opened, or as a
/// failed write: only the operating system's own number tells.
#[expect(unsafe_code, reason = "rusqlite does not hand out the operating system's error number")]
fn or_full(connection: &Connection, error: StoreError) -> StoreError {
    // SAFETY: the handle is open for as long as `connection` is borrowed; the call reads one field of it.
    let number = unsafe { rusqlite::ffi::sqlite3_system_errno(connection.handle()) };
    match (error, StoreError::from(std::io::Error::from_raw_os_error(number))) {
        (StoreError::ReadOnly | StoreError::Unsure | StoreError::Other, StoreError::DiskFull) => {
            StoreError::DiskFull
        }
        _ => error,
    }
}

/// Takes the tables to the newest version, or leaves them alone.
fn migrate(connection: &mut Connection) -> Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for sql in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(tx.commit()?)
}

pub(super) fn connect(file: &Path, key: &[u8; 32], extra: OpenFlags) -> Result<Connection> {
    silence_cipher_log();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | extra;
    // SQLite refuses a link anywhere in the path; only the file itself must not be one, and the directories above the
    // home are the site's own affair.
    let dir = file.parent().ok_or(StoreError::Other)?.canonicalize()?;
    let file = dir.join(file.file_name().ok_or(StoreError::Other)?);
    match std::fs::symlink_metadata(&file) {
        Ok(meta) if !meta.is_file() => return Err(StoreError::Damaged),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && extra.is_empty() => {
            return Err(StoreError::Damaged);
        }
        _ => {}
    }
    let connection = Connection::open_with_flags(file, flags)?;
    set_key(&connection, key)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let set = connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA recursive_triggers = ON;",
    );
    set.map_err(|error| or_full(&connection, error.into()))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Hands the raw key to SQLCipher through its C function, so that no copy of it is left in a statement's text.
#[expect(unsafe_code, reason = "rusqlite has no safe way to give a key without putting it into SQL text")]
fn set_key(connection: &Connection, key: &[u8; 32]) -> Result<()> {
    // SQLCipher takes a raw key in the notation x'<64 hex digits>' and then derives nothing from it.
    let notation = zeroize::Zeroizing::new(format!("x'{}'", data_encoding::HEXLOWER.encode(key)));
    let length = i32::try_from(notation.len()).map_err(|_| StoreError::Other)?;
    // SAFETY: the handle is open for as long as `connection` is borrowed, and SQLCipher copies `length` bytes out of a
    // buffer that lives until after the call.
    let code = unsafe { rusqlite::ffi::sqlite3_key(connection.handle(), notation.as_ptr().cast(), length) };
    if code == rusqlite::ffi::SQLITE_OK { Ok(()) } else { Err(StoreError::Damaged) }
}

/// SQLCipher writes to stderr by default, which would land in the middle of the screen. The setting is process-wide.
fn silence_cipher_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if let Ok(connection) = Connection::open_in_memory() {
            // On failure the log stays on: ugly, not dangerous.
            let _ = connection.execute_batch("PRAGMA cipher_log_level = NONE;");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn version(file: &Path) -> u32 {
        let connection = connect(file, &KEY, OpenFlags::empty()).expect("it opens");
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("it has a version")
    }

    #[test]
    fn an_older_database_is_brought_up_to_date_and_keeps_its_rows() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("uketsuke.db");
        let old = connect(&file, &KEY, OpenFlags::SQLITE_OPEN_CREATE).expect("made");
        old.execute_batch(MIGRATIONS[0]).expect("the tables of version 1");
        old.execute_batch(
            "INSERT INTO record (id, year, number, form, form_version, channel, received_at)
             VALUES (zeroblob(16), 2026, 1, 'ehec', 1, 'fax', 77);
             INSERT INTO record (id, year, number, form, form_version, channel, received_at, discarded)
             VALUES (x'01010101010101010101010101010101', 2026, 2, 'ehec', 1, 'fax', 78, 1);
             INSERT INTO subject (record, name, reading, search_key, sex, institution)
             SELECT id, '', '', '', '', '' FROM record; PRAGMA user_version = 1;",
        )
        .expect("a row");
        drop(old);
        for _ in 0..2 {
            let store = Store::open(&file, &dir.path().join("seal"), &KEY).expect("it is brought up to date");
            let rows: u32 =
                store.raw().query_row("SELECT count(*) FROM record", [], |row| row.get(0)).expect("a count");
            assert_eq!(rows, 2);
            store.raw().execute_batch("SELECT * FROM passed_warning").expect("the new table");
            let subject: (i64, i64, i64) = store
                .raw()
                .query_row("SELECT count(*), max(arrived_at), max(folded) FROM subject", [], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .expect("the new columns");
            assert_eq!(subject, (1, 77, 0), "of the one that was not thrown away, still to be folded");
        }
        assert_eq!(version(&file), SCHEMA_VERSION);
    }

    #[test]
    fn a_database_of_a_newer_program_is_not_touched() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("uketsuke.db");
        drop(Store::create(&file, &dir.path().join("seal"), &KEY).expect("made"));
        let newer = SCHEMA_VERSION + 1;
        let connection = connect(&file, &KEY, OpenFlags::empty()).expect("it opens");
        connection.pragma_update(None, "user_version", newer).expect("set");
        drop(connection);
        assert!(matches!(Store::open(&file, &dir.path().join("seal"), &KEY), Err(StoreError::Damaged)));
        assert_eq!(version(&file), newer);
    }
}
