//! Every sentence a person reads, in English and Chinese: one table a language, so that a missing
//! sentence does not compile. One file for each part of the interface under `messages/`.

mod account;
mod charge;
mod check;
mod common;
mod files;
mod interviews;
mod join;
mod lobby;
mod media;
mod problem;
mod questions;
mod room;
mod time;
mod work;

pub use account::AccountMessages;
pub use charge::ChargeMessages;
pub use check::{CheckMessages, CheckReport};
pub use common::{CommonMessages, ListMessages};
pub use files::FileMessages;
pub use interviews::InterviewMessages;
pub use join::JoinMessages;
pub use lobby::{LobbyMessages, MediaKinds};
pub use media::MediaMessages;
pub use problem::ProblemMessages;
pub use questions::QuestionMessages;
pub use room::{OverMessages, RoomMessages};
pub use time::{TimeMessages, clock};
pub use work::{EditorLabels, RunLabels, WorkMessages};

use crate::model::Language;

/// The sentences of one language.
#[derive(Debug)]
pub struct Messages {
    pub common: CommonMessages,
    pub account: AccountMessages,
    pub charge: ChargeMessages,
    pub check: CheckMessages,
    pub files: FileMessages,
    pub media: MediaMessages,
    pub interviews: InterviewMessages,
    pub join: JoinMessages,
    pub lobby: LobbyMessages,
    pub problem: ProblemMessages,
    pub questions: QuestionMessages,
    pub room: RoomMessages,
    pub time: TimeMessages,
    pub work: WorkMessages,
}

static ENGLISH: Messages = Messages {
    common: common::ENGLISH,
    account: account::ENGLISH,
    charge: charge::ENGLISH,
    check: check::ENGLISH,
    files: files::ENGLISH,
    media: media::ENGLISH,
    interviews: interviews::ENGLISH,
    join: join::ENGLISH,
    lobby: lobby::ENGLISH,
    problem: problem::ENGLISH,
    questions: questions::ENGLISH,
    room: room::ENGLISH,
    time: time::ENGLISH,
    work: work::ENGLISH,
};

static CHINESE: Messages = Messages {
    common: common::CHINESE,
    account: account::CHINESE,
    charge: charge::CHINESE,
    check: check::CHINESE,
    files: files::CHINESE,
    media: media::CHINESE,
    interviews: interviews::CHINESE,
    join: join::CHINESE,
    lobby: lobby::CHINESE,
    problem: problem::CHINESE,
    questions: questions::CHINESE,
    room: room::CHINESE,
    time: time::CHINESE,
    work: work::CHINESE,
};

/// The sentences of `language`.
pub fn messages(language: Language) -> &'static Messages {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}
