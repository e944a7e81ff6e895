//! What a way out is called, on papers and panels alike.
use crate::domain::destination::Channel;
use crate::text::{Text, destinations as say};

/// The way there, in a word.
pub const fn channel_name(channel: Channel) -> Text {
    match channel {
        Channel::Folder => say::CHANNEL_FOLDER,
        Channel::Fax => say::CHANNEL_FAX,
        Channel::Mail => say::CHANNEL_MAIL,
        Channel::ManualFax => say::CHANNEL_MANUAL_FAX,
        Channel::Media => say::CHANNEL_MEDIA,
    }
}
