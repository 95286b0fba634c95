//! Whether this browser makes connections at all: two ends within the page, over its own addresses.

use std::time::Duration;

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RtcDataChannelEvent, RtcIceGatheringState, RtcPeerConnection, RtcSessionDescriptionInit,
};

use super::answer::Answer;
use crate::{browser::listener::Listener, route_check::WebRtc};

const LIMIT: Duration = Duration::from_secs(6);

/// Connects the page to itself and sends one word through.
pub async fn try_web_rtc() -> WebRtc {
    let exists = Reflect::has(&js_sys::global(), &"RTCPeerConnection".into());
    if !exists.unwrap_or(false) {
        return WebRtc::Missing;
    }
    let (Ok(caller), Ok(callee)) = (RtcPeerConnection::new(), RtcPeerConnection::new()) else {
        return WebRtc::Blocked;
    };
    let connected = connect(&caller, &callee).await;
    caller.close();
    callee.close();
    if connected.unwrap_or(false) {
        WebRtc::Works
    } else {
        WebRtc::Blocked
    }
}

async fn connect(caller: &RtcPeerConnection, callee: &RtcPeerConnection) -> Result<bool, JsValue> {
    let arrived = Answer::new();
    let channel = caller.create_data_channel("check");
    let sender = channel.clone();
    let opened = Listener::new(&channel, "open", move |_| {
        // A channel that has just opened takes one word.
        let _ = sender.send_with_str("?");
    });
    let heard = arrived.clone();
    let mut receiving = Vec::new();
    let offered = Listener::new(callee, "datachannel", move |event| {
        let channel = event.dyn_ref::<RtcDataChannelEvent>();
        let heard = heard.clone();
        receiving
            .extend(channel.map(|event| {
                Listener::new(&event.channel(), "message", move |_| heard.give(true))
            }));
    });
    let offer = described(caller, caller.create_offer()).await?;
    settled(callee.set_remote_description(&offer)).await?;
    let answer = described(callee, callee.create_answer()).await?;
    settled(caller.set_remote_description(&answer)).await?;
    let connected = arrived.within(LIMIT).await;
    drop((opened, offered));
    Ok(connected)
}

/// The description that `made` brings, with every candidate in it.
async fn described(
    connection: &RtcPeerConnection,
    made: Promise,
) -> Result<RtcSessionDescriptionInit, JsValue> {
    let description = settled(made).await?;
    settled(connection.set_local_description(description.unchecked_ref())).await?;
    gathered(connection).await;
    let description = connection.local_description().ok_or(JsValue::UNDEFINED)?;
    Ok(description.unchecked_into())
}

/// Waits until every candidate is found, or too long: those found by then may do.
async fn gathered(connection: &RtcPeerConnection) {
    let complete = |connection: &RtcPeerConnection| {
        connection.ice_gathering_state() == RtcIceGatheringState::Complete
    };
    if complete(connection) {
        return;
    }
    let answer = Answer::new();
    let (ended, watched) = (answer.clone(), connection.clone());
    let _listener = Listener::new(connection, "icegatheringstatechange", move |_| {
        if complete(&watched) {
            ended.give(true);
        }
    });
    answer.within(LIMIT).await;
}

pub(super) async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
