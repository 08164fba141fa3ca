//! Verification: every chain, every seal, every text, every file, and what stands beside them.
//!
//! It looks at one instant of the database and may run beside the service. Records are walked by identity and seals by
//! sequence, so memory stays bounded however long the journal is.

use crate::seals::{SealWalk, last_outside};
use crate::standing::Standing;
use crate::{Finding, Findings, files};
use kernel::{Error, Outcome, Uuid};
use people::PersonRow;
use record::Attachment;
use std::collections::HashMap;
use store::span::{self, RecordRow, Span};
use store::{Card, Content, HandRow, RecordKind, SealKey, Snapshot, Sql, Store, StoredEvent};

/// Records read at once.
const BATCH: i64 = 256;

/// What came of a verification.
#[derive(Clone, Debug)]
pub struct Report {
    /// Events looked at.
    pub events: i64,
    /// Seals looked at.
    pub seals: i64,
    /// The first broken event.
    pub first_broken: Option<Finding>,
    /// How many things do not hold.
    pub findings: u64,
    /// False when the key was not there, so that only the seals' digests were checked.
    pub macs_checked: bool,
}

impl Report {
    /// True when nothing was found.
    pub fn is_intact(&self) -> bool {
        self.first_broken.is_none()
    }
}

/// Told from time to time how many of how many events have been looked at.
pub type Progress<'p> = &'p (dyn Fn(i64, i64) + Sync);

/// Verifies a database.
pub async fn verify(
    store: &Store,
    kinds: &[RecordKind],
    key: Option<&SealKey>,
    progress: Progress<'_>,
) -> Outcome<Report> {
    // What stands outside is read first: the database may only be ahead of it.
    let outside = last_outside(&store.settings().data).await;
    let reads_outside = privacy::last_read_outside(&store.settings().data).await;
    let snapshot = store.snapshot().await?;
    let mut found = Findings::default();
    let events = span::count_events(&snapshot).await?;
    let seals = SealWalk::new(key, outside).check_all(&snapshot, &mut found).await?;
    let walk = RecordWalk {
        store,
        snapshot: &snapshot,
        kinds,
    };
    walk.orphans(&mut found).await?;
    walk.check_all(&mut found, &|done| progress(done, events)).await?;
    match files::check(store, &snapshot, &mut found).await {
        // What could not be read was found above, and is what stops the look at the files.
        Err(Error::Failed(_)) if found.count() > 0 => {}
        checked => checked?,
    }
    // The log of reads has a sequence of its own: the journal's findings go before it.
    match privacy::verify_reads(&snapshot, key, reads_outside).await {
        Ok(None) => {}
        Ok(Some(broken)) => found.add(Finding::at(i64::MAX, "audit-reads-broken").with("seq", broken.seq)),
        Err(Error::Failed(cause)) => found.add(Finding::at(i64::MAX, "audit-reads-unreadable").with("cause", cause)),
        Err(why) => return Err(why),
    }
    let findings = found.count();
    Ok(Report {
        events,
        seals,
        first_broken: found.first(),
        findings,
        macs_checked: key.is_some(),
    })
}

struct RecordWalk<'w> {
    store: &'w Store,
    snapshot: &'w Snapshot,
    kinds: &'w [RecordKind],
}

