//! `flow keys`.

use super::say;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use flow_identity::{LookupKey, Sealer, TokenVerifier, encode_key};
use std::process::ExitCode;
use std::time::SystemTime;

/// Prints fresh keys, one `NAME=VALUE` a line. What they are for goes to standard error, so that the lines can be redirected.
pub(super) fn run() -> Result<ExitCode> {
    let [token, data, lookup] = [random()?, random()?, random()?].map(|bytes: [u8; 32]| encode_key(&bytes));
    let today = DateTime::<Utc>::from(SystemTime::now());
    // The date says which key is older; the rest keeps two of one day apart.
    let [first, second, third] = random()?;
    let id = format!("{}-{first:02x}{second:02x}{third:02x}", today.format("%Y-%m-%d"));
    let values = [
        ("token_keys", format!("{id}:{token}")),
        ("data_keys", format!("{id}:{data}")),
        ("lookup_key", lookup),
    ];
    // What is printed is what the app reads.
    TokenVerifier::from_variable(values[0].0, &values[0].1)?;
    Sealer::from_variable(values[1].0, &values[1].1)?;
    LookupKey::from_variable(values[2].0, &values[2].1)?;
    for (name, value) in &values {
        say(&format!("{name}={value}"))?;
    }
    eprintln!(
        "Give each line to `flow up --variable`, or set SPIN_VARIABLE_TOKEN_KEYS and so on.\n\
         To rotate token_keys or data_keys, put the new key before the old ones, with a comma between. Old token keys may go\n\
         after an hour; old data keys once POST /api/ops/accounts/reseal says that nothing is left. lookup_key stays: without\n\
         it no account is found."
    );
    Ok(ExitCode::SUCCESS)
}

fn random<const COUNT: usize>() -> Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes).context("the machine gives no random bytes")?;
    Ok(bytes)
}
