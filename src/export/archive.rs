//! One file in a ZIP that only its password opens (AES-256, as 7-Zip and others read it).
use std::io::{Cursor, Write as _};

use chrono::{Datelike as _, NaiveDate};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, DateTime, ZipWriter};

use super::{Rendition, RenditionError};
use crate::domain::archive::is_sealed;
use crate::domain::sensitive::Secret;

const MEDIA_TYPE: &str = "application/zip";

/// Puts a rendition into an archive of its own. The salt is drawn by the library, so that no two are alike.
///
/// The password is plain ASCII: Windows programs read others in the code page of the day.
pub fn seal(inside: &Rendition, password: &Secret, modified: NaiveDate) -> Result<Rendition, RenditionError> {
    let typed = password.expose();
    if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(RenditionError::Password);
    }
    let name = &inside.file_name;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if !name.bytes().all(is_plain) || stem.is_empty() {
        return Err(RenditionError::Format);
    }
    let bytes = write(inside, typed, modified).ok_or(RenditionError::Format)?;
    // Checked by the same rule as at the door.
    if !is_sealed(&bytes) {
        return Err(RenditionError::Format);
    }
    Ok(Rendition { media_type: MEDIA_TYPE, file_name: format!("{stem}.zip"), bytes, pages: inside.pages })
}

fn write(inside: &Rendition, password: &str, modified: NaiveDate) -> Option<Vec<u8>> {
    let year = u16::try_from(modified.year()).ok()?;
    let part = |number: u32| u8::try_from(number).ok();
    let day =
        DateTime::from_date_and_time(year, part(modified.month())?, part(modified.day())?, 0, 0, 0).ok()?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(day)
        .with_aes_encryption(AesMode::Aes256, password);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(inside.file_name.as_str(), options).ok()?;
    archive.write_all(&inside.bytes).ok()?;
    Some(archive.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSIDE: &[u8] = b"%PDF-1.7 kasa ga nai to nureru, kasa ga nai to nureru";

    fn inside(file_name: &str) -> Rendition {
        let bytes = INSIDE.to_vec();
        Rendition { media_type: "application/pdf", file_name: file_name.to_owned(), bytes, pages: 3 }
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 14).unwrap()
    }

    fn sealed(file_name: &str, password: &str) -> Result<Rendition, RenditionError> {
        seal(&inside(file_name), &Secret::new(password.to_owned()), day())
    }

    /// An archive of several files, each with a password or without.
    fn archive(files: &[Option<AesMode>], comment: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (number, mode) in files.iter().enumerate() {
            let plain = SimpleFileOptions::default();
            let options = mode.map_or(plain, |mode| plain.with_aes_encryption(mode, "kasa"));
            writer.start_file(format!("{number}.txt"), options).unwrap();
            writer.write_all(INSIDE).unwrap();
        }
        writer.set_comment(comment).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_goes_in_comes_out_with_the_password_only() {
        let rendition = sealed("ehec-v1.pdf", "kasa-2026!").unwrap();
        assert_eq!((rendition.file_name.as_str(), rendition.pages), ("ehec-v1.zip", 3));
        assert!(!rendition.bytes.windows(4).any(|part| part == b"%PDF"));
        assert_ne!(rendition.bytes, sealed("ehec-v1.pdf", "kasa-2026!").unwrap().bytes, "salted");
        let mut archive = zip::ZipArchive::new(Cursor::new(rendition.bytes)).unwrap();
        assert!(archive.by_index(0).is_err());
        assert!(archive.by_index_decrypt(0, b"kasa-2026?").is_err());
        let mut content = Vec::new();
        let mut file = archive.by_index_decrypt(0, b"kasa-2026!").unwrap();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        assert_eq!((file.name().unwrap().as_ref(), content.as_slice()), ("ehec-v1.pdf", INSIDE));
    }

    #[test]
    fn names_and_passwords_are_plain_ascii() {
        for password in ["", "傘がない", "a b", "a\n"] {
            assert_eq!(sealed("ehec-v1.pdf", password), Err(RenditionError::Password));
        }
        for name in ["仮野.pdf", "../x.pdf", "a b.pdf", "", ".pdf"] {
            assert_eq!(sealed(name, "kasa"), Err(RenditionError::Format), "{name}");
        }
    }

    #[test]
    fn only_what_is_sealed_throughout_passes() {
        const STRONG: Option<AesMode> = Some(AesMode::Aes256);
        assert!(is_sealed(&archive(&[STRONG], "")));
        assert!(is_sealed(&archive(&[STRONG; 64], "")));
        let good = archive(&[STRONG, STRONG], "");
        assert!(is_sealed(&good));
        let refused = [
            ("nothing", Vec::new()),
            ("no archive", INSIDE.to_vec()),
            ("an empty archive", archive(&[], "")),
            ("a plain one", archive(&[None], "")),
            ("one plain at the end", archive(&[STRONG, None], "")),
            ("one plain at the beginning", archive(&[None, STRONG], "")),
            ("a weak one", archive(&[STRONG, Some(AesMode::Aes128)], "")),
            ("a comment", archive(&[STRONG], "personal")),
            ("too many", archive(&[STRONG; 65], "")),
            ("something before it", [b"personal".to_vec(), good.clone()].concat()),
            ("something after it", [good.clone(), b"personal".to_vec()].concat()),
            ("two of them", [good.clone(), good.clone()].concat()),
            ("cut off", good[..good.len() - 1].to_vec()),
        ];
        for (what, bytes) in refused {
            assert!(!is_sealed(&bytes), "{what}");
        }
    }

    /// Every byte that says how an entry is stored: whoever changes one is caught, or has changed nothing that matters.
    #[test]
    fn no_byte_of_the_frame_can_be_bent() {
        let good = archive(&[Some(AesMode::Aes256)], "");
        let (local, directory) = (0..4, good.windows(4).position(|part| part == b"PK\x01\x02").unwrap());
        let mut decisive: Vec<usize> = local.chain([6, 7, 8, 9]).collect();
        decisive.extend([0, 1, 2, 3, 8, 9, 10, 11, 20, 28, 30, 32, 34, 42].map(|at| directory + at));
        decisive.extend(good.len() - 22..good.len());
        for at in decisive {
            for bit in 0..8 {
                let mut bent = good.clone();
                bent[at] ^= 1 << bit;
                // Bit 11 of the flags says how the name is written; both descriptions must still agree.
                assert!(!is_sealed(&bent), "byte {at}, bit {bit}");
            }
        }
        // Encrypted in the one description, plain in the other.
        let mut bent = good.clone();
        bent[6] &= !1;
        assert!(!is_sealed(&bent));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in proptest::collection::vec(0u8.., 0..200), at in 0usize..400, to in 0u8..) {
            proptest::prop_assert!(!is_sealed(&bytes));
            let mut bent = archive(&[Some(AesMode::Aes256)], "");
            if let Some(byte) = bent.get_mut(at) {
                *byte = to;
            }
            let _ = is_sealed(&bent);
        }
    }
}
