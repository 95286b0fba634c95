//! What the server tells a client, as it looks on the wire.

mod answers;

use super::*;

pub fn server_examples() -> Vec<(ServerMessage, Value)> {
    [
        arrivals(),
        presence(),
        signals(),
        changes(),
        charge(),
        answers::examples(),
        end(),
    ]
    .concat()
}

fn welcome() -> (ServerMessage, Value) {
    let message = ServerMessage::Welcome {
        version: 3,
        number: "004 217".parse().unwrap(),
        title: "Rust".into(),
        you: member(7, "Anna", Role::MainInterviewer, true),
        members: vec![
            member(8, "Bo", Role::CoInterviewer, true),
            member(9, "晨", Role::Interviewee, false),
        ],
        in_charge: Some(PeerId(7)),
        locked: true,
        chat: vec![chat_message()],
        questions: vec![shown_question()],
        now: Timestamp(NOW),
        ends_at: Timestamp(1_800_003_600_000),
        ice_servers: vec![IceServer {
            urls: vec!["stun:stun.example.org".into()],
            username: None,
            credential: None,
        }],
    };
    let json = json!({
        "type": "welcome", "version": 3, "number": "004217", "title": "Rust",
        "you": member_json(7, "Anna", "main_interviewer", true),
        "members": [
            member_json(8, "Bo", "co_interviewer", true),
            member_json(9, "晨", "interviewee", false),
        ],
        "in_charge": 7,
        "locked": true,
        "chat": [chat_json()],
        "questions": [shown_json()],
        "now": NOW,
        "ends_at": 1_800_003_600_000_i64,
        "ice_servers": [
            { "urls": ["stun:stun.example.org"], "username": null, "credential": null },
        ],
    });
    (message, json)
}

fn arrivals() -> Vec<(ServerMessage, Value)> {
    vec![
        welcome(),
        (
            ServerMessage::Waiting {
                version: 3,
                number: "004 217".parse().unwrap(),
                title: "Rust".into(),
                peer: PeerId(9),
                attended: true,
                now: Timestamp(NOW),
                ends_at: Timestamp(NOW),
            },
            json!({
                "type": "waiting", "version": 3, "number": "004217", "title": "Rust", "peer": 9,
                "attended": true, "now": NOW, "ends_at": NOW,
            }),
        ),
        (
            ServerMessage::SentToWaiting {
                from: "Anna".into(),
                text: "Soon".into(),
                at: Timestamp(NOW),
            },
            json!({ "type": "sent_to_waiting", "from": "Anna", "text": "Soon", "at": NOW }),
        ),
        (
            ServerMessage::Refused {
                by: "Anna".into(),
                reason: "Too early".into(),
            },
            json!({ "type": "refused", "by": "Anna", "reason": "Too early" }),
        ),
    ]
}

fn presence() -> Vec<(ServerMessage, Value)> {
    let peer = PeerId(7);
    vec![
        (
            ServerMessage::PeerJoined {
                member: member(9, "晨", Role::Interviewee, true),
            },
            json!({ "type": "peer_joined", "member": member_json(9, "晨", "interviewee", true) }),
        ),
        (
            ServerMessage::PeerAway { peer },
            json!({ "type": "peer_away", "peer": 7 }),
        ),
        (
            ServerMessage::PeerLeft { peer },
            json!({ "type": "peer_left", "peer": 7 }),
        ),
    ]
}

fn signals() -> Vec<(ServerMessage, Value)> {
    let (from, connection, sdp) = (PeerId(7), connection(), "v=0\r\n".to_owned());
    vec![
        (
            ServerMessage::Offer {
                from,
                connection,
                number: 1,
                sdp: sdp.clone(),
            },
            json!({ "type": "offer", "from": 7, "connection": CONNECTION, "number": 1, "sdp": "v=0\r\n" }),
        ),
        (
            ServerMessage::Answer {
                from,
                connection,
                number: 2,
                sdp,
            },
            json!({ "type": "answer", "from": 7, "connection": CONNECTION, "number": 2, "sdp": "v=0\r\n" }),
        ),
        (
            ServerMessage::Candidate {
                from,
                connection,
                candidate: candidate(),
            },
            json!({
                "type": "candidate", "from": 7, "connection": CONNECTION,
                "candidate": candidate_json(),
            }),
        ),
    ]
}

