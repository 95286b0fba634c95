//! What a client asks for, as it looks on the wire.

use super::*;

pub fn client_examples() -> Vec<(ClientMessage, Value)> {
    [signals(), words(), answers(), charge()].concat()
}

fn signals() -> Vec<(ClientMessage, Value)> {
    let (to, connection, sdp) = (PeerId(7), connection(), "v=0\r\n".to_owned());
    vec![
        (
            ClientMessage::Join {
                version: 3,
                page: page(),
                media: MEDIA,
            },
            json!({ "type": "join", "version": 3, "page": PAGE, "media": media_json() }),
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
            json!({ "type": "set_media", "media": media_json() }),
        ),
    ]
}

fn words() -> Vec<(ClientMessage, Value)> {
    let (peer, text) = (PeerId(7), "你好 & <b>".to_owned());
    let mut words = vec![
        (
            ClientMessage::SetSpeaking { speaking: true },
            json!({ "type": "set_speaking", "speaking": true }),
        ),
        (
            ClientMessage::ReportLinks { links: links() },
            json!({ "type": "report_links", "links": links_json() }),
        ),
        (
            ClientMessage::SendChat { text },
            json!({ "type": "send_chat", "text": "你好 & <b>" }),
        ),
        (ClientMessage::RaiseHand {}, json!({ "type": "raise_hand" })),
        (
            ClientMessage::LowerHand { peer },
            json!({ "type": "lower_hand", "peer": 7 }),
        ),
    ];
    words.extend(Reaction::ALL.map(|reaction| {
        let name = match reaction {
            Reaction::ThumbsUp => "thumbs_up",
            Reaction::Applause => "applause",
            Reaction::Heart => "heart",
            Reaction::Laughter => "laughter",
            Reaction::Surprise => "surprise",
            Reaction::Thinking => "thinking",
        };
        let json = json!({ "type": "react", "reaction": name });
        (ClientMessage::React { reaction }, json)
    }));
    words
}

fn answers() -> Vec<(ClientMessage, Value)> {
    let question = InterviewQuestionId(4);
    let answer = answer_key();
    vec![
        (
            ClientMessage::ShowQuestion { question },
            json!({ "type": "show_question", "question": 4 }),
        ),
        (
            ClientMessage::HideQuestion { question },
            json!({ "type": "hide_question", "question": 4 }),
        ),
        (
            ClientMessage::Look { at: Some(answer) },
            json!({ "type": "look", "at": answer_json() }),
        ),
        (
            ClientMessage::Look { at: None },
            json!({ "type": "look", "at": null }),
        ),
        (
            ClientMessage::ReportRun { answer, run: run() },
            json!({ "type": "report_run", "answer": answer_json(), "run": run_json() }),
        ),
    ]
}

fn charge() -> Vec<(ClientMessage, Value)> {
    let peer = PeerId(7);
    let to = |kind: &str| json!({ "type": kind, "peer": 7 });
    vec![
        (
            ClientMessage::ChangeRole {
                peer,
                role: Role::CoInterviewer,
            },
            json!({ "type": "change_role", "peer": 7, "role": "co_interviewer" }),
        ),
        (ClientMessage::Admit { peer }, to("admit")),
        (ClientMessage::AdmitAll {}, json!({ "type": "admit_all" })),
        (
            ClientMessage::Refuse {
                peer,
                reason: "Too early".into(),
            },
            json!({ "type": "refuse", "peer": 7, "reason": "Too early" }),
        ),
        (
            ClientMessage::SendToWaiting {
                peer,
                text: "Soon".into(),
            },
            json!({ "type": "send_to_waiting", "peer": 7, "text": "Soon" }),
        ),
        (ClientMessage::Mute { peer }, to("mute")),
        (ClientMessage::StopShare { peer }, to("stop_share")),
        (ClientMessage::Remove { peer }, to("remove")),
        (
            ClientMessage::SetLock { locked: true },
            json!({ "type": "set_lock", "locked": true }),
        ),
        (
            ClientMessage::Extend { minutes: 15 },
            json!({ "type": "extend", "minutes": 15 }),
        ),
        (ClientMessage::End {}, json!({ "type": "end" })),
        (ClientMessage::Leave {}, json!({ "type": "leave" })),
    ]
}
