//! What those in charge of the room say and hear, and hands and reactions.

mod chinese;
mod english;

use crate::{model::Role, protocol::Reaction};

pub(super) use chinese::CHINESE;
pub(super) use english::ENGLISH;

/// What those in charge of the room say and hear, and hands and reactions.
#[derive(Debug)]
pub struct ChargeMessages {
    pub raise_hand: &'static str,
    pub lower_hand: &'static str,
    pub raised_a_hand: fn(&str) -> String,
    pub hands: &'static str,
    /// The place in the order of raised hands.
    pub hand_place: fn(usize) -> String,
    pub react: &'static str,
    pub reactions: &'static str,
    pub reaction: fn(Reaction) -> &'static str,
    pub reacted: fn(&str, Reaction) -> String,
    pub more: &'static str,

    pub waiting_title: &'static str,
    pub waiting_attended: &'static str,
    pub waiting_attended_more: fn(&str) -> String,
    pub waiting_alone: &'static str,
    pub waiting_alone_more: fn(&str) -> String,
    pub waiting_by_itself: &'static str,
    pub waiting_reconnecting: &'static str,
    pub waiting_heard: &'static str,
    pub waiting_words: &'static str,
    pub waiting_preview: &'static str,
    pub stop_waiting: &'static str,

    pub wants_in: fn(&str) -> String,
    pub want_in: fn(usize) -> String,
    pub admit: &'static str,
    pub admit_all: &'static str,
    pub admit_person: fn(&str) -> String,
    pub see_who: &'static str,
    pub waiting_list: &'static str,
    /// For how many minutes somebody waits.
    pub waits_for: fn(u64) -> String,
    pub guest: &'static str,
    pub actions_for: fn(&str) -> String,
    pub write: &'static str,
    pub refuse: &'static str,
    pub remove: &'static str,

    pub write_title: &'static str,
    pub write_to: fn(&str) -> String,
    pub write_example: &'static str,
    pub ready_words: &'static [&'static str],
    pub send: &'static str,
    pub refuse_title: &'static str,
    pub refuse_explained: fn(&str) -> String,
    pub ready_reasons: &'static [&'static str],
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub refuse_person: &'static str,
    pub remove_title: &'static str,
    pub remove_explained: fn(&str) -> String,
    pub remove_person: &'static str,
    pub cancel: &'static str,
    pub not_connected: &'static str,

    pub in_charge: &'static str,
    pub make_co_interviewer: &'static str,
    pub make_interviewee: &'static str,
    pub mute: &'static str,
    pub stop_share: &'static str,
    pub lower_their_hand: &'static str,
    pub sharing: &'static str,

    pub details: &'static str,
    pub account: &'static str,
    pub here_since: &'static str,
    pub messages_by: &'static str,
    pub by_web_socket: &'static str,
    pub by_http: &'static str,
    pub route: &'static str,
    pub route_unknown: &'static str,
    pub route_direct: &'static str,
    pub route_relayed: fn(&str) -> String,

    pub lock: &'static str,
    pub lock_hint: &'static str,
    pub locked: &'static str,
    pub locked_hint: &'static str,

    pub extend: &'static str,
    pub extend_by: fn(u32) -> String,
    pub ends_soon: &'static str,

    pub muted_by: fn(&str) -> String,
    pub muted_more: &'static str,
    pub unmute: &'static str,
    pub share_stopped_by: fn(&str) -> String,
    pub role_is: fn(Role) -> &'static str,
    pub stands_in: fn(Option<&str>) -> String,
    pub stand_in_over: fn(Option<&str>) -> String,
    pub ends_at: fn(&str) -> String,

    pub arrival_sound: &'static str,
    pub language_note: &'static str,
    pub settings: &'static str,

    pub keys: &'static str,
    pub key_microphone: &'static str,
    pub key_camera: &'static str,
    pub key_share: &'static str,
    pub key_chat: &'static str,
    pub key_people: &'static str,
    pub key_hand: &'static str,
    pub key_help: &'static str,
    pub key_space: &'static str,
    pub hold_to_talk: &'static str,
    pub keys_note: &'static str,
    /// What a control does, and its key.
    pub with_key: fn(&str, &str) -> String,

    pub refused: &'static str,
    pub refused_by: fn(&str) -> String,
    pub refused_more: &'static str,
    pub ask_again: &'static str,
    pub ask_again_in: fn(u64) -> String,
    pub removed: &'static str,
    pub removed_more: &'static str,
}