impl RecordWalk<'_> {
    /// Rows that belong to no record at all.
    async fn orphans(&self, found: &mut Findings) -> Outcome<()> {
        let orphans = [
            (
                "SELECT MIN(e.seq) FROM event e LEFT JOIN record r ON r.id = e.record_id WHERE r.id IS NULL",
                "audit-event-orphan",
            ),
            (
                "SELECT MIN(c.ordinal) FROM card c LEFT JOIN record r ON r.id = c.id WHERE r.id IS NULL",
                "audit-card-orphan",
            ),
            (
                "SELECT MIN(h.ordinal) FROM hand h LEFT JOIN card c ON c.ordinal = h.ordinal WHERE c.ordinal IS NULL",
                "audit-hand-orphan",
            ),
            (
                "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM content c LEFT JOIN record r ON r.id = c.record_id \
                 WHERE r.id IS NULL) THEN 0 END AS BIGINT)",
                "audit-content-orphan",
            ),
        ];
        for (sql, key) in orphans {
            let row = self.snapshot.row(sql, vec![]).await?;
            if let Some(seq) = row.map(|row| row.get::<Option<i64>>(0)).transpose()?.flatten() {
                found.add(Finding::at(seq, key));
            }
        }
        if record::any_attachment_of_nothing(self.snapshot).await? {
            found.add(Finding::at(0, "audit-attachment-orphan"));
        }
        if people::any_row_of_nobody(self.snapshot).await? {
            found.add(Finding::at(0, "audit-person-orphan"));
        }
        Ok(())
    }

    async fn check_all(&self, found: &mut Findings, progress: &(dyn Fn(i64) + Sync)) -> Outcome<()> {
        let (mut after, mut done) = (None, 0);
        loop {
            let (rows, last) = self.next_after(after, found).await?;
            let Some(last) = last else { return Ok(()) };
            done += match Batch::read(self.snapshot, Span { after, upto: last }).await {
                Ok(batch) => self.check_batch(&rows, &batch, found),
                Err(Error::Failed(_)) => self.check_apart(&rows, after, found).await?,
                Err(why) => return Err(why),
            };
            after = Some(last);
            progress(done);
        }
    }

    /// The next records, and the last identity among them; a row that cannot be read is a finding and left out.
    async fn next_after(&self, after: Option<Uuid>, found: &mut Findings) -> Outcome<(Vec<RecordRow>, Option<Uuid>)> {
        match span::records_after(self.snapshot, after, BATCH).await {
            Ok(rows) => {
                let last = rows.last().map(|row| row.id);
                return Ok((rows, last));
            }
            Err(Error::Failed(_)) => {}
            Err(why) => return Err(why),
        }
        let remains = span::records_apart(self.snapshot, after, BATCH).await?;
        let last = remains.iter().filter_map(|record| record.id).next_back();
        for record in remains.iter().filter(|record| record.row.is_none()) {
            found.add(Finding::at(record.ordinal, "audit-record-row-unreadable"));
        }
        Ok((remains.into_iter().filter_map(|record| record.row).collect(), last))
    }

    /// Answers how many events there were.
    fn check_batch(&self, rows: &[RecordRow], batch: &Batch, found: &mut Findings) -> i64 {
        for row in rows {
            let standing = Standing {
                row,
                events: batch.events_of(row.id),
                contents: batch.contents_of(row.id),
                card: batch.card_of(row.id),
                hands: batch.hands_of(row.id),
                attachments: batch.attachments.get(&row.id).map_or(&[], Vec::as_slice),
                person: batch.people.get(&row.id),
            };
            standing
                .check(self.kinds, self.store.folds())
                .into_iter()
                .for_each(|finding| found.add(finding));
        }
        batch.count
    }

    /// Where something cannot be read at all, each record is looked at by itself, and the event is named.
    async fn check_apart(&self, rows: &[RecordRow], mut after: Option<Uuid>, found: &mut Findings) -> Outcome<i64> {
        let mut done = 0;
        for row in rows {
            let span = Span { after, upto: row.id };
            match Batch::read(self.snapshot, span).await {
                Ok(batch) => done += self.check_batch(std::slice::from_ref(row), &batch, found),
                Err(Error::Failed(cause)) => found.add(match span::unreadable_event(self.snapshot, row.id).await? {
                    Some(seq) => Finding::at(seq, "audit-event-unreadable"),
                    None => Finding::at(row.ordinal, "audit-record-beside-unreadable").with("cause", cause),
                }),
                Err(why) => return Err(why),
            }
            after = Some(row.id);
        }
        Ok(done)
    }
}

/// What belongs to the records of a span.
pub(crate) struct Batch {
    events: HashMap<Uuid, Vec<StoredEvent>>,
    contents: HashMap<Uuid, HashMap<Uuid, Content>>,
    cards: HashMap<Uuid, Card>,
    hands: HashMap<Uuid, Vec<HandRow>>,
    attachments: HashMap<Uuid, Vec<Attachment>>,
    people: HashMap<Uuid, PersonRow>,
    nothing: HashMap<Uuid, Content>,
    pub(crate) count: i64,
}

impl Batch {
    pub(crate) fn events_of(&self, record: Uuid) -> &[StoredEvent] {
        self.events.get(&record).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn contents_of(&self, record: Uuid) -> &HashMap<Uuid, Content> {
        self.contents.get(&record).unwrap_or(&self.nothing)
    }

    pub(crate) fn card_of(&self, record: Uuid) -> Option<&Card> {
        self.cards.get(&record)
    }

    pub(crate) fn hands_of(&self, record: Uuid) -> &[HandRow] {
        self.hands.get(&record).map_or(&[], Vec::as_slice)
    }

    pub(crate) async fn read(sql: &impl Sql, span: Span) -> Outcome<Self> {
        let mut batch = Self {
            events: HashMap::new(),
            contents: HashMap::new(),
            cards: span::cards(sql, span)
                .await?
                .into_iter()
                .map(|card| (card.id, card))
                .collect(),
            hands: HashMap::new(),
            attachments: HashMap::new(),
            people: people::people_between(sql, span)
                .await?
                .into_iter()
                .map(|row| (row.id(), row))
                .collect(),
            nothing: HashMap::new(),
            count: 0,
        };
        for event in span::events(sql, span).await? {
            batch.count += 1;
            batch.events.entry(event.record).or_default().push(event);
        }
        for (record, content) in span::contents(sql, span).await? {
            batch.contents.entry(record).or_default().insert(content.id, content);
        }
        for (record, hand) in span::hands(sql, span).await? {
            batch.hands.entry(record).or_default().push(hand);
        }
        for file in record::attachments_between(sql, span).await? {
            batch.attachments.entry(file.record).or_default().push(file);
        }
        Ok(batch)
    }
}
