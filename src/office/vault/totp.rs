//! One-time codes (RFC 6238: HMAC-SHA-1, six digits, thirty seconds).
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::domain::entropy::Entropy;
use crate::domain::sensitive::Secret;
use crate::domain::time::Timestamp;

/// Seconds that one code is shown.
pub const STEP_S: u64 = 30;
const SECRET_LENGTH: usize = 20;
const DIGITS: usize = 6;

/// The secret shared with a person's phone or token.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        Self(Zeroizing::new(entropy.bytes::<SECRET_LENGTH>().to_vec()))
    }
    /// `None` unless the secret has the length we make.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == SECRET_LENGTH).then(|| Self(Zeroizing::new(bytes.to_vec())))
    }
    /// Reads what [`Self::base32`] writes; `None` for anything else.
    pub fn from_base32(text: &Secret) -> Option<Self> {
        let upper = Zeroizing::new(text.expose().to_ascii_uppercase());
        let bytes = data_encoding::BASE32_NOPAD.decode(upper.as_bytes()).ok().map(Zeroizing::new)?;
        Self::from_bytes(&bytes)
    }
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
    /// What a person types into a phone that has no camera.
    pub fn base32(&self) -> Secret {
        Secret::new(data_encoding::BASE32_NOPAD.encode(&self.0))
    }
    /// What the QR code holds. Issuer and account must be ASCII and free of `:`.
    pub fn uri(&self, issuer: &str, account: &str) -> Secret {
        let secret = self.base32();
        Secret::new(format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", secret.expose()))
    }

    /// The step whose code was typed, if it is the current or the previous one and later than `last_step`.
    ///
    /// The caller stores the step in the same transaction: a code works once. `typed` may hold full-width digits and
    /// spaces, as an input method leaves them.
    pub fn match_step(&self, typed: &str, now: Timestamp, last_step: Option<u64>) -> Option<u64> {
        let code = fold_code(typed)?;
        let step = u64::try_from(now.seconds()).ok()? / STEP_S;
        [step, step.saturating_sub(1)]
            .into_iter()
            .find(|step| last_step.is_none_or(|last| *step > last) && same(&self.code_at(*step), &code))
    }

    /// The code that a phone shows during `step`.
    pub fn code_at(&self, step: u64) -> Zeroizing<String> {
        Zeroizing::new(self.generator().generate(step.saturating_mul(STEP_S)).to_string())
    }

    fn generator(&self) -> Totp {
        Builder::new()
            .with_secret(self.0.to_vec())
            .with_skew(0)
            .build()
            .expect("twenty bytes, six digits and thirty seconds satisfy RFC 6238")
    }
}

/// Six ASCII digits out of what a person typed, or nothing.
fn fold_code(typed: &str) -> Option<Zeroizing<String>> {
    use unicode_normalization::UnicodeNormalization as _;
    let code: Zeroizing<String> = Zeroizing::new(typed.nfkc().filter(|c| !c.is_whitespace()).collect());
    (code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

fn same(a: &str, b: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(a.as_bytes(), b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc_secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn rfc_6238_appendix_b() {
        // The RFC prints eight digits; the last six are the six-digit code.
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp::from_seconds(time);
            let step = u64::try_from(time).unwrap() / STEP_S;
            assert_eq!(rfc_secret().match_step(code, now, None), Some(step), "at {time}");
        }
    }

    #[test]
    fn this_step_or_the_one_before_and_never_twice() {
        let secret = rfc_secret();
        let at = |s: i64| Timestamp::from_seconds(s);
        let step = 37_037_037; // the step of 1111111111
        assert_eq!(secret.match_step("050471", at(1_111_111_111 + 30), None), Some(step), "one step late");
        assert_eq!(secret.match_step("050471", at(1_111_111_111 + 60), None), None, "two steps late");
        assert_eq!(secret.match_step("050471", at(1_111_111_111 - 30), None), None, "early");
        assert_eq!(secret.match_step("050471", at(1_111_111_111), Some(step)), None, "used");
        assert_eq!(secret.match_step("050471", at(1_111_111_111), Some(step + 1)), None, "overtaken");
    }

    #[test]
    fn what_an_input_method_leaves_is_accepted() {
        let now = Timestamp::from_seconds(59);
        for typed in ["287082", " 287 082", "２８７０８２", "287　082"] {
            assert!(rfc_secret().match_step(typed, now, None).is_some(), "{typed}");
        }
        for typed in ["", "28708", "2870822", "28708x", "abcdef"] {
            assert!(rfc_secret().match_step(typed, now, None).is_none(), "{typed}");
        }
        assert_eq!(rfc_secret().match_step("287082", Timestamp::from_seconds(-5), None), None, "before 1970");
    }
}
