//! ICE servers and candidates between the protocol's form and the browser's.

use js_sys::{Array, JsString, Promise, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{
    RtcBundlePolicy, RtcConfiguration, RtcIceCandidate, RtcIceCandidateInit, RtcIceServer,
    RtcPeerConnection,
};

use crate::protocol::{IceCandidate, IceServer};

/// web-sys declares this field of RTCIceCandidate and its init nowhere.
const USERNAME_FRAGMENT: &str = "usernameFragment";

/// The configuration of a connection that may use these servers.
pub(in crate::browser) fn configuration(servers: &[IceServer]) -> RtcConfiguration {
    let list: Array = servers.iter().map(server).collect();
    let configuration = RtcConfiguration::new();
    configuration.set_ice_servers(&list);
    // One transport for everything, agreed before it is asked for: else every place for a track gathers
    // candidates of its own (RFC 8843).
    configuration.set_bundle_policy(RtcBundlePolicy::MaxBundle);
    configuration
}

fn server(server: &IceServer) -> RtcIceServer {
    let urls: Array = server
        .urls
        .iter()
        .map(|url| JsString::from(url.as_str()))
        .collect();
    let init = RtcIceServer::new();
    init.set_urls(&urls);
    if let Some(username) = &server.username {
        init.set_username(username);
    }
    if let Some(credential) = &server.credential {
        init.set_credential(credential);
    }
    init
}

/// A candidate that the browser found.
pub(super) fn read(candidate: &RtcIceCandidate) -> IceCandidate {
    let username_fragment = Reflect::get(candidate, &JsValue::from_str(USERNAME_FRAGMENT));
    IceCandidate {
        candidate: candidate.candidate(),
        sdp_mid: candidate.sdp_mid(),
        sdp_m_line_index: candidate.sdp_m_line_index(),
        username_fragment: username_fragment.ok().and_then(|value| value.as_string()),
    }
}

/// Gives the browser a candidate of the other side.
pub(super) fn add(connection: &RtcPeerConnection, candidate: &IceCandidate) -> Promise {
    let init = RtcIceCandidateInit::new(&candidate.candidate);
    init.set_sdp_mid(candidate.sdp_mid.as_deref());
    init.set_sdp_m_line_index(candidate.sdp_m_line_index);
    if let Some(fragment) = &candidate.username_fragment {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(
            &init,
            &JsValue::from_str(USERNAME_FRAGMENT),
            &fragment.into(),
        );
    }
    connection.add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&init))
}
