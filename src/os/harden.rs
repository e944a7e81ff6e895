//! What a process that holds keys should not allow.
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};

/// No core dump, no tracing by other processes of the same user, files for the owner alone.
///
/// Root is not kept out by any of this. Failures are ignored: an old kernel must not keep a health centre closed,
/// and `uketsuke doctor` reports what is missing.
pub fn harden_process() {
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    umask(rustix::fs::Mode::from_raw_mode(0o077));
}
