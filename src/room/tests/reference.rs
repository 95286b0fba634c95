//! A second, naive room for comparison: says what must come of an input, in no clever way.

mod commands;
mod door;
mod words;

use std::collections::BTreeMap;

use crate::model::{PageId, PeerId, Role, Timestamp};
use crate::protocol::{CloseCode, EndReason, LinkReport, Member, RejectCode, ServerMessage};
use crate::room::{Fact, Facts, Input, Occupant, SocketId};

/// What must come of one input, apart from what clients come to see: that is compared with the state.
#[derive(Debug, Default, PartialEq)]
pub struct Expected {
    pub closed: BTreeMap<SocketId, CloseCode>,
    pub facts: Vec<Fact>,
    /// Signals, chat, signs, words to one person and the end, by socket.
    pub said: Vec<(SocketId, ServerMessage)>,
    pub rejected: Vec<(SocketId, RejectCode)>,
}

impl Expected {
    fn close(&mut self, socket: SocketId, code: CloseCode) {
        self.closed.insert(socket, code);
    }
}

/// Milliseconds of something saved up.
#[derive(Clone, Debug)]
struct Credit {
    saved: i64,
    at: i64,
    most: i64,
    price: i64,
}

impl Credit {
    fn new(now: Timestamp, burst: i64, price: i64) -> Self {
        let most = burst * price;
        Self {
            saved: most,
            at: now.0,
            most,
            price,
        }
    }

    fn spend(&mut self, now: Timestamp) -> bool {
        self.saved = (self.saved + now.0 - self.at).min(self.most);
        self.at = now.0;
        let enough = self.saved >= self.price;
        self.saved -= if enough { self.price } else { 0 };
        enough
    }
}

/// Somebody's seat, or their place in the queue.
#[derive(Clone, Debug)]
struct Place {
    member: Member,
    waits_since: Option<Timestamp>,
    socket: Option<SocketId>,
    free_at: i64,
    arrived: bool,
    /// All pages ever, the one in use last.
    pages: Vec<PageId>,
    turns: Credit,
    /// Was there before, as the server says.
    returns: bool,
    muted_by: Option<String>,
    stopped_by: Option<String>,
    links: Vec<LinkReport>,
    chat: Credit,
    switches: Credit,
    hands: Credit,
    reactions: Credit,
    speaking: Credit,
    reports: Credit,
    commands: Credit,
}

impl Place {
    fn new(now: Timestamp, member: Member, socket: Option<SocketId>) -> Self {
        Self {
            waits_since: None,
            socket,
            free_at: 0,
            arrived: false,
            pages: vec![member.page],
            turns: Credit::new(now, 20, 3000),
            returns: false,
            muted_by: None,
            stopped_by: None,
            member,
            links: Vec::new(),
            chat: Credit::new(now, 10, 500),
            switches: Credit::new(now, 10, 500),
            hands: Credit::new(now, 10, 500),
            reactions: Credit::new(now, 10, 500),
            speaking: Credit::new(now, 20, 200),
            reports: Credit::new(now, 5, 2000),
            commands: Credit::new(now, 40, 250),
        }
    }
}

