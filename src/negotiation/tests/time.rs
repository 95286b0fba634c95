//! The rules of one connection, one by one: what time, the transport and failures lead to.

use super::{IMPOLITE, POLITE, Side, candidate, make_offer, offer, sdp, take_offer};
use crate::negotiation::{Input, LinkState, Output, TransportState};

#[test]
fn an_offer_without_an_answer_is_repeated_or_replaced_by_a_restart() {
    let mut side = Side::connected_caller(IMPOLITE);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine1") });
    assert_eq!(side.after(8), [offer(2, "mine1")]);
    assert_eq!(side.after(8), [offer(2, "mine1")]);
    let mut side = Side::new(IMPOLITE, true);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine1") });
    assert_eq!(side.after(8), [make_offer(true)]);
    assert_eq!(
        side.give(Input::OfferMade { sdp: sdp("mine2") }),
        [offer(2, "mine2")]
    );
}

#[test]
fn restarts_in_vain_end_in_a_replacement() {
    for (polite, patience) in [(IMPOLITE, 12), (POLITE, 15)] {
        let mut side = Side::connected_caller(polite);
        let lost = side.give(Input::Transport(TransportState::Failed));
        assert_eq!(
            lost,
            [
                Output::LinkChanged(LinkState::Reconnecting),
                make_offer(true)
            ]
        );
        for restart in 1..=3 {
            side.give(Input::OfferMade {
                sdp: sdp(&format!("mine{}", restart + 1)),
            });
            side.give(Input::Answer {
                number: restart + 1,
                sdp: sdp(&format!("theirs{}", restart + 1)),
            });
            side.give(Input::AnswerTaken);
            let next = if restart < 3 {
                make_offer(true)
            } else {
                Output::Replace
            };
            assert_eq!(side.after(patience), [next], "after restart {restart}");
        }
        assert_eq!(side.negotiation.next_deadline(), None);
        assert_eq!(side.give(Input::Needed), []);
    }
}

#[test]
fn a_short_disconnection_is_let_pass() {
    let mut side = Side::connected_caller(IMPOLITE);
    assert_eq!(
        side.give(Input::Transport(TransportState::Disconnected)),
        []
    );
    assert_eq!(side.give(Input::Transport(TransportState::Connected)), []);
    assert_eq!(side.negotiation.next_deadline(), None);
    side.give(Input::Transport(TransportState::Disconnected));
    assert_eq!(
        side.after(3),
        [
            Output::LinkChanged(LinkState::Reconnecting),
            make_offer(true)
        ]
    );
}

#[test]
fn failed_commands_are_tried_again_and_end_in_a_replacement() {
    let mut side = Side::new(IMPOLITE, true);
    side.give(Input::Needed);
    assert_eq!(side.give(Input::CommandFailed), []);
    assert_eq!(side.after(1), [make_offer(false)]);
    assert_eq!(side.give(Input::CommandFailed), []);
    assert_eq!(side.after(1), [make_offer(false)]);
    assert_eq!(side.give(Input::CommandFailed), [Output::Replace]);
    let mut side = Side::new(IMPOLITE, true);
    side.give(Input::Needed);
    assert_eq!(
        side.after(20),
        [Output::Replace],
        "a command that never ends"
    );
}

#[test]
fn an_offer_that_could_not_be_taken_may_come_again() {
    let mut side = Side::new(IMPOLITE, false);
    side.give(Input::Offer {
        number: 1,
        sdp: sdp("theirs"),
    });
    assert_eq!(side.give(Input::CommandFailed), []);
    assert_eq!(
        side.give(Input::Offer {
            number: 1,
            sdp: sdp("theirs")
        }),
        [take_offer("theirs")]
    );
}

#[test]
fn nothing_is_sent_or_begun_without_signals() {
    let mut side = Side::connected_caller(IMPOLITE);
    side.give(Input::SignalingLost);
    assert_eq!(side.give(Input::Needed), []);
    assert_eq!(
        side.give(Input::LocalCandidate(candidate(Some("mine1")))),
        []
    );
    side.give(Input::Transport(TransportState::Disconnected));
    assert_eq!(
        side.after(3),
        [Output::LinkChanged(LinkState::Reconnecting)]
    );
    assert_eq!(side.negotiation.next_deadline(), None);
    assert_eq!(side.give(Input::SignalingReturned), [make_offer(true)]);
}

#[test]
fn a_working_connection_repeats_its_offer_when_signals_return() {
    let mut side = Side::connected_caller(IMPOLITE);
    assert_eq!(side.give(Input::SignalingReturned), []);
    side.give(Input::Needed);
    side.give(Input::OfferMade { sdp: sdp("mine1") });
    side.give(Input::SignalingLost);
    assert_eq!(side.give(Input::SignalingReturned), [offer(2, "mine1")]);
}
