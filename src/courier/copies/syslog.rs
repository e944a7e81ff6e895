//! One line to the syslog of the machine, which the site sends on to where nobody here can change it.
use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use data_encoding::BASE64;

use crate::domain::time::Timestamp;
use crate::log::Checkpoint;
use crate::log::checkpoint::origin;

/// authpriv (10) and notice (5), RFC 3164 4.1.1.
const PRIORITY: u8 = 10 * 8 + 5;

pub fn write(socket: &Path, checkpoint: &Checkpoint, now: Timestamp) -> io::Result<()> {
    let sender = UnixDatagram::unbound()?;
    // A full queue is told, not waited for.
    sender.set_nonblocking(true)?;
    let line = line(checkpoint, now, std::process::id());
    let sent = sender.send_to(line.as_bytes(), socket)?;
    if sent == line.len() { Ok(()) } else { Err(io::ErrorKind::WriteZero.into()) }
}

/// Without the name of the machine, as programs of a machine write to its own daemon.
fn line(checkpoint: &Checkpoint, now: Timestamp, process: u32) -> String {
    let time = now.in_japan().format("%b %e %H:%M:%S");
    let (origin, root) = (origin(&checkpoint.log_id), BASE64.encode(&checkpoint.root));
    format!("<{PRIORITY}>{time} uketsuke[{process}]: checkpoint {origin} {} {root}", checkpoint.size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_as_daemons_read_it() {
        let checkpoint = Checkpoint { log_id: [7; 16], size: 42, root: [0xa5; 32] };
        let now = Timestamp::from_seconds(1_783_989_060);
        assert_eq!(
            line(&checkpoint, now, 123),
            "<85>Jul 14 09:31:00 uketsuke[123]: checkpoint hc-intake/07070707070707070707070707070707 42 \
             paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU="
        );
    }
}
