//! The counters of one connection (W3C WebRTC Statistics); draws no conclusion from them.

use std::{collections::HashMap, future::Future};

use js_sys::{Map, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::RtcPeerConnection;

use super::{Peer, TrackKind, senders};
use crate::{
    browser::page,
    protocol::Route,
    quality::{Arrived, Reading},
};

/// The reports of one reading by their ids.
type Reports = HashMap<String, JsValue>;

impl Peer {
    /// Reads the counters; None once the connection is closed.
    pub fn read(&self) -> impl Future<Output = Option<Reading>> + 'static {
        let shared = self.shared.clone();
        async move {
            let report = JsFuture::from(shared.connection.get_stats()).await.ok()?;
            (!shared.closed.get()).then(|| reading(&shared.connection, &by_id(&report)))
        }
    }
}

fn by_id(report: &JsValue) -> Reports {
    let mut reports = HashMap::new();
    // The report is a map in all but name.
    report.unchecked_ref::<Map>().for_each(&mut |value, id| {
        if let Some(id) = id.as_string() {
            reports.insert(id, value);
        }
    });
    reports
}

fn reading(connection: &RtcPeerConnection, reports: &Reports) -> Reading {
    let mut reading = Reading {
        at: page::since_load(),
        ..Reading::default()
    };
    let kinds: HashMap<String, TrackKind> = senders::places(connection)
        .filter_map(|(kind, place)| Some((place.mid()?, kind)))
        .collect();
    for report in of_type(reports, "inbound-rtp") {
        let kind = text(report, "mid").and_then(|mid| kinds.get(&mid).copied());
        match kind {
            Some(TrackKind::Microphone) => reading.sound = arrived(report),
            Some(TrackKind::Camera) => reading.picture = arrived(report),
            Some(TrackKind::Screen) => reading.screen = arrived(report),
            Some(TrackKind::ScreenSound) => reading.screen_sound = arrived(report),
            None => {}
        }
    }
    if let Some(pair) = selected_pair(reports) {
        reading.round_trip = milliseconds(pair, "currentRoundTripTime");
        reading.route = route(reports, pair);
    }
    (reading.sent_bytes, reading.sent_packets) = sent(reports);
    reading
}

fn arrived(report: &JsValue) -> Arrived {
    Arrived {
        packets: count(report, "packetsReceived"),
        lost: number(report, "packetsLost").unwrap_or(0.0) as i64,
        frames: count(report, "framesDecoded"),
        height: number(report, "frameHeight").map(|lines| lines as u32),
        jitter: milliseconds(report, "jitter"),
    }
}

/// The pair in use: named by the transport, or marked where the browser knows no transport.
fn selected_pair(reports: &Reports) -> Option<&JsValue> {
    of_type(reports, "transport")
        .find_map(|transport| reports.get(&text(transport, "selectedCandidatePairId")?))
        .or_else(|| {
            of_type(reports, "candidate-pair")
                .find(|pair| field(pair, "selected").is_some_and(|selected| selected.is_truthy()))
        })
}

fn route(reports: &Reports, pair: &JsValue) -> Option<Route> {
    let kind = |end: &str| text(reports.get(&text(pair, end)?)?, "candidateType");
    let ends = [kind("localCandidateId")?, kind("remoteCandidateId")?];
    Some(if ends.iter().any(|kind| kind == "relay") {
        Route::Relayed
    } else {
        Route::Direct
    })
}

/// Bytes and packets that left; without transports, those of the media streams.
fn sent(reports: &Reports) -> (u64, u64) {
    let sum = |kind: &'static str, of: fn(&JsValue) -> u64| of_type(reports, kind).map(of).sum();
    let bytes: u64 = sum("transport", |report| count(report, "bytesSent"));
    if bytes > 0 {
        return (
            bytes,
            sum("transport", |report| count(report, "packetsSent")),
        );
    }
    let bytes = sum("outbound-rtp", |report| {
        count(report, "bytesSent") + count(report, "headerBytesSent")
    });
    (
        bytes,
        sum("outbound-rtp", |report| count(report, "packetsSent")),
    )
}

fn of_type<'a>(reports: &'a Reports, kind: &'a str) -> impl Iterator<Item = &'a JsValue> {
    reports
        .values()
        .filter(move |report| text(report, "type").as_deref() == Some(kind))
}

fn field(report: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(report, &name.into()).ok()
}

fn text(report: &JsValue, name: &str) -> Option<String> {
    field(report, name)?.as_string()
}

fn number(report: &JsValue, name: &str) -> Option<f64> {
    field(report, name)?.as_f64()
}

fn count(report: &JsValue, name: &str) -> u64 {
    number(report, name).unwrap_or(0.0) as u64
}

/// Of a field in seconds.
fn milliseconds(report: &JsValue, name: &str) -> Option<u32> {
    number(report, name).map(|seconds| (seconds * 1000.0).round() as u32)
}
