//! Renditions of a complete record: bytes in memory, no files.
pub mod archive;
pub mod channel;
pub mod document;
pub mod face;
pub mod fax;
pub mod misdelivery;
pub mod pdf;

/// A document made from one record.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendition {
    pub media_type: &'static str,
    /// Says which form it is and nothing about the person.
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub pages: u16,
}

/// The content is a person's record, so only its size is printed.
impl std::fmt::Debug for Rendition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rendition")
            .field("media_type", &self.media_type)
            .field("file_name", &self.file_name)
            .field("bytes", &self.bytes.len())
            .field("pages", &self.pages)
            .finish()
    }
}

/// Why a record could not be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenditionError {
    #[error("the record was entered with another form or another version of it")]
    OtherForm,
    #[error("the document would have more pages than can be counted")]
    TooLong,
    #[error("the format cannot hold the document")]
    Format,
    #[error("a password of plain ASCII is needed")]
    Password,
}