fn changes() -> Vec<(ServerMessage, Value)> {
    let peer = PeerId(7);
    vec![
        (
            ServerMessage::MediaChanged { peer, media: MEDIA },
            json!({ "type": "media_changed", "peer": 7, "media": media_json() }),
        ),
        (
            ServerMessage::SpeakingChanged {
                peer,
                speaking: true,
            },
            json!({ "type": "speaking_changed", "peer": 7, "speaking": true }),
        ),
        (
            ServerMessage::ChatSent {
                message: chat_message(),
            },
            json!({ "type": "chat_sent", "message": chat_json() }),
        ),
        (
            ServerMessage::HandChanged {
                peer,
                raised_at: Some(Timestamp(NOW)),
            },
            json!({ "type": "hand_changed", "peer": 7, "raised_at": NOW }),
        ),
        (
            ServerMessage::HandChanged {
                peer,
                raised_at: None,
            },
            json!({ "type": "hand_changed", "peer": 7, "raised_at": null }),
        ),
        (
            ServerMessage::Reacted {
                peer,
                reaction: Reaction::ThumbsUp,
            },
            json!({ "type": "reacted", "peer": 7, "reaction": "thumbs_up" }),
        ),
    ]
}

fn charge() -> Vec<(ServerMessage, Value)> {
    let peer = PeerId(7);
    let by = || "Anna".to_owned();
    let overview = Overview {
        waiting: vec![caller()],
        details: vec![details(Transport::Http)],
        links: vec![LinksOf {
            peer,
            links: links(),
        }],
        looking: vec![looking()],
    };
    vec![
        (
            ServerMessage::RoleChanged {
                peer,
                role: Role::Interviewee,
            },
            json!({ "type": "role_changed", "peer": 7, "role": "interviewee" }),
        ),
        (
            ServerMessage::ChargeChanged { peer: Some(peer) },
            json!({ "type": "charge_changed", "peer": 7 }),
        ),
        (
            ServerMessage::ChargeChanged { peer: None },
            json!({ "type": "charge_changed", "peer": null }),
        ),
        (
            ServerMessage::LockChanged { locked: true },
            json!({ "type": "lock_changed", "locked": true }),
        ),
        (
            ServerMessage::Muted { by: by() },
            json!({ "type": "muted", "by": "Anna" }),
        ),
        (
            ServerMessage::ShareStopped { by: by() },
            json!({ "type": "share_stopped", "by": "Anna" }),
        ),
        (
            ServerMessage::Overview { overview },
            json!({ "type": "overview", "overview": {
                "waiting": [caller_json()],
                "details": [details_json("http")],
                "links": [{ "peer": 7, "links": links_json() }],
                "looking": [looking_json()],
            } }),
        ),
        (
            ServerMessage::Knocked { caller: caller() },
            json!({ "type": "knocked", "caller": caller_json() }),
        ),
        (
            ServerMessage::KnockEnded { peer },
            json!({ "type": "knock_ended", "peer": 7 }),
        ),
        (
            ServerMessage::DetailsKnown {
                details: details(Transport::WebSocket),
            },
            json!({ "type": "details_known", "details": details_json("web_socket") }),
        ),
        (
            ServerMessage::LinksReported {
                peer,
                links: links(),
            },
            json!({ "type": "links_reported", "peer": 7, "links": links_json() }),
        ),
    ]
}

fn end() -> Vec<(ServerMessage, Value)> {
    let ended = |reason, json| {
        (
            ServerMessage::Ended { reason },
            json!({ "type": "ended", "reason": json }),
        )
    };
    vec![
        (
            ServerMessage::Clock {
                now: Timestamp(1),
                ends_at: Timestamp(2),
            },
            json!({ "type": "clock", "now": 1, "ends_at": 2 }),
        ),
        ended(
            EndReason::ByInterviewer {
                name: "Anna".into(),
            },
            json!({ "why": "by_interviewer", "name": "Anna" }),
        ),
        ended(EndReason::Expired {}, json!({ "why": "expired" })),
        ended(EndReason::Cancelled {}, json!({ "why": "cancelled" })),
        (
            ServerMessage::Rejected {
                code: RejectCode::UnknownPeer,
                about: "mute".into(),
                text: "Gone.".into(),
            },
            json!({ "type": "rejected", "code": "unknown_peer", "about": "mute", "text": "Gone." }),
        ),
    ]
}
