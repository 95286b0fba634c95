//! One other peer and the connection to them; must not know the rest of the room.

use std::{collections::VecDeque, time::Duration};

use super::Output;
use crate::{
    model::{ConnectionId, PageId, PeerId, Timestamp},
    negotiation::{self, LinkState, Negotiation, Signal},
    protocol::{ClientMessage, Member},
};

/// So many closed connections are remembered, lest a late offer brings one back.
const MOST_CLOSED: usize = 16;
/// How long a connection that works outlives its peer's missing from the roster: after a restart of
/// the server everybody is back within seconds, and nobody was gone.
const VANISHED_FOR: Duration = Duration::from_secs(10);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

#[derive(Debug)]
struct Live {
    connection: ConnectionId,
    negotiation: Negotiation,
}

/// Everything about one other peer.
#[derive(Debug)]
pub(super) struct Pair {
    peer: PeerId,
    polite: bool,
    /// The load of the other side's page that `live` belongs to.
    page: PageId,
    /// True while signals reach the other side: both sockets are there.
    reachable: bool,
    link: LinkState,
    /// The one connection. Nothing of any other is let through.
    live: Option<Live>,
    /// Without a connection: when this side calls, unless it is called before.
    call_at: Option<Timestamp>,
    /// When the connection to a peer who is not on the roster ends.
    forget_at: Option<Timestamp>,
    /// Connections in a row that did not work.
    replaced: u32,
    /// The other side's call that lost against `live`, when both called at once.
    ignored: Option<ConnectionId>,
    closed: VecDeque<ConnectionId>,
}

impl Pair {
    pub(super) fn new(peer: PeerId, polite: bool, page: PageId, out: &mut Vec<Output>) -> Self {
        let link = LinkState::Connecting;
        out.push(Output::LinkChanged { peer, link });
        Self {
            peer,
            polite,
            page,
            reachable: false,
            link,
            live: None,
            call_at: None,
            forget_at: None,
            replaced: 0,
            ignored: None,
            closed: VecDeque::new(),
        }
    }

    pub(super) fn link(&self) -> LinkState {
        self.link
    }

