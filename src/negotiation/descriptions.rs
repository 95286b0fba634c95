//! Offers and answers of one connection: numbers, collisions, repeats; must not judge the transport.

use super::{
    Command, Negotiation, Numbered, Output, Outstanding, Running, Signal, Wish, timers::Timer,
};
use crate::model::Timestamp;

/// So many failed commands, without a settled description between, end a connection.
const MOST_FAILURES: u32 = 3;

impl Negotiation {
    pub(super) fn handle_offer_made(&mut self, sdp: String, out: &mut Vec<Output>) {
        let Some(Running::MakeOffer { ice_restart }) = self.running else {
            return;
        };
        self.finish();
        self.last_number += 1;
        let offer = Numbered {
            number: self.last_number,
            sdp,
        };
        let held = self.candidates.describe(&offer.sdp);
        let Numbered { number, sdp } = offer.clone();
        self.outstanding = Some(Outstanding { offer, ice_restart });
        self.send(Signal::Offer { number, sdp }, out);
        for candidate in held {
            self.send(Signal::Candidate(candidate), out);
        }
        self.add_candidates(out);
    }

    pub(super) fn handle_answer_made(
        &mut self,
        now: Timestamp,
        sdp: String,
        out: &mut Vec<Output>,
    ) {
        if !matches!(self.running, Some(Running::TakeOffer { .. })) {
            return;
        }
        let Some(Running::TakeOffer {
            number,
            sdp: offer,
            ice_restart,
        }) = self.finish()
        else {
            return;
        };
        if ice_restart {
            self.wish.restart = false;
        }
        self.candidates.set_remote(offer);
        let held = self.candidates.describe(&sdp);
        self.answered = Some(Numbered {
            number,
            sdp: sdp.clone(),
        });
        self.send(Signal::Answer { number, sdp }, out);
        for candidate in held {
            self.send(Signal::Candidate(candidate), out);
        }
        self.settled(now, out);
    }

    pub(super) fn handle_answer_taken(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if !matches!(self.running, Some(Running::TakeAnswer { .. })) {
            return;
        }
        if let Some(Running::TakeAnswer { sdp }) = self.finish() {
            self.outstanding = None;
            self.candidates.set_remote(sdp);
            self.settled(now, out);
        }
    }

    fn settled(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.failures = 0;
        self.await_connection(now);
        self.add_candidates(out);
    }

    /// Every failure is followed by a fresh try of this side's or a repeat of the other's.
    pub(super) fn handle_command_failed(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let Some(running) = self.finish() else {
            return;
        };
        match running {
            Running::MakeOffer { ice_restart } => {
                self.wish.offer = true;
                self.wish.restart |= ice_restart;
            }
            // The number stays open, and the other side offers again when no answer comes.
            Running::TakeOffer { .. } => {}
            Running::TakeAnswer { .. } => {
                self.outstanding = None;
                self.wish = Wish {
                    offer: true,
                    restart: true,
                };
            }
        }
        self.failures += 1;
        if self.failures >= MOST_FAILURES {
            self.replace(out);
        } else {
            self.timers.set(Timer::Retry, now);
            self.add_candidates(out);
        }
    }

    /// The offer waits until [`Negotiation::advance`] finds nothing under way.
    pub(super) fn handle_offer(&mut self, offer: Numbered) {
        let is_latest = self
            .waiting
            .as_ref()
            .is_none_or(|waiting| waiting.number <= offer.number);
        if is_latest {
            self.waiting = Some(offer);
        }
    }

    /// Decides about an offer of the other side while nothing is under way.
    pub(super) fn consider_offer(
        &mut self,
        now: Timestamp,
        offer: Numbered,
        out: &mut Vec<Output>,
    ) {
        let answered = self.answered.as_ref().map_or(0, |answer| answer.number);
        if offer.number < answered || offer.number == 0 {
            return;
        }
        if offer.number == answered {
            self.repeat_answer(out);
            return;
        }
        if self.outstanding.is_some() && !self.polite {
            self.candidates.ignore(offer.sdp);
            return;
        }
        let ice_restart = self.candidates.is_restart(&offer.sdp);
        let given_up = self.outstanding.take();
        if ice_restart && !given_up.as_ref().is_some_and(|own| own.ice_restart) {
            self.count_restart();
        }
        if let Some(given_up) = given_up {
            self.timers.clear(Timer::Answer);
            // A new number voids the old one, whose copies may still be on their way.
            self.wish.offer = true;
            self.wish.restart |= given_up.ice_restart && !ice_restart && !self.is_connected();
        }
        let Numbered { number, sdp } = offer;
        let command = Command::TakeOffer { sdp: sdp.clone() };
        let running = Running::TakeOffer {
            number,
            sdp,
            ice_restart,
        };
        self.start(now, running, command, out);
    }

    /// While a command is under way no answer can count: none was asked for, or it is being taken,
    /// or its offer is being replaced or given up.
    pub(super) fn handle_answer(
        &mut self,
        now: Timestamp,
        answer: &Numbered,
        out: &mut Vec<Output>,
    ) {
        let counts = self.running.is_none()
            && self
                .outstanding
                .as_ref()
                .is_some_and(|outstanding| outstanding.offer.number == answer.number);
        if counts {
            self.timers.clear(Timer::Answer);
            let sdp = answer.sdp.clone();
            self.start(
                now,
                Running::TakeAnswer { sdp: sdp.clone() },
                Command::TakeAnswer { sdp },
                out,
            );
        }
    }

    fn repeat_answer(&self, out: &mut Vec<Output>) {
        if let Some(Numbered { number, sdp }) = self.answered.clone() {
            self.send(Signal::Answer { number, sdp }, out);
            self.repeat_candidates(out);
        }
    }

    /// Sends the outstanding offer once more, under its number.
    pub(super) fn repeat_offer(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if let Some(outstanding) = &self.outstanding {
            let Numbered { number, sdp } = outstanding.offer.clone();
            self.send(Signal::Offer { number, sdp }, out);
            self.repeat_candidates(out);
            self.timers.set(Timer::Answer, now);
        }
    }

    fn repeat_candidates(&self, out: &mut Vec<Output>) {
        for candidate in self.candidates.local() {
            self.send(Signal::Candidate(candidate.clone()), out);
        }
    }
}
