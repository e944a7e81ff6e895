//! Papers for a person who dials at the machine: the printer is a program that takes pages from a pipe.
use crate::domain::destination::Address;
use crate::os::process::Ended;

use super::super::obstacle::Obstacle;
use super::command::{Command, Foreign, Surroundings};
use super::{Carrier, Content, Handed, Parcel};

/// Prints pages.
#[derive(Clone, Debug)]
pub struct PrintCarrier {
    pub submit: Command,
    pub surroundings: Surroundings,
}

impl Carrier for PrintCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::ManualFax(_), Content::Pages(bytes)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::OtherPages);
        };
        match self.program().run(parcel.transmission, None, bytes) {
            Ended::NotStarted(_) => Handed::NotNow(Obstacle::PrinterUnavailable),
            Ended::Exited { code: Some(0), input_taken, .. } if input_taken == bytes.len() => {
                Handed::ToAPerson
            }
            // Some pages may lie in the tray: two sets on the desk become two faxes.
            Ended::Exited { .. } | Ended::TimedOut => Handed::Unclear,
        }
    }

    /// No printer tells what came out of it.
    fn follow_up(&self, _parcel: &Parcel<'_>) -> Handed {
        Handed::Unclear
    }
}

impl PrintCarrier {
    pub const fn program(&self) -> Foreign<'_> {
        Foreign { command: &self.submit, surroundings: &self.surroundings }
    }
}
