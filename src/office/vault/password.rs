//! The rule for passwords (NIST SP 800-63B-4, and `security.md` of the design, 7.8).
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::domain::entropy::Entropy;
use crate::domain::sensitive::Secret;

/// A password also guards an offline file, so the rule for a password alone applies.
pub const LENGTH_MIN: usize = 15;
/// Long enough for any passphrase, short enough not to be an attack.
const LENGTH_MAX: usize = 256;
/// How many times longer a text in UTF-8 can become by NFKC (U+FDFA, from 3 bytes to 33).
const NFKC_GROWTH_MAX: usize = 11;
/// Fewer different characters than this is a held-down key.
const DISTINCT_MIN: usize = 5;

/// Why a password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    TooShort,
    TooLong,
    /// Contains a control or unassigned character that could not be typed again elsewhere.
    Untypable,
    /// One of the first that anybody would try: repeated, a keyboard row, the staff number, the office.
    TooCommon,
}

/// NFKC once, so that an input method left on does not lock a person out.
pub fn normalise(password: &Secret) -> Zeroizing<String> {
    let typed = password.expose();
    // Never moved while it grows: each move would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(typed.len().saturating_mul(NFKC_GROWTH_MAX)));
    text.extend(typed.nfkc());
    text
}

/// Checks a new password. `known` are words an attacker would try first (staff number, office name).
pub fn check_new(password: &Secret, known: &[&str]) -> Result<(), PasswordFault> {
    let text = normalise(password);
    let length = text.chars().count();
    if length < LENGTH_MIN {
        return Err(PasswordFault::TooShort);
    }
    if length > LENGTH_MAX {
        return Err(PasswordFault::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(PasswordFault::Untypable);
    }
    if is_common(&Zeroizing::new(text.to_lowercase()), known) {
        return Err(PasswordFault::TooCommon);
    }
    Ok(())
}

/// A first password, for one use, easy to read from paper: five groups of four.
pub fn make_initial(entropy: &mut dyn Entropy) -> Secret {
    // 32 characters: no 0/o, 1/l/i, so that nobody misreads them; 5 bits each, 100 bits in all.
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz+";
    let random: Zeroizing<[u8; 20]> = Zeroizing::new(entropy.bytes());
    let mut text = String::with_capacity(24);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Secret::new(text)
}

fn is_common(text: &str, known: &[&str]) -> bool {
    const FIRST_GUESSES: [&str; 14] = [
        "password",
        "passw0rd",
        "qwertyuiop",
        "asdfghjkl",
        "1234567890",
        "0123456789",
        "abcdefghij",
        "letmein",
        "hokenjo",
        "hokensho",
        "kansensho",
        "himitsu",
        "iloveyou",
        "administrator",
    ];
    let distinct = text.chars().collect::<std::collections::BTreeSet<_>>().len();
    if distinct < DISTINCT_MIN {
        return true;
    }
    // What is left after the guessable parts must still be worth something by itself.
    let mut rest = Zeroizing::new(text.to_owned());
    for word in
        FIRST_GUESSES.iter().copied().chain(known.iter().copied().filter(|word| word.chars().count() >= 3))
    {
        rest = Zeroizing::new(rest.replace(&word.to_lowercase(), ""));
    }
    rest.chars().count() < LENGTH_MIN / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Result<(), PasswordFault> {
        check_new(&Secret::new(text.to_owned()), &["1001", "Mihon"])
    }

    #[test]
    fn long_and_not_guessable() {
        assert_eq!(verdict("kasa-ga-nai-to-nureru"), Ok(()));
        assert_eq!(verdict("傘がないと濡れるので困る雨の日"), Ok(()));
        assert_eq!(verdict("fourteen-chars"), Err(PasswordFault::TooShort));
        assert_eq!(verdict(&"x".repeat(300)), Err(PasswordFault::TooLong));
        assert_eq!(verdict("aaaaaaaaaaaaaaaaaa"), Err(PasswordFault::TooCommon));
        assert_eq!(verdict("password1234567890"), Err(PasswordFault::TooCommon));
        assert_eq!(verdict("mihon1001mihon1001"), Err(PasswordFault::TooCommon));
        assert_eq!(verdict("with a\u{7}bell in the middle"), Err(PasswordFault::Untypable));
    }

    #[test]
    fn an_input_method_left_on_gives_the_same_password() {
        let typed = normalise(&Secret::new("ｋａｓａ－ｇａ－ｎａｉ".into()));
        assert_eq!(*typed, *normalise(&Secret::new("kasa-ga-nai".into())));
    }

    #[test]
    fn normalising_never_moves_the_password() {
        let longest = "\u{FDFA}".repeat(200);
        let text = normalise(&Secret::new(longest.clone()));
        assert_eq!(text.len(), longest.len() * NFKC_GROWTH_MAX);
        assert_eq!(text.capacity(), text.len());
    }

    #[test]
    fn initial_passwords_satisfy_the_rule() {
        struct Count(u8);
        impl Entropy for Count {
            fn fill(&mut self, buffer: &mut [u8]) {
                for byte in buffer {
                    self.0 = self.0.wrapping_mul(37).wrapping_add(11);
                    *byte = self.0;
                }
            }
        }
        let password = make_initial(&mut Count(3));
        assert_eq!(password.expose().len(), 24);
        assert_eq!(check_new(&password, &[]), Ok(()));
    }
}
