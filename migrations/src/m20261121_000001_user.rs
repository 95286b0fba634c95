//! Creates the table of accounts.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("user")
            .col(big_pk_auto("id"))
            .col(text("user_name"))
            .col(text_uniq("user_name_folded"))
            .col(text("display_name"))
            .col(text_null("email"))
            .col(text("password_hash"))
            .col(text("language"))
            .col(text("time_zone"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("user").to_owned())
            .await
    }
}
