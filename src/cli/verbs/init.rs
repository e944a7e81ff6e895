//! `init --plan FILE`: the set-up without questions.
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::private_file;
use crate::cli::render::Output;
use crate::cli::slip;
use crate::domain::entropy::Entropy;
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Role, Roles};
use crate::log::Checkpoint;
use crate::office::{Envelope, Founder, Office, TokenOffer};
use crate::text::cli as say;
use crate::text::{Text, fill};

/// A TOTP secret is as long as the hash it is used with (RFC 4226 4, R6).
const TOTP_SECRET_LENGTH: usize = 20;

/// An installation as a plan file describes it. The first two of the staff are supervisors and different people.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub office: String,
    pub staff: Vec<PlannedStaff>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedStaff {
    pub number: String,
    pub name: String,
    #[serde(default)]
    pub section: String,
    pub roles: Vec<PlannedRole>,
    pub password: String,
    /// Base32; made when it is missing.
    pub totp: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlannedRole {
    Clerk,
    Confirmer,
    Supervisor,
    Administrator,
}

impl From<PlannedRole> for Role {
    fn from(role: PlannedRole) -> Self {
        match role {
            PlannedRole::Clerk => Self::Clerk,
            PlannedRole::Confirmer => Self::Confirmer,
            PlannedRole::Supervisor => Self::Supervisor,
            PlannedRole::Administrator => Self::Administrator,
        }
    }
}

/// What has to be written down: it is nowhere else in the clear.
pub struct Made {
    pub envelopes: Vec<(Envelope, Secret)>,
    /// Staff number and token of those whose secret was made here.
    pub tokens: Vec<(String, TokenOffer)>,
    /// The log with its first event: goes on paper.
    pub first: Checkpoint,
}

pub fn run(context: &Context, plan: &Path) -> Result<Output, Failure> {
    let plan: Plan = private_file::read(plan)?;
    let made = carry_out(&context.office, &plan)?;
    let lang = context.lang;
    let mut output = Output::new(json_of(&made)).line(say::INIT_DONE.in_lang(lang)).line("");
    for (envelope, key) in &made.envelopes {
        output = output.line(fill("{0}: {1}", &[&envelope_name(*envelope).in_lang(lang), &key.expose()]));
    }
    for (number, token) in &made.tokens {
        let line = fill(say::INIT_TOKEN.in_lang(lang), &[number, &token.base32.expose()]);
        output = output.line(line);
    }
    let output = output.line("").line(say::INIT_SLIP.in_lang(lang)).lines(slip::lines(&made.first, lang));
    Ok(output.line("").line(say::INIT_KEEP.in_lang(lang)))
}

/// Sets up an installation as planned.
pub fn carry_out(office: &Office, plan: &Plan) -> Result<Made, Failure> {
    let mut set_up = office.begin_set_up()?;
    let mut entropy = office.house().entropy();
    let mut founders = Vec::with_capacity(plan.staff.len());
    let mut secrets = Vec::with_capacity(plan.staff.len());
    for staff in &plan.staff {
        secrets.push(match &staff.totp {
            Some(text) => Secret::new(text.clone()),
            None => make_totp(entropy.as_mut()),
        });
        let roles: Vec<Role> = staff.roles.iter().map(|role| Role::from(*role)).collect();
        founders.push(Founder {
            number: staff.number.clone(),
            name: staff.name.clone(),
            section: staff.section.clone(),
            roles: Roles::of(&roles),
            password: Secret::new(staff.password.clone()),
        });
    }
    set_up.use_tokens(&secrets)?;
    let first = set_up.finish(&plan.office, &founders)?;
    let made_here = plan.staff.iter().enumerate().filter(|(_, staff)| staff.totp.is_none());
    Ok(Made {
        envelopes: Envelope::ALL.map(|envelope| (envelope, set_up.envelope(envelope))).into(),
        tokens: made_here
            .filter_map(|(index, staff)| Some((staff.number.clone(), set_up.token(index, &staff.number)?)))
            .collect(),
        first,
    })
}

/// A fresh TOTP secret in base32.
pub fn make_totp(entropy: &mut dyn Entropy) -> Secret {
    Secret::new(data_encoding::BASE32_NOPAD.encode(&entropy.bytes::<TOTP_SECRET_LENGTH>()))
}

fn json_of(made: &Made) -> Value {
    let key = |wanted: Envelope| {
        made.envelopes
            .iter()
            .find(|(envelope, _)| *envelope == wanted)
            .map(|(_, key)| key.expose().to_owned())
    };
    let tokens: Vec<Value> = made
        .tokens
        .iter()
        .map(|(number, token)| json!({ "number": number, "totp": token.base32.expose(), "uri": token.uri.expose() }))
        .collect();
    json!({
        "recovery": key(Envelope::Recovery), "backup": key(Envelope::Backup), "auditor": key(Envelope::Auditor),
        "tokens": tokens, "slip": slip::json(&made.first),
    })
}

const fn envelope_name(envelope: Envelope) -> Text {
    match envelope {
        Envelope::Recovery => say::ENVELOPE_RECOVERY,
        Envelope::Backup => say::ENVELOPE_BACKUP,
        Envelope::Auditor => say::ENVELOPE_AUDITOR,
    }
}
