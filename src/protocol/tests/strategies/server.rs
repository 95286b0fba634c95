//! Anything the server may tell.

use super::*;

pub fn any_server_message() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        4 => any_arrival(),
        3 => any_presence(),
        3 => any_signal(),
        5 => any_change(),
        5 => any_charge(),
        5 => any_overview(),
        5 => any_work(),
        3 => any_end(),
    ]
}

fn any_number() -> impl Strategy<Value = InterviewNumber> {
    any::<u32>().prop_map(InterviewNumber::from_draw)
}

fn any_member() -> impl Strategy<Value = Member> {
    let hand = prop::option::of(any_time());
    (
        any_peer(),
        any_text(),
        any_role(),
        any_page(),
        any_media(),
        hand,
        any::<bool>(),
    )
        .prop_map(|(peer, name, role, page, media, hand, present)| Member {
            peer,
            name,
            role,
            page,
            media,
            hand,
            present,
        })
}

fn any_chat() -> impl Strategy<Value = ChatMessage> {
    (any::<u64>(), any_peer(), any_text(), any_text(), any_time()).prop_map(
        |(id, from, name, text, at)| ChatMessage {
            id,
            from,
            name,
            text,
            at,
        },
    )
}

fn any_ice_server() -> impl Strategy<Value = IceServer> {
    any::<(Vec<String>, Option<String>, Option<String>)>().prop_map(
        |(urls, username, credential)| IceServer {
            urls,
            username,
            credential,
        },
    )
}

fn any_welcome() -> impl Strategy<Value = ServerMessage> {
    let members = prop::collection::vec(any_member(), 0..4);
    let ice_servers = prop::collection::vec(any_ice_server(), 0..3);
    let chat = prop::collection::vec(any_chat(), 0..3);
    let said = (chat, prop::collection::vec(any_shown(), 0..3));
    let people = (any_member(), members, prop::option::of(any_peer()));
    let room = (any_number(), any_text(), any::<bool>());
    let times = (any_time(), any_time());
    (any::<u16>(), people, room, said, times, ice_servers).prop_map(
        |(
            version,
            (you, members, in_charge),
            (number, title, locked),
            (chat, questions),
            times,
            ice_servers,
        )| {
            let (now, ends_at) = times;
            ServerMessage::Welcome {
                version,
                number,
                title,
                you,
                members,
                in_charge,
                locked,
                chat,
                questions,
                now,
                ends_at,
                ice_servers,
            }
        },
    )
}

fn any_waiting() -> impl Strategy<Value = ServerMessage> {
    let room = (any_number(), any_text(), any::<bool>());
    let times = (any_time(), any_time());
    (any::<u16>(), any_peer(), room, times).prop_map(
        |(version, peer, (number, title, attended), (now, ends_at))| ServerMessage::Waiting {
            version,
            number,
            title,
            peer,
            attended,
            now,
            ends_at,
        },
    )
}

fn any_arrival() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        any_welcome(),
        any_waiting(),
        (any_text(), any_text(), any_time())
            .prop_map(|(from, text, at)| ServerMessage::SentToWaiting { from, text, at }),
        (any_text(), any_text()).prop_map(|(by, reason)| ServerMessage::Refused { by, reason }),
    ]
}

fn any_presence() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        any_member().prop_map(|member| ServerMessage::PeerJoined { member }),
        any_peer().prop_map(|peer| ServerMessage::PeerAway { peer }),
        any_peer().prop_map(|peer| ServerMessage::PeerLeft { peer }),
    ]
}

fn any_signal() -> impl Strategy<Value = ServerMessage> {
    let sdp = (any_peer(), any_connection(), any::<u32>(), any_text()).boxed();
    prop_oneof![
        sdp.clone().prop_map(|(from, connection, number, sdp)| {
            ServerMessage::Offer {
                from,
                connection,
                number,
                sdp,
            }
        }),
        sdp.prop_map(|(from, connection, number, sdp)| {
            ServerMessage::Answer {
                from,
                connection,
                number,
                sdp,
            }
        }),
        (any_peer(), any_connection(), any_candidate()).prop_map(
            |(from, connection, candidate)| {
                ServerMessage::Candidate {
                    from,
                    connection,
                    candidate,
                }
            }
        ),
    ]
}

