//! Creates the tables of questions and of those prepared for interviews.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_question(manager).await?;
        create_interview_question(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["interview_question", "question"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn create_question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("question")
        .col(big_pk_auto("id"))
        .col(big_integer("owner_id"))
        .col(integer("number"))
        .col(integer("kind"))
        .col(text("title"))
        .col(text("content"))
        .col(text("reference_answer"))
        .col(text("starters"))
        .col(text("examples"))
        .col(boolean("public"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("retired_at"))
        .foreign_key(
            ForeignKey::create()
                .name("question_owner")
                .from("question", "owner_id")
                .to("user", "id"),
        )
        .to_owned();
    manager.create_table(table).await?;
    let by_owner = Index::create()
        .name("question_by_owner")
        .table("question")
        .col("owner_id")
        .col("number")
        .to_owned();
    manager.create_index(by_owner).await?;
    let by_change = Index::create()
        .name("question_by_change")
        .table("question")
        .col("updated_at")
        .to_owned();
    manager.create_index(by_change).await
}

async fn create_interview_question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("interview_question")
        .col(big_pk_auto("id"))
        .col(big_integer("interview_id"))
        .col(big_integer("question_id"))
        .col(integer("position"))
        .col(big_integer_null("shown_at"))
        .col(big_integer_null("first_shown_at"))
        .foreign_key(
            ForeignKey::create()
                .name("interview_question_interview")
                .from("interview_question", "interview_id")
                .to("interview", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("interview_question_question")
                .from("interview_question", "question_id")
                .to("question", "id"),
        )
        .to_owned();
    manager.create_table(table).await?;
    let once = Index::create()
        .name("interview_question_once_per_interview")
        .table("interview_question")
        .col("interview_id")
        .col("question_id")
        .unique()
        .to_owned();
    manager.create_index(once).await?;
    let by_question = Index::create()
        .name("interview_question_by_question")
        .table("interview_question")
        .col("question_id")
        .to_owned();
    manager.create_index(by_question).await
}
