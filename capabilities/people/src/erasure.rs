//! Forgetting a person: who they were, how they signed in, where they belonged.

use crate::{Group, Identity, Person, PersonEvent};
use kernel::{Author, Outcome, Uuid};
use store::{Recorded, Sql, Tx};

/// What a person was known by: no string of it may be left.
pub async fn traces_of(tx: &Tx, person: Uuid) -> Outcome<Vec<String>> {
    let mut traces = Vec::new();
    for row in tx
        .rows("SELECT body FROM content WHERE record_id = $1", vec![person.into()])
        .await?
    {
        let identity: Identity = serde_json::from_str(&row.get::<String>(0)?).unwrap_or_default();
        let known = [
            identity.email,
            identity.phone,
            identity.pin,
            identity.external_id,
            identity.office,
        ];
        traces.extend(
            [Some(identity.name)]
                .into_iter()
                .chain(known)
                .flatten()
                .filter(|text| !text.trim().is_empty()),
        );
    }
    traces.sort();
    traces.dedup();
    Ok(traces)
}

/// Erases a person's identity, account, sessions and tokens, and takes them out of their groups. Doing it again does nothing.
pub async fn erase_identity(tx: &Tx, author: &Author, person: Uuid, groups: &[Uuid], reason: &str) -> Outcome<()> {
    let mut loaded = tx.load::<Person>(person).await?;
    let rows = tx
        .rows("SELECT id FROM content WHERE record_id = $1", vec![person.into()])
        .await?;
    let contents: Vec<Uuid> = rows.iter().map(|row| row.get(0)).collect::<Outcome<_>>()?;
    if !contents.is_empty() {
        tx.erase_contents(&mut loaded, author, &contents, reason).await?;
    }
    if !loaded.state.erased {
        let event = Recorded {
            event: PersonEvent::PersonErased,
            occurred_at: tx.now(),
        };
        tx.save(&mut loaded, author, vec![event], &[]).await?;
    }
    let sql = "SELECT login FROM account WHERE person_id = $1";
    if let Some(row) = tx.row(sql, vec![person.into()]).await? {
        crate::attempt::forgive(tx, &row.get::<String>(0)?).await?;
    }
    for table in [
        "person WHERE id",
        "account WHERE person_id",
        "session WHERE person_id",
        "token WHERE person_id",
        "second_factor WHERE person_id",
        "recovery_code WHERE person_id",
        "sign_in_step WHERE person_id",
    ] {
        tx.run(&format!("DELETE FROM {table} = $1"), vec![person.into()])
            .await?;
    }
    for group in groups {
        let members = tx.load::<Group>(*group).await?.state.members;
        let others = members.into_iter().filter(|member| *member != person).collect();
        crate::set_members(tx, author, crate::GroupId(*group), others).await?;
    }
    crate::forget_cached();
    Ok(())
}
