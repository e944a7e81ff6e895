//! Addresses of destinations as people type them and read them aloud.
use unicode_normalization::UnicodeNormalization as _;

use super::phone::{self, canonical_fax};
use crate::domain::destination::{Address, Channel, FaxNumber, FolderAddress, MailAddress, MediumNumber};

/// Reads what a person typed from a paper, in any width. `None` says nothing of what is wrong: who keys blind must not
/// be helped, and who enters an address is told by the sentence of the item.
pub fn parse(channel: Channel, typed: &str) -> Option<Address> {
    Some(match channel {
        Channel::Folder => Address::Folder(FolderAddress::parse(typed)?),
        Channel::Fax => Address::Fax(fax(typed)?),
        Channel::ManualFax => Address::ManualFax(fax(typed)?),
        Channel::Mail => Address::Mail(MailAddress::parse(&typed.nfkc().collect::<String>())?),
        Channel::Media => Address::Media(MediumNumber::parse(typed)?),
    })
}

/// For reading aloud and comparing by eye: numbers in the groups of their area, `03 - 0000 - 0456`.
pub fn in_groups(address: &Address) -> String {
    match address {
        Address::Folder(folder) => folder.grouped(),
        Address::Fax(number) | Address::ManualFax(number) => {
            phone::Typed::read(number.as_str()).shown.replace('-', " - ")
        }
        Address::Mail(mail) => mail.as_str().to_owned(),
        Address::Media(medium) => medium.as_str().to_owned(),
    }
}

/// The end of an address as it is read aloud: the last four digits or letters, and a mail address from its `@`.
pub fn ending(address: &Address) -> String {
    const ENDING: usize = 4;
    let text = address.as_str();
    match address {
        Address::Mail(mail) => format!("@{}", mail.domain()),
        _ => text.chars().skip(text.chars().count().saturating_sub(ENDING)).collect(),
    }
}

fn fax(typed: &str) -> Option<FaxNumber> {
    FaxNumber::from_canonical(canonical_fax(typed).ok()?.digits())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_one_number() {
        for typed in [
            "0300000456",
            "03-0000-0456",
            "０３－００００－０４５６",
            "(03)0000-0456",
            "+81-3-0000-0456",
            " 03 0000 0456 ",
        ] {
            let address = parse(Channel::Fax, typed).expect(typed);
            assert_eq!(address.as_str(), "0300000456");
            assert_eq!(in_groups(&address), "03 - 0000 - 0456");
            assert_eq!(ending(&address), "0456");
        }
        let mail = parse(Channel::Mail, "ｋａｎｓｅｎ＠City.Example.lg.jp").expect("full width");
        assert_eq!(mail.as_str(), "kansen@city.example.lg.jp");
        assert_eq!(ending(&mail), "@city.example.lg.jp");
    }

    #[test]
    fn the_two_walls_agree() {
        // What the table of area codes accepts, the dialler's own check accepts too.
        for (typed, ok) in [
            ("0112345678", true),
            ("0977-12-3456", true),
            ("050-1234-5678", true),
            ("090-1234-5678", false),
            ("0120-123-456", false),
            ("0800-123-4567", false),
            ("0570-123-456", false),
            ("110", false),
        ] {
            assert_eq!(canonical_fax(typed).is_ok(), ok, "{typed}");
            assert_eq!(parse(Channel::ManualFax, typed).is_some(), ok, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_idempotent(text in "[-0-9０-９()+ #,a@.x]{0,24}") {
            for channel in Channel::ALL {
                if let Some(address) = parse(channel, &text) {
                    prop_assert_eq!(parse(channel, address.as_str()), Some(address.clone()));
                    prop_assert_eq!(parse(channel, &in_groups(&address)), Some(address.clone()));
                    prop_assert_eq!(Address::from_canonical(channel, address.as_str()), Some(address));
                }
            }
        }

        #[test]
        fn every_fax_number_passes_both_walls(digits in "0[0-9]{9,10}") {
            let typed = canonical_fax(&digits);
            let walled = FaxNumber::from_canonical(&digits);
            // 017 and 018 are area codes, 0170 and 0180 services that no fax has: the second wall is the narrower one.
            let service = digits.starts_with("0170") || digits.starts_with("0180");
            prop_assert!(typed.is_err() || service || walled.is_some(), "{}", digits);
        }
    }
}
