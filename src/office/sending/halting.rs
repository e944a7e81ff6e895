//! Taking back whatever is on its way to a destination: what waits for a second person, and what waits for the courier.
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::office::outbox;
use crate::office::perform::Desk;
use crate::office::reason::Reason;
use crate::office::store::Tx;
use crate::office::store::transmission::{StateCode, TransmissionRow};

/// What became of the sendings to a destination.
pub struct Halt {
    pub taken_back: Vec<TransmissionId>,
    /// The courier has them: its receipts will say what became of them.
    pub gone: u32,
    /// Still in the outbox, and somebody holds it. They stay queued until the courier has answered.
    pub out_of_reach: u32,
}

impl Halt {
    /// How many were taken back.
    pub fn stopped(&self) -> u32 {
        u32::try_from(self.taken_back.len()).unwrap_or(u32::MAX)
    }
}

pub fn halt(
    tx: &mut Tx<'_>,
    destination: DestinationId,
    why: Reason,
    desk: &Desk<'_>,
) -> Result<Halt, Reason> {
    let of_it = |row: &TransmissionRow| row.destination == destination;
    let taken_back = give_back_waiting(tx, destination, why, desk)?;
    let mut halt = Halt { taken_back, gone: 0, out_of_reach: 0 };
    for row in tx.transmissions_in(StateCode::Queued)?.into_iter().filter(of_it) {
        take_back(tx, &row, why, desk, &mut halt)?;
    }
    let under_way = tx.transmissions_in(StateCode::Dispatching)?.into_iter().filter(of_it).count();
    halt.gone = u32::try_from(under_way).unwrap_or(u32::MAX);
    Ok(halt)
}

/// What waits for a second person goes back to its sender: nobody can agree to it any more.
pub fn give_back_waiting(
    tx: &mut Tx<'_>,
    destination: DestinationId,
    why: Reason,
    desk: &Desk<'_>,
) -> Result<Vec<TransmissionId>, Reason> {
    let mut given_back = Vec::new();
    for row in tx.transmissions_in(StateCode::Awaiting)? {
        if row.destination == destination {
            let (from, to) = (StateCode::Awaiting, StateCode::Withdrawn);
            tx.move_transmission(row.id, from, to, Some(why.code()), desk.now)?;
            given_back.push(row.id);
        }
    }
    Ok(given_back)
}

fn take_back(
    tx: &mut Tx<'_>,
    row: &TransmissionRow,
    why: Reason,
    desk: &Desk<'_>,
    halt: &mut Halt,
) -> Result<(), Reason> {
    // Another order would only wait behind the same hand.
    let revoked = if halt.out_of_reach > 0 { Err(Reason::Busy) } else { outbox::revoke(desk.house, row.id) };
    let (next, reason) = match revoked {
        Ok(()) => {
            halt.taken_back.push(row.id);
            (StateCode::Withdrawn, Some(why.code()))
        }
        // The courier was faster.
        Err(Reason::AlreadyLeft) => (StateCode::Dispatching, None),
        Err(_) => {
            halt.out_of_reach += 1;
            return Ok(());
        }
    };
    tx.move_transmission(row.id, row.state, next, reason, desk.now)?;
    Ok(())
}
