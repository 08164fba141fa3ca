//! The tickets that hang on another (SD-055).

use crate::domain::TicketRef;
use kernel::{Outcome, Uuid};
use std::collections::{HashMap, HashSet};
use store::{Reader, Sql, Value};

/// The tickets that hang on one, by number, at most `limit`, and how many there are.
pub(crate) async fn children(sql: &impl Sql, parent: Uuid, limit: i64) -> Outcome<(Vec<TicketRef>, i64)> {
    let text = "SELECT card.id, card.number, COUNT(*) OVER () FROM child JOIN card ON card.id = child.ticket_id \
                WHERE child.parent_id = $1 ORDER BY card.number LIMIT $2";
    let rows = sql.rows(text, vec![parent.into(), limit.into()]).await?;
    let count = rows.first().map_or(Ok(0), |row| row.get(2))?;
    let each = rows.iter().map(|row| {
        Ok(TicketRef {
            id: row.get(0)?,
            number: row.get(1)?,
        })
    });
    Ok((each.collect::<Outcome<_>>()?, count))
}

/// Who hangs on whom among some tickets.
#[derive(Clone, Debug, Default)]
pub(super) struct Families {
    /// The parent of each that has one.
    pub(super) parent_of: HashMap<Uuid, Uuid>,
    /// Those on which something hangs.
    pub(super) parents: HashSet<Uuid>,
}

/// Who hangs on whom: the parents of some tickets, and those among them that are parents themselves.
pub(super) async fn families(reader: &Reader, tickets: &[Uuid]) -> Outcome<Families> {
    let mut families = Families::default();
    if tickets.is_empty() {
        return Ok(families);
    }
    let places: Vec<String> = (1..=tickets.len()).map(|place| format!("${place}")).collect();
    let places = places.join(", ");
    let values: Vec<Value> = tickets.iter().map(|ticket| (*ticket).into()).collect();
    let text = format!("SELECT ticket_id, parent_id FROM child WHERE ticket_id IN ({places})");
    for row in reader.rows(&text, values.clone()).await? {
        families.parent_of.insert(row.get(0)?, row.get(1)?);
    }
    let text = format!("SELECT DISTINCT parent_id FROM child WHERE parent_id IN ({places})");
    for row in reader.rows(&text, values).await? {
        families.parents.insert(row.get(0)?);
    }
    Ok(families)
}
