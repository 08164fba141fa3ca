//! One test, both databases.

use std::future::Future;

use tempfile::TempDir;

use crate::postgres::{self, TestDatabase};

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The embedded one.
    Sqlite,
    /// A server of its own.
    Postgres,
}

/// A fresh database and a data folder for one test; both go away with it.
pub struct Backend {
    /// The address of the database, as `--database` takes it.
    pub url: String,
    /// The data folder, as `--data` takes it. The embedded database lies in it.
    pub data: TempDir,
    /// Which engine this is, for the rare test that must know.
    pub kind: Kind,
    _database: Option<TestDatabase>,
}

impl Backend {
    /// An embedded database that does not exist yet.
    ///
    /// # Panics
    /// When there is no place for temporary files.
    pub fn sqlite() -> Self {
        let data = data_folder();
        let url = format!("sqlite://{}", data.path().join("sportello.db").display());
        Self {
            url,
            data,
            kind: Kind::Sqlite,
            _database: None,
        }
    }

    /// An empty PostgreSQL database in the cluster the run shares.
    ///
    /// # Panics
    /// When PostgreSQL is missing or does not start.
    pub async fn postgres() -> Self {
        Self::in_database(postgres::database().await)
    }

    /// An empty PostgreSQL database that the test made itself, in a cluster apart.
    ///
    /// # Panics
    /// When there is no place for temporary files.
    pub fn in_database(database: TestDatabase) -> Self {
        Self {
            url: database.url.clone(),
            data: data_folder(),
            kind: Kind::Postgres,
            _database: Some(database),
        }
    }
}

fn data_folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("sportello-test-")
        .tempdir()
        .expect("a temporary folder")
}

/// Runs a test that awaits. [`both_backends!`](crate::both_backends) calls it, so a crate needs no runtime of its own.
///
/// # Panics
/// When the system gives no threads.
pub fn block_on<F: Future>(test: F) -> F::Output {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test)
}

/// Writes a test once and runs it on both databases, as `name::sqlite` and `name::postgres`.
///
/// ```
/// testkit::both_backends! {
///     /// What one writes, one reads.
///     async fn a_number_is_kept(db: testkit::Backend) {
///         assert!(db.data.path().exists());
///     }
/// }
/// ```
///
/// Several functions may follow each other; a function may return a `Result`.
#[macro_export]
macro_rules! both_backends {
    ($($(#[$attribute:meta])* async fn $name:ident($db:ident: $backend:ty) $(-> $result:ty)? $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($db: $backend) $(-> $result)? $body

            #[test]
            fn sqlite() $(-> $result)? {
                $crate::block_on(async { test($crate::Backend::sqlite()).await })
            }

            #[test]
            fn postgres() $(-> $result)? {
                $crate::block_on(async { test($crate::Backend::postgres().await).await })
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use crate::{Backend, Kind};

    both_backends! {
        /// Attributes and results are allowed.
        async fn a_test_knows_its_database(db: Backend) -> anyhow::Result<()> {
            let expected = match db.kind {
                Kind::Sqlite => "sqlite://",
                Kind::Postgres => "postgres://",
            };
            anyhow::ensure!(db.url.starts_with(expected), "{}", db.url);
            Ok(())
        }

        async fn the_data_folder_exists(db: Backend) {
            tokio::task::yield_now().await;
            assert!(db.data.path().is_dir());
        }
    }
}
