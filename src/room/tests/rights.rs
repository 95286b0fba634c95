//! Who may do what to whom: every command by everybody to everybody.

use crate::model::{ParticipantId, PeerId, Role};
use crate::protocol::{
    ClientMessage, CloseCode, EXTENSIONS, MediaState, RejectCode, ServerMessage,
};
use crate::room::{Fact, Occupant, Output, SocketId};

use super::stage::{ANNA, BO, CHEN, DORA, Stage, occupant, peer};

const EVE: ParticipantId = ParticipantId(5);
const STRANGER: ParticipantId = ParticipantId(99);

const FORBIDDEN: Option<RejectCode> = Some(RejectCode::Forbidden);
const UNKNOWN: Option<RejectCode> = Some(RejectCode::UnknownPeer);
const DONE: Option<RejectCode> = None;

/// Anna is the main interviewer, Bo and Dora are co-interviewers, Chen is interviewed, and Eve waits.
/// Everybody shares a screen and has a hand up.
struct Scene {
    stage: Stage,
    sockets: Vec<(ParticipantId, SocketId)>,
}

impl Scene {
    fn new() -> Self {
        let mut stage = Stage::new(8);
        let sharing = MediaState {
            microphone: true,
            camera: true,
            screen: true,
        };
        let mut sockets = Vec::new();
        for participant in [ANNA, BO, DORA, CHEN] {
            let role = match participant {
                DORA => Role::CoInterviewer,
                other => occupant(other).role,
            };
            let socket = stage.join_as(
                Occupant {
                    role,
                    ..occupant(participant)
                },
                1,
            );
            stage.say(socket, ClientMessage::SetMedia { media: sharing });
            stage.say(socket, ClientMessage::RaiseHand {});
            sockets.push((participant, socket));
        }
        sockets.push((EVE, stage.knock(EVE, 1)));
        Self { stage, sockets }
    }

    /// The same after Anna has been gone for so long that Bo is in charge.
    fn handed_over() -> Self {
        let mut scene = Self::new();
        let anna = scene.socket(ANNA);
        scene.stage.say(anna, ClientMessage::Leave {});
        scene.stage.wait(60_000);
        scene
    }

    fn socket(&self, participant: ParticipantId) -> SocketId {
        let found = self.sockets.iter().find(|(id, _)| *id == participant);
        found.unwrap().1
    }

    /// Whether a message was refused; if so, nothing else came of it.
    fn ask(&mut self, by: ParticipantId, message: &ClientMessage) -> Option<RejectCode> {
        let socket = self.socket(by);
        self.stage.forget();
        self.stage.facts.clear();
        let before = (self.stage.roster(), self.stage.room.queue.len());
        let outputs = self.stage.say(socket, message.clone());
        let refused = self.stage.clients[&socket].last_rejection();
        if refused.is_some() {
            let alone = matches!(&outputs[..], [Output::Send { to, .. }] if *to == [socket]);
            assert!(alone, "{outputs:?}");
            assert_eq!(before, (self.stage.roster(), self.stage.room.queue.len()));
        } else {
            assert_ne!(outputs, [], "{message:?} by {by} did nothing");
        }
        refused
    }
}

fn about(peer: PeerId) -> Vec<ClientMessage> {
    let text = || "Soon".to_owned();
    vec![
        ClientMessage::ChangeRole {
            peer,
            role: Role::Interviewee,
        },
        ClientMessage::Mute { peer },
        ClientMessage::StopShare { peer },
        ClientMessage::LowerHand { peer },
        ClientMessage::Remove { peer },
        ClientMessage::Admit { peer },
        ClientMessage::Refuse {
            peer,
            reason: text(),
        },
        ClientMessage::SendToWaiting { peer, text: text() },
    ]
}

fn about_the_room() -> Vec<ClientMessage> {
    vec![
        ClientMessage::AdmitAll {},
        ClientMessage::SetLock { locked: true },
        ClientMessage::Extend { minutes: 5 },
        ClientMessage::End {},
    ]
}

/// One row for each of [`about`], in that order.
type Column = [Option<RejectCode>; 8];

const ABOUT_CO: Column = [DONE, DONE, DONE, DONE, DONE, UNKNOWN, UNKNOWN, UNKNOWN];
const ABOUT_WAITING: Column = [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, DONE, DONE, DONE, DONE];
const ABOUT_STRANGER: Column = [UNKNOWN; 8];
const ABOUT_MAIN_BY_MAIN: Column = [
    FORBIDDEN, FORBIDDEN, FORBIDDEN, DONE, FORBIDDEN, UNKNOWN, UNKNOWN, UNKNOWN,
];
const ABOUT_STAND_IN_BY_SELF: Column =
    [DONE, DONE, DONE, DONE, FORBIDDEN, UNKNOWN, UNKNOWN, UNKNOWN];

