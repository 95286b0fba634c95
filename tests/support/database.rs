//! A database for one test: a SQLite file, or a schema of its own where DATABASE_URL leads to PostgreSQL.

use colloquy::server::db::Location;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

/// Removed when dropped.
pub enum TestDatabase {
    File(TempDir),
    Schema { url: String, name: String },
}

impl TestDatabase {
    pub async fn create() -> Self {
        let postgres = std::env::var("DATABASE_URL")
            .ok()
            .filter(|url| url.starts_with("postgres"));
        let Some(url) = postgres else {
            return Self::File(tempfile::tempdir().expect("a directory"));
        };
        let name = format!("test_{:016x}", rand::random::<u64>());
        execute(&url, &format!("CREATE SCHEMA {name}")).await;
        Self::Schema { url, name }
    }

    pub fn location(&self) -> Location {
        match self {
            Self::File(directory) => Location::File(directory.path().join("colloquy.db")),
            Self::Schema { url, name } => {
                let joint = if url.contains('?') { '&' } else { '?' };
                Location::Postgres(format!("{url}{joint}options[search_path]={name}"))
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Self::Schema { url, name } = self else {
            return;
        };
        let (url, statement) = (url.clone(), format!("DROP SCHEMA {name} CASCADE"));
        // Dropping cannot wait for a future on the test's own threads.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime
                .expect("a runtime")
                .block_on(execute(&url, &statement));
        });
        let _ = dropping.join();
    }
}

async fn execute(url: &str, statement: &str) {
    let connection = sea_orm::Database::connect(url).await.expect("PostgreSQL");
    connection
        .execute_unprepared("SET lock_timeout = '5s'")
        .await
        .expect("a setting");
    let done = connection.execute_unprepared(statement).await;
    if let Err(error) = done {
        eprintln!("{statement}: {error}");
    }
    connection.close().await.expect("closed");
}
