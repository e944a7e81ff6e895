//! A mail address, read before any mail library sees it.
use std::fmt;

/// `local@domain` in plain ASCII: one recipient, nothing quoted, nothing routed, no comment.
///
/// Narrower than RFC 5321 on purpose: quoted local parts, address literals and non-ASCII letters, which may look like
/// others, are not addresses that an office has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailAddress(String);

impl MailAddress {
    /// RFC 5321, 4.5.3.1.
    const LOCAL_MAX: usize = 64;
    const DOMAIN_MAX: usize = 189;
    /// RFC 1035, 2.3.4.
    const LABEL_MAX: usize = 63;

    /// Accepts only what [`Self::as_str`] gives: the domain in small letters, the part before it as it is.
    pub fn from_canonical(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        (is_local(local) && is_domain(domain)).then(|| Self(text.to_owned()))
    }

    /// Reads a typed address: surrounding space is dropped and the domain written small. Full width is folded by whoever
    /// reads what people type, because `@` and letters exist there too.
    pub fn parse(folded: &str) -> Option<Self> {
        let (local, domain) = folded.trim().split_once('@')?;
        Self::from_canonical(&format!("{local}@{}", domain.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the site's list of allowed domains is asked for.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

fn is_local(local: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
    (1..=MailAddress::LOCAL_MAX).contains(&local.len())
        && local.bytes().all(allowed)
        && local.split('.').all(|piece| !piece.is_empty())
        // A dash in front would read as an option of a mail program.
        && !local.starts_with('-')
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let ends_in_letters = labels.last().is_some_and(|top| top.bytes().all(|byte| byte.is_ascii_lowercase()));
    domain.len() <= MailAddress::DOMAIN_MAX
        && labels.len() >= 2
        && ends_in_letters
        && labels.iter().all(|l| is_label(l))
}

fn is_label(label: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MailAddress::LABEL_MAX).contains(&label.len())
        && label.bytes().all(allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

masked!(MailAddress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_address() {
        for (typed, canonical) in [
            ("kansen@city.example.lg.jp", "kansen@city.example.lg.jp"),
            (" Kansen.Taisaku@City.Example.LG.JP ", "Kansen.Taisaku@city.example.lg.jp"),
            ("a+b_c-d@x-y.example.jp", "a+b_c-d@x-y.example.jp"),
        ] {
            let address = MailAddress::parse(typed).expect(typed);
            assert_eq!(address.as_str(), canonical);
            assert_eq!(MailAddress::from_canonical(canonical), Some(address));
        }
        assert_eq!(MailAddress::parse("a@b.example.jp").expect("good").domain(), "b.example.jp");
        for bad in [
            "",
            "@",
            "a@",
            "@b.jp",
            "a",
            "a@b",
            "a@@b.jp",
            "a@b@c.jp",
            "a b@c.jp",
            "a@b .jp",
            "a@b..jp",
            "a@.b.jp",
            "a@b.jp.",
            ".a@b.jp",
            "a.@b.jp",
            "a..b@c.jp",
            "-a@b.jp",
            "a@-b.jp",
            "a@b-.jp",
            "a@b.1",
            "a@[127.0.0.1]",
            "\"a b\"@c.jp",
            "a,b@c.jp",
            "a;b@c.jp",
            "<a@b.jp>",
            "A <a@b.jp>",
            "a@b.jp, c@d.jp",
            "a%b@c.jp",
            "a!b@c.jp",
            "a@b_c.jp",
            "a@b.jp\r\nBcc: c@d.jp",
            "a@b.jp\n",
            "a\u{0}@b.jp",
            "山田@b.jp",
            "a@役所.jp",
            "\u{430}@b.jp",
            "a@\u{435}xample.jp",
            &format!("{}@b.jp", "a".repeat(65)),
            &format!("a@{}.jp", "b".repeat(64)),
        ] {
            let inner = bad.trim();
            assert!(MailAddress::from_canonical(bad).is_none(), "{bad:?}");
            assert!(inner != bad || MailAddress::parse(bad).is_none(), "{bad:?}");
        }
        assert!(MailAddress::from_canonical("a@B.jp").is_none(), "what was signed is not folded");
    }
}
