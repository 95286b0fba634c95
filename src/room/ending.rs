//! Giving seats up: one at a time, or all of them at the end.

use crate::model::{ParticipantId, Timestamp};
use crate::protocol::{CloseCode, EndReason, ServerMessage};

use super::seats::Presence;
use super::{Output, Room, SEAT_KEPT, SocketId, send};

impl Room {
    /// Frees a seat; `code` closes the socket on it, if there is one.
    pub(super) fn vacate(
        &mut self,
        participant: ParticipantId,
        code: CloseCode,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.remove(participant) else {
            return;
        };
        if let Some(socket) = seat.socket() {
            outputs.push(Output::Close { socket, code });
        }
        let left = ServerMessage::PeerLeft { peer: seat.peer() };
        send(self.seats.sockets(), left, outputs);
    }

    /// Keeps the seat of a socket that is gone for somebody who will be back.
    pub(super) fn keep_seat(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.at_mut(socket) else {
            return;
        };
        seat.presence = Presence::Away {
            until: now + SEAT_KEPT,
        };
        let away = ServerMessage::PeerAway { peer: seat.peer() };
        send(self.seats.sockets(), away, outputs);
    }

    /// Closes a seated socket from outside the room.
    pub(super) fn dismiss(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        code: CloseCode,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.at(socket) else {
            return;
        };
        if code.returns() {
            outputs.push(Output::Close { socket, code });
            self.keep_seat(now, socket, outputs);
        } else {
            self.vacate(seat.participant(), code, outputs);
        }
    }

    /// Ends the room for everyone, once.
    pub(super) fn finish(&mut self, reason: EndReason, outputs: &mut Vec<Output>) {
        if self.over.is_some() {
            return;
        }
        self.over = Some(reason.clone());
        let sockets = self.seats.sockets();
        self.seats.clear();
        send(sockets.clone(), ServerMessage::Ended { reason }, outputs);
        let code = CloseCode::Ended;
        outputs.extend(
            sockets
                .into_iter()
                .map(|socket| Output::Close { socket, code }),
        );
    }
}
