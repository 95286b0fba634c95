//! Parts that several pages use.

mod account_menu;
mod alert;
mod booking_editor;
mod confirm;
mod copy_button;
mod device_pickers;
mod dialog;
mod field;
mod icon;
mod initials;
mod invite_dialog;
mod invitees;
mod language_switch;
mod layout;
mod load_failed;
mod local_time;
mod media_notices;
mod microphone_level;
mod paged_list;
mod pill;
mod questions;
mod self_view;
mod sound_filters;
mod until;
mod verbatim;

pub use account_menu::AccountMenu;
pub use alert::{Alert, AlertKind, FailureAlert};
pub use booking_editor::{BookingEditor, posted_booking};
pub use confirm::{Confirm, Question};
pub use copy_button::{CopyButton, LinkRow};
pub use device_pickers::DevicePickers;
pub use dialog::Dialog;
pub use field::{Field, FieldFrame, SelectField, described_by};
pub use icon::{Icon, IconName};
pub use initials::initials;
pub use invite_dialog::InviteDialog;
pub use invitees::{Invitees, role_choices};
pub use language_switch::LanguageSwitch;
pub use layout::Layout;
pub use load_failed::{AskToSignIn, LoadFailed, Nothing};
pub use local_time::{LocalTime, ZoneName};
pub use media_notices::MediaNotices;
pub use microphone_level::MicrophoneLevel;
pub use paged_list::{Choices, ListAddress, PagedList};
pub use pill::{Pill, PillKind};
pub use questions::{
    ChoosingDialogs, ChosenQuestion, ChosenQuestions, Prose, QuestionAdder, QuestionEditor,
    QuestionEditorForm, QuestionPicker, WritingFor, Written, focus_after_move, move_id,
    posted_question, posted_questions, usual_question,
};
pub use self_view::SelfView;
pub use sound_filters::SoundFilters;
pub use until::Until;
pub use verbatim::{in_pre, in_text_area};
