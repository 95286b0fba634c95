//! What the transport does and what time demands: restarts, repeats, giving up; must not make descriptions itself.

use super::{LinkState, Negotiation, Output, Running, TransportState, timers::Timer};
use crate::model::Timestamp;

/// So many ICE restarts in vain end a connection.
const MOST_RESTARTS: u32 = 3;

impl Negotiation {
    pub(super) fn handle_transport(
        &mut self,
        now: Timestamp,
        state: TransportState,
        out: &mut Vec<Output>,
    ) {
        self.transport = state;
        match state {
            TransportState::Connected => self.connected(out),
            TransportState::Disconnected if self.ever_connected && !self.is_restarting() => {
                self.timers.set_if_clear(Timer::Recover, now);
            }
            TransportState::Failed => {
                self.timers.clear(Timer::Recover);
                if self.is_restarting() {
                    self.say_reconnecting(out);
                } else {
                    self.restart(now, out);
                }
            }
            TransportState::Connecting if self.ever_connected && self.outstanding.is_none() => {
                self.timers.set_if_clear(self.patience(), now);
            }
            TransportState::Closed => self.replace(out),
            TransportState::New | TransportState::Connecting | TransportState::Disconnected => {}
        }
    }

    fn connected(&mut self, out: &mut Vec<Output>) {
        self.ever_connected = true;
        self.restarts = 0;
        self.wish.restart = false;
        self.timers.clear(Timer::Connect);
        self.timers.clear(Timer::Recover);
        self.timers.clear(Timer::Replacement);
        self.say(LinkState::Connected, out);
    }

    pub(super) fn handle_signaling_lost(&mut self) {
        self.signaling = false;
        self.timers.clear(Timer::Answer);
        self.timers.clear(Timer::Connect);
        self.timers.clear(Timer::Replacement);
    }

    /// Whatever was sent or expected may be lost. A repeated offer brings its answer with it.
    pub(super) fn handle_signaling_returned(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.signaling = true;
        self.restarts = 0;
        if self.is_connected() {
            self.repeat_offer(now, out);
            return;
        }
        self.timers.clear(Timer::Connect);
        self.timers.clear(Timer::Recover);
        if !self.may_restart() {
            self.timers.set(Timer::FirstReplacement, now);
        } else if self.last_number > 0 || self.ever_connected {
            self.wish.restart |= !matches!(self.running, Some(Running::MakeOffer { .. }));
        }
    }

    /// What does not flow now is restarted at once, and earlier tries in vain do not count. What flows
    /// is left alone.
    pub(super) fn handle_network_changed(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if self.is_connected() || (self.last_number == 0 && !self.ever_connected) {
            return;
        }
        self.restarts = 0;
        self.timers.clear(Timer::Recover);
        self.restart(now, out);
    }

    pub(super) fn handle_deadline(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let given_up = self.timers.take_due(Timer::Command, now)
            || self.timers.take_due(Timer::Replacement, now);
        if given_up {
            self.replace(out);
            return;
        }
        self.timers.take_due(Timer::Retry, now);
        if self.timers.take_due(Timer::Recover, now) {
            self.restart(now, out);
        }
        if self.timers.take_due(Timer::Answer, now) {
            if self.is_connected() {
                self.repeat_offer(now, out);
            } else {
                self.restart(now, out);
            }
        }
        if self.timers.take_due(Timer::Connect, now) {
            self.restart(now, out);
        }
    }

    /// Descriptions are settled: from now on ICE has so much time.
    pub(super) fn await_connection(&mut self, now: Timestamp) {
        if self.is_connected() || !self.signaling {
            return;
        }
        if self.may_restart() {
            self.timers.set(self.patience(), now);
        } else {
            self.timers.set_if_clear(Timer::FirstReplacement, now);
        }
    }

    /// Counts the other side's restart towards giving up.
    pub(super) fn count_restart(&mut self) {
        if !self.is_connected() {
            self.restarts += 1;
        }
    }

    /// Without signals a restart is in vain; `SignalingReturned` makes up for it.
    fn restart(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.say_reconnecting(out);
        let begun = self.wish.restart
            || matches!(self.running, Some(Running::MakeOffer { ice_restart: true }));
        if begun || !self.signaling || !self.may_restart() {
            return;
        }
        self.timers.clear(Timer::Connect);
        if self.restarts < MOST_RESTARTS {
            self.restarts += 1;
            self.wish.restart = true;
        } else if self.caller {
            self.replace(out);
        } else {
            self.timers.set_if_clear(Timer::Replacement, now);
        }
    }

    fn may_restart(&self) -> bool {
        self.caller || self.ever_connected
    }

    fn is_restarting(&self) -> bool {
        let outstanding = self
            .outstanding
            .as_ref()
            .is_some_and(|outstanding| outstanding.ice_restart);
        let running = matches!(
            self.running,
            Some(
                Running::MakeOffer { ice_restart: true }
                    | Running::TakeOffer {
                        ice_restart: true,
                        ..
                    }
            )
        );
        self.wish.restart || outstanding || running
    }

    const fn patience(&self) -> Timer {
        if self.polite {
            Timer::ConnectPolite
        } else {
            Timer::Connect
        }
    }

    fn say_reconnecting(&mut self, out: &mut Vec<Output>) {
        if self.ever_connected {
            self.say(LinkState::Reconnecting, out);
        }
    }

    fn say(&mut self, link: LinkState, out: &mut Vec<Output>) {
        if self.link != link {
            self.link = link;
            out.push(Output::LinkChanged(link));
        }
    }
}
