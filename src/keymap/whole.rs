//! What can only be judged when all bindings of a map are known: keys claimed twice, modes without an entrance, commands
//! that nobody could reach any more.
use crate::keymap::command::Command;
use crate::keymap::context::Context;
use crate::keymap::key::Key;
use crate::keymap::load::{Binding, Problem, SAFETY_NET};
use crate::keymap::rules::joined;
use crate::text::keys as say;
use std::fmt::Display;

/// Two commands on one key, or a sequence whose beginning already acts.
pub fn conflicts(bindings: &[Binding]) -> Vec<Problem> {
    let mut found = Vec::new();
    for (at, later) in bindings.iter().enumerate() {
        for earlier in bindings.iter().take(at) {
            if !later.context.overlaps(earlier.context) {
                continue;
            }
            let (first, second) =
                if earlier.line <= later.line { (earlier, later) } else { (later, earlier) };
            if first.keys == second.keys {
                // The same command in two situations that meet, such as undo in [form] and [text], is no conflict.
                if first.command != second.command || first.context == second.context {
                    let values: [&dyn std::fmt::Display; 3] =
                        [&joined(second.keys.iter().copied()), &first.line, &first.command.id()];
                    found.push(Problem::new(second.line, say::CONFLICT, &values, say::CONFLICT_FIX, &[]));
                }
                continue;
            }
            let (short, long) =
                if first.keys.len() < second.keys.len() { (first, second) } else { (second, first) };
            // Esc alone waits for what follows, so it shadows nothing.
            if long.keys.starts_with(&short.keys) && short.keys != [Key::ESC] {
                let values: [&dyn std::fmt::Display; 3] =
                    [&joined(long.keys.iter().copied()), &short.line, &short.command.id()];
                found.push(Problem::new(long.line, say::SHADOWED, &values, say::CONFLICT_FIX, &[]));
            }
        }
    }
    found
}

/// Normal mode needs a way in and a way out. `modal` is the line that asks for it.
pub fn modes(bindings: &[Binding], modal: Option<usize>) -> Vec<Problem> {
    let normal: Vec<&Binding> = bindings.iter().filter(|b| b.context == Context::Normal).collect();
    let first = normal.iter().map(|b| b.line).min();
    let back = normal.iter().any(|b| b.command.before_typing().is_some());
    match (modal, first) {
        (None, Some(line)) => vec![Problem::new(line, say::NOT_MODAL, &[], say::NOT_MODAL_FIX, &[])],
        (Some(line), _) if !back => {
            vec![Problem::new(line, say::NO_WAY_BACK, &[], say::NO_WAY_BACK_FIX, &[])]
        }
        _ => Vec::new(),
    }
}

/// What a person can never do without has a key of its own unless the file gives it another.
pub fn locked_out(bindings: &[Binding]) -> Vec<Problem> {
    let mut found = Vec::new();
    for (command, key) in SAFETY_NET {
        if bindings.iter().any(|b| b.command == *command && b.context == Context::Global) {
            continue;
        }
        // Esc waits for what follows it.
        let begins = |b: &&Binding| b.keys.first() == Some(key) && (*key != Key::ESC || b.keys.len() == 1);
        if let Some(taker) = bindings.iter().filter(|b| b.command != *command).find(begins) {
            let values: [&dyn Display; 3] = [key, &command.id(), &taker.command.id()];
            let fix = say::LOCKED_OUT_FIX;
            found.push(Problem::new(taker.line, say::LOCKED_OUT, &values, fix, &[&command.id()]));
        }
    }
    found
}

/// Commands without a key in a situation in which they would work.
pub fn without_key(bindings: &[Binding], modal: bool) -> Vec<(Context, Command)> {
    let bound = |context, command| bindings.iter().any(|b| b.context == context && b.command == command);
    let around = |context| match context {
        Context::Text | Context::Choice | Context::Normal => Some(Context::Form),
        _ => None,
    };
    let mut found = Vec::new();
    for command in Command::ALL {
        for context in command.contexts().iter().filter(|context| modal || **context != Context::Normal) {
            let outer = [Some(*context), around(*context), Some(Context::Global)];
            if !outer.into_iter().flatten().any(|context| bound(context, *command)) {
                found.push((*context, *command));
            }
        }
    }
    found
}
