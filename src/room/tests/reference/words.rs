//! What seated people say, as the naive room takes it.

use crate::model::{PeerId, Timestamp};
use crate::protocol::{
    ChatMessage, ClientMessage, CloseCode, LinkReport, RejectCode, ServerMessage,
};
use crate::room::SocketId;

use super::{Expected, Reference};

impl Reference {
    pub(super) fn message(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        index: usize,
        message: &ClientMessage,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let from = self.places[index].member.peer;
        match message.clone() {
            ClientMessage::Join { .. } => return Err(RejectCode::AlreadyJoined),
            ClientMessage::Offer {
                to,
                connection,
                number,
                sdp,
            } => {
                let target = self.target(from, to)?.ok_or(RejectCode::UnknownPeer)?;
                let offer = ServerMessage::Offer {
                    from,
                    connection,
                    number,
                    sdp,
                };
                expected.said.push((target, offer));
            }
            ClientMessage::Answer {
                to,
                connection,
                number,
                sdp,
            } => {
                let target = self.target(from, to)?.ok_or(RejectCode::UnknownPeer)?;
                let answer = ServerMessage::Answer {
                    from,
                    connection,
                    number,
                    sdp,
                };
                expected.said.push((target, answer));
            }
            ClientMessage::Candidate {
                to,
                connection,
                candidate,
            } => {
                let candidate = ServerMessage::Candidate {
                    from,
                    connection,
                    candidate,
                };
                let target = self.target(from, to)?;
                expected
                    .said
                    .extend(target.map(|target| (target, candidate)));
            }
            ClientMessage::SetMedia { media } => {
                let place = &mut self.places[index];
                if place.member.media != media && !place.switches.spend(now) {
                    return Err(RejectCode::TooFast);
                }
                place.member.media = media;
                place.muted_by = None;
                place.stopped_by = None;
            }
            ClientMessage::Leave {} => {
                expected.closed.insert(socket, CloseCode::Left);
                self.places[index].socket = None;
                self.free(from, CloseCode::Left, expected);
            }
            ClientMessage::ReportLinks { links } => self.report(now, index, &links),
            other => return self.sign(now, index, other, expected),
        }
        Ok(())
    }

    fn target(&self, from: PeerId, to: PeerId) -> Result<Option<SocketId>, RejectCode> {
        let index = self.of(to).filter(|_| from != to);
        Ok(self.places[index.ok_or(RejectCode::UnknownPeer)?].socket)
    }

    fn sign(
        &mut self,
        now: Timestamp,
        index: usize,
        message: ClientMessage,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let place = &mut self.places[index];
        let peer = place.member.peer;
        match message {
            ClientMessage::SendChat { text } => {
                let text = written(&text)?;
                if !place.chat.spend(now) {
                    return Err(RejectCode::TooFast);
                }
                self.chats += 1;
                let message = ChatMessage {
                    id: self.chats,
                    from: peer,
                    name: place.member.name.clone(),
                    text,
                    at: now,
                };
                self.tell_all(&ServerMessage::ChatSent { message }, expected);
            }
            ClientMessage::RaiseHand {} => {
                if place.member.hand.is_none() {
                    if !place.hands.spend(now) {
                        return Err(RejectCode::TooFast);
                    }
                    place.member.hand = Some(now);
                }
            }
            ClientMessage::React { reaction } => {
                if !place.reactions.spend(now) {
                    return Err(RejectCode::TooFast);
                }
                self.tell_all(&ServerMessage::Reacted { peer, reaction }, expected);
            }
            ClientMessage::SetSpeaking { speaking } => {
                if place.speaking.spend(now) {
                    let others = self.places.iter().filter(|place| place.member.peer != peer);
                    let others = others.filter_map(|place| place.socket);
                    let word = ServerMessage::SpeakingChanged { peer, speaking };
                    expected
                        .said
                        .extend(others.map(|socket| (socket, word.clone())));
                }
            }
            ClientMessage::LowerHand { peer: whose } if whose == peer => place.member.hand = None,
            command => return self.command(now, index, command, expected),
        }
        Ok(())
    }

    fn report(&mut self, now: Timestamp, index: usize, links: &[LinkReport]) {
        let from = self.places[index].member.peer;
        if links.len() > 20 || !self.places[index].reports.spend(now) {
            return;
        }
        let mut kept: Vec<LinkReport> = Vec::new();
        for link in links {
            let seen = kept.iter().any(|before| before.peer == link.peer);
            if self.of(link.peer).is_some() && link.peer != from && !seen {
                kept.push(link.clone());
            }
        }
        self.places[index].links = kept;
    }
}

pub(super) fn written(text: &str) -> Result<String, RejectCode> {
    let text = text.trim().to_owned();
    match text.chars().count() {
        0 => Err(RejectCode::Empty),
        1..=2000 => Ok(text),
        _ => Err(RejectCode::TooLong),
    }
}
