//! Any message of any kind.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::*;

fn any_text() -> impl Strategy<Value = String> {
    any::<String>()
}

fn any_peer() -> impl Strategy<Value = PeerId> {
    any::<i64>().prop_map(PeerId)
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp)
}

fn any_connection() -> impl Strategy<Value = ConnectionId> {
    any::<u128>().prop_map(|bits| ConnectionId(Uuid::from_u128(bits)))
}

fn any_page() -> impl Strategy<Value = PageId> {
    any::<u128>().prop_map(|bits| PageId(Uuid::from_u128(bits)))
}

fn any_media() -> impl Strategy<Value = MediaState> {
    any::<(bool, bool)>().prop_map(|(microphone, camera)| MediaState { microphone, camera })
}

fn any_candidate() -> impl Strategy<Value = IceCandidate> {
    let fields = any::<(String, Option<String>, Option<u16>, Option<String>)>();
    fields.prop_map(
        |(candidate, sdp_mid, sdp_m_line_index, username_fragment)| IceCandidate {
            candidate,
            sdp_mid,
            sdp_m_line_index,
            username_fragment,
        },
    )
}

fn any_member() -> impl Strategy<Value = Member> {
    let role = prop::sample::select(Role::ALL.to_vec());
    (
        any_peer(),
        any_text(),
        role,
        any_page(),
        any_media(),
        any::<bool>(),
    )
        .prop_map(|(peer, name, role, page, media, present)| Member {
            peer,
            name,
            role,
            page,
            media,
            present,
        })
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

fn any_reason() -> impl Strategy<Value = EndReason> {
    prop_oneof![
        any_text().prop_map(|name| EndReason::ByInterviewer { name }),
        Just(EndReason::Expired {}),
        Just(EndReason::Cancelled {}),
    ]
}

pub fn any_client_message() -> impl Strategy<Value = ClientMessage> {
    let sdp = (any_peer(), any_connection(), any::<u32>(), any_text()).boxed();
    prop_oneof![
        (any::<u16>(), any_page(), any_media()).prop_map(|(version, page, media)| {
            ClientMessage::Join {
                version,
                page,
                media,
            }
        }),
        sdp.clone().prop_map(|(to, connection, number, sdp)| {
            ClientMessage::Offer {
                to,
                connection,
                number,
                sdp,
            }
        }),
        sdp.prop_map(|(to, connection, number, sdp)| {
            ClientMessage::Answer {
                to,
                connection,
                number,
                sdp,
            }
        }),
        (any_peer(), any_connection(), any_candidate()).prop_map(|(to, connection, candidate)| {
            ClientMessage::Candidate {
                to,
                connection,
                candidate,
            }
        }),
        any_media().prop_map(|media| ClientMessage::SetMedia { media }),
        any_text().prop_map(|text| ClientMessage::SendChat { text }),
        Just(ClientMessage::End {}),
        Just(ClientMessage::Leave {}),
    ]
}

fn any_welcome() -> impl Strategy<Value = ServerMessage> {
    let number = any::<u32>().prop_map(InterviewNumber::from_draw);
    let members = prop::collection::vec(any_member(), 0..4);
    let ice_servers = prop::collection::vec(any_ice_server(), 0..3);
    let times = (any_time(), any_time());
    (
        any::<u16>(),
        number,
        any_text(),
        any_member(),
        members,
        times,
        ice_servers,
    )
        .prop_map(
            |(version, number, title, you, members, (now, ends_at), ice_servers)| {
                ServerMessage::Welcome {
                    version,
                    number,
                    title,
                    you,
                    members,
                    now,
                    ends_at,
                    ice_servers,
                }
            },
        )
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

pub fn any_server_message() -> impl Strategy<Value = ServerMessage> {
    let code = prop::sample::select(RejectCode::ALL.to_vec());
    prop_oneof![
        1 => any_welcome(),
        1 => any_member().prop_map(|member| ServerMessage::PeerJoined { member }),
        1 => any_peer().prop_map(|peer| ServerMessage::PeerAway { peer }),
        1 => any_peer().prop_map(|peer| ServerMessage::PeerLeft { peer }),
        3 => any_signal(),
        1 => (any_peer(), any_media())
            .prop_map(|(peer, media)| ServerMessage::MediaChanged { peer, media }),
        1 => (any::<u64>(), any_peer(), any_text(), any_text(), any_time()).prop_map(
            |(id, from, name, text, at)| ServerMessage::ChatSent { id, from, name, text, at }
        ),
        1 => (any_time(), any_time()).prop_map(|(now, ends_at)| ServerMessage::Clock { now, ends_at }),
        1 => any_reason().prop_map(|reason| ServerMessage::Ended { reason }),
        1 => (code, any_text()).prop_map(|(code, text)| ServerMessage::Rejected { code, text }),
    ]
}
