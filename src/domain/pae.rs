//! Pre-authentication encoding: the one canonical byte form for everything that is hashed or signed.
//!
//! `PAE(f0..fn) = u32be(n) || for each field: u32be(length) || bytes`. It is injective, so two different lists of
//! fields never give the same bytes (the idea of DSSE and PASETO).

/// Encodes the fields. Panics only beyond 4 GiB, which no caller can reach (limits are checked before).
pub fn encode(fields: &[&[u8]]) -> Vec<u8> {
    let size = 4 + fields.iter().map(|f| 4 + f.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(&length(fields.len()));
    for field in fields {
        bytes.extend_from_slice(&length(field.len()));
        bytes.extend_from_slice(field);
    }
    bytes
}

/// The fields again; `None` unless the bytes are exactly what [`encode`] gives for some fields.
pub fn decode(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let (count, rest) = take_length(bytes)?;
    // Every field costs at least its four length bytes: a larger count is a lie, and would reserve memory for it.
    if count > rest.len() / 4 {
        return None;
    }
    let mut fields = Fields { rest };
    let list = (0..count).map(|_| fields.bytes()).collect::<Option<_>>()?;
    fields.end().map(|()| list)
}

/// Fields taken one after the other, with nothing reserved for what the bytes claim to hold.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// `None` unless the bytes say that they hold `count` fields.
    pub fn of(bytes: &'a [u8], count: u32) -> Option<Self> {
        let (said, rest) = bytes.split_first_chunk::<4>()?;
        (u32::from_be_bytes(*said) == count).then_some(Self { rest })
    }
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let (size, rest) = take_length(self.rest)?;
        let (field, rest) = rest.split_at_checked(size)?;
        self.rest = rest;
        Some(field)
    }
    pub fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        self.bytes()?.try_into().ok()
    }
    /// Whether nothing is left over.
    pub fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }
}

fn length(n: usize) -> [u8; 4] {
    u32::try_from(n).expect("callers limit fields far below 4 GiB").to_be_bytes()
}

fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_be_bytes(*head)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pinned_vector() {
        assert_eq!(encode(&[b"ab", b""]), b"\0\0\0\x02\0\0\0\x02ab\0\0\0\0");
    }

    #[test]
    fn refuses_what_is_not_canonical() {
        for bad in [
            &b""[..],
            b"\0\0\0",
            b"\0\0\0\x01",
            b"\0\0\0\0x",
            b"\xff\xff\xff\xff\0\0\0\0",
            b"\0\0\0\x01\0\0\0\x02a",
        ] {
            assert_eq!(decode(bad), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(fields in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..12)) {
            let views: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
            let bytes = encode(&views);
            prop_assert_eq!(decode(&bytes), Some(views));
        }

        #[test]
        fn decoding_is_the_inverse(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Some(fields) = decode(&bytes) {
                prop_assert_eq!(encode(&fields), bytes);
            }
        }
    }
}
