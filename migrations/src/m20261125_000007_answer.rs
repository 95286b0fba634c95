//! Creates the tables of answers and of how each came to be.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_answer(manager).await?;
        create_answer_update(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["answer_update", "answer"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn create_answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("answer")
        .col(big_pk_auto("id"))
        .col(big_integer("interview_question_id"))
        .col(big_integer("participant_id"))
        .col(blob_null("snapshot"))
        .col(big_integer("snapshot_through").default(0))
        .col(big_integer("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("answer_interview_question")
                .from("answer", "interview_question_id")
                .to("interview_question", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("answer_participant")
                .from("answer", "participant_id")
                .to("participant", "id"),
        )
        .to_owned();
    manager.create_table(table).await?;
    let once = Index::create()
        .name("answer_once_per_participant")
        .table("answer")
        .col("interview_question_id")
        .col("participant_id")
        .unique()
        .to_owned();
    manager.create_index(once).await
}

async fn create_answer_update(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("answer_update")
        .col(big_pk_auto("id"))
        .col(big_integer("answer_id"))
        .col(big_integer_null("author_id"))
        .col(big_integer("at"))
        .col(integer("kind"))
        .col(blob("data"))
        .foreign_key(
            ForeignKey::create()
                .name("answer_update_answer")
                .from("answer_update", "answer_id")
                .to("answer", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("answer_update_author")
                .from("answer_update", "author_id")
                .to("participant", "id"),
        )
        .to_owned();
    manager.create_table(table).await?;
    let by_answer = Index::create()
        .name("answer_update_by_answer")
        .table("answer_update")
        .col("answer_id")
        .col("id")
        .to_owned();
    manager.create_index(by_answer).await
}
