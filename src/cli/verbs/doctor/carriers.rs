//! The ways out, as far as they can be looked at without sending anything or calling anybody.
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

use crate::config::Settings;
use crate::courier::{
    self, CourierError, FaxCarrier, FolderCarrier, MailCarrier, MediaCarrier, PrintCarrier,
};
use crate::text::cli as say;

use super::{Check, Verdict};

pub fn checks(settings: &Settings, state_dir: &Path) -> Vec<Check> {
    let carriers = settings.courier.carriers();
    let papers = carriers.fax.is_some() || carriers.print.is_some();
    let found: Vec<Check> = [
        carriers.folder.as_ref().map(folder),
        carriers.mail.as_ref().map(mail),
        carriers.fax.as_ref().map(fax),
        carriers.print.as_ref().map(print),
        carriers.media.as_ref().map(media),
        papers.then(|| key(state_dir)),
        papers.then(|| phone(settings.office.phone())),
        settings.checkpoints.syslog().map(syslog),
    ]
    .into_iter()
    .flatten()
    .collect();
    if found.is_empty() {
        return vec![Check::new("carriers", Verdict::Doubtful, say::DOCTOR_NO_CARRIER, &[])];
    }
    found
}

fn folder(folder: &FolderCarrier) -> Check {
    let place = folder.drop_root.display();
    if folder.drop_root.is_absolute() && folder.drop_root.is_dir() {
        return Check::new("drop-folder", Verdict::Fine, say::DOCTOR_DROP, &[&place]);
    }
    Check::new("drop-folder", Verdict::Bad, say::DOCTOR_DROP_MISSING, &[&place])
}

fn mail(mail: &MailCarrier) -> Check {
    match mail.check_files() {
        Ok(()) => Check::new("mail", Verdict::Fine, say::DOCTOR_MAIL, &[]),
        Err(_) => Check::new("mail", Verdict::Bad, say::DOCTOR_MAIL_FILES, &[]),
    }
}

fn fax(fax: &FaxCarrier) -> Check {
    if fax.submitting().is_there() && fax.asking().is_there() {
        return Check::new("fax", Verdict::Fine, say::DOCTOR_FAX, &[]);
    }
    Check::new("fax", Verdict::Bad, say::DOCTOR_FAX_MISSING, &[])
}

fn print(print: &PrintCarrier) -> Check {
    if print.program().is_there() {
        return Check::new("print", Verdict::Fine, say::DOCTOR_PRINT, &[]);
    }
    Check::new("print", Verdict::Bad, say::DOCTOR_PRINT_MISSING, &[])
}

/// What lies in the outbox for paper is sealed to this key. Whether it is the one that the office knows shows when
/// something is prepared: the office's memory is encrypted, and nobody signs in here.
fn key(state_dir: &Path) -> Check {
    let (verdict, text) = match courier::public_key(state_dir) {
        Ok(_) => (Verdict::Fine, say::DOCTOR_COURIER_KEY),
        Err(CourierError::NoIdentity) => (Verdict::Doubtful, say::DOCTOR_COURIER_KEY_NONE),
        Err(_) => (Verdict::Bad, say::DOCTOR_COURIER_KEY_BAD),
    };
    Check::new("courier-key", verdict, text, &[])
}

/// Without a medium in it the directory is there all the same.
/// The cover asks whoever got it by mistake to call.
fn phone(phone: &str) -> Check {
    match phone {
        "" => Check::new("office-phone", Verdict::Bad, say::DOCTOR_PHONE_MISSING, &[]),
        _ => Check::new("office-phone", Verdict::Fine, say::DOCTOR_PHONE, &[&phone]),
    }
}

/// Whether anybody sends it on cannot be seen from here.
fn syslog(socket: &Path) -> Check {
    let place = socket.display();
    if std::fs::metadata(socket).is_ok_and(|meta| meta.file_type().is_socket()) {
        return Check::new("checkpoint-syslog", Verdict::Fine, say::DOCTOR_SYSLOG, &[&place]);
    }
    Check::new("checkpoint-syslog", Verdict::Bad, say::DOCTOR_SYSLOG_MISSING, &[&place])
}

fn media(media: &MediaCarrier) -> Check {
    let place = media.mount.display();
    if media.mount.is_dir() {
        return Check::new("media", Verdict::Fine, say::DOCTOR_MEDIA, &[&place]);
    }
    Check::new("media", Verdict::Bad, say::DOCTOR_MEDIA_MISSING, &[&place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syslog_is_a_socket() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let text = format!("[checkpoints]\nsyslog = \"{}\"\n", path.display());
        let settings: Settings = toml::from_str(&text).unwrap();
        let found = || {
            let checks = checks(&settings, dir.path());
            checks.into_iter().find(|check| check.name == "checkpoint-syslog").map(|check| check.verdict)
        };
        std::fs::write(&path, "").unwrap();
        assert_eq!(found(), Some(Verdict::Bad));
        std::fs::remove_file(&path).unwrap();
        let _socket = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
        assert_eq!(found(), Some(Verdict::Fine));
    }

    #[test]
    fn paper_needs_a_number_to_call() {
        let dir = tempfile::tempdir().unwrap();
        let found = |text: &str| {
            let settings: Settings = toml::from_str(text).unwrap();
            let checks = checks(&settings, dir.path());
            checks.into_iter().find(|check| check.name == "office-phone").map(|check| check.verdict)
        };
        let fax = "[courier.fax]\n";
        assert_eq!(found(fax), Some(Verdict::Bad));
        assert_eq!(found(&format!("[office]\nphone = \"03-0000-0100\"\n{fax}")), Some(Verdict::Fine));
        assert_eq!(found("[courier.folder]\ndrop = \"/d\"\n"), None, "nobody reads a cover there");
    }
}
