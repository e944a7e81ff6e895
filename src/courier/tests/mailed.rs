//! What arrives, as somebody else's server and somebody else's reader of mail see it.
use std::io::Write as _;

use serde_json::Value;

use super::super::*;
use super::bench::Bench;
use super::relay::{FROM, Server, TO, are_left_out};
use crate::domain::digest::Digest;

fn send(server: &Server, encryption: Encryption, package: Vec<u8>) -> (Bench, (String, String)) {
    let mut carrier = server.carrier(encryption);
    let password_file = server.password_file("correct horse battery", 0o600);
    carrier.login = Some(Login { user: "uketsuke".into(), password_file });
    let mut bench = server.bench(carrier);
    bench.parts.pack(package);
    bench.put();
    let answer = bench.run_one();
    (bench, answer)
}

fn all<'a>(mail: &'a Value, name: &str) -> Vec<&'a str> {
    let headers = mail["headers"].as_array().unwrap().iter();
    let same = headers.filter(|pair| pair[0].as_str().unwrap().eq_ignore_ascii_case(name));
    same.map(|pair| pair[1].as_str().unwrap()).collect()
}

/// One recipient, one attachment, fixed words, and not a byte of the package changed.
#[test]
fn one_mail_with_one_package() {
    if are_left_out() {
        return;
    }
    let hostile = [
        "age-encryption.org/v1\n".as_bytes(),
        b"\r\n.\r\nMAIL FROM:<a@b.jp>\r\n.\n\n.\r.\r\n\r\n--boundary--\r\nBcc: c@d.jp\r\n\0\xff",
        &vec![b'.'; 5000],
        b"\r\n.\r\n",
    ]
    .concat();
    let plain = b"age-encryption.org/v1\n-> X25519 (not really)\n".to_vec();
    let archive = archive();
    for (kind, encryption) in [("starttls", Encryption::StartTls), ("wrapped", Encryption::Tls)] {
        let server = Server::judging("good", kind);
        for package in [&plain, &hostile, &archive] {
            let (bench, answer) = send(&server, encryption, package.clone());
            assert_eq!(answer, ("sent".to_owned(), String::new()));
            let judged = server.judged();
            check(judged.last().unwrap(), &bench, package);
        }
        assert_eq!(server.judged().len(), 3);
    }
}

/// What only a password opens.
fn archive() -> Vec<u8> {
    let options =
        zip::write::SimpleFileOptions::default().with_aes_encryption(zip::AesMode::Aes256, "agreed by phone");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("report.pdf", options).unwrap();
    archive.write_all(b"%PDF-1.7").unwrap();
    archive.finish().unwrap().into_inner()
}

fn check(mail: &Value, bench: &Bench, package: &[u8]) {
    let id = bench.id();
    assert_eq!((mail["from"].as_str(), &mail["recipients"]), (Some(FROM), &serde_json::json!([TO])));
    assert_eq!((mail["encrypted"].as_bool(), mail["user"].as_str()), (Some(true), Some("uketsuke")));
    assert_eq!(mail["defects"], serde_json::json!([]));
    assert!(mail["longest"].as_u64().unwrap() <= 998);
    assert_eq!((all(mail, "To"), all(mail, "From")), (vec![TO], vec![FROM]));
    assert_eq!(all(mail, "Message-ID"), [format!("<{id}@pref.example.lg.jp>")]);
    assert_eq!(all(mail, "Date"), ["Tue, 14 Jul 2026 04:01:00 +0000"]);
    assert_eq!(all(mail, "Subject"), ["見本保健所からの文書 (1e1e-1e1e)"]);
    let names: Vec<&str> =
        mail["headers"].as_array().unwrap().iter().map(|pair| pair[0].as_str().unwrap()).collect();
    for name in &names {
        let known = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
        assert!(known.contains(name), "{name}");
    }
    let parts = mail["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2, "{mail}");
    assert_eq!(parts[0]["type"], "text/plain");
    let text = parts[0]["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), "暗号化した文書をお送りします (1e1e-1e1e)。\n.\n見本保健所");
    let (media_type, extension) = if package.starts_with(b"PK") {
        ("application/zip", "zip")
    } else {
        ("application/octet-stream", "age")
    };
    assert_eq!(parts[1]["type"], media_type);
    assert_eq!((&parts[1]["disposition"], &parts[1]["encoding"]), (&"attachment".into(), &"base64".into()));
    assert_eq!(parts[1]["name"].as_str(), Some(format!("{id}.{extension}").as_str()));
    assert_eq!(parts[1]["sha256"].as_str(), Some(Digest::of(package).to_string().as_str()));
    assert_eq!(parts[1]["size"].as_u64(), Some(u64::try_from(package.len()).unwrap()));
}

#[test]
fn a_wrong_password_or_another_authority_sends_nothing() {
    if are_left_out() {
        return;
    }
    let server = Server::judging("good", "starttls");
    let mut carrier = server.carrier(Encryption::StartTls);
    let password_file = server.password_file("wrong horse", 0o600);
    carrier.login = Some(Login { user: "uketsuke".into(), password_file });
    assert_eq!(server.bench(carrier).run_one(), ("failed".into(), "relay-login-refused".into()));
    assert!(server.judged().is_empty());

    let server = Server::judging("foreign", "starttls");
    let (_, answer) = send(&server, Encryption::StartTls, b"age-encryption.org/v1\n".to_vec());
    assert_eq!(answer, ("failed".to_owned(), "relay-untrusted".to_owned()));
    assert!(server.judged().is_empty());
}
