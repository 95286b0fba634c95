//! The offer, answer and candidate machine of one peer connection; must not touch a clock, a socket or a browser.
//!
//! This is perfect negotiation (W3C WebRTC section 10.7) driven as data, made safe against signals
//! that are lost, doubled, late or out of order:
//!
//! - Each side numbers its offers on a connection from 1. An answer counts only for the number that
//!   is outstanding; an offer that was answered last is answered again with the same words.
//! - The side that did not create the connection (the callee) makes no offer before it has been
//!   connected once. So a rollback always has a settled description to go back to.
//! - A polite side that rolled an offer back always offers again: the higher number voids the old one.

use std::time::Duration;

use crate::{model::Timestamp, protocol::IceCandidate};

/// What the adapter does to its RTCPeerConnection. Of the first three at most one is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// createOffer and setLocalDescription; ends in `OfferMade`.
    MakeOffer { ice_restart: bool },
    /// setRemoteDescription (with implicit rollback), local tracks, setLocalDescription; ends in `AnswerMade`.
    TakeOffer { sdp: String },
    /// setRemoteDescription; ends in `AnswerTaken`.
    TakeAnswer { sdp: String },
    /// addIceCandidate; its failure is not reported.
    AddCandidate(IceCandidate),
}

/// What happened to the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The browser wants to negotiate (`negotiationneeded`), or a caller begins.
    Needed,
    OfferMade {
        sdp: String,
    },
    AnswerMade {
        sdp: String,
    },
    AnswerTaken,
    /// The command under way failed.
    CommandFailed,
    /// The browser found a candidate of this side.
    LocalCandidate(IceCandidate),
    /// The other side's signals.
    Offer {
        number: u32,
        sdp: String,
    },
    Answer {
        number: u32,
        sdp: String,
    },
    Candidate(IceCandidate),
    /// `connectionState` changed.
    Transport(TransportState),
    /// From now on signals do not reach the other side.
    SignalingLost,
    /// Signals reach the other side again; some may have been lost.
    SignalingReturned,
    /// The time of `next_deadline` has come.
    Deadline,
}

/// RTCPeerConnectionState (W3C WebRTC section 4.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransportState {
    New,
    Connecting,
    Connected,
    Disconnected,
    Failed,
    Closed,
}

/// What a tile says about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    Connecting,
    Connected,
    Reconnecting,
    Failed,
}

/// What goes to the other side of this connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    Offer { number: u32, sdp: String },
    Answer { number: u32, sdp: String },
    Candidate(IceCandidate),
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Command(Command),
    Send(Signal),
    LinkChanged(LinkState),
    /// This connection will not come to life any more: close it and make a new one.
    Replace,
}

/// One side of one peer connection.
#[derive(Debug)]
pub struct Negotiation {
    polite: bool,
    caller: bool,
}

impl Negotiation {
    /// A connection that has done nothing yet. `polite` is the side with the larger peer id, `caller`
    /// the side that created the connection; a caller is set off by [`Input::Needed`].
    pub fn new(polite: bool, caller: bool) -> Self {
        Self { polite, caller }
    }

    /// Takes one input and says what to do about it.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let _ = (now, input, self.polite, self.caller, Duration::ZERO);
        Vec::new()
    }

    /// When [`Input::Deadline`] is due.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        None
    }
}
