//! Any message of any kind.

mod answers;
mod client;
mod server;

use proptest::prelude::*;
use uuid::Uuid;

use super::super::*;
use crate::model::{ConnectionId, InterviewNumber, PageId, PeerId, Role, Timestamp};

use answers::{any_answer_key, any_kind, any_looking, any_question_id, any_run, any_shown};
pub use client::any_client_message;
pub use server::any_server_message;

fn any_text() -> impl Strategy<Value = String> {
    any::<String>()
}

fn any_peer() -> impl Strategy<Value = PeerId> {
    any::<i64>().prop_map(PeerId)
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp)
}

fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

fn any_reaction() -> impl Strategy<Value = Reaction> {
    prop::sample::select(Reaction::ALL.to_vec())
}

fn any_connection() -> impl Strategy<Value = ConnectionId> {
    any::<u128>().prop_map(|bits| ConnectionId(Uuid::from_u128(bits)))
}

fn any_page() -> impl Strategy<Value = PageId> {
    any::<u128>().prop_map(|bits| PageId(Uuid::from_u128(bits)))
}

fn any_media() -> impl Strategy<Value = MediaState> {
    any::<(bool, bool, bool)>().prop_map(|(microphone, camera, screen)| MediaState {
        microphone,
        camera,
        screen,
    })
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

fn any_link() -> impl Strategy<Value = LinkReport> {
    let link = prop::sample::select(vec![
        LinkState::Connecting,
        LinkState::Connected,
        LinkState::Reconnecting,
        LinkState::Failed,
    ]);
    let route = prop::option::of(prop::sample::select(vec![Route::Direct, Route::Relayed]));
    let flows = any::<(bool, bool)>();
    let figures = any::<(Option<u32>, Option<u8>, Option<u32>)>();
    (any_peer(), link, route, flows, figures).prop_map(
        |(peer, link, route, (picture, sound), (round_trip, loss, height))| LinkReport {
            peer,
            link,
            route,
            picture,
            sound,
            round_trip,
            loss,
            height,
        },
    )
}

fn any_links() -> impl Strategy<Value = Vec<LinkReport>> {
    prop::collection::vec(any_link(), 0..4)
}
