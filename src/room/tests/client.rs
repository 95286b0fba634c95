//! The least a client must do to know the room: a snapshot, and what is heard after it.

use crate::model::{InterviewQuestionId, PeerId, Role, Timestamp};
use crate::protocol::document::ServerFrame;
use crate::protocol::{
    AnswerKey, CloseCode, EndReason, LinksOf, MediaState, Member, Overview, PreparedQuestion,
    RejectCode, ServerMessage, ShownQuestion,
};

/// One socket's end of the protocol.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub you: Option<Member>,
    pub others: Vec<Member>,
    pub in_charge: Option<PeerId>,
    pub locked: bool,
    /// What this socket knows of the chat, by number.
    pub chat: Vec<u64>,
    /// What interviewers know; None for everybody else.
    pub overview: Option<Overview>,
    /// What is shown.
    pub questions: Vec<ShownQuestion>,
    /// What interviewers know of the questions.
    pub prepared: Vec<PreparedQuestion>,
    /// Every binary frame.
    pub seen: Vec<ServerFrame>,
    /// Whether somebody is there who can admit, while this socket waits.
    pub waiting: Option<bool>,
    pub ends_at: Option<Timestamp>,
    pub ended: Option<EndReason>,
    pub refused: bool,
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

    pub fn is_waiting(&self) -> bool {
        self.is_open() && self.waiting.is_some()
    }

    pub fn hear(&mut self, message: &ServerMessage) {
        assert!(self.is_open(), "said to a closed socket: {message:?}");
        self.check_is_for_me(message);
        self.heard.push(message.clone());
        self.apply(message);
    }

    /// Nobody hears anything before a first word, those who wait next to nothing, and only those who
    /// are interviewers at that moment what is for interviewers.
    fn check_is_for_me(&self, message: &ServerMessage) {
        let fits = match message {
            ServerMessage::Welcome { .. }
            | ServerMessage::Ended { .. }
            | ServerMessage::Refused { .. }
            | ServerMessage::Waiting { .. } => self.you.is_none(),
            ServerMessage::Clock { .. } | ServerMessage::Rejected { .. } => {
                self.you.is_some() || self.waiting.is_some()
            }
            ServerMessage::SentToWaiting { .. } => self.waiting.is_some(),
            ServerMessage::Overview { .. }
            | ServerMessage::Knocked { .. }
            | ServerMessage::KnockEnded { .. }
            | ServerMessage::DetailsKnown { .. }
            | ServerMessage::QuestionsPrepared { .. }
            | ServerMessage::LookChanged { .. }
            | ServerMessage::LinksReported { .. } => self.role() < Some(Role::Interviewee),
            ServerMessage::RunReported { answer, .. } => self.may_see(*answer),
            _ => true,
        };
        let ended = matches!(message, ServerMessage::Ended { .. });
        let known = self.you.is_some() || !is_about_the_room(message);
        assert!(
            (fits || ended) && known,
            "not for {:?}: {message:?}",
            self.you
        );
    }

    pub fn see(&mut self, frame: &ServerFrame) {
        assert!(self.is_seated(), "said to a closed socket: {frame:?}");
        assert!(self.may_see(frame.answer()), "not for {:?}", self.you);
        self.seen.push(frame.clone());
    }

    /// Interviewers see every answer, everybody else their own while the question is shown.
    pub fn may_see(&self, answer: AnswerKey) -> bool {
        let own = self.you.as_ref().map(|you| you.peer) == Some(answer.peer);
        let shown = |question: &ShownQuestion| question.question == answer.question;
        self.role() < Some(Role::Interviewee) || (own && self.questions.iter().any(shown))
    }

    fn role(&self) -> Option<Role> {
        // Nobody at all counts as the least of all.
        Some(self.you.as_ref().map_or(Role::Interviewee, |you| you.role))
    }

    fn of(&mut self, peer: PeerId) -> impl Iterator<Item = &mut Member> {
        let all = self.you.iter_mut().chain(&mut self.others);
        all.filter(move |member| member.peer == peer)
    }

    fn set_media(&mut self, peer: PeerId, media: MediaState) {
        self.of(peer).for_each(|member| member.media = media);
    }

    fn apply(&mut self, message: &ServerMessage) {
        match message.clone() {
            ServerMessage::Welcome {
                you,
                members,
                in_charge,
                locked,
                chat,
                questions,
                ends_at,
                ..
            } => {
                self.questions = questions;
                self.waiting = None;
                self.you = Some(you);
                self.others = members;
                self.in_charge = in_charge;
                self.locked = locked;
                self.chat = chat.iter().map(|message| message.id).collect();
                self.ends_at = Some(ends_at);
            }
            ServerMessage::Waiting {
                attended, ends_at, ..
            } => {
                self.waiting = Some(attended);
                self.ends_at = Some(ends_at);
            }
            ServerMessage::Refused { .. } => self.refused = true,
            ServerMessage::QuestionShown { question } => {
                self.hide(question.question);
                self.questions.push(question);
            }
            ServerMessage::QuestionHidden { question } => self.hide(question),
            ServerMessage::PeerJoined { member } => {
                self.stop_looking(member.peer);
                let mut others = self.others.iter_mut();
                match others.find(|other| other.peer == member.peer) {
                    Some(other) => *other = member,
                    None => self.others.push(member),
                }
            }
            ServerMessage::PeerAway { peer } => {
                self.stop_looking(peer);
                self.of(peer).for_each(|other| other.present = false);
            }
            ServerMessage::PeerLeft { peer } => self.forget(peer),
            ServerMessage::MediaChanged { peer, media } => self.set_media(peer, media),
            ServerMessage::ChatSent { message } => self.chat.push(message.id),
            ServerMessage::HandChanged { peer, raised_at } => {
                self.of(peer).for_each(|member| member.hand = raised_at);
            }
            ServerMessage::RoleChanged { peer, role } => {
                self.of(peer).for_each(|member| member.role = role);
                if self.role() == Some(Role::Interviewee) {
                    self.overview = None;
                }
            }
            ServerMessage::ChargeChanged { peer } => self.in_charge = peer,
            ServerMessage::LockChanged { locked } => self.locked = locked,
            ServerMessage::Overview { overview } => self.overview = Some(overview),
            ServerMessage::Clock { ends_at, .. } => self.ends_at = Some(ends_at),
            ServerMessage::Ended { reason } => self.ended = Some(reason),
            other => self.look_on(other),
        }
    }

    /// What interviewers hear besides.
    fn look_on(&mut self, message: ServerMessage) {
        let Some(overview) = &mut self.overview else {
            return;
        };
        match message {
            ServerMessage::Knocked { caller } => {
                let mut waiting = overview.waiting.iter_mut();
                match waiting.find(|other| other.peer == caller.peer) {
                    Some(other) => *other = caller,
                    None => overview.waiting.push(caller),
                }
            }
            ServerMessage::KnockEnded { peer } => {
                overview.waiting.retain(|caller| caller.peer != peer);
            }
            ServerMessage::DetailsKnown { details } => {
                let mut known = overview.details.iter_mut();
                match known.find(|other| other.peer == details.peer) {
                    Some(other) => *other = details,
                    None => overview.details.push(details),
                }
            }
            ServerMessage::LinksReported { peer, links } => {
                overview.links.retain(|of| of.peer != peer);
                overview.links.push(LinksOf { peer, links });
            }
            ServerMessage::LookChanged { looking } => {
                overview.looking.retain(|other| other.peer != looking.peer);
                overview.looking.extend(looking.at.map(|_| looking));
            }
            ServerMessage::QuestionsPrepared { questions } => self.prepared = questions,
            _ => {}
        }
    }

    fn hide(&mut self, question: InterviewQuestionId) {
        self.questions.retain(|shown| shown.question != question);
    }

    /// Whoever is gone, or is new on a page, looks at nothing.
    fn stop_looking(&mut self, peer: PeerId) {
        if let Some(overview) = &mut self.overview {
            overview.looking.retain(|looking| looking.peer != peer);
        }
    }

    fn forget(&mut self, peer: PeerId) {
        self.stop_looking(peer);
        self.others.retain(|other| other.peer != peer);
        if let Some(overview) = &mut self.overview {
            overview.details.retain(|details| details.peer != peer);
            overview.links.retain(|of| of.peer != peer);
            for of in &mut overview.links {
                of.links.retain(|link| link.peer != peer);
            }
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

/// True for what only those who sit may hear.
fn is_about_the_room(message: &ServerMessage) -> bool {
    !matches!(
        message,
        ServerMessage::Welcome { .. }
            | ServerMessage::Waiting { .. }
            | ServerMessage::SentToWaiting { .. }
            | ServerMessage::Refused { .. }
            | ServerMessage::Clock { .. }
            | ServerMessage::Rejected { .. }
            | ServerMessage::Ended { .. }
    )
}
