//! Rebuilding: states, cards and search index from the journal, in small steps beside the running service.
//!
//! Each batch is looked at in one instant; only what differs is written, record by record under its lock, in the lane
//! that gives way to people.

use crate::verify::{Batch, Progress};
use kernel::{Outcome, Uuid};
use store::span::{self, Span};
use store::{Lane, RecordKind, RecordParts, Remade, Sql, Store};

/// Records looked at in one instant.
const BATCH: i64 = 256;
/// Records written in one transaction, so that nobody waits long.
const AT_ONCE: usize = 16;

/// What was looked at, and what was different and is now as the journal says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Records looked at.
    pub records: u64,
    /// Rows that were different.
    pub states: u64,
    /// Cards that were different.
    pub cards: u64,
    /// Rows of the search index that were different.
    pub words: u64,
}

impl Rebuilt {
    fn add(&mut self, remade: Remade) {
        self.states += u64::from(remade.record);
        self.cards += u64::from(remade.card);
        self.words += u64::from(remade.words);
    }
}

/// Makes everything again that is not what the journal says.
pub async fn rebuild(store: &Store, kinds: &[RecordKind], progress: Progress<'_>) -> Outcome<Rebuilt> {
    let mut rebuilt = Rebuilt::default();
    restore_rows(store, kinds, &mut rebuilt).await?;
    let all = span::count_events(store.read()).await?;
    let (mut after, mut done) = (None, 0);
    loop {
        let (unlike, last, events) = look(store, kinds, after, &mut rebuilt).await?;
        for unlike in unlike.chunks(AT_ONCE) {
            remake(store, unlike, &mut rebuilt).await?;
        }
        store.keep_words().await?;
        let Some(last) = last else { break };
        after = Some(last);
        done += events;
        progress(done, all);
    }
    rebuilt.cards += drop_orphans(store).await?;
    Ok(rebuilt)
}

type Look<'k> = (Vec<(Uuid, &'k RecordKind)>, Option<Uuid>, i64);

/// The records of a batch that differ.
async fn look<'k>(
    store: &Store,
    kinds: &'k [RecordKind],
    after: Option<Uuid>,
    rebuilt: &mut Rebuilt,
) -> Outcome<Look<'k>> {
    let snapshot = store.snapshot().await?;
    let rows = span::records_after(&snapshot, after, BATCH).await?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok((Vec::new(), None, 0));
    };
    let batch = Batch::read(&snapshot, Span { after, upto: last }).await?;
    let mut unlike = Vec::new();
    for row in &rows {
        rebuilt.records += 1;
        let events = batch.events_of(row.id);
        let kind = events.first().and_then(|first| kind_of(kinds, &first.name));
        let Some(kind) = kind else { continue };
        let parts = RecordParts {
            row: Some(row),
            card: batch.card_of(row.id),
            hands: batch.hands_of(row.id),
            events,
            contents: batch.contents_of(row.id),
        };
        if store.unlike_its_journal(&snapshot, kind, &parts).await?.any() {
            unlike.push((row.id, kind));
        }
    }
    Ok((unlike, Some(last), batch.count))
}

/// The kind whose events carry this name.
fn kind_of<'k>(kinds: &'k [RecordKind], name: &str) -> Option<&'k RecordKind> {
    let kind = name.split('.').next().unwrap_or_default();
    kinds.iter().find(|known| known.kind == kind)
}

async fn remake(store: &Store, unlike: &[(Uuid, &RecordKind)], rebuilt: &mut Rebuilt) -> Outcome<()> {
    let here = store.clone();
    let unlike: Vec<(Uuid, RecordKind)> = unlike.iter().map(|(id, kind)| (*id, **kind)).collect();
    let remade = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            let mut remade = Vec::with_capacity(unlike.len());
            for (id, kind) in &unlike {
                remade.push(tx.remake(&here, *id, kind).await?);
            }
            Ok(remade)
        })
    });
    remade.await?.into_iter().for_each(|remade| rebuilt.add(remade));
    Ok(())
}

/// Rows of records that have events but no row.
async fn restore_rows(store: &Store, kinds: &[RecordKind], rebuilt: &mut Rebuilt) -> Outcome<()> {
    let mut after = 0;
    loop {
        let sql = "SELECT e.record_id, e.name, e.seq FROM event e LEFT JOIN record r ON r.id = e.record_id \
                   WHERE r.id IS NULL AND e.position = 1 AND e.seq > $1 ORDER BY e.seq LIMIT 500";
        let rows = store.read().rows(sql, vec![after.into()]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            after = row.get(2)?;
            if let Some(kind) = kind_of(kinds, &row.get::<String>(1)?) {
                remake(store, &[(row.get(0)?, kind)], rebuilt).await?;
            }
        }
    }
}

/// Cards of records that do not exist, and hands of cards that do not.
async fn drop_orphans(store: &Store) -> Outcome<u64> {
    store
        .write(Lane::Background, |tx| {
            Box::pin(async move {
                let cards = "DELETE FROM card WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = card.id)";
                let hands = "DELETE FROM hand WHERE NOT EXISTS (SELECT 1 FROM card c WHERE c.ordinal = hand.ordinal)";
                Ok(tx.run(cards, vec![]).await? + tx.run(hands, vec![]).await?)
            })
        })
        .await
}
