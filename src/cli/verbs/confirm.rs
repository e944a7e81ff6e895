//! `confirm ID`: the second person keys from paper, blind, and agrees.
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::find_transmission;
use crate::cli::Context;
use crate::cli::args::ConfirmArguments;
use crate::cli::failure::Failure;
use crate::cli::private_file;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session;
use crate::domain::sensitive::Personal;
use crate::office::ops::{
    BeginConfirmation, BlindAnswers, ConfirmTransmission, ConfirmationTask, Confirmed, MatchOutcome,
    MatchTransmission, PersonCheck, Proof, Reveal,
};
use crate::office::{Reason, Session};
use crate::os::terminal::{self, Echo};
use crate::text::cli as say;
use crate::text::{Lang, Text, fill, outbox};
use crate::tui::screens::confirm::wording;

/// The deliberate letter, the same as on the screen.
const SEND_LETTER: &str = "S";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswersFile {
    person: String,
    address: String,
    pages: String,
}

/// How a confirmation ended without a refusal.
enum Ended {
    Sent(Confirmed),
    /// Confirmed; the order is written later. Whoever is told of a failure would send it twice.
    FilesPending,
    /// Everything matches and nobody said to send.
    MatchedOnly,
}

pub fn run(context: &Context, arguments: &ConfirmArguments) -> Result<Output, Failure> {
    let from_file: Option<AnswersFile> = arguments.answers.as_deref().map(private_file::read).transpose()?;
    if from_file.is_none() && !terminal::is_interactive() {
        return Err(Failure::usage("answers-needed", say::ANSWERS_NEEDED, &[]));
    }
    let given = from_file.map(|file| BlindAnswers {
        person: Personal::new(file.person),
        address: file.address,
        pages: file.pages,
    });
    let wait = Duration::from_secs(context.settings.send_wait_seconds().into());
    let ended = with_session(context, |session| {
        let transmission = find_transmission(session, &arguments.transmission)?;
        let task = session.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn })?;
        let reveal = match_blind(session, &task, given.as_ref(), context.lang)?;
        if !(arguments.send || agreed(&reveal, wait, context.lang)?) {
            return Ok(Ended::MatchedOnly);
        }
        let agreement = ConfirmTransmission { transmission, evidence: task.evidence };
        match session.perform(agreement) {
            Err(Reason::FilesPending) => Ok(Ended::FilesPending),
            result => Ok(Ended::Sent(result?)),
        }
    })?;
    Ok(match ended {
        Ended::Sent(confirmed) => {
            let document = json!({
                "outcome": "match", "sent": true, "id": confirmed.transmission.to_string(),
                "number": confirmed.number, "confirmed_at": confirmed.at.rfc3339_japan(),
            });
            Output::new(document).line(fill(say::CONFIRMED.in_lang(context.lang), &[&confirmed.number]))
        }
        Ended::FilesPending => {
            let document = json!({ "outcome": "match", "sent": true, "files_pending": true });
            let sentences = outbox::PENDING.iter().map(|text| text.in_lang(context.lang).to_owned());
            Output::new(document).lines(sentences)
        }
        Ended::MatchedOnly => Output::new(json!({ "outcome": "match", "sent": false }))
            .line(say::MATCH_NOT_SENT.in_lang(context.lang)),
    })
}

/// Keys until it matches. Answers out of a file are tried once; a person at the prompt may look at the paper again.
fn match_blind(
    session: &mut Session,
    task: &ConfirmationTask,
    given: Option<&BlindAnswers>,
    lang: Lang,
) -> Result<Reveal, Failure> {
    loop {
        let answers = match given {
            Some(answers) => answers.clone(),
            None => ask_answers(task.person, lang)?,
        };
        let attempt = MatchTransmission { transmission: task.transmission, evidence: task.evidence, answers };
        match session.perform(attempt)? {
            MatchOutcome::Match(reveal) => return Ok(reveal),
            MatchOutcome::Drill(_) => return Err(Reason::WasDrill.into()),
            MatchOutcome::Void => return Err(Reason::TooManyMisses.into()),
            MatchOutcome::Mismatch { .. } if given.is_some() => return Err(Reason::BlindMismatch.into()),
            MatchOutcome::Mismatch { call_supervisor: true, .. } => {
                return Err(Reason::SupervisorNeeded.into());
            }
            MatchOutcome::Mismatch { left, .. } => {
                say_aside(&fill(say::NO_MATCH_LEFT.in_lang(lang), &[&left]))?;
            }
        }
    }
}

fn ask_answers(person: PersonCheck, lang: Lang) -> Result<BlindAnswers, Failure> {
    let question = match person {
        PersonCheck::BirthDate => Some(say::ASK_BIRTH_DATE),
        PersonCheck::RecordNumber => Some(say::ASK_RECORD_NUMBER),
        PersonCheck::Nobody => None,
    };
    let person = question.map(|question| ask(question, lang)).transpose()?.unwrap_or_default();
    Ok(BlindAnswers {
        person: Personal::new(person),
        address: ask(say::ASK_ADDRESS, lang)?,
        pages: ask(say::ASK_PAGES, lang)?,
    })
}

/// After the match the person reads aloud what will leave, then types the letter. Without a terminal nobody can.
fn agreed(reveal: &Reveal, wait: Duration, lang: Lang) -> Result<bool, Failure> {
    if !terminal::is_interactive() {
        return Ok(false);
    }
    say_aside(say::MATCH_READ_ALOUD.in_lang(lang))?;
    for (label, value) in wording::rows(reveal, lang) {
        say_aside(&format!("  {label}: {value}"))?;
    }
    for line in wording::aloud(reveal, lang) {
        say_aside(&format!("  {line}"))?;
    }
    // Long enough to look. What is typed meanwhile is thrown away when the question is asked.
    std::thread::sleep(wait);
    Ok(ask(say::ASK_SEND, lang)?.trim() == SEND_LETTER)
}

fn ask(question: Text, lang: Lang) -> Result<String, Failure> {
    let answer = terminal::ask(question.in_lang(lang), Echo::Hidden)
        .map_err(|_| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]))?;
    Ok(answer.expose().to_owned())
}

/// Part of the conversation, not of the result: it goes to the terminal beside the questions.
fn say_aside(sentence: &str) -> Result<(), Failure> {
    terminal::tell(&crate::japanese::screen::for_display(sentence))
        .map_err(|_| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]))
}
