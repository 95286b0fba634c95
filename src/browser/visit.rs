//! What of a visit to a room outlives a reload in the same tab; kept for each interview. Shows nothing.

use serde::{Deserialize, Serialize};

use super::{
    media::MediaWish,
    storage::{self, Area},
};
use crate::{
    conversation::Kept,
    model::{InterviewNumber, InterviewQuestionId, PeerId},
    protocol::Transport,
};

/// What a reloaded page goes on with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// What the person looked at.
    pub view: Option<View>,
    /// What was on.
    pub media: Option<MediaWish>,
    /// What was written in the chat and not sent.
    pub draft: String,
    pub chat: Kept,
    /// The way by which the server was heard last.
    pub transport: Option<Transport>,
}

/// What a person looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The stable name of a part of the side panel.
    pub tab: String,
    pub side_open: bool,
    pub side_in_front: bool,
    /// Questions and answers stand where else the video would.
    pub work_wanted: bool,
    pub question: Option<InterviewQuestionId>,
    /// Whose answer.
    pub owner: Option<PeerId>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            tab: String::new(),
            side_open: true,
            side_in_front: false,
            work_wanted: true,
            question: None,
            owner: None,
        }
    }
}

/// The visit of this tab to that interview; empty on the first time.
pub fn load(number: InterviewNumber) -> Visit {
    storage::read(Area::Tab, &key(number))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Changes what is kept.
pub fn change(number: InterviewNumber, change: impl FnOnce(&mut Visit)) {
    let before = load(number);
    let mut after = before.clone();
    change(&mut after);
    if before != after
        && let Ok(text) = serde_json::to_string(&after)
    {
        storage::write(Area::Tab, &key(number), &text);
    }
}

/// What this tab wants to send in that interview: as it was left here, else as it was left in this
/// browser.
pub fn media_wish(number: InterviewNumber) -> MediaWish {
    load(number).media.unwrap_or_else(MediaWish::remembered)
}

fn key(number: InterviewNumber) -> String {
    format!("visit-{number}")
}
