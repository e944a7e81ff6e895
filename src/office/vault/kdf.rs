//! From a password to a key: Argon2id (RFC 9106).
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::VaultError;

#[cfg(all(feature = "cheap-kdf", not(debug_assertions)))]
compile_error!("the feature cheap-kdf is for tests: it must never be in a release build");

/// What one guess at a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes (about 0.3 s on a small server).
#[cfg(not(feature = "cheap-kdf"))]
pub const DEFAULT: KdfParams = KdfParams { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
#[cfg(feature = "cheap-kdf")]
pub const DEFAULT: KdfParams = KdfParams { memory_kib: 64, passes: 1, lanes: 1 };

/// Below these a stolen slot could be guessed too cheaply; above, opening it would exhaust the machine.
#[cfg(not(feature = "cheap-kdf"))]
const MEMORY_KIB: std::ops::RangeInclusive<u32> = 19 * 1024..=2 * 1024 * 1024;
#[cfg(feature = "cheap-kdf")]
const MEMORY_KIB: std::ops::RangeInclusive<u32> = 32..=2 * 1024 * 1024;
#[cfg(not(feature = "cheap-kdf"))]
const PASSES: std::ops::RangeInclusive<u32> = 2..=64;
#[cfg(feature = "cheap-kdf")]
const PASSES: std::ops::RangeInclusive<u32> = 1..=64;
const LANES: std::ops::RangeInclusive<u32> = 1..=64;

impl KdfParams {
    /// Refuses parameters that a hostile slot file could use against us.
    pub fn check(self) -> Result<Self, VaultError> {
        let fine = MEMORY_KIB.contains(&self.memory_kib)
            && PASSES.contains(&self.passes)
            && LANES.contains(&self.lanes)
            && self.memory_kib >= 8 * self.lanes;
        fine.then_some(self).ok_or(VaultError::Parameters)
    }
}

/// Derives 32 bytes. The password must already be normalised (see `password::normalise`).
pub fn derive(password: &str, salt: &[u8; 16], params: KdfParams) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let params = params.check()?;
    let params = Params::new(params.memory_kib, params.passes, params.lanes, Some(32))
        .map_err(|_| VaultError::Parameters)?;
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut())
        .map_err(|_| VaultError::Parameters)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_implementation_agrees() {
        // kats/argon2id of the reference implementation: m=64 KiB, t=1, p=1 would be too cheap for a release build, so
        // the library is asked directly; `derive` only adds bounds.
        let params = Params::new(256, 2, 1, Some(32)).unwrap();
        let mut out = [0u8; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(b"password", b"somesalt", &mut out)
            .unwrap();
        let hex = data_encoding::HEXLOWER.encode(&out);
        assert_eq!(hex, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }

    #[test]
    fn hostile_parameters_are_refused() {
        let fine = DEFAULT;
        assert_eq!(fine.check(), Ok(fine));
        for bad in [
            KdfParams { memory_kib: 1, ..fine },
            KdfParams { memory_kib: 4 * 1024 * 1024, ..fine },
            KdfParams { passes: 0, ..fine },
            KdfParams { lanes: 0, ..fine },
            KdfParams { passes: 1000, ..fine },
        ] {
            assert_eq!(bad.check(), Err(VaultError::Parameters), "{bad:?}");
        }
    }
}
