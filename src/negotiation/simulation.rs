//! Two negotiations over a bad road always settle; must not know the rules by which they do.

use std::time::Duration;

use proptest::prelude::*;

use super::{
    Input, LinkState, Negotiation, Output, Signal, TransportState,
    fake::{FakePeer, Rng},
};
use crate::model::Timestamp;

/// What goes wrong, and when (in milliseconds).
#[derive(Clone, Debug)]
enum Trouble {
    Needed { side: usize },
    NetworkBreaks { lasting: u64 },
    SignalsLost { lasting: u64, noticed: bool },
    CommandsFail { side: usize, count: u32 },
}

#[derive(Clone, Debug)]
struct Storm {
    seed: u64,
    caller: usize,
    /// Signals are doubled so often, in percent.
    doubled: u64,
    /// Signals take up to so many milliseconds, and overtake each other.
    delay: u64,
    troubles: Vec<(u64, Trouble)>,
}

#[derive(Debug)]
enum Event {
    Trouble(Trouble),
    NetworkReturns,
    SignalsReturn {
        noticed: bool,
    },
    Deliver {
        to: usize,
        epoch: u32,
        signal: Signal,
    },
    Replace {
        caller: usize,
        epoch: u32,
    },
}

struct World {
    now: Timestamp,
    rng: Rng,
    doubled: u64,
    delay: u64,
    epoch: u32,
    sides: Vec<(Negotiation, FakePeer)>,
    links: [LinkState; 2],
    network: bool,
    signals: bool,
    events: Vec<(Timestamp, Event)>,
}

impl World {
    fn new(storm: &Storm) -> Self {
        let events = storm.troubles.iter();
        let events =
            events.map(|(at, trouble)| (at_milliseconds(*at), Event::Trouble(trouble.clone())));
        let mut world = Self {
            now: Timestamp(0),
            rng: Rng(storm.seed),
            doubled: storm.doubled,
            delay: storm.delay,
            epoch: 0,
            sides: Vec::new(),
            links: [LinkState::Connecting; 2],
            network: true,
            signals: true,
            events: events.collect(),
        };
        world.connect(storm.caller);
        world
    }

    /// Puts a new connection in the place of the old one.
    fn connect(&mut self, caller: usize) {
        self.epoch += 1;
        self.links = [LinkState::Connecting; 2];
        let side = |index: usize| {
            let name = format!("{}-{index}", self.epoch);
            (
                Negotiation::new(index == 1, index == caller),
                FakePeer::new(name, self.now),
            )
        };
        self.sides = vec![side(0), side(1)];
        self.give(caller, Input::Needed);
    }

    fn give(&mut self, side: usize, input: Input) {
        let outputs = self.sides[side].0.handle(self.now, input);
        for output in outputs {
            match output {
                Output::Command(command) => {
                    self.sides[side].1.start(self.now, command, &mut self.rng);
                }
                Output::Send(signal) => self.send(1 - side, &signal),
                Output::LinkChanged(link) => self.links[side] = link,
                Output::Replace => {
                    let event = Event::Replace {
                        caller: side,
                        epoch: self.epoch,
                    };
                    self.events
                        .push((self.now + Duration::from_millis(100), event));
                }
            }
        }
    }

    fn send(&mut self, to: usize, signal: &Signal) {
        let copies = if self.rng.chance(self.doubled) { 2 } else { 1 };
        for _ in 0..copies {
            if self.signals {
                let at = self.now + Duration::from_millis(5 + self.rng.below(self.delay));
                let event = Event::Deliver {
                    to,
                    epoch: self.epoch,
                    signal: signal.clone(),
                };
                self.events.push((at, event));
            }
        }
    }

    fn next(&self) -> Option<Timestamp> {
        let sides = self.sides.iter();
        let sides =
            sides.flat_map(|(negotiation, peer)| [negotiation.next_deadline(), peer.next()]);
        sides
            .flatten()
            .chain(self.events.iter().map(|(at, _)| *at))
            .min()
    }

    fn run_until(&mut self, end: Timestamp) {
        let mut steps = 0;
        while let Some(next) = self.next().filter(|next| *next <= end) {
            steps += 1;
            assert!(steps < 20_000, "it never rests");
            self.now = self.now.max(next);
            self.step();
        }
        self.now = end;
    }

    fn step(&mut self) {
        let due = self.events.iter().position(|(at, _)| *at <= self.now);
        if let Some(index) = due {
            let (_, event) = self.events.swap_remove(index);
            self.happen(event);
        }
        for side in 0..2 {
            let inputs = self.sides[side].1.take_due(self.now, &mut self.rng);
            for input in inputs {
                self.give(side, input);
            }
            if self.sides[side]
                .0
                .next_deadline()
                .is_some_and(|at| at <= self.now)
            {
                self.give(side, Input::Deadline);
            }
        }
        let fits = self.network && self.sides[0].1.fits_with(&self.sides[1].1);
        for (_, peer) in &mut self.sides {
            peer.observe(self.now, fits);
        }
    }

