//! The database: one writer, several readers. Only the files below it know tables; rows never leave it.

pub mod answers;
mod entities;
pub mod interview_questions;
pub mod interviews;
pub mod listing;
pub mod participants;
pub mod question_list;
pub mod questions;
pub mod sessions;
pub mod users;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// How long a writer waits for another process, such as a backup, to let go of the SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file, made when it does not exist.
    File(PathBuf),
    /// A PostgreSQL address; it may contain a password, so it is never printed.
    Postgres(String),
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// The open database.
///
/// On SQLite the writer is a single connection. A task that holds a transaction therefore must not
/// ask for [`Database::writer`] or a second transaction before it is done: it would wait for itself.
#[derive(Clone, Debug)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Database {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened or a migration fails.
    pub async fn open(location: &Location) -> Result<Self, DbErr> {
        let database = match location {
            Location::File(path) => {
                // Readers cannot make the file or switch it to WAL, so the writer comes first.
                let writer = connect_sqlite(path, 1, false).await?;
                Migrator::up(&writer, None).await?;
                Self {
                    reader: connect_sqlite(path, READERS, true).await?,
                    writer,
                }
            }
            Location::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                options
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .sqlx_logging(false);
                let pool = sea_orm::Database::connect(options).await?;
                Migrator::up(&pool, None).await?;
                Self {
                    reader: pool.clone(),
                    writer: pool,
                }
            }
        };
        Ok(database)
    }

    /// For queries that change nothing.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single statements that change something.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a transaction that will write. On SQLite nobody else writes until it is over, so what
    /// it reads stays true. Dropping it without `commit` undoes it.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Asks both sides whether they answer.
    ///
    /// # Errors
    /// When one does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.writer.execute_unprepared("SELECT 1").await?;
        self.reader.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Waits for running statements and closes; on SQLite the log is folded into the file.
    ///
    /// # Errors
    /// When the database reports a failure while closing.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }
}

async fn connect_sqlite(
    path: &Path,
    connections: u32,
    read_only: bool,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new("sqlite://colloquy.sqlite");
    let file = path.to_owned();
    options
        .max_connections(connections)
        .min_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, &file, read_only));
    sea_orm::Database::connect(options).await
}

fn sqlite_options(
    options: SqliteConnectOptions,
    file: &Path,
    read_only: bool,
) -> SqliteConnectOptions {
    let options = options
        .filename(file)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .read_only(read_only);
    if read_only {
        return options;
    }
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
}
