//! The offer, answer and candidate machine of one peer connection; must not touch a clock, a socket or a browser.
//!
//! This is perfect negotiation (W3C WebRTC section 10.7) driven as data, made safe against signals
//! that are lost, doubled, late or out of order:
//!
//! - Each side numbers its offers on a connection from 1. An answer counts only for the number that
//!   is outstanding; an offer that was answered last is answered again with the same words.
//! - The side that did not create the connection (the callee) makes no offer before it has been
//!   connected once. So only offers that follow a settled description can collide.
//! - Such an offer is put in force together with its answer. One that loses a collision never was, and
//!   nothing has to be rolled back, which not every browser survives.
//! - A polite side that gave an offer up always offers again: the higher number voids the old one.

mod candidates;
mod descriptions;
#[cfg(test)]
pub(crate) mod fake;
mod link;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
mod timers;

pub use crate::protocol::LinkState;
use crate::{model::Timestamp, protocol::IceCandidate};
use candidates::Candidates;
use timers::{Timer, Timers};

/// What the adapter does to its RTCPeerConnection. Of the first three at most one is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// createOffer and, on a connection without a remote description, setLocalDescription; ends in `OfferMade`.
    MakeOffer { ice_restart: bool },
    /// Drops an offer that is not in force; setRemoteDescription, local tracks, setLocalDescription; ends in
    /// `AnswerMade`.
    TakeOffer { sdp: String },
    /// setLocalDescription of the offer if it is not in force yet, setRemoteDescription; ends in `AnswerTaken`.
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
    /// This side's addresses may be others now.
    NetworkChanged,
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

/// What this side still wants to offer.
#[derive(Clone, Copy, Debug, Default)]
struct Wish {
    offer: bool,
    /// With new ICE credentials. Any offer fulfils `offer`, only such a one fulfils this.
    restart: bool,
}

/// The command under way.
#[derive(Debug)]
enum Running {
    MakeOffer {
        ice_restart: bool,
    },
    TakeOffer {
        number: u32,
        sdp: String,
        ice_restart: bool,
    },
    TakeAnswer {
        sdp: String,
    },
}

/// A description with its number.
#[derive(Clone, Debug)]
struct Numbered {
    number: u32,
    sdp: String,
}

/// This side's offer that has no answer yet.
#[derive(Debug)]
struct Outstanding {
    offer: Numbered,
    ice_restart: bool,
}

/// One side of one peer connection.
#[derive(Debug)]
pub struct Negotiation {
    polite: bool,
    caller: bool,
    /// False while nothing this side sends arrives.
    signaling: bool,
    transport: TransportState,
    link: LinkState,
    ever_connected: bool,
    /// Set by the last output, `Replace`; nothing happens afterwards.
    replaced: bool,

    wish: Wish,
    running: Option<Running>,
    /// The number of this side's latest offer.
    last_number: u32,
    outstanding: Option<Outstanding>,
    /// The other side's offer that came while a command was under way; of several, the latest.
    waiting: Option<Numbered>,
    /// The answer given last, under the number of its offer. Every lower number is void.
    answered: Option<Numbered>,
    candidates: Candidates,

    timers: Timers,
    /// ICE restarts since the connection last worked, whichever side asked for them.
    restarts: u32,
    /// Commands that failed since descriptions were last settled.
    failures: u32,
}

impl Negotiation {
    /// A connection that has done nothing yet. `polite` is the side with the larger peer id, `caller`
    /// the side that created the connection; a caller is set off by [`Input::Needed`].
    pub fn new(polite: bool, caller: bool) -> Self {
        Self {
            polite,
            caller,
            signaling: true,
            transport: TransportState::New,
            link: LinkState::Connecting,
            ever_connected: false,
            replaced: false,
            wish: Wish::default(),
            running: None,
            last_number: 0,
            outstanding: None,
            waiting: None,
            answered: None,
            candidates: Candidates::default(),
            timers: Timers::default(),
            restarts: 0,
            failures: 0,
        }
    }

