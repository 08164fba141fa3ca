//! What lies with a group: asked before it is closed.

use kernel::{Outcome, Uuid};
use store::Sql;

/// The open records that would be left without a group if this one were closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldBy {
    /// In its own queue, alone or beside others; counted up to a thousand.
    pub queue: i64,
    /// Its own, while another group works on them: which group, and how many.
    pub elsewhere: Vec<(Uuid, i64)>,
}

impl HeldBy {
    /// How many there are.
    pub fn total(&self) -> i64 {
        self.queue + self.elsewhere.iter().map(|(_, count)| count).sum::<i64>()
    }
}

/// The open records that lie with a group or are its own.
pub async fn held_by(sql: &impl Sql, group: Uuid) -> Outcome<HeldBy> {
    let queue = "SELECT COUNT(*) FROM (SELECT ordinal FROM card WHERE group_id = $1 AND is_open = 1 \
                 UNION SELECT ordinal FROM hand WHERE group_id = $1 AND stake = 'part' LIMIT 1000) held";
    let queue = sql.row(queue, vec![group.into()]).await?;
    let elsewhere = "SELECT c.group_id, COUNT(*) FROM hand h CROSS JOIN card c WHERE c.ordinal = h.ordinal \
                     AND h.group_id = $1 AND h.stake = 'owner' GROUP BY c.group_id ORDER BY COUNT(*) DESC, c.group_id";
    let elsewhere = sql.rows(elsewhere, vec![group.into()]).await?;
    Ok(HeldBy {
        queue: queue.map_or(Ok(0), |row| row.get(0))?,
        elsewhere: elsewhere
            .iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?)))
            .collect::<Outcome<_>>()?,
    })
}
