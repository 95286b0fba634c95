//! The row of one person's answer to one question of an interview.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub interview_question_id: i64,
    pub participant_id: i64,
    /// The document after the updates up to `snapshot_through`; None as long as there was no need.
    #[sea_orm(column_type = "Blob", nullable)]
    pub snapshot: Option<Vec<u8>>,
    pub snapshot_through: i64,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::interview_question::Entity",
        from = "Column::InterviewQuestionId",
        to = "super::interview_question::Column::Id"
    )]
    InterviewQuestion,
}

impl Related<super::interview_question::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::InterviewQuestion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