    /// Takes one input and says what to do about it.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        if self.replaced {
            return out;
        }
        match input {
            Input::Needed => self.handle_needed(),
            Input::OfferMade { sdp } => self.handle_offer_made(sdp, &mut out),
            Input::AnswerMade { sdp } => self.handle_answer_made(now, sdp, &mut out),
            Input::AnswerTaken => self.handle_answer_taken(now, &mut out),
            Input::CommandFailed => self.handle_command_failed(now, &mut out),
            Input::LocalCandidate(candidate) => self.handle_local_candidate(candidate, &mut out),
            Input::Offer { number, sdp } => self.handle_offer(Numbered { number, sdp }),
            Input::Answer { number, sdp } => {
                self.handle_answer(now, &Numbered { number, sdp }, &mut out);
            }
            Input::Candidate(candidate) => self.handle_candidate(candidate, &mut out),
            Input::Transport(state) => self.handle_transport(now, state, &mut out),
            Input::SignalingLost => self.handle_signaling_lost(),
            Input::SignalingReturned => self.handle_signaling_returned(now, &mut out),
            Input::NetworkChanged => self.handle_network_changed(now, &mut out),
            Input::Deadline => self.handle_deadline(now, &mut out),
        }
        self.advance(now, &mut out);
        out
    }

    /// When [`Input::Deadline`] is due.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        if self.replaced {
            None
        } else {
            self.timers.next()
        }
    }

    /// True while media can flow.
    pub fn is_connected(&self) -> bool {
        self.transport == TransportState::Connected
    }

    /// True once media could flow, even if it no longer can.
    pub fn was_connected(&self) -> bool {
        self.ever_connected
    }

    /// True while a caller has had no answer at all.
    pub fn is_first_offer(&self) -> bool {
        self.caller && !self.candidates.has_remote_description()
    }

    /// Starts what can be started, one command at a time.
    fn advance(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if self.replaced || self.running.is_some() {
            return;
        }
        if let Some(offer) = self.waiting.take() {
            self.consider_offer(now, offer, out);
        }
        if self.running.is_none() && self.may_offer() {
            let ice_restart = self.wish.restart;
            self.wish = Wish::default();
            self.timers.clear(Timer::Answer);
            self.start(
                now,
                Running::MakeOffer { ice_restart },
                Command::MakeOffer { ice_restart },
                out,
            );
        }
        // Whatever came between, an offer is never waited for without an end.
        if self.running.is_none() && self.outstanding.is_some() && self.signaling {
            self.timers.set_if_clear(Timer::Answer, now);
        }
    }

    /// A wish may become an offer when signals arrive, nothing else is under way (a restart
    /// replaces an offer without an answer) and, on the callee's side, there is a settled
    /// description on both sides, which only a connection proves.
    fn may_offer(&self) -> bool {
        self.signaling
            && !self.timers.is_set(Timer::Retry)
            && (self.caller || self.ever_connected)
            && (self.wish.restart || (self.wish.offer && self.outstanding.is_none()))
    }

    fn start(&mut self, now: Timestamp, running: Running, command: Command, out: &mut Vec<Output>) {
        self.running = Some(running);
        self.timers.set(Timer::Command, now);
        out.push(Output::Command(command));
    }

    fn finish(&mut self) -> Option<Running> {
        self.timers.clear(Timer::Command);
        self.running.take()
    }

    /// The browser asks again when an offer under way did not cover it, so that one is no reason
    /// for another.
    fn handle_needed(&mut self) {
        if !matches!(self.running, Some(Running::MakeOffer { .. })) {
            self.wish.offer = true;
        }
    }

    fn handle_local_candidate(&mut self, candidate: IceCandidate, out: &mut Vec<Output>) {
        let describing = matches!(
            self.running,
            Some(Running::MakeOffer { .. } | Running::TakeOffer { .. })
        );
        if describing {
            self.candidates.hold(candidate);
        } else {
            self.candidates.keep(candidate.clone());
            self.send(Signal::Candidate(candidate), out);
        }
    }

    fn handle_candidate(&mut self, candidate: IceCandidate, out: &mut Vec<Output>) {
        self.candidates.receive(candidate);
        if self.running.is_none() {
            self.add_candidates(out);
        }
    }

    fn add_candidates(&mut self, out: &mut Vec<Output>) {
        let ready = self.candidates.take_ready();
        out.extend(
            ready
                .into_iter()
                .map(|candidate| Output::Command(Command::AddCandidate(candidate))),
        );
    }

    fn send(&self, signal: Signal, out: &mut Vec<Output>) {
        if self.signaling {
            out.push(Output::Send(signal));
        }
    }

    fn replace(&mut self, out: &mut Vec<Output>) {
        self.replaced = true;
        out.push(Output::Replace);
    }
}
