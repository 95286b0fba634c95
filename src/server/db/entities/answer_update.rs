//! The row of one thing that happened to an answer. Only ever added.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_update")]
pub struct Model {
    /// In the order in which it happened.
    #[sea_orm(primary_key)]
    pub id: i64,
    pub answer_id: i64,
    /// The participant who did it; None for what the server began the answer with.
    pub author_id: Option<i64>,
    pub at: i64,
    /// 1 an update of the document, 2 a run of its code.
    pub kind: i32,
    #[sea_orm(column_type = "Blob")]
    pub data: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
