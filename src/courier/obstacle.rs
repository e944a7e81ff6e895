//! What stops an order, or delays it: codes for receipts, which have sentences in the catalogue.
use crate::domain::codes::coded;
use crate::order::OrderRefusal;

coded! {
    /// What around an order keeps it from being sent.
    pub enum Obstacle {
        /// A file of the outbox cannot be read or written at the moment.
        OutboxTrouble = "outbox-trouble",
        /// The order or the package is a link or something else that is not a file.
        NotAFile = "not-a-file",
        /// The file has another name than the transmission in it.
        OtherId = "other-id",
        /// This statement was answered before.
        Replayed = "replayed",
        Frozen = "destination-frozen",
        /// The office has taken it back, and somebody has put it into the outbox again.
        Withdrawn = "withdrawn",
        /// One of the two people was suspended since the newest roster.
        PartySuspended = "party-suspended",
        PackageMissing = "package-missing",
        PackageTooLarge = "package-too-large",
        NotEncrypted = "package-not-encrypted",
        /// Another file of this name lies in the destination's folder.
        Occupied = "target-occupied",
        FolderUnsafe = "folder-unsafe",
        /// The site has not configured this way out.
        NoCarrier = "no-carrier",
        /// The package is not sealed to this dispatcher, or holds other pages than the agreed ones.
        OtherPages = "other-pages",
        /// The dispatcher has no key to open pages with.
        IdentityMissing = "no-courier-key",

        /// The drop folder cannot be written at the moment.
        FolderUnavailable = "folder-unavailable",

        /// The relay does not answer.
        RelayUnreachable = "relay-unreachable",
        /// The relay asks to come back later, before it heard of any mail.
        RelayBusy = "relay-busy",
        /// The relay does not show a certificate that the site's CA vouches for.
        RelayUntrusted = "relay-untrusted",
        /// The relay offers no encryption.
        RelayWithoutTls = "relay-without-tls",
        /// The relay does not take the user and password of the settings.
        RelayLogin = "relay-login-refused",
        RelayRefused = "relay-refused",
        RecipientRefused = "recipient-refused",
        /// The line broke before any of the content was handed over.
        RelayLost = "relay-lost",
        /// The CA or the password of the settings cannot be read.
        CarrierFile = "carrier-file-unreadable",

        /// The fax server or its program cannot be reached.
        FaxUnavailable = "fax-unavailable",
        FaxBusy = "fax-busy",
        FaxNoAnswer = "fax-no-answer",
        /// The call came through to something that is no fax, or not through at all.
        FaxNoConnection = "fax-no-connection",
        /// The fax server could not make pages of it and never dialled.
        FaxUnreadable = "fax-unreadable",

        PrinterUnavailable = "printer-unavailable",

        /// No medium is there, or it carries no number.
        MediumMissing = "medium-missing",
        /// Another medium than the registered one.
        MediumOther = "medium-other",
        MediumFull = "medium-full",
        /// The medium cannot be written.
        MediumReadOnly = "medium-not-writable",
    }
}

/// Why an order is answered without being sent: the order itself, or what lies around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Order(OrderRefusal),
    Around(Obstacle),
}

impl Refusal {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order(refusal) => refusal.code(),
            Self::Around(obstacle) => obstacle.code(),
        }
    }
}
