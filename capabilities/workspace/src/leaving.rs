//! How what lies on a desk goes: by age, and with the person it belongs to or speaks of.

use crate::draft::{Change, Fields, Version, Write};
use crate::held::Held;
use kernel::{Outcome, Uuid};
use store::{Lane, Sql, Store, Tx};

/// Seconds after which a draft nobody goes on with is gone: thirty days.
const LIFE: i64 = 30 * 86_400;
/// Seconds for which a draft that ended leaves a trace.
const TRACE: i64 = 3_600;
/// Shortest word that counts as a trace of a person.
const SHORTEST: usize = 4;

/// Forgets drafts that grew old, and the traces of those that ended.
pub(crate) async fn tidy(store: &Store) -> Outcome<()> {
    store
        .write(Lane::Background, |tx| {
            Box::pin(async move {
                let before = |seconds: i64| tx.now().plus_seconds(-seconds).as_millis();
                let sql = "DELETE FROM draft WHERE at < $1 OR (at < $2 AND fields IS NULL)";
                tx.run(sql, vec![before(LIFE).into(), before(TRACE).into()])
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Forgets a person: what lies on their desk, drafts about these tickets, and whatever somebody else is writing that holds
/// one of these words.
pub async fn forget(store: &Store, person: Uuid, tickets: &[String], traces: &[String]) -> Outcome<()> {
    let meant = Meant {
        person,
        tickets: tickets.to_vec(),
        traces: traces
            .iter()
            .filter(|trace| trace.len() >= SHORTEST)
            .map(|trace| trace.to_lowercase())
            .collect(),
    };
    store
        .memory::<Held>()
        .forget(|(whose, key), write| meant.is(*whose, key, &fields_of(write)));
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move { forget_rows(tx, &meant).await })
        })
        .await
}

fn fields_of(write: &Write) -> Vec<Fields> {
    match &write.change {
        Change::Typed { fields, .. } => vec![fields.clone()],
        _ => Vec::new(),
    }
}

/// What is to be forgotten.
struct Meant {
    person: Uuid,
    tickets: Vec<String>,
    traces: Vec<String>,
}

impl Meant {
    fn is(&self, whose: Uuid, key: &str, versions: &[Fields]) -> bool {
        let about = key
            .split_once(':')
            .is_some_and(|(_, which)| self.tickets.iter().any(|ticket| ticket == which));
        let says = |text: &String| {
            let text = text.to_lowercase();
            self.traces.iter().any(|trace| text.contains(trace.as_str()))
        };
        whose == self.person || about || versions.iter().flat_map(Fields::values).any(says)
    }
}

async fn forget_rows(tx: &Tx, meant: &Meant) -> Outcome<()> {
    for table in ["preference", "presence"] {
        let sql = format!("DELETE FROM {table} WHERE person_id = $1");
        tx.run(&sql, vec![meant.person.into()]).await?;
    }
    for row in tx
        .rows(
            "SELECT person_id, key, COALESCE(fields, '{}'), others FROM draft",
            vec![],
        )
        .await?
    {
        let (whose, key): (Uuid, String) = (row.get(0)?, row.get(1)?);
        let mut versions: Vec<Fields> = vec![serde_json::from_str(&row.get::<String>(2)?)?];
        let others: Vec<Version> = serde_json::from_str(&row.get::<String>(3)?)?;
        versions.extend(others.into_iter().map(|other| other.fields));
        if meant.is(whose, &key, &versions) {
            let sql = "DELETE FROM draft WHERE person_id = $1 AND key = $2";
            tx.run(sql, vec![whose.into(), key.into()]).await?;
        }
    }
    Ok(())
}