fn any_change() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        (any_peer(), any_media())
            .prop_map(|(peer, media)| ServerMessage::MediaChanged { peer, media }),
        (any_peer(), any::<bool>())
            .prop_map(|(peer, speaking)| ServerMessage::SpeakingChanged { peer, speaking }),
        any_chat().prop_map(|message| ServerMessage::ChatSent { message }),
        (any_peer(), prop::option::of(any_time()))
            .prop_map(|(peer, raised_at)| ServerMessage::HandChanged { peer, raised_at }),
        (any_peer(), any_reaction())
            .prop_map(|(peer, reaction)| ServerMessage::Reacted { peer, reaction }),
    ]
}

fn any_charge() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        (any_peer(), any_role()).prop_map(|(peer, role)| ServerMessage::RoleChanged { peer, role }),
        prop::option::of(any_peer()).prop_map(|peer| ServerMessage::ChargeChanged { peer }),
        any::<bool>().prop_map(|locked| ServerMessage::LockChanged { locked }),
        any_text().prop_map(|by| ServerMessage::Muted { by }),
        any_text().prop_map(|by| ServerMessage::ShareStopped { by }),
    ]
}

fn any_caller() -> impl Strategy<Value = Caller> {
    (any_peer(), any_text(), any::<Option<String>>(), any_time()).prop_map(
        |(peer, name, user_name, since)| Caller {
            peer,
            name,
            user_name,
            since,
        },
    )
}

fn any_details() -> impl Strategy<Value = Details> {
    let transport = prop::sample::select(vec![Transport::WebSocket, Transport::Http]);
    (any_peer(), any::<Option<String>>(), transport, any_time()).prop_map(
        |(peer, user_name, transport, arrived_at)| Details {
            peer,
            user_name,
            transport,
            arrived_at,
        },
    )
}

fn any_overview() -> impl Strategy<Value = ServerMessage> {
    let waiting = prop::collection::vec(any_caller(), 0..3);
    let details = prop::collection::vec(any_details(), 0..3);
    let of = (any_peer(), any_links()).prop_map(|(peer, links)| LinksOf { peer, links });
    let links = prop::collection::vec(of, 0..3);
    let looking = prop::collection::vec(any_looking(), 0..3);
    prop_oneof![
        (waiting, details, links, looking).prop_map(|(waiting, details, links, looking)| {
            let overview = Overview {
                waiting,
                details,
                links,
                looking,
            };
            ServerMessage::Overview { overview }
        }),
        any_caller().prop_map(|caller| ServerMessage::Knocked { caller }),
        any_peer().prop_map(|peer| ServerMessage::KnockEnded { peer }),
        any_details().prop_map(|details| ServerMessage::DetailsKnown { details }),
        (any_peer(), any_links())
            .prop_map(|(peer, links)| ServerMessage::LinksReported { peer, links }),
    ]
}

fn any_work() -> impl Strategy<Value = ServerMessage> {
    let prepared = (any_question_id(), any_kind(), any_text(), any::<bool>()).prop_map(
        |(question, kind, title, shown)| PreparedQuestion {
            question,
            kind,
            title,
            shown,
        },
    );
    prop_oneof![
        any_shown().prop_map(|question| ServerMessage::QuestionShown { question }),
        any_question_id().prop_map(|question| ServerMessage::QuestionHidden { question }),
        prop::collection::vec(prepared, 0..3)
            .prop_map(|questions| ServerMessage::QuestionsPrepared { questions }),
        any_looking().prop_map(|looking| ServerMessage::LookChanged { looking }),
        (any_answer_key(), any_run())
            .prop_map(|(answer, run)| ServerMessage::RunReported { answer, run }),
    ]
}

fn any_end() -> impl Strategy<Value = ServerMessage> {
    let code = prop::sample::select(RejectCode::ALL.to_vec());
    let reason = prop_oneof![
        any_text().prop_map(|name| EndReason::ByInterviewer { name }),
        Just(EndReason::Expired {}),
        Just(EndReason::Cancelled {}),
    ];
    prop_oneof![
        (any_time(), any_time()).prop_map(|(now, ends_at)| ServerMessage::Clock { now, ends_at }),
        reason.prop_map(|reason| ServerMessage::Ended { reason }),
        (code, any_client_message(), any_text()).prop_map(|(code, refused, text)| {
            let about = refused.tag().to_owned();
            ServerMessage::Rejected { code, about, text }
        }),
    ]
}
