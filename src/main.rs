//! argv -> cli | tui -> ExitCode, nothing else.
use std::process::ExitCode;

fn main() -> ExitCode {
    uketsuke::cli::main()
}
