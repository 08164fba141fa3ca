//! What a row gives.

use super::{postgres, sqlite};
use kernel::{Outcome, Uuid};
use rusqlite::types::Value as Cell;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

/// One row; columns are read by their place.
pub struct Row(pub(super) Cells);

pub(super) enum Cells {
    Sqlite(Box<[Cell]>),
    Postgres(PgRow),
}

/// What a column may be read as: a number, a text, bytes, an identity, or nothing of these.
pub trait Column: Sized {
    #[doc(hidden)]
    fn of_sqlite(cell: &Cell) -> Option<Self>;
    #[doc(hidden)]
    fn of_postgres(row: &PgRow, place: usize) -> sqlx::Result<Self>;
}

impl Row {
    /// The column at `place`, counted from zero.
    pub fn get<T: Column>(&self, place: usize) -> Outcome<T> {
        match &self.0 {
            Cells::Sqlite(cells) => cells
                .get(place)
                .and_then(T::of_sqlite)
                .ok_or_else(|| sqlite::unlike(cells.get(place), place)),
            Cells::Postgres(row) => T::of_postgres(row, place).map_err(postgres::classify),
        }
    }
}

macro_rules! columns {
    ($($type:ty: $cell:pat => $read:expr),+ $(,)?) => {$(
        impl Column for $type {
            fn of_sqlite(cell: &Cell) -> Option<Self> {
                match cell {
                    $cell => $read,
                    _ => None,
                }
            }

            fn of_postgres(row: &PgRow, place: usize) -> sqlx::Result<Self> {
                row.try_get(place)
            }
        }

        impl Column for Option<$type> {
            fn of_sqlite(cell: &Cell) -> Option<Self> {
                match cell {
                    Cell::Null => Some(None),
                    cell => <$type>::of_sqlite(cell).map(Some),
                }
            }

            fn of_postgres(row: &PgRow, place: usize) -> sqlx::Result<Self> {
                row.try_get(place)
            }
        }
    )+};
}

columns! {
    i64: Cell::Integer(number) => Some(*number),
    String: Cell::Text(text) => Some(text.clone()),
    Vec<u8>: Cell::Blob(bytes) => Some(bytes.clone()),
    Uuid: Cell::Blob(bytes) => Uuid::from_slice(bytes).ok(),
}
