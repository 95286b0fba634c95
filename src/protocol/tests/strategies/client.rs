//! Anything a client may ask for.

use super::*;

pub fn any_client_message() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![5 => any_signal(), 6 => any_word(), 4 => any_work(), 12 => any_command()]
}

fn any_signal() -> impl Strategy<Value = ClientMessage> {
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
    ]
}

fn any_word() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        any_media().prop_map(|media| ClientMessage::SetMedia { media }),
        any::<bool>().prop_map(|speaking| ClientMessage::SetSpeaking { speaking }),
        any_links().prop_map(|links| ClientMessage::ReportLinks { links }),
        any_text().prop_map(|text| ClientMessage::SendChat { text }),
        Just(ClientMessage::RaiseHand {}),
        any_peer().prop_map(|peer| ClientMessage::LowerHand { peer }),
        any_reaction().prop_map(|reaction| ClientMessage::React { reaction }),
    ]
}

fn any_work() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        any_question_id().prop_map(|question| ClientMessage::ShowQuestion { question }),
        any_question_id().prop_map(|question| ClientMessage::HideQuestion { question }),
        prop::option::of(any_answer_key()).prop_map(|at| ClientMessage::Look { at }),
        (any_answer_key(), any_run())
            .prop_map(|(answer, run)| ClientMessage::ReportRun { answer, run }),
    ]
}

fn any_command() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        (any_peer(), any_role()).prop_map(|(peer, role)| ClientMessage::ChangeRole { peer, role }),
        any_peer().prop_map(|peer| ClientMessage::Admit { peer }),
        Just(ClientMessage::AdmitAll {}),
        (any_peer(), any_text()).prop_map(|(peer, reason)| ClientMessage::Refuse { peer, reason }),
        (any_peer(), any_text())
            .prop_map(|(peer, text)| ClientMessage::SendToWaiting { peer, text }),
        any_peer().prop_map(|peer| ClientMessage::Mute { peer }),
        any_peer().prop_map(|peer| ClientMessage::StopShare { peer }),
        any_peer().prop_map(|peer| ClientMessage::Remove { peer }),
        any::<bool>().prop_map(|locked| ClientMessage::SetLock { locked }),
        any::<u32>().prop_map(|minutes| ClientMessage::Extend { minutes }),
        Just(ClientMessage::End {}),
        Just(ClientMessage::Leave {}),
    ]
}
