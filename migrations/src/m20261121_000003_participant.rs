//! Creates the table of who is in which interview.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("participant")
            .col(big_pk_auto("id"))
            .col(big_integer("interview_id"))
            .col(big_integer_null("user_id"))
            .col(text_null("guest_name"))
            .col(integer("role"))
            .col(text_null("personal_key").unique_key())
            .col(text("mark").default(""))
            .col(boolean_null("passed"))
            .col(big_integer_null("arrived_at"))
            .col(big_integer_null("removed_at"))
            .col(big_integer("created_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("participant_interview")
                    .from("participant", "interview_id")
                    .to("interview", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("participant_user")
                    .from("participant", "user_id")
                    .to("user", "id"),
            )
            .to_owned();
        manager.create_table(table).await?;
        let once = Index::create()
            .name("participant_once_per_interview")
            .table("participant")
            .col("interview_id")
            .col("user_id")
            .unique()
            .to_owned();
        manager.create_index(once).await?;
        let by_user = Index::create()
            .name("participant_by_user")
            .table("participant")
            .col("user_id")
            .to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("participant").to_owned())
            .await
    }
}
