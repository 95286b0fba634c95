//! A stand-in for RTCPeerConnection in simulations: legal signaling states, ICE generations and time, no network.

use std::collections::BTreeSet;

use super::{Command, Input, TransportState};
use crate::{model::Timestamp, protocol::IceCandidate};

/// Random numbers that follow from a seed (splitmix64).
#[derive(Debug)]
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// True `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A description, written as text and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Description {
    fingerprint: String,
    fragment: String,
    serial: String,
    answers: String,
}

impl Description {
    fn write(&self) -> String {
        format!(
            "v=0\r\na=fingerprint:{}\r\na=ice-ufrag:{}\r\na=serial:{}\r\na=answers:{}\r\n",
            self.fingerprint, self.fragment, self.serial, self.answers
        )
    }

    fn read(sdp: &str) -> Self {
        let field = |name: &str| {
            let line = sdp.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("{name} in {sdp}"))
                .to_string()
        };
        Self {
            fingerprint: field("a=fingerprint:"),
            fragment: field("a=ice-ufrag:"),
            serial: field("a=serial:"),
            answers: field("a=answers:"),
        }
    }
}

#[derive(Debug)]
enum Pending {
    Finish { command: Command, fails: bool },
    Tell(Input),
}

/// One RTCPeerConnection.
#[derive(Debug)]
pub(crate) struct FakePeer {
    name: String,
    generations: u32,
    serials: u32,
    local: Option<Description>,
    remote: Option<Description>,
    /// This side's offer without an answer: in force when it is the first, else only with its answer.
    offered: Option<Description>,
    /// Fragments of the other side of which a candidate was added.
    reachable: BTreeSet<String>,
    pub(crate) transport: TransportState,
    /// Whether both sides' descriptions and candidates fit, and since when they do or do not.
    fits: bool,
    since: Timestamp,
    pending: Vec<(Timestamp, Pending)>,
    busy: bool,
    /// The next so many commands fail.
    pub(crate) failing: u32,
}

impl FakePeer {
    pub(crate) fn new(name: String, now: Timestamp) -> Self {
        Self {
            name,
            generations: 0,
            serials: 0,
            local: None,
            remote: None,
            offered: None,
            reachable: BTreeSet::new(),
            transport: TransportState::New,
            fits: false,
            since: now,
            pending: Vec::new(),
            busy: false,
            failing: 0,
        }
    }

    pub(crate) fn is_stable(&self) -> bool {
        self.offered.is_none() && !self.busy
    }