impl Place {
    /// Whether `page` may be the one in use from now on.
    fn turn_to(&mut self, now: Timestamp, page: PageId) -> Result<(), CloseCode> {
        let gave_way = self.pages.iter().rev().skip(1).take(8);
        if gave_way.clone().any(|other| *other == page) {
            return Err(CloseCode::Replaced);
        }
        if self.pages.last() != Some(&page) {
            if !self.turns.spend(now) {
                return Err(CloseCode::Flood);
            }
            self.pages.push(page);
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
enum Answer {
    Refused(ServerMessage),
    Removed,
    Role(Role),
}

#[derive(Debug)]
pub struct Reference {
    facts: Facts,
    places: Vec<Place>,
    queue: Vec<Place>,
    chats: u64,
    /// How many chats there were before each first had a seat.
    silent: BTreeMap<PeerId, u64>,
    answers: BTreeMap<PeerId, (Answer, i64)>,
    /// When a main interviewer was last there.
    host_at: Option<i64>,
    over: Option<EndReason>,
}

impl Reference {
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            places: Vec::new(),
            queue: Vec::new(),
            chats: 0,
            silent: BTreeMap::new(),
            answers: BTreeMap::new(),
            host_at: None,
            over: None,
        }
    }

    pub fn roster(&self) -> Vec<Member> {
        let members = self.places.iter().map(|place| place.member.clone());
        members.collect()
    }

    /// Who waits since when.
    pub fn waiting(&self) -> Vec<(PeerId, Timestamp)> {
        let since = |place: &Place| Some((place.member.peer, place.waits_since?));
        self.queue.iter().filter_map(since).collect()
    }

    pub fn is_locked(&self) -> bool {
        self.facts.locked
    }

    pub fn ends_at(&self) -> Timestamp {
        self.facts.ends_at
    }

    /// What somebody with a seat must have heard of the chat.
    pub fn chat_of(&self, peer: PeerId) -> Vec<u64> {
        (self.silent[&peer] + 1..=self.chats).collect()
    }

    pub fn links(&self) -> Vec<Vec<LinkReport>> {
        self.places
            .iter()
            .map(|place| place.links.clone())
            .collect()
    }

    pub fn in_charge(&self, now: Timestamp) -> Option<PeerId> {
        let first = |role| {
            let mut members = self.places.iter().map(|place| &place.member);
            members.find(|member| member.role == role)
        };
        let gone = self.host_at.is_some_and(|at| now.0 - at >= 60_000);
        let member = match (first(Role::MainInterviewer), first(Role::CoInterviewer)) {
            (Some(host), _) => Some(host),
            (None, Some(other)) if gone => Some(other),
            _ => None,
        };
        member.map(|member| member.peer)
    }

    fn at(&self, socket: SocketId) -> Option<usize> {
        self.places
            .iter()
            .position(|place| place.socket == Some(socket))
    }

    fn of(&self, peer: PeerId) -> Option<usize> {
        self.places
            .iter()
            .position(|place| place.member.peer == peer)
    }

    fn waits(&self, peer: PeerId) -> Option<usize> {
        self.queue
            .iter()
            .position(|place| place.member.peer == peer)
    }

    fn known_sockets(&self) -> Vec<SocketId> {
        let places = self.places.iter().chain(&self.queue);
        places.filter_map(|place| place.socket).collect()
    }

    fn look_for_the_host(&mut self, now: Timestamp) {
        let here = self
            .places
            .iter()
            .any(|place| place.socket.is_some() && place.member.role == Role::MainInterviewer);
        if here || self.host_at.is_none() {
            self.host_at = Some(now.0);
        }
    }

    pub fn handle(&mut self, now: Timestamp, input: &Input) -> Expected {
        let mut expected = Expected::default();
        self.look_for_the_host(now);
        let known = self.known_sockets();
        if matches!(
            input,
            Input::Join { .. } | Input::Message { .. } | Input::Deadline
        ) {
            self.expire(now, &mut expected);
        }
        match input {
            Input::Join { socket, .. } if known.contains(socket) => {
                if self.known_sockets().contains(socket) {
                    let code = RejectCode::AlreadyJoined;
                    expected.rejected.push((*socket, code));
                }
            }
            Input::Join { .. } => self.join(now, input, &mut expected),
            Input::Message { socket, message } => {
                if let Some(index) = self.at(*socket) {
                    let refused = self.message(now, *socket, index, message, &mut expected);
                    let refused = refused.err().map(|code| (*socket, code));
                    expected.rejected.extend(refused);
                } else {
                    self.word_of_a_waiter(now, *socket, message, &mut expected);
                }
            }
            Input::SocketClosed { socket } => self.lose(now, *socket),
            Input::Rescheduled {
                title,
                seats,
                ends_at,
            } => {
                self.facts.title.clone_from(title);
                self.facts.seats = *seats;
                self.facts.ends_at = *ends_at;
            }
            Input::Cancelled => self.finish(EndReason::Cancelled {}, &mut expected),
            Input::Removed { participant } => {
                let peer = (*participant).into();
                self.free(peer, CloseCode::NotAdmitted, &mut expected);
            }
            Input::SocketDismissed { socket, code } => {
                self.dismiss(now, *socket, *code, &mut expected);
            }
            Input::Deadline
            | Input::Frame { .. }
            | Input::QuestionsRead { .. }
            | Input::AnswersRead { .. } => {}
        }
        self.look_for_the_host(now);
        expected
    }

    fn expire(&mut self, now: Timestamp, expected: &mut Expected) {
        if now >= self.facts.ends_at && self.over.is_none() {
            expected.facts.push(Fact::Expired);
            self.finish(EndReason::Expired {}, expected);
        }
        let kept = |place: &Place| place.socket.is_some() || place.free_at > now.0;
        self.queue.retain(kept);
        let gone: Vec<_> = self.places.iter().filter(|place| !kept(place)).collect();
        let gone: Vec<_> = gone.iter().map(|place| place.member.peer).collect();
        for peer in gone {
            self.free(peer, CloseCode::Left, expected);
        }
    }

    fn dismiss(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        code: CloseCode,
        expected: &mut Expected,
    ) {
        let mut places = self.places.iter().chain(&self.queue);
        let Some(place) = places.find(|place| place.socket == Some(socket)) else {
            return;
        };
        let peer = place.member.peer;
        if code.returns() {
            expected.closed.insert(socket, code);
            self.lose(now, socket);
        } else {
            self.free(peer, code, expected);
        }
    }

    fn lose(&mut self, now: Timestamp, socket: SocketId) {
        for place in self.places.iter_mut().chain(&mut self.queue) {
            if place.socket == Some(socket) {
                place.socket = None;
                place.member.present = false;
                place.free_at = now.0 + 60_000;
            }
        }
    }

    fn free(&mut self, peer: PeerId, code: CloseCode, expected: &mut Expected) {
        for place in self.places.iter().chain(&self.queue) {
            if place.member.peer == peer {
                let closed = place.socket.map(|socket| (socket, code));
                expected.closed.extend(closed);
            }
        }
        self.places.retain(|place| place.member.peer != peer);
        self.queue.retain(|place| place.member.peer != peer);
        for place in &mut self.places {
            place.links.retain(|link| link.peer != peer);
        }
    }

    fn tell_all(&self, message: &ServerMessage, expected: &mut Expected) {
        let sockets = self.places.iter().filter_map(|place| place.socket);
        let said = sockets.map(|socket| (socket, message.clone()));
        expected.said.extend(said);
    }

    fn finish(&mut self, reason: EndReason, expected: &mut Expected) {
        if self.over.is_none() {
            self.over = Some(reason.clone());
            let ended = ServerMessage::Ended { reason };
            let places = self.places.drain(..).chain(self.queue.drain(..));
            for socket in places.filter_map(|place| place.socket) {
                expected.said.push((socket, ended.clone()));
                expected.closed.insert(socket, CloseCode::Ended);
            }
        }
    }
}

fn member_of(occupant: &Occupant, input: &Input) -> Option<Member> {
    let Input::Join { page, media, .. } = input else {
        return None;
    };
    Some(Member {
        peer: occupant.participant.into(),
        name: occupant.name.clone(),
        role: occupant.role,
        page: *page,
        media: *media,
        hand: None,
        present: true,
    })
}
