//! Each command of the mesh as calls of the browser; holds no borrow while it waits.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RtcOfferOptions, RtcPeerConnection, RtcSdpType, RtcSessionDescriptionInit};

use super::{Shared, candidate, senders};
use crate::negotiation::{Command, Input};

/// Carries out `command`; answers what the mesh waits for, if it waits.
pub(super) async fn carry_out(shared: &Shared, command: Command) -> Option<Input> {
    let outcome = match command {
        Command::MakeOffer { ice_restart } => make_offer(shared, ice_restart).await,
        Command::TakeOffer { sdp } => take_offer(shared, &sdp).await,
        Command::TakeAnswer { sdp } => take_answer(shared, &sdp).await,
        Command::AddCandidate(candidate) => {
            // A candidate of an offer that lost a collision does not fit; that harms nothing.
            let _ = settled(candidate::add(&shared.connection, &candidate)).await;
            return None;
        }
    };
    Some(outcome.unwrap_or_else(|error| {
        leptos::logging::warn!("negotiation failed: {error:?}");
        Input::CommandFailed
    }))
}

/// The first offer is in force at once. A later one only with its answer, so that it is simply dropped
/// when it loses a collision: Chromium shows no picture any more after a rollback.
async fn make_offer(shared: &Shared, ice_restart: bool) -> Result<Input, JsValue> {
    let connection = &shared.connection;
    let options = RtcOfferOptions::new();
    options.set_ice_restart(ice_restart);
    let offer = settled(connection.create_offer_with_rtc_offer_options(&options)).await?;
    let offer: RtcSessionDescriptionInit = offer.unchecked_into();
    let sdp = if connection.remote_description().is_some() {
        let sdp = offer.get_sdp().ok_or(JsValue::UNDEFINED)?;
        shared.offered.replace(Some(offer));
        sdp
    } else {
        settled(connection.set_local_description(&offer)).await?;
        local_sdp(connection)?
    };
    Ok(Input::OfferMade { sdp })
}

async fn take_offer(shared: &Shared, sdp: &str) -> Result<Input, JsValue> {
    let connection = &shared.connection;
    shared.offered.take();
    settled(connection.set_remote_description(&description(RtcSdpType::Offer, sdp))).await?;
    senders::attach(connection, &shared.senders);
    let answer = settled(connection.create_answer()).await?;
    settled(connection.set_local_description(answer.unchecked_ref())).await?;
    Ok(Input::AnswerMade {
        sdp: local_sdp(connection)?,
    })
}

async fn take_answer(shared: &Shared, sdp: &str) -> Result<Input, JsValue> {
    let connection = &shared.connection;
    let offered = shared.offered.take();
    if let Some(offer) = offered {
        settled(connection.set_local_description(&offer)).await?;
    }
    settled(connection.set_remote_description(&description(RtcSdpType::Answer, sdp))).await?;
    Ok(Input::AnswerTaken)
}

fn description(kind: RtcSdpType, sdp: &str) -> RtcSessionDescriptionInit {
    let description = RtcSessionDescriptionInit::new(kind);
    description.set_sdp(sdp);
    description
}

/// The description as the browser keeps it, candidates found until now included.
fn local_sdp(connection: &RtcPeerConnection) -> Result<String, JsValue> {
    let description = connection.local_description();
    description
        .map(|description| description.sdp())
        .ok_or(JsValue::UNDEFINED)
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
