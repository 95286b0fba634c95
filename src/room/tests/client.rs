//! The least a client must do to know the room: a snapshot, and what is heard after it.

use crate::model::Timestamp;
use crate::protocol::{CloseCode, EndReason, Member, RejectCode, ServerMessage};

/// One socket's end of the protocol.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub you: Option<Member>,
    pub others: Vec<Member>,
    pub ends_at: Option<Timestamp>,
    pub ended: Option<EndReason>,
    pub closed: Option<CloseCode>,
    /// True once the client itself, or the network, gave the socket up.
    pub lost: bool,
    pub heard: Vec<ServerMessage>,
}

impl Client {
    pub fn is_open(&self) -> bool {
        self.closed.is_none() && !self.lost
    }

    pub fn is_seated(&self) -> bool {
        self.is_open() && self.you.is_some()
    }

    pub fn hear(&mut self, message: &ServerMessage) {
        assert!(self.is_open(), "said to a closed socket: {message:?}");
        let first = matches!(
            message,
            ServerMessage::Welcome { .. } | ServerMessage::Ended { .. }
        );
        assert!(
            first || self.you.is_some(),
            "said before the welcome: {message:?}"
        );
        self.heard.push(message.clone());
        self.apply(message);
    }

    fn apply(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome {
                you,
                members,
                ends_at,
                ..
            } => {
                self.you = Some(you.clone());
                self.others = members.clone();
                self.ends_at = Some(*ends_at);
            }
            ServerMessage::PeerJoined { member } => {
                let known = self
                    .others
                    .iter_mut()
                    .find(|other| other.peer == member.peer);
                match known {
                    Some(other) => *other = member.clone(),
                    None => self.others.push(member.clone()),
                }
            }
            ServerMessage::PeerAway { peer } => {
                let away = self.others.iter_mut().filter(|other| other.peer == *peer);
                away.for_each(|other| other.present = false);
            }
            ServerMessage::PeerLeft { peer } => self.others.retain(|other| other.peer != *peer),
            ServerMessage::MediaChanged { peer, media } => {
                let changed = self.others.iter_mut().filter(|other| other.peer == *peer);
                changed.for_each(|other| other.media = *media);
            }
            ServerMessage::Clock { ends_at, .. } => self.ends_at = Some(*ends_at),
            ServerMessage::Ended { reason } => self.ended = Some(reason.clone()),
            ServerMessage::Offer { .. }
            | ServerMessage::Answer { .. }
            | ServerMessage::Candidate { .. }
            | ServerMessage::ChatSent { .. }
            | ServerMessage::Rejected { .. } => {}
            _ => {}
        }
    }

    /// The code of the last refusal heard.
    pub fn last_rejection(&self) -> Option<RejectCode> {
        self.heard.iter().rev().find_map(|message| match message {
            ServerMessage::Rejected { code, .. } => Some(*code),
            _ => None,
        })
    }
}
