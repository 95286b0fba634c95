//! The tables, built step by step. A step that was released is never changed again.

mod m20261121_000001_user;
mod m20261121_000002_interview;
mod m20261121_000003_participant;
mod m20261121_000004_session;
mod m20261121_000005_waiting;
mod m20261125_000006_question;
mod m20261125_000007_answer;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_user::Migration),
            Box::new(m20261121_000002_interview::Migration),
            Box::new(m20261121_000003_participant::Migration),
            Box::new(m20261121_000004_session::Migration),
            Box::new(m20261121_000005_waiting::Migration),
            Box::new(m20261125_000006_question::Migration),
            Box::new(m20261125_000007_answer::Migration),
        ]
    }
}
