//! Asking an LDAP directory about somebody: only for what the mapping names, within seconds, and never with a password in clear
//! over a network.

use crate::{Directory, Entry, RegistryField};
use anyhow::{Context, bail};
use ldap3::{LdapConnAsync, LdapConnSettings, Scope, SearchEntry, SearchOptions, SearchResult, ldap_escape};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long reaching it may take.
const TO_REACH: Duration = Duration::from_secs(5);
/// How long an answer may take.
const TO_ANSWER: Duration = Duration::from_secs(10);
/// More than one is as good as none: it is not said who.
const ENOUGH: i32 = 2;
/// Codes of the protocol: more than was asked for, and nothing under that name.
const SIZE_LIMIT: u32 = 4;
const NOTHING_THERE: u32 = 32;

/// Whom a directory knows by these values, the surest first; nobody where it knows none, or several.
pub async fn ask(
    directory: &Directory,
    mapping: &BTreeMap<RegistryField, String>,
    known: &[(RegistryField, String)],
) -> anyhow::Result<Option<Entry>> {
    let settings = LdapConnSettings::new()
        .set_conn_timeout(TO_REACH)
        .set_starttls(must_be_hidden(&directory.url));
    let (connection, mut ldap) = LdapConnAsync::with_settings(settings, &directory.url)
        .await
        .context("the directory is not reached")?;
    tokio::spawn(async move {
        if let Err(cause) = connection.drive().await {
            tracing::debug!(%cause, "a directory ended the conversation");
        }
    });
    if !directory.bind_dn.is_empty() {
        let password = password(&directory.secret).await?;
        let bound = ldap
            .with_timeout(TO_ANSWER)
            .simple_bind(&directory.bind_dn, &password)
            .await;
        let bound = bound.context("the directory does not answer")?;
        bound.success().context("the directory does not accept its password")?;
    }
    let mut found = None;
    for (field, value) in known {
        let Some(attribute) = mapping.get(field) else { continue };
        found = search(&mut ldap, directory, mapping, (attribute, value)).await?;
        if found.is_some() {
            break;
        }
    }
    // Whatever becomes of the farewell, the answer stands.
    let _ = ldap.unbind().await;
    Ok(found)
}

async fn search(
    ldap: &mut ldap3::Ldap,
    directory: &Directory,
    mapping: &BTreeMap<RegistryField, String>,
    (attribute, value): (&str, &str),
) -> anyhow::Result<Option<Entry>> {
    let besides = match directory.filter.as_str() {
        "" => "(objectClass=*)",
        filter => filter,
    };
    let filter = format!("(&{besides}({attribute}={}))", ldap_escape(value));
    let attributes: Vec<&str> = mapping.values().map(String::as_str).collect();
    let SearchResult(entries, answer) = ldap
        .with_timeout(TO_ANSWER)
        .with_search_options(SearchOptions::new().sizelimit(ENOUGH))
        .search(&directory.base, Scope::Subtree, &filter, attributes)
        .await
        .context("the directory does not answer")?;
    match answer.rc {
        0 => {}
        SIZE_LIMIT | NOTHING_THERE => return Ok(None),
        code => bail!("the directory refuses the question: {code} {}", answer.text),
    }
    let mut people = entries
        .into_iter()
        .filter(|entry| !entry.is_ref() && !entry.is_intermediate())
        .map(SearchEntry::construct);
    Ok(match (people.next(), people.next()) {
        (Some(one), None) => Some(entry(&one, mapping)),
        _ => None,
    })
}

/// What was asked for, several values of one attribute beside each other.
fn entry(person: &SearchEntry, mapping: &BTreeMap<RegistryField, String>) -> Entry {
    let value = |(field, attribute): (&RegistryField, &String)| {
        let (_, values) = person
            .attrs
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(attribute))?;
        let text = match field {
            RegistryField::Entitlements => values.join("; "),
            _ => values.first()?.clone(),
        };
        (!text.trim().is_empty()).then_some((*field, text))
    };
    mapping.iter().filter_map(value).collect()
}

/// True unless it is hidden anyway or never leaves this machine.
fn must_be_hidden(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("ldap://") else {
        return false;
    };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .map_or(host, |(name, _)| name)
        .trim_matches(['[', ']']);
    let here = host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    !here
}

/// The password as the surroundings have it: a variable, or the file that a variable names.
async fn password(secret: &str) -> anyhow::Result<String> {
    let variable = variable(secret);
    if let Ok(text) = std::env::var(&variable) {
        return Ok(text);
    }
    let file = format!("{variable}_FILE");
    let path = std::env::var(&file).ok();
    let path = path.with_context(|| format!("neither {variable} nor {file} is set"))?;
    let text = tokio::fs::read_to_string(&path).await;
    let text = text.with_context(|| format!("{file} names a file that cannot be read"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// The variable in which a password stands.
pub fn variable(secret: &str) -> String {
    format!("SPORTELLO_REGISTRY_{secret}_PASSWORD")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_over_no_network_in_clear() {
        for (url, hidden) in [
            ("ldap://directory.ente.example", true),
            ("ldap://10.0.0.1:389/", true),
            ("ldaps://directory.ente.example", false),
            ("ldap://127.0.0.1:3899", false),
            ("ldap://[::1]:3899", false),
            ("ldap://localhost", false),
        ] {
            assert_eq!(must_be_hidden(url), hidden, "{url}");
        }
    }
}
