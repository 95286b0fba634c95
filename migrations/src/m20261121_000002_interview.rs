//! Creates the table of interviews.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("interview")
            .col(big_pk_auto("id"))
            .col(integer_uniq("number"))
            .col(text("title"))
            .col(big_integer("main_interviewer_id"))
            .col(big_integer("starts_at"))
            .col(big_integer("ends_at"))
            .col(integer("seats"))
            .col(boolean("wants_coding"))
            .col(boolean("wants_text"))
            .col(integer("recording_permission"))
            .col(integer("review_permission"))
            .col(integer("state"))
            .col(big_integer_null("cancelled_at"))
            .col(big_integer_null("ended_at"))
            .col(text_null("guest_key").unique_key())
            .col(integer("sequence").default(0))
            .col(big_integer("created_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("interview_main_interviewer")
                    .from("interview", "main_interviewer_id")
                    .to("user", "id"),
            )
            .to_owned();
        manager.create_table(table).await?;
        let by_host = Index::create()
            .name("interview_by_main_interviewer")
            .table("interview")
            .col("main_interviewer_id")
            .col("starts_at")
            .to_owned();
        manager.create_index(by_host).await?;
        let by_state = Index::create()
            .name("interview_by_state")
            .table("interview")
            .col("state")
            .col("ends_at")
            .to_owned();
        manager.create_index(by_state).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("interview").to_owned())
            .await
    }
}
