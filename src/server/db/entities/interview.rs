//! The row of an interview.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interview")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub number: i32,
    pub title: String,
    pub main_interviewer_id: i64,
    pub starts_at: i64,
    pub ends_at: i64,
    pub seats: i32,
    pub wants_coding: bool,
    pub wants_text: bool,
    pub recording_permission: i32,
    pub review_permission: i32,
    pub waiting: i32,
    pub locked: bool,
    pub state: i32,
    pub cancelled_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// None while the general guest link is off.
    pub guest_key: Option<String>,
    /// One more at each change of the booking.
    pub sequence: i32,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::participant::Entity")]
    Participant,
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::MainInterviewerId",
        to = "super::user::Column::Id"
    )]
    MainInterviewer,
}

impl Related<super::participant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Participant.def()
    }
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::MainInterviewer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