fn check(scene: fn() -> Scene, by: ParticipantId, target: ParticipantId, column: Column) {
    for (message, expected) in about(peer(target)).iter().zip(column) {
        // An interviewee can only become a co-interviewer, and back.
        let message = match message {
            ClientMessage::ChangeRole { peer, .. } if target == CHEN => ClientMessage::ChangeRole {
                peer: *peer,
                role: Role::CoInterviewer,
            },
            message => message.clone(),
        };
        let refused = scene().ask(by, &message);
        assert_eq!(refused, expected, "{message:?} by {by}");
    }
}

#[test]
fn the_main_interviewer_does_everything_to_everybody_else() {
    for target in [BO, DORA, CHEN] {
        check(Scene::new, ANNA, target, ABOUT_CO);
    }
    check(Scene::new, ANNA, EVE, ABOUT_WAITING);
    check(Scene::new, ANNA, STRANGER, ABOUT_STRANGER);
    check(Scene::new, ANNA, ANNA, ABOUT_MAIN_BY_MAIN);
    for message in about_the_room() {
        assert_eq!(Scene::new().ask(ANNA, &message), DONE, "{message:?}");
    }
}

#[test]
fn who_stands_in_does_the_same() {
    for target in [DORA, CHEN] {
        check(Scene::handed_over, BO, target, ABOUT_CO);
    }
    check(Scene::handed_over, BO, EVE, ABOUT_WAITING);
    check(Scene::handed_over, BO, STRANGER, ABOUT_STRANGER);
    check(Scene::handed_over, BO, ANNA, ABOUT_STRANGER);
    check(Scene::handed_over, BO, BO, ABOUT_STAND_IN_BY_SELF);
    for message in about_the_room() {
        assert_eq!(Scene::handed_over().ask(BO, &message), DONE, "{message:?}");
    }
}

#[test]
fn everybody_else_does_nothing_to_anybody() {
    let cases: [(fn() -> Scene, &[ParticipantId]); 2] = [
        (Scene::new, &[BO, DORA, CHEN]),
        (Scene::handed_over, &[DORA, CHEN]),
    ];
    for (scene, senders) in cases {
        let mut scene = scene();
        for by in senders {
            for target in [ANNA, BO, CHEN, DORA, EVE, STRANGER] {
                for message in about(peer(target)) {
                    let lowers_own = matches!(message, ClientMessage::LowerHand { .. });
                    if !(lowers_own && *by == target) {
                        assert_eq!(scene.ask(*by, &message), FORBIDDEN, "{message:?} by {by}");
                    }
                }
            }
            for message in about_the_room() {
                assert_eq!(scene.ask(*by, &message), FORBIDDEN, "{message:?} by {by}");
            }
        }
    }
}

#[test]
fn who_waits_is_not_heard() {
    let mut scene = Scene::new();
    let text = "hello".to_owned();
    let others = [
        ClientMessage::SendChat { text },
        ClientMessage::RaiseHand {},
        ClientMessage::SetSpeaking { speaking: true },
        ClientMessage::ReportLinks { links: Vec::new() },
        super::signals::signals(peer(EVE), peer(ANNA))[0].0.clone(),
    ];
    let targets = [ANNA, BO, CHEN, EVE].map(|target| about(peer(target)));
    for message in targets
        .concat()
        .into_iter()
        .chain(about_the_room())
        .chain(others)
    {
        let refused = scene.ask(EVE, &message);
        assert_eq!(refused, Some(RejectCode::NotSeated), "{message:?}");
    }
}

#[test]
fn everybody_lowers_their_own_hand() {
    for participant in [ANNA, BO, CHEN, DORA] {
        let mut scene = Scene::new();
        let peer = peer(participant);
        assert_eq!(
            scene.ask(participant, &ClientMessage::LowerHand { peer }),
            DONE
        );
    }
}

#[test]
fn nobody_does_anything_to_a_main_interviewer_not_even_another() {
    let mut stage = Stage::new(8);
    let anna = stage.join(ANNA, 1);
    let role = Role::MainInterviewer;
    let bo = stage.join_as(
        Occupant {
            role,
            ..occupant(BO)
        },
        1,
    );
    stage.say(bo, ClientMessage::RaiseHand {});
    for message in &about(peer(BO))[..5] {
        assert_eq!(stage.ask(anna, message.clone()), FORBIDDEN, "{message:?}");
    }
    assert_eq!(stage.ask(bo, ClientMessage::SetLock { locked: true }), DONE);
}

