//! One message of every kind with the JSON it has had since version 1; change neither.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::*;

const CONNECTION: &str = "6f1d9a52-3c1e-4b8e-9f43-0d7a5c2b1e10";
const PAGE: &str = "0b9c7f0e-52a4-4d6b-8a0f-2f6f0c1d2e3f";

fn connection() -> ConnectionId {
    ConnectionId(Uuid::parse_str(CONNECTION).unwrap())
}

fn page() -> PageId {
    PageId(Uuid::parse_str(PAGE).unwrap())
}

const MEDIA: MediaState = MediaState {
    microphone: true,
    camera: false,
};

fn candidate() -> IceCandidate {
    IceCandidate {
        candidate: "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host".into(),
        sdp_mid: Some("0".into()),
        sdp_m_line_index: Some(0),
        username_fragment: None,
    }
}

fn candidate_json() -> Value {
    json!({
        "candidate": "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host",
        "sdp_mid": "0",
        "sdp_m_line_index": 0,
        "username_fragment": null,
    })
}

fn member(peer: i64, name: &str, role: Role, present: bool) -> Member {
    Member {
        peer: PeerId(peer),
        name: name.into(),
        role,
        page: page(),
        media: MEDIA,
        present,
    }
}

fn member_json(peer: i64, name: &str, role: &str, present: bool) -> Value {
    json!({
        "peer": peer,
        "name": name,
        "role": role,
        "page": PAGE,
        "media": { "microphone": true, "camera": false },
        "present": present,
    })
}

pub fn client_examples() -> Vec<(ClientMessage, Value)> {
    let (to, connection, sdp) = (PeerId(7), connection(), "v=0\r\n".to_owned());
    vec![
        (
            ClientMessage::Join {
                version: 1,
                page: page(),
                media: MEDIA,
            },
            json!({
                "type": "join", "version": 1, "page": PAGE,
                "media": { "microphone": true, "camera": false },
            }),
        ),
        (
            ClientMessage::Offer {
                to,
                connection,
                number: 1,
                sdp: sdp.clone(),
            },
            json!({ "type": "offer", "to": 7, "connection": CONNECTION, "number": 1, "sdp": "v=0\r\n" }),
        ),
        (
            ClientMessage::Answer {
                to,
                connection,
                number: 2,
                sdp,
            },
            json!({ "type": "answer", "to": 7, "connection": CONNECTION, "number": 2, "sdp": "v=0\r\n" }),
        ),
        (
            ClientMessage::Candidate {
                to,
                connection,
                candidate: candidate(),
            },
            json!({
                "type": "candidate", "to": 7, "connection": CONNECTION,
                "candidate": candidate_json(),
            }),
        ),
        (
            ClientMessage::SetMedia { media: MEDIA },
            json!({ "type": "set_media", "media": { "microphone": true, "camera": false } }),
        ),
        (
            ClientMessage::SendChat {
                text: "你好 & <b>".into(),
            },
            json!({ "type": "send_chat", "text": "你好 & <b>" }),
        ),
        (ClientMessage::End {}, json!({ "type": "end" })),
        (ClientMessage::Leave {}, json!({ "type": "leave" })),
    ]
}

pub fn server_examples() -> Vec<(ServerMessage, Value)> {
    [presence_examples(), signal_examples(), other_examples()].concat()
}

fn presence_examples() -> Vec<(ServerMessage, Value)> {
    let peer = PeerId(7);
    vec![
        (
            ServerMessage::Welcome {
                version: 1,
                number: "004 217".parse().unwrap(),
                title: "Rust".into(),
                you: member(7, "Anna", Role::MainInterviewer, true),
                members: vec![
                    member(8, "Bo", Role::CoInterviewer, true),
                    member(9, "晨", Role::Interviewee, false),
                ],
                now: Timestamp(1_800_000_000_000),
                ends_at: Timestamp(1_800_003_600_000),
                ice_servers: vec![IceServer {
                    urls: vec!["stun:stun.example.org".into()],
                    username: None,
                    credential: None,
                }],
            },
            json!({
                "type": "welcome", "version": 1, "number": "004217", "title": "Rust",
                "you": member_json(7, "Anna", "main_interviewer", true),
                "members": [
                    member_json(8, "Bo", "co_interviewer", true),
                    member_json(9, "晨", "interviewee", false),
                ],
                "now": 1_800_000_000_000_i64,
                "ends_at": 1_800_003_600_000_i64,
                "ice_servers": [
                    { "urls": ["stun:stun.example.org"], "username": null, "credential": null },
                ],
            }),
        ),
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

fn signal_examples() -> Vec<(ServerMessage, Value)> {
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

fn other_examples() -> Vec<(ServerMessage, Value)> {
    let ended = |reason, json| {
        (
            ServerMessage::Ended { reason },
            json!({ "type": "ended", "reason": json }),
        )
    };
    vec![
        (
            ServerMessage::MediaChanged {
                peer: PeerId(7),
                media: MEDIA,
            },
            json!({
                "type": "media_changed", "peer": 7,
                "media": { "microphone": true, "camera": false },
            }),
        ),
        (
            ServerMessage::ChatSent {
                id: 3,
                from: PeerId(7),
                name: "Anna".into(),
                text: "hello".into(),
                at: Timestamp(1_800_000_000_000),
            },
            json!({
                "type": "chat_sent", "id": 3, "from": 7, "name": "Anna", "text": "hello",
                "at": 1_800_000_000_000_i64,
            }),
        ),
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
                text: "Gone.".into(),
            },
            json!({ "type": "rejected", "code": "unknown_peer", "text": "Gone." }),
        ),
    ]
}
