//! Giving seats and places in the queue up: one at a time, or all of them at the end.

use crate::model::{ParticipantId, Timestamp};
use crate::protocol::{CloseCode, EndReason, ServerMessage};

use super::seats::Presence;
use super::{Output, Room, SEAT_KEPT, SocketId, close, send};

impl Room {
    /// Frees a seat; `code` closes the socket on it, if there is one.
    pub(super) fn vacate(
        &mut self,
        participant: ParticipantId,
        code: CloseCode,
        outputs: &mut Vec<Output>,
    ) {
        self.stop_looking(participant, outputs);
        let Some(seat) = self.seats.remove(participant) else {
            return;
        };
        let peer = seat.peer();
        for other in self.seats.iter_mut() {
            other.links.retain(|link| link.peer != peer);
        }
        close(seat.socket(), code, outputs);
        let left = ServerMessage::PeerLeft { peer };
        send(self.seats.sockets(), left, outputs);
        self.end_runs_of(participant, outputs);
    }

    /// Takes somebody out of the queue, whose socket is gone or is seen to elsewhere.
    pub(super) fn end_knock(&mut self, participant: ParticipantId, outputs: &mut Vec<Output>) {
        if let Some(waiter) = self.queue.remove(participant) {
            let peer = waiter.peer();
            let ended = ServerMessage::KnockEnded { peer };
            send(self.interviewers(), ended, outputs);
        }
    }

    /// Closes whatever somebody has here, a seat or a place in the queue.
    pub(super) fn send_away(
        &mut self,
        participant: ParticipantId,
        code: CloseCode,
        outputs: &mut Vec<Output>,
    ) {
        if let Some(waiter) = self.queue.of(participant) {
            close(waiter.socket(), code, outputs);
            self.end_knock(participant, outputs);
        }
        self.vacate(participant, code, outputs);
    }

    /// Keeps the seat, or the place in the queue, of a socket that is gone for somebody who will be
    /// back.
    pub(super) fn keep_place(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        outputs: &mut Vec<Output>,
    ) {
        let until = now + SEAT_KEPT;
        if let Some(waiter) = self.queue.at_mut(socket) {
            waiter.presence = Presence::Away { until };
        }
        if let Some(sender) = self.sender(socket) {
            self.stop_looking(sender.participant, outputs);
        }
        if let Some(seat) = self.seats.at_mut(socket) {
            seat.presence = Presence::Away { until };
            let away = ServerMessage::PeerAway { peer: seat.peer() };
            send(self.seats.sockets(), away, outputs);
        }
    }

    /// Closes a seated or waiting socket from outside the room.
    pub(super) fn dismiss(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        code: CloseCode,
        outputs: &mut Vec<Output>,
    ) {
        let seated = self.seats.at(socket).map(|seat| seat.participant());
        let waiting = self.queue.at(socket).map(|waiter| waiter.participant());
        let Some(participant) = seated.or(waiting) else {
            return;
        };
        if code.returns() {
            close(Some(socket), code, outputs);
            self.keep_place(now, socket, outputs);
        } else {
            self.send_away(participant, code, outputs);
        }
    }

    /// Ends the room for everyone, once.
    pub(super) fn finish(&mut self, reason: EndReason, outputs: &mut Vec<Output>) {
        if self.over.is_some() {
            return;
        }
        self.over = Some(reason.clone());
        let sockets = self.everyone();
        self.seats.clear();
        self.queue.clear();
        send(sockets.clone(), ServerMessage::Ended { reason }, outputs);
        for socket in sockets {
            close(Some(socket), CloseCode::Ended, outputs);
        }
    }
}
