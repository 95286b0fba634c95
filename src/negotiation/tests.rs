//! The rules of one connection, one by one: descriptions and candidates.

mod time;

use std::time::Duration;

use super::{
    Command, Input, LinkState, Negotiation, Output, Signal, TransportState,
    candidates::MOST_WAITING,
};
use crate::{model::Timestamp, protocol::IceCandidate};

const IMPOLITE: bool = false;
const POLITE: bool = true;

/// One side, and the time.
struct Side {
    negotiation: Negotiation,
    now: Timestamp,
}

impl Side {
    fn new(polite: bool, caller: bool) -> Self {
        Self {
            negotiation: Negotiation::new(polite, caller),
            now: Timestamp(0),
        }
    }

    /// A caller whose first offer was answered and whose media flows.
    fn connected_caller(polite: bool) -> Self {
        let mut side = Self::new(polite, true);
        side.give(Input::Needed);
        side.give(Input::OfferMade { sdp: sdp("mine1") });
        side.give(Input::Answer {
            number: 1,
            sdp: sdp("theirs1"),
        });
        side.give(Input::AnswerTaken);
        side.give(Input::Transport(TransportState::Connected));
        side
    }

    fn give(&mut self, input: Input) -> Vec<Output> {
        self.negotiation.handle(self.now, input)
    }

    /// Lets time pass until the next deadline, which must be so many seconds away.
    fn after(&mut self, seconds: u64) -> Vec<Output> {
        let due = self.now + Duration::from_secs(seconds);
        assert_eq!(self.negotiation.next_deadline(), Some(due));
        self.now = due;
        self.give(Input::Deadline)
    }
}

fn sdp(fragment: &str) -> String {
    format!("v=0\r\na=ice-ufrag:{fragment}\r\n")
}

fn candidate(fragment: Option<&str>) -> IceCandidate {
    IceCandidate {
        candidate: "candidate:1".into(),
        sdp_mid: Some("0".into()),
        sdp_m_line_index: Some(0),
        username_fragment: fragment.map(Into::into),
    }
}

fn make_offer(ice_restart: bool) -> Output {
    Output::Command(Command::MakeOffer { ice_restart })
}

fn take_offer(fragment: &str) -> Output {
    Output::Command(Command::TakeOffer { sdp: sdp(fragment) })
}

fn offer(number: u32, fragment: &str) -> Output {
    Output::Send(Signal::Offer {
        number,
        sdp: sdp(fragment),
    })
}

fn answer(number: u32, fragment: &str) -> Output {
    Output::Send(Signal::Answer {
        number,
        sdp: sdp(fragment),
    })
}

fn add(fragment: Option<&str>) -> Output {
    Output::Command(Command::AddCandidate(candidate(fragment)))
}

#[test]
fn a_caller_offers_and_takes_the_answer_of_that_number_only() {
    let mut side = Side::new(IMPOLITE, true);
    assert_eq!(side.give(Input::Needed), [make_offer(false)]);
    assert_eq!(side.give(Input::Needed), [], "one command at a time");
    assert_eq!(
        side.give(Input::OfferMade { sdp: sdp("mine") }),
        [offer(1, "mine")]
    );
    assert_eq!(
        side.give(Input::Answer {
            number: 2,
            sdp: sdp("theirs")
        }),
        []
    );
    let taken = Output::Command(Command::TakeAnswer { sdp: sdp("theirs") });
    assert_eq!(
        side.give(Input::Answer {
            number: 1,
            sdp: sdp("theirs")
        }),
        [taken]
    );
    assert_eq!(
        side.give(Input::Answer {
            number: 1,
            sdp: sdp("theirs")
        }),
        []
    );
    assert_eq!(side.give(Input::AnswerTaken), []);
    assert_eq!(
        side.give(Input::Answer {
            number: 1,
            sdp: sdp("theirs")
        }),
        []
    );
    let said = side.give(Input::Transport(TransportState::Connected));
    assert_eq!(said, [Output::LinkChanged(LinkState::Connected)]);
    assert_eq!(side.negotiation.next_deadline(), None);
}

#[test]
fn the_answer_given_last_is_given_again_and_older_numbers_are_void() {
    let mut side = Side::new(IMPOLITE, false);
    assert_eq!(
        side.give(Input::Offer {
            number: 2,
            sdp: sdp("theirs")
        }),
        [take_offer("theirs")]
    );
    assert_eq!(
        side.give(Input::AnswerMade { sdp: sdp("mine") }),
        [answer(2, "mine")]
    );
    assert_eq!(
        side.give(Input::Offer {
            number: 2,
            sdp: sdp("theirs")
        }),
        [answer(2, "mine")]
    );
    assert_eq!(
        side.give(Input::Offer {
            number: 1,
            sdp: sdp("older")
        }),
        []
    );
    assert_eq!(
        side.give(Input::Offer {
            number: 3,
            sdp: sdp("newer")
        }),
        [take_offer("newer")]
    );
}

#[test]
fn a_callee_does_not_offer_before_it_was_connected() {
    let mut side = Side::new(POLITE, false);
    assert_eq!(side.give(Input::Needed), []);
    side.give(Input::Offer {
        number: 1,
        sdp: sdp("theirs"),
    });
    assert_eq!(
        side.give(Input::AnswerMade { sdp: sdp("mine") }),
        [answer(1, "mine")]
    );
    assert_eq!(side.give(Input::Transport(TransportState::Failed)), []);
    let connected = side.give(Input::Transport(TransportState::Connected));
    assert_eq!(
        connected,
        [Output::LinkChanged(LinkState::Connected), make_offer(false)]
    );
}

