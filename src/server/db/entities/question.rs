//! The row of one version of a question.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    /// Counts the questions of the owner; the versions of one question share it.
    pub number: i32,
    pub kind: i32,
    pub title: String,
    pub content: String,
    pub reference_answer: String,
    /// In JSON.
    pub starters: String,
    /// In JSON.
    pub examples: String,
    pub public: bool,
    pub created_at: i64,
    pub updated_at: i64,
    /// None for the version that stands in the bank.
    pub retired_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::OwnerId",
        to = "super::user::Column::Id"
    )]
    Owner,
    #[sea_orm(has_many = "super::interview_question::Entity")]
    InterviewQuestion,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Owner.def()
    }
}

impl Related<super::interview_question::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::InterviewQuestion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
