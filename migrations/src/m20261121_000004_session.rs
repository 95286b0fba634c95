//! Creates the table of signed-in browsers.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("session")
            .col(text("id").primary_key())
            .col(big_integer_null("user_id"))
            .col(text("data"))
            .col(big_integer("expires_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("session_user")
                    .from("session", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(table).await?;
        for (name, column) in [
            ("session_by_user", "user_id"),
            ("session_by_expiry", "expires_at"),
        ] {
            let index = Index::create()
                .name(name)
                .table("session")
                .col(column)
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("session").to_owned())
            .await
    }
}
