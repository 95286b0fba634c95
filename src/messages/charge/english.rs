//! Being in charge of the room, in English.

use super::ChargeMessages;
use crate::{model::Role, protocol::Reaction};

pub(in crate::messages) const ENGLISH: ChargeMessages = ChargeMessages {
    raise_hand: "Raise hand",
    lower_hand: "Lower hand",
    raised_a_hand: |name| format!("{name} raised a hand"),
    hands: "Raised hands, in order",
    hand_place: |place| format!("Hand raised, number {place} in the order"),
    react: "React",
    reactions: "Show a reaction",
    reaction: |reaction| match reaction {
        Reaction::ThumbsUp => "Agreed",
        Reaction::Applause => "Applause",
        Reaction::Heart => "Thank you",
        Reaction::Laughter => "Laughing",
        Reaction::Surprise => "Surprised",
        Reaction::Thinking => "Thinking",
    },
    reacted: |name, reaction| format!("{name}: {}", (ENGLISH.reaction)(reaction)),
    more: "More",

    waiting_title: "Waiting to be let in",
    waiting_attended: "You are in the queue. The interviewers know that you are here.",
    waiting_attended_more: |host| {
        format!("{host} or a colleague will let you in. There is nothing you need to do.")
    },
    waiting_alone: "You are in the queue. Nobody who can let you in is here yet.",
    waiting_alone_more: |host| {
        format!(
            "As soon as {host} or a colleague comes, they see that you wait. There is nothing you need to do."
        )
    },
    waiting_by_itself: "This page turns into the room by itself.",
    waiting_reconnecting: "The connection was lost and is coming back. Your place in the queue is kept.",
    waiting_heard: "Nobody sees or hears you until you are let in.",
    waiting_words: "Said to you",
    waiting_preview: "How you look and sound",
    stop_waiting: "Leave",

    wants_in: |name| format!("{name} is waiting to be let in"),
    want_in: |count| format!("{count} people are waiting to be let in"),
    admit: "Admit",
    admit_all: "Admit all",
    admit_person: |name| format!("Admit {name}"),
    see_who: "See who",
    waiting_list: "Waiting to be let in",
    waits_for: |minutes| match minutes {
        0 => "just came".into(),
        minutes => format!("waiting for {minutes} min"),
    },
    guest: "Guest",
    actions_for: |name| format!("Actions for {name}"),
    write: "Write to them…",
    refuse: "Do not admit…",
    remove: "Remove from the interview…",

    write_title: "Write to somebody who waits",
    write_to: |name| format!("To {name}. Only they read it."),
    write_example: "Two minutes please",
    ready_words: &[
        "Two minutes please.",
        "We are still preparing. Please stay.",
        "Please check your microphone meanwhile.",
    ],
    send: "Send",
    refuse_title: "Do not admit",
    refuse_explained: |name| format!("{name} reads this reason and may ask again."),
    ready_reasons: &[
        "We do not know who you are. Please give your full name.",
        "You are early. Please come back at the agreed time.",
        "This is not your interview. Please check your invitation.",
    ],
    reason: "Reason",
    reason_hint: "In your own words",
    refuse_person: "Do not admit",
    remove_title: "Remove from the interview?",
    remove_explained: |name| {
        format!("{name} leaves at once and cannot return to this interview with their link.")
    },
    remove_person: "Remove",
    cancel: "Cancel",
    not_connected: "Not connected; please wait a moment.",

    in_charge: "In charge",
    make_co_interviewer: "Make co-interviewer",
    make_interviewee: "Make interviewee",
    mute: "Mute",
    stop_share: "Stop their screen share",
    lower_their_hand: "Lower their hand",
    sharing: "Sharing a screen",

    details: "Details",
    account: "Account",
    here_since: "Here since",
    messages_by: "Messages",
    by_web_socket: "by WebSocket",
    by_http: "by plain HTTP, a little slower",
    route: "Sound and picture",
    route_unknown: "not known yet",
    route_direct: "directly to everyone",
    route_relayed: |names| format!("through a relay to {names}"),

    lock: "Lock the room",
    lock_hint: "Everybody new waits until you let them in",
    locked: "Locked",
    locked_hint: "The room is locked: everybody new waits until admitted",

    extend: "More time",
    extend_by: |minutes| format!("{minutes} more minutes"),
    ends_soon: "The interview ends in less than 5 minutes.",

    muted_by: |name| format!("{name} switched your microphone off."),
    muted_more: "Press Unmute or the M key when you want to speak.",
    unmute: "Unmute",
    share_stopped_by: |name| {
        format!("{name} ended your screen share. You can share again when it is time.")
    },
    role_is: |role| match role {
        Role::MainInterviewer => "You are the main interviewer now.",
        Role::CoInterviewer => {
            "You are a co-interviewer now: you see who waits, and details about everyone."
        }
        Role::Interviewee => "You are an interviewee now.",
    },
    stands_in: |away| match away {
        Some(name) => format!("{name} is away: you run the interview until they are back."),
        None => "The main interviewer is away: you run the interview until they come.".into(),
    },
    stand_in_over: |by| match by {
        Some(name) => format!("{name} runs the interview again. Thank you for standing in."),
        None => "You do not run the interview any more.".into(),
    },
    ends_at: |time| format!("The interview now ends at {time}."),

    arrival_sound: "A soft sound when somebody wants to come in",
    language_note: "The page loads again in the other language. Your seat is kept.",
    settings: "Settings",

    keys: "Keys",
    key_microphone: "Microphone on or off",
    key_camera: "Camera on or off",
    key_share: "Share the screen, or stop",
    key_chat: "Chat",
    key_people: "People",
    key_hand: "Raise or lower your hand",
    key_help: "These keys",
    key_space: "Space",
    hold_to_talk: "Hold to talk while you are muted",
    keys_note: "Keys do nothing while you write or a dialog is open.",
    with_key: |what, key| format!("{what} ({key})"),

    refused: "You were not let in",
    refused_by: |name| format!("{name} answered:"),
    refused_more: "You may ask again, for example after you have changed what was asked for.",
    ask_again: "Ask again",
    ask_again_in: |seconds| format!("You can ask again in {seconds} s."),
    removed: "You were removed from the interview",
    removed_more: "You cannot return with this link. If you think that this is a mistake, please write to \
                   whoever invited you.",
};