#[test]
fn nobody_is_made_main_interviewer() {
    for target in [BO, CHEN] {
        let role = Role::MainInterviewer;
        let peer = peer(target);
        let change = ClientMessage::ChangeRole { peer, role };
        assert_eq!(Scene::new().ask(ANNA, &change), FORBIDDEN);
        assert_eq!(Scene::handed_over().ask(BO, &change), FORBIDDEN);
    }
}

#[test]
fn only_what_is_offered_prolongs_and_not_for_ever() {
    for minutes in [0, 1, 4, 6, 10, 29, 31, u32::MAX] {
        let refused = Scene::new().ask(ANNA, &ClientMessage::Extend { minutes });
        assert_eq!(refused, Some(RejectCode::OutOfRange));
    }
    for minutes in EXTENSIONS {
        let mut scene = Scene::new();
        let before = scene.stage.room.facts.ends_at;
        scene.ask(ANNA, &ClientMessage::Extend { minutes });
        let ends_at = before + std::time::Duration::from_secs(u64::from(minutes) * 60);
        assert_eq!(scene.stage.facts, [Fact::Extended { ends_at }]);
        let now = scene.stage.now;
        let clock = ServerMessage::Clock { now, ends_at };
        for participant in [ANNA, CHEN, EVE] {
            let socket = scene.socket(participant);
            assert_eq!(scene.stage.heard(socket), [clock.clone()]);
        }
    }
    let mut scene = Scene::new();
    let extend = ClientMessage::Extend { minutes: 30 };
    let taken = (0..40).filter(|_| scene.ask(ANNA, &extend) == DONE).count();
    // One hour was booked and eight are the most.
    assert_eq!(taken, 14);
}

#[test]
fn what_must_last_is_recorded_before_anybody_hears_of_it() {
    let (participant, peer) = (CHEN, peer(CHEN));
    let role = Role::CoInterviewer;
    let cases = [
        (
            ClientMessage::ChangeRole { peer, role },
            Fact::RoleChanged { participant, role },
        ),
        (
            ClientMessage::Remove { peer },
            Fact::Removed { participant },
        ),
        (
            ClientMessage::SetLock { locked: true },
            Fact::LockSet { locked: true },
        ),
        (ClientMessage::End {}, Fact::Ended { by: ANNA }),
    ];
    for (message, fact) in cases {
        let mut scene = Scene::new();
        let anna = scene.socket(ANNA);
        let outputs = scene.stage.say(anna, message);
        assert_eq!(outputs[0], Output::Record(fact));
    }
}

#[test]
fn who_is_removed_does_not_return() {
    for target in [CHEN, EVE] {
        let mut scene = Scene::new();
        let peer = peer(target);
        scene.ask(ANNA, &ClientMessage::Remove { peer });
        let removed = Some(CloseCode::Removed);
        assert_eq!(scene.stage.closed(scene.socket(target)), removed);
        // Papers that were issued before it are worth nothing.
        let again = scene.stage.join(target, 2);
        assert_eq!(scene.stage.closed(again), removed);
        scene.stage.wait(30_000);
        let later = scene.stage.join(target, 2);
        assert_eq!(scene.stage.closed(later), None);
    }
}

#[test]
fn who_was_demoted_does_not_return_as_before() {
    let mut scene = Scene::new();
    let (peer, role) = (peer(BO), Role::Interviewee);
    scene.ask(ANNA, &ClientMessage::ChangeRole { peer, role });
    let bo = scene.stage.join(BO, 2);
    assert_eq!(scene.stage.clients[&bo].you.as_ref().unwrap().role, role);
    assert!(scene.stage.clients[&bo].overview.is_none());
    scene.stage.say(bo, ClientMessage::Leave {});
    let bo = scene.stage.join(BO, 3);
    assert_eq!(scene.stage.clients[&bo].you.as_ref().unwrap().role, role);
    scene.stage.wait(30_000);
    let bo = scene.stage.join(BO, 3);
    let now = scene.stage.clients[&bo].you.as_ref().unwrap().role;
    assert_eq!(now, Role::CoInterviewer, "what is stored counts again");
}

#[test]
fn commands_have_a_pace() {
    let mut scene = Scene::new();
    let mut locked = false;
    let mut flip = || {
        locked = !locked;
        scene.ask(ANNA, &ClientMessage::SetLock { locked })
    };
    let refused: Vec<_> = (0..50).map(|_| flip()).collect();
    assert!(refused[..40].iter().all(Option::is_none));
    assert_eq!(refused[40], Some(RejectCode::TooFast));
}