    /// True when both hold the same two descriptions.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        self.local.is_some() && self.local == other.remote && self.remote == other.local
    }

    /// Begins a command; its result comes from `take_due`.
    pub(crate) fn start(&mut self, now: Timestamp, command: Command, rng: &mut Rng) {
        if let Command::AddCandidate(candidate) = command {
            self.add_candidate(&candidate);
            return;
        }
        assert!(!self.busy, "{}: a second command: {command:?}", self.name);
        self.busy = true;
        let fails = self.failing > 0;
        self.failing = self.failing.saturating_sub(1);
        let at = now + std::time::Duration::from_millis(rng.below(80));
        self.pending.push((at, Pending::Finish { command, fails }));
    }

    fn add_candidate(&mut self, candidate: &IceCandidate) {
        let fragment = candidate.username_fragment.clone().unwrap_or_default();
        assert!(
            self.remote.is_some(),
            "{}: a candidate without a description",
            self.name
        );
        if self
            .remote
            .as_ref()
            .is_some_and(|remote| remote.fragment == fragment)
        {
            self.reachable.insert(fragment);
        }
    }

    /// When something will happen here by itself.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        let transport = self
            .next_transport()
            .map(|(after, _)| self.since + std::time::Duration::from_millis(after));
        self.pending
            .iter()
            .map(|(at, _)| *at)
            .chain(transport)
            .min()
    }

    /// What has happened until now.
    pub(crate) fn take_due(&mut self, now: Timestamp, rng: &mut Rng) -> Vec<Input> {
        let (due, later) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|(at, _)| *at <= now);
        self.pending = later;
        let mut inputs = Vec::new();
        let due: Vec<(Timestamp, Pending)> = due;
        for (_, pending) in due {
            match pending {
                Pending::Tell(input) => inputs.push(input),
                Pending::Finish { command, fails } => {
                    self.busy = false;
                    inputs.push(if fails {
                        Input::CommandFailed
                    } else {
                        self.carry_out(now, command, rng)
                    });
                }
            }
        }
        if let Some((after, state)) = self.next_transport()
            && self.since + std::time::Duration::from_millis(after) <= now
        {
            self.transport = state;
            self.since = now;
            inputs.push(Input::Transport(state));
        }
        inputs
    }

    fn carry_out(&mut self, now: Timestamp, command: Command, rng: &mut Rng) -> Input {
        match command {
            Command::MakeOffer { ice_restart } => {
                let current = self.local.as_ref().or(self.offered.as_ref());
                let fragment = current
                    .filter(|_| !ice_restart)
                    .map(|local| local.fragment.clone());
                let begins = fragment.is_none();
                let offer = self.describe(fragment, String::new());
                if begins && self.remote.is_none() {
                    self.gather(now, &offer.fragment, rng);
                }
                let sdp = offer.write();
                self.offered = Some(offer);
                Input::OfferMade { sdp }
            }
            Command::TakeOffer { sdp } => self.take_offer(now, Description::read(&sdp), rng),
            Command::TakeAnswer { sdp } => self.take_answer(now, Description::read(&sdp), rng),
            Command::AddCandidate(_) => unreachable!(),
        }
    }

    fn take_offer(&mut self, now: Timestamp, offer: Description, rng: &mut Rng) -> Input {
        if self.offered.is_some() {
            assert!(
                self.remote.is_some(),
                "{}: an offer in force is given up",
                self.name
            );
            self.offered = None;
        }
        let same_generation = self
            .remote
            .as_ref()
            .is_some_and(|remote| remote.fragment == offer.fragment);
        if let Some(remote) = &self.remote {
            assert_eq!(
                remote.fingerprint, offer.fingerprint,
                "{}: a stranger's offer",
                self.name
            );
            let generation = |fragment: &str| -> u32 {
                let number = fragment.rsplit('.').next().unwrap_or_default();
                number.parse().unwrap_or(0)
            };
            if generation(&offer.fragment) < generation(&remote.fragment) {
                return Input::CommandFailed;
            }
        }
        let fragment = self
            .local
            .as_ref()
            .filter(|_| same_generation)
            .map(|local| local.fragment.clone());
        let begins = fragment.is_none();
        let answer = self.describe(fragment, offer.serial.clone());
        if begins {
            self.gather(now, &answer.fragment, rng);
        }
        let sdp = answer.write();
        self.settle(answer, offer);
        Input::AnswerMade { sdp }
    }

    fn take_answer(&mut self, now: Timestamp, answer: Description, rng: &mut Rng) -> Input {
        let offer = self.offered.take();
        let offer = offer.unwrap_or_else(|| panic!("{}: an answer in stable", self.name));
        assert_eq!(
            answer.answers, offer.serial,
            "{}: an answer to another offer",
            self.name
        );
        let before = self.local.as_ref();
        if before.is_some_and(|local| local.fragment != offer.fragment) {
            self.gather(now, &offer.fragment, rng);
        }
        self.settle(offer, answer);
        Input::AnswerTaken
    }

    fn settle(&mut self, local: Description, remote: Description) {
        let restarted = self
            .local
            .as_ref()
            .is_some_and(|old| old.fragment != local.fragment);
        self.local = Some(local);
        self.remote = Some(remote);
        let begins = self.transport == TransportState::New || restarted;
        if begins && self.transport != TransportState::Connected {
            self.transport = TransportState::Connecting;
        }
    }

    fn describe(&mut self, fragment: Option<String>, answers: String) -> Description {
        let fragment = fragment.unwrap_or_else(|| {
            self.generations += 1;
            format!("{}.{}", self.name, self.generations)
        });
        self.serials += 1;
        Description {
            fingerprint: self.name.clone(),
            fragment,
            serial: format!("{}/{}", self.name, self.serials),
            answers,
        }
    }

    /// Candidates of a generation come from now on.
    fn gather(&mut self, now: Timestamp, fragment: &str, rng: &mut Rng) {
        for _ in 0..=rng.below(3) {
            let candidate = IceCandidate {
                candidate: "candidate".into(),
                sdp_mid: None,
                sdp_m_line_index: Some(0),
                username_fragment: Some(fragment.to_owned()),
            };
            let at = now + std::time::Duration::from_millis(rng.below(300));
            self.pending
                .push((at, Pending::Tell(Input::LocalCandidate(candidate))));
        }
    }

    /// Looks at the other end: does a path exist now?
    pub(crate) fn observe(&mut self, now: Timestamp, fits: bool) {
        if self.fits != fits {
            self.fits = fits;
            self.since = now;
        }
    }

    /// True when the two ends' descriptions in force and at least one candidate make a path.
    pub(crate) fn fits_with(&self, other: &Self) -> bool {
        let sees = |one: &Self, two: &Self| {
            matches!((&one.remote, &two.local), (Some(remote), Some(local))
                if remote.fragment == local.fragment && remote.fingerprint == local.fingerprint)
        };
        let reaches = |one: &Self| {
            one.remote
                .as_ref()
                .is_some_and(|remote| one.reachable.contains(&remote.fragment))
        };
        sees(self, other) && sees(other, self) && (reaches(self) || reaches(other))
    }

    /// Milliseconds since the last change until the next one, if nothing else happens.
    fn next_transport(&self) -> Option<(u64, TransportState)> {
        use TransportState::{Closed, Connected, Connecting, Disconnected, Failed, New};
        match (self.transport, self.fits) {
            (Connecting | Disconnected, true) => Some((150, Connected)),
            (Connecting, false) => Some((15_000, Failed)),
            (Connected, false) => Some((2_000, Disconnected)),
            (Disconnected, false) => Some((5_000, Failed)),
            (New | Failed | Closed, _) | (Connected, true) => None,
        }
    }
}
