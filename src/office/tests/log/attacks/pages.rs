//! A: old pages of the database put back, each genuine, beside a log that is left alone.
use std::path::PathBuf;

use super::*;

const PAGE: usize = 4096;
/// What a registration writes, besides the log.
const OF_RECORDS: &[&str] = &["record", "record_version", "subject", "draft"];

#[test]
fn a_puts_old_pages_of_the_records_back() {
    let ground = Ground::new();
    let record = {
        let mut clerk = ground.place.sign_in("1001");
        register(&mut clerk, &ehec())
    };
    let before = ground.pages();
    ground.place.wait(31);
    {
        let mut clerk = ground.place.sign_in("1001");
        register(&mut clerk, &ehec());
        let draft = clerk.perform(ReviseRecord { record }).unwrap().draft;
        clerk.perform(RegisterDraft { draft, values: edited(), passed: Vec::new() }).unwrap();
    }
    let mut ground = ground.splice(&before, OF_RECORDS);
    // No page is broken and all fit together: the office works with a report less, and the old version of another.
    assert!(ground.session.pages_are_whole());
    expect(&ground.look(), &["RECORD differs", "RECORD lost"], &[], &[]);
}

#[test]
fn a_puts_old_pages_of_the_register_back() {
    let ground = Ground::new();
    let id = ground.place.destination();
    let before = ground.pages();
    ground.place.wait(31);
    ground.place.sign_in("1001").perform(FreezeDestination { id }).unwrap();
    let mut ground = ground.splice(&before, &["destination"]);
    assert!(ground.session.pages_are_whole());
    expect(&ground.look(), &["REGISTER differs"], &[], &[]);
}

#[test]
fn a_thaws_the_newest_version_of_an_entry() {
    for by_incident in [false, true] {
        let ground = Ground::new();
        let id = ground.place.destination();
        let mut clerk = ground.place.sign_in("1001");
        clerk
            .perform(ProposeDestination {
                proposal: DestinationProposal { change: Some(id), ..ground.place.proposal() },
            })
            .unwrap();
        if by_incident {
            let report = ReportMisdelivery {
                destination: id,
                transmission: None,
                found_at: ground.place.now(),
                people: 1,
                words: Personal::new("別の所に届いた".into()),
            };
            clerk.perform(report).unwrap();
        } else {
            clerk.perform(FreezeDestination { id }).unwrap();
        }
        let mut ground = ground;
        expect(&ground.look(), &[], &[], &[]);
        ground.tamper(
            "DROP TRIGGER destination_frozen_for_good; UPDATE destination SET frozen_at = NULL WHERE version = 2",
        );
        expect(&ground.look(), &["REGISTER differs"], &[], &[]);
    }
}

#[test]
fn a_damages_a_page_that_no_row_of_the_log_is_on() {
    let ground = Ground::new();
    let mut pages = ground.pages();
    // Nobody reads it before somebody declares kin: SQLCipher gives up a connection that has come upon a broken page.
    let page = ground.pages_of(&["staff_kin"]).pop().unwrap();
    pages[page * PAGE - PAGE / 2] ^= 1;
    let mut ground = ground.write_pages(&pages);
    expect(&ground.look(), &["DATABASE integrity"], &[], &[]);
}

/// One bit in every page that is in use.
#[test]
fn a_flipped_bit_is_found_wherever_something_stands() {
    use crate::office::store::page_check::PageCheck;
    let ground = Ground::new();
    let key = ground.session.keys.database();
    let pages = ground.pages();
    let used: BTreeSet<usize> = {
        let mut statement = ground.session.store.raw().prepare("SELECT pageno FROM dbstat").unwrap();
        let numbers = statement.query_map([], |row| row.get::<_, u32>(0)).unwrap();
        numbers.map(|number| usize::try_from(number.unwrap()).unwrap()).collect()
    };
    assert!(used.len() > 50, "{}", used.len());
    let dir = tempfile::tempdir().unwrap();
    for page in used {
        let mut damaged = pages.clone();
        damaged[(page - 1) * PAGE + 100 + (page * 37) % (PAGE - 200)] ^= 1;
        let file = dir.path().join(format!("{page}.db"));
        std::fs::write(&file, damaged).unwrap();
        let whole = PageCheck::open(&file, &key).and_then(|check| check.is_whole());
        assert!(!matches!(whole, Ok(true)), "page {page}");
        std::fs::remove_file(&file).unwrap();
    }
    std::fs::write(dir.path().join("whole.db"), &pages).unwrap();
    assert_eq!(PageCheck::open(&dir.path().join("whole.db"), &key).unwrap().is_whole(), Ok(true));
}

#[test]
fn a_moves_a_record_between_its_versions_or_invents_one() {
    let ground = Ground::new();
    let record = {
        let mut clerk = ground.place.sign_in("1001");
        let record = register(&mut clerk, &ehec());
        let draft = clerk.perform(ReviseRecord { record }).unwrap().draft;
        clerk.perform(RegisterDraft { draft, values: edited(), passed: Vec::new() }).unwrap();
        record
    };
    let mut ground = ground;
    let id: String = record.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    ground.tamper(&format!("UPDATE record SET version = 1 WHERE id = x'{id}'"));
    expect(&ground.look(), &["RECORD differs"], &[], &[]);
    ground.tamper(&format!("UPDATE record SET version = 2 WHERE id = x'{id}'"));
    expect(&ground.look(), &[], &[], &[]);
    ground.tamper(&format!(
        "INSERT INTO record_version (record, version, content, digest, editor, registered_at)
           SELECT record, 3, content, digest, editor, registered_at FROM record_version WHERE record = x'{id}' AND version = 2"
    ));
    expect(&ground.look(), &["RECORD unlogged"], &[], &[]);
}

impl Ground {
    /// All pages as they are now.
    fn pages(&self) -> Vec<u8> {
        self.session.store.raw().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        std::fs::read(self.database()).unwrap()
    }

    fn database(&self) -> PathBuf {
        self.place.office.house().generation().unwrap().database()
    }

    /// Puts the old pages of these tables and their indexes back, and signs in again.
    fn splice(self, before: &[u8], tables: &[&str]) -> Self {
        let mut pages = self.pages();
        let mut replaced = 0;
        for number in self.pages_of(tables) {
            let page = (number - 1) * PAGE..number * PAGE;
            if pages[page.clone()] != before[page.clone()] {
                pages[page.clone()].copy_from_slice(&before[page]);
                replaced += 1;
            }
        }
        assert!(replaced > 0, "nothing has changed there");
        self.write_pages(&pages)
    }

    /// Numbers of the pages of these tables and their indexes, from 1.
    fn pages_of(&self, tables: &[&str]) -> Vec<usize> {
        let named: Vec<String> = tables.iter().map(|table| format!("'{table}'")).collect();
        let sql = format!(
            "SELECT pageno FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name IN ({}))",
            named.join(", ")
        );
        let mut statement = self.session.store.raw().prepare(&sql).unwrap();
        let numbers = statement.query_map([], |row| row.get::<_, u32>(0)).unwrap();
        numbers.map(|number| usize::try_from(number.unwrap()).unwrap()).collect()
    }

    fn write_pages(self, pages: &[u8]) -> Self {
        let file = self.database();
        let Self { place, session, slips } = self;
        drop(session);
        std::fs::write(file, pages).unwrap();
        place.wait(31);
        let session = place.sign_in("2002");
        Self { place, session, slips }
    }
}