    pub(super) fn has(&self, connection: ConnectionId) -> bool {
        self.live
            .as_ref()
            .is_some_and(|live| live.connection == connection)
    }

    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        let live = self.live.as_ref();
        let negotiation = live.and_then(|live| live.negotiation.next_deadline());
        [negotiation, self.call_at, self.forget_at]
            .into_iter()
            .flatten()
            .min()
    }

    /// The peer is on the roster: they came, came back, or this side did.
    pub(super) fn meet(
        &mut self,
        now: Timestamp,
        member: &Member,
        wait: Duration,
        out: &mut Vec<Output>,
    ) {
        self.forget_at = None;
        self.replaced = 0;
        if self.page != member.page {
            self.page = member.page;
            self.hang_up(out);
            self.say(LinkState::Connecting, out);
        }
        if !member.present {
            self.lose_sight(now, out);
            return;
        }
        self.reachable = true;
        let worked = self
            .live
            .as_ref()
            .is_some_and(|live| live.negotiation.was_connected());
        if worked {
            self.feed(now, negotiation::Input::SignalingReturned, out);
        } else {
            self.hang_up(out);
            self.call_at = Some(now + wait);
        }
    }

    /// Signals do not reach the other side for now; media may well flow on.
    pub(super) fn lose_sight(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.reachable = false;
        self.call_at = None;
        self.feed(now, negotiation::Input::SignalingLost, out);
    }

    /// The peer is not on the roster. False when the pair is gone with that.
    pub(super) fn keep_vanished(&mut self, now: Timestamp, out: &mut Vec<Output>) -> bool {
        let works = self
            .live
            .as_ref()
            .is_some_and(|live| live.negotiation.is_connected());
        if works {
            self.lose_sight(now, out);
            self.forget_at.get_or_insert(now + VANISHED_FOR);
        } else {
            self.hang_up(out);
        }
        works
    }

    pub(super) fn is_forgotten(&self, now: Timestamp) -> bool {
        self.forget_at.is_some_and(|at| at <= now)
    }

    pub(super) fn is_call_due(&self, now: Timestamp) -> bool {
        self.call_at.is_some_and(|at| at <= now)
    }

    /// Creates the connection from this side.
    pub(super) fn call(&mut self, now: Timestamp, connection: ConnectionId, out: &mut Vec<Output>) {
        self.open(connection, true, out);
        self.feed(now, negotiation::Input::Needed, out);
    }

    /// Takes a signal of the other side. Their offer on a connection unknown here is a call.
    pub(super) fn hear(
        &mut self,
        now: Timestamp,
        connection: ConnectionId,
        signal: Signal,
        out: &mut Vec<Output>,
    ) {
        let is_call = matches!(signal, Signal::Offer { .. })
            && !self.has(connection)
            && self.reachable
            && !self.closed.contains(&connection)
            && self.ignored != Some(connection);
        if is_call && !self.yields() {
            self.ignored = Some(connection);
        } else if is_call {
            self.take_call(connection, out);
        }
        if self.has(connection) {
            let input = match signal {
                Signal::Offer { number, sdp } => negotiation::Input::Offer { number, sdp },
                Signal::Answer { number, sdp } => negotiation::Input::Answer { number, sdp },
                Signal::Candidate(candidate) => negotiation::Input::Candidate(candidate),
            };
            self.feed(now, input, out);
        }
    }

    /// Both called at once: the polite side gives its call up. Any other connection the caller
    /// has given up already.
    fn yields(&self) -> bool {
        self.polite
            || !self
                .live
                .as_ref()
                .is_some_and(|live| live.negotiation.is_first_offer())
    }

    fn take_call(&mut self, connection: ConnectionId, out: &mut Vec<Output>) {
        let failed = self.live.as_ref().is_some_and(|live| {
            !live.negotiation.is_connected() && !live.negotiation.is_first_offer()
        });
        self.hang_up(out);
        if failed {
            self.count_replaced(out);
        }
        self.open(connection, false, out);
    }

    pub(super) fn handle_deadline(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let due = self.live.as_ref().is_some_and(|live| {
            let deadline = live.negotiation.next_deadline();
            deadline.is_some_and(|at| at <= now)
        });
        if due {
            self.feed(now, negotiation::Input::Deadline, out);
        }
    }

    /// Hands something to the connection and passes on what it wants.
    pub(super) fn feed(
        &mut self,
        now: Timestamp,
        input: negotiation::Input,
        out: &mut Vec<Output>,
    ) {
        let Some(live) = &mut self.live else {
            return;
        };
        let connection = live.connection;
        for output in live.negotiation.handle(now, input) {
            match output {
                negotiation::Output::Command(command) => out.push(Output::Command {
                    connection,
                    command,
                }),
                negotiation::Output::Send(signal) => {
                    out.push(Output::Send(addressed(self.peer, connection, signal)));
                }
                negotiation::Output::LinkChanged(link) => {
                    if link == LinkState::Connected {
                        self.replaced = 0;
                    }
                    self.say(link, out);
                }
                negotiation::Output::Replace => self.replace(now, out),
            }
        }
    }

    /// The first replacement follows at once, later ones after growing pauses.
    fn replace(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.hang_up(out);
        self.count_replaced(out);
        if self.reachable {
            let pause = match self.replaced {
                0 | 1 => Duration::ZERO,
                replaced => Duration::from_secs(1 << (replaced - 1).min(5)).min(LONGEST_PAUSE),
            };
            self.call_at = Some(now + pause);
        }
    }

    fn count_replaced(&mut self, out: &mut Vec<Output>) {
        self.replaced += 1;
        if self.replaced > 1 {
            self.say(LinkState::Failed, out);
        }
    }

    fn open(&mut self, connection: ConnectionId, caller: bool, out: &mut Vec<Output>) {
        self.call_at = None;
        self.ignored = None;
        if self.link == LinkState::Connected {
            self.say(LinkState::Reconnecting, out);
        }
        self.live = Some(Live {
            connection,
            negotiation: Negotiation::new(self.polite, caller),
        });
        out.push(Output::Open {
            peer: self.peer,
            connection,
            caller,
        });
    }

    /// Closes the connection, if there is one.
    pub(super) fn hang_up(&mut self, out: &mut Vec<Output>) {
        let Some(Live { connection, .. }) = self.live.take() else {
            return;
        };
        if self.closed.len() >= MOST_CLOSED {
            self.closed.pop_front();
        }
        self.closed.push_back(connection);
        out.push(Output::Close { connection });
    }

    fn say(&mut self, link: LinkState, out: &mut Vec<Output>) {
        if self.link != link {
            self.link = link;
            let peer = self.peer;
            out.push(Output::LinkChanged { peer, link });
        }
    }
}

fn addressed(to: PeerId, connection: ConnectionId, signal: Signal) -> ClientMessage {
    match signal {
        Signal::Offer { number, sdp } => ClientMessage::Offer {
            to,
            connection,
            number,
            sdp,
        },
        Signal::Answer { number, sdp } => ClientMessage::Answer {
            to,
            connection,
            number,
            sdp,
        },
        Signal::Candidate(candidate) => ClientMessage::Candidate {
            to,
            connection,
            candidate,
        },
    }
}
