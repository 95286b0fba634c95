//! One file for each page.

mod book;
mod check;
mod edit;
mod home;
mod interview;
mod interviews;
mod join;
mod join_number;
mod lobby;
mod not_found;
mod question;
mod question_edit;
mod questions;
mod room;
mod settings;
mod sign_in;
mod sign_up;

pub use book::BookPage;
pub use check::CheckPage;
pub use edit::EditPage;
pub use home::HomePage;
pub use interview::InterviewPage;
pub use interviews::InterviewsPage;
pub use join::JoinPage;
pub use join_number::JoinNumberPage;
pub use lobby::Lobby;
pub use not_found::NotFoundPage;
pub use question::QuestionPage;
pub use question_edit::{EditQuestionPage, NewQuestionPage};
pub use questions::QuestionsPage;
pub use room::RoomPage;
pub use settings::SettingsPage;
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;