#[test]
fn in_a_collision_the_impolite_side_keeps_its_offer() {
    let mut side = Side::connected_caller(IMPOLITE);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine1") });
    assert_eq!(
        side.give(Input::Offer {
            number: 1,
            sdp: sdp("theirs2")
        }),
        []
    );
    assert_eq!(
        side.give(Input::Candidate(candidate(Some("theirs2")))),
        [],
        "of the ignored offer"
    );
    assert_eq!(
        side.give(Input::Candidate(candidate(None))),
        [],
        "perhaps of it"
    );
    assert_eq!(
        side.give(Input::Candidate(candidate(Some("theirs1")))),
        [add(Some("theirs1"))]
    );
    side.give(Input::Answer {
        number: 2,
        sdp: sdp("theirs1"),
    });
    assert_eq!(side.give(Input::AnswerTaken), []);
    assert_eq!(
        side.give(Input::Offer {
            number: 2,
            sdp: sdp("theirs1")
        }),
        [take_offer("theirs1")]
    );
}

#[test]
fn in_a_collision_the_polite_side_takes_theirs_and_offers_again() {
    let mut side = Side::connected_caller(POLITE);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine1") });
    assert_eq!(
        side.give(Input::Offer {
            number: 1,
            sdp: sdp("theirs1")
        }),
        [take_offer("theirs1")]
    );
    assert_eq!(
        side.give(Input::Answer {
            number: 2,
            sdp: sdp("theirs1")
        }),
        [],
        "given up"
    );
    let again = side.give(Input::AnswerMade { sdp: sdp("mine1") });
    assert_eq!(again, [answer(1, "mine1"), make_offer(false)]);
    assert_eq!(
        side.give(Input::OfferMade { sdp: sdp("mine1") }),
        [offer(3, "mine1")]
    );
}

#[test]
fn an_offer_waits_for_the_command_under_way() {
    let mut side = Side::connected_caller(POLITE);
    side.give(Input::Needed);
    assert_eq!(
        side.give(Input::Offer {
            number: 1,
            sdp: sdp("theirs1")
        }),
        []
    );
    let made = side.give(Input::OfferMade { sdp: sdp("mine1") });
    assert_eq!(made, [offer(2, "mine1"), take_offer("theirs1")]);
}

#[test]
fn candidates_wait_for_their_description_and_are_bounded() {
    let mut side = Side::new(IMPOLITE, false);
    for _ in 0..MOST_WAITING + 5 {
        assert_eq!(side.give(Input::Candidate(candidate(Some("theirs")))), []);
    }
    assert_eq!(side.give(Input::Candidate(candidate(Some("later")))), []);
    side.give(Input::Offer {
        number: 1,
        sdp: sdp("theirs"),
    });
    let added = side.give(Input::AnswerMade { sdp: sdp("mine") });
    let count = added
        .iter()
        .filter(|output| **output == add(Some("theirs")))
        .count();
    assert_eq!((added.len(), count), (MOST_WAITING, MOST_WAITING - 1));
}

#[test]
fn own_candidates_follow_their_description() {
    let mut side = Side::new(IMPOLITE, true);
    let found = || Output::Send(Signal::Candidate(candidate(Some("mine"))));
    side.give(Input::Needed);
    assert_eq!(
        side.give(Input::LocalCandidate(candidate(Some("mine")))),
        []
    );
    assert_eq!(
        side.give(Input::OfferMade { sdp: sdp("mine") }),
        [offer(1, "mine"), found()]
    );
    assert_eq!(
        side.give(Input::LocalCandidate(candidate(Some("mine")))),
        [found()]
    );
}

#[test]
fn in_another_network_what_does_not_flow_is_restarted_at_once() {
    let mut side = Side::new(IMPOLITE, true);
    assert_eq!(side.give(Input::NetworkChanged), [], "nothing was begun");
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine") });
    side.give(Input::Answer {
        number: 1,
        sdp: sdp("theirs"),
    });
    side.give(Input::AnswerTaken);
    side.give(Input::Transport(TransportState::Connected));
    assert_eq!(side.give(Input::NetworkChanged), [], "it flows");
    side.give(Input::Transport(TransportState::Disconnected));
    assert_eq!(
        side.give(Input::NetworkChanged),
        [
            Output::LinkChanged(LinkState::Reconnecting),
            make_offer(true)
        ]
    );
    assert_eq!(side.give(Input::NetworkChanged), [], "it is under way");
}

#[test]
fn without_signals_another_network_restarts_nothing_before_they_return() {
    let mut side = Side::new(IMPOLITE, true);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine") });
    side.give(Input::Answer {
        number: 1,
        sdp: sdp("theirs"),
    });
    side.give(Input::AnswerTaken);
    side.give(Input::Transport(TransportState::Connected));
    side.give(Input::SignalingLost);
    side.give(Input::Transport(TransportState::Disconnected));
    assert_eq!(
        side.give(Input::NetworkChanged),
        [Output::LinkChanged(LinkState::Reconnecting)]
    );
    assert_eq!(side.give(Input::SignalingReturned), [make_offer(true)]);
}
