//! Reading the fields of a canonical byte form, each with its exact size.
use crate::domain::digest::Digest;
use crate::domain::pae;
use crate::domain::time::Timestamp;

/// The fields of one PAE, taken in order. A missing field and a field of the wrong size are both `None`.
pub struct Fields<'a>(std::vec::IntoIter<&'a [u8]>);

impl<'a> Fields<'a> {
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        Some(Self(pae::decode(bytes)?.into_iter()))
    }

    /// As [`Self::of`], when there are exactly `count` fields and the first is `tag`.
    pub fn tagged(bytes: &'a [u8], tag: &str, count: usize) -> Option<Self> {
        let mut fields = Self::of(bytes)?;
        (fields.0.len() == count && fields.bytes()? == tag.as_bytes()).then_some(fields)
    }

    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        self.0.next()
    }
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes()?.try_into().ok()
    }
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }
    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }
    pub fn time(&mut self) -> Option<Timestamp> {
        self.array().map(|bytes| Timestamp::from_micros(i64::from_be_bytes(bytes)))
    }
    pub fn digest(&mut self) -> Option<Digest> {
        self.array().map(Digest::from_bytes)
    }
    pub fn remaining(&self) -> usize {
        self.0.len()
    }
}
