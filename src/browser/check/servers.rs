//! Whether the site's STUN and TURN servers answer this browser; sends no media through them.

use std::{cell::Cell, rc::Rc, time::Duration};

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionIceEvent};

use super::{answer::Answer, web_rtc::settled};
use crate::{
    browser::{listener::Listener, peer::candidate},
    protocol::IceServer,
    route_check::{Gathering, Means, Tried, host_of},
};

/// A server that works answers within one; browsers themselves give up after ten.
const LIMIT: Duration = Duration::from_secs(6);

/// Asks every address of every server, all at once.
pub async fn try_servers(servers: &[IceServer]) -> Vec<Tried> {
    let single = servers.iter().flat_map(|server| {
        server.urls.iter().filter_map(|url| {
            let alone = IceServer {
                urls: vec![url.clone()],
                ..server.clone()
            };
            Some((Means::of(url)?, alone))
        })
    });
    let single: Vec<(Means, IceServer)> = single.collect();
    let asked: Vec<Promise> = single.iter().cloned().map(ask).collect();
    let answers = JsFuture::from(Promise::all(&asked.iter().collect::<Array>())).await;
    let answers: Array = answers.map(JsCast::unchecked_into).unwrap_or_default();
    let tried = |(place, (means, server)): (u32, (Means, IceServer))| Tried {
        means,
        host: server
            .urls
            .first()
            .map_or("", |url| host_of(url))
            .to_owned(),
        answered: answers.get(place).is_truthy(),
    };
    (0..).zip(single).map(tried).collect()
}

/// A promise of whether the server answered; it is never rejected.
fn ask((means, server): (Means, IceServer)) -> Promise {
    future_to_promise(async move {
        let gathering = gather(means, &server).await.unwrap_or_default();
        Ok(gathering.answered(means).into())
    })
}

/// Lets a connection look for candidates by this server alone.
async fn gather(means: Means, server: &IceServer) -> Result<Gathering, JsValue> {
    let configuration = candidate::configuration(std::slice::from_ref(server));
    if means.is_relay() {
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
    }
    let connection = RtcPeerConnection::new_with_configuration(&configuration)?;
    let gathering = listen(&connection, means).await;
    connection.close();
    gathering
}

async fn listen(connection: &RtcPeerConnection, means: Means) -> Result<Gathering, JsValue> {
    let wanted = if means.is_relay() {
        " typ relay"
    } else {
        " typ srflx"
    };
    let done = Answer::new();
    let found = done.clone();
    // The end of candidates comes as none at all, an old form of it as an empty one.
    let candidates = Listener::new(connection, "icecandidate", move |event| {
        let event = event.dyn_ref::<RtcPeerConnectionIceEvent>();
        let candidate = event.and_then(RtcPeerConnectionIceEvent::candidate);
        if candidate.is_some_and(|candidate| candidate.candidate().contains(wanted)) {
            found.give(true);
        }
    });
    let complete = Rc::new(Cell::new(false));
    let (ended, noted, watched) = (done.clone(), complete.clone(), connection.clone());
    let states = Listener::new(connection, "icegatheringstatechange", move |_| {
        if watched.ice_gathering_state() == web_sys::RtcIceGatheringState::Complete {
            noted.set(true);
            ended.give(false);
        }
    });
    let error = Rc::new(Cell::new(false));
    let refused = error.clone();
    let errors = Listener::new(connection, "icecandidateerror", move |_| refused.set(true));

    connection.create_data_channel("check");
    let offer = settled(connection.create_offer()).await?;
    settled(connection.set_local_description(offer.unchecked_ref())).await?;
    let candidate = done.within(LIMIT).await;
    drop((candidates, states, errors));
    Ok(Gathering {
        candidate,
        error: error.get(),
        complete: complete.get(),
        tells_errors: Reflect::has(connection, &"onicecandidateerror".into()).unwrap_or(false),
    })
}