    fn happen(&mut self, event: Event) {
        let later = |lasting: u64| self.now + Duration::from_millis(lasting);
        match event {
            Event::Trouble(Trouble::Needed { side }) => self.give(side, Input::Needed),
            Event::Trouble(Trouble::NetworkBreaks { lasting }) => {
                self.events.push((later(lasting), Event::NetworkReturns));
                self.network = false;
            }
            Event::Trouble(Trouble::SignalsLost { lasting, noticed }) => {
                self.events
                    .push((later(lasting), Event::SignalsReturn { noticed }));
                self.signals = false;
                if noticed {
                    self.give(0, Input::SignalingLost);
                    self.give(1, Input::SignalingLost);
                }
            }
            Event::Trouble(Trouble::CommandsFail { side, count }) => {
                self.sides[side].1.failing = count
            }
            Event::NetworkReturns => self.network = true,
            Event::SignalsReturn { noticed } => {
                self.signals = true;
                if noticed {
                    self.give(0, Input::SignalingReturned);
                    self.give(1, Input::SignalingReturned);
                }
            }
            Event::Deliver { to, epoch, signal } if epoch == self.epoch => {
                self.give(to, heard(signal));
            }
            Event::Replace { caller, epoch } if epoch == self.epoch => self.connect(caller),
            Event::Deliver { .. } | Event::Replace { .. } => {}
        }
    }

    fn check_settled(&self) {
        let [(one, one_peer), (two, two_peer)] = &self.sides[..] else {
            unreachable!()
        };
        let picture = format!("{one:#?}\n{two:#?}\n{one_peer:#?}\n{two_peer:#?}");
        assert!(
            one_peer.is_stable() && two_peer.is_stable(),
            "stable: {picture}"
        );
        assert!(one_peer.agrees_with(two_peer), "agreed: {picture}");
        for (negotiation, peer) in &self.sides {
            assert!(negotiation.is_connected(), "connected: {picture}");
            assert_eq!(peer.transport, TransportState::Connected, "{picture}");
            assert_eq!(negotiation.next_deadline(), None, "at rest: {picture}");
        }
        assert_eq!(self.links, [LinkState::Connected; 2], "{picture}");
    }
}

/// A signal as it arrives.
fn heard(signal: Signal) -> Input {
    match signal {
        Signal::Offer { number, sdp } => Input::Offer { number, sdp },
        Signal::Answer { number, sdp } => Input::Answer { number, sdp },
        Signal::Candidate(candidate) => Input::Candidate(candidate),
    }
}

fn at_milliseconds(at: u64) -> Timestamp {
    Timestamp::default() + Duration::from_millis(at)
}

const STORM: u64 = 30_000;

fn troubles() -> impl Strategy<Value = Vec<(u64, Trouble)>> {
    let trouble = prop_oneof![
        4 => (0..2_usize).prop_map(|side| Trouble::Needed { side }),
        2 => (100..25_000_u64).prop_map(|lasting| Trouble::NetworkBreaks { lasting }),
        2 => (10..15_000_u64, any::<bool>())
            .prop_map(|(lasting, noticed)| Trouble::SignalsLost { lasting, noticed }),
        1 => (0..2_usize, 1..4_u32).prop_map(|(side, count)| Trouble::CommandsFail { side, count }),
    ];
    prop::collection::vec((0..STORM, trouble), 0..12)
}

fn storms() -> impl Strategy<Value = Storm> {
    (any::<u64>(), 0..2_usize, 0..40_u64, 1..600_u64, troubles()).prop_map(
        |(seed, caller, doubled, delay, troubles)| Storm {
            seed,
            caller,
            doubled,
            delay,
            troubles,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_sides_settle_after_any_storm(storm in storms()) {
        let mut world = World::new(&storm);
        world.run_until(at_milliseconds(STORM + 300_000));
        world.check_settled();
    }

    /// Both sides offer at once on a connection that works: it goes on working all the while.
    #[test]
    fn glare_does_not_interrupt(
        seed in any::<u64>(),
        caller in 0..2_usize,
        delay in 1..100_u64,
        wishes in prop::collection::vec((5_000..5_300_u64, 0..2_usize), 1..8),
    ) {
        let troubles = wishes.into_iter().map(|(at, side)| (at, Trouble::Needed { side })).collect();
        let mut world = World::new(&Storm { seed, caller, doubled: 0, delay, troubles });
        world.run_until(at_milliseconds(4_999));
        world.check_settled();
        world.run_until(at_milliseconds(60_000));
        world.check_settled();
        prop_assert_eq!(world.epoch, 1, "nothing was replaced");
    }
}
