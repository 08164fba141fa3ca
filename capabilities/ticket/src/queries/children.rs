//! The tickets that hang on another (SD-055).

use crate::domain::TicketRef;
use kernel::{Outcome, Uuid};
use store::Sql;

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
