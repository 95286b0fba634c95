//! Who waits before a room, what those in charge decide there, and that it outlives the server.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use colloquy::{
    model::{Field, PeerId, Problem, Role, WaitingRoom},
    protocol::{ClientMessage, CloseCode, RejectCode, ServerMessage, Transport},
};
use sea_orm::ConnectionTrait;
use support::{
    attendee::{Attendee, Form, problems},
    scene::refusal,
    socket::{By, Closed, Knock, Socket},
    stage::{Stage, chat, host_time, joined, rejected, said},
};

async fn stage(waiting: WaitingRoom) -> Stage {
    let waiting = waiting.number().to_string();
    Stage::with(|form| form.with("waiting", &waiting)).await
}

fn knocked(message: &ServerMessage) -> Option<PeerId> {
    match message {
        ServerMessage::Knocked { caller } => Some(caller.peer),
        _ => None,
    }
}

fn lock(message: &ServerMessage) -> Option<bool> {
    match message {
        ServerMessage::LockChanged { locked } => Some(*locked),
        _ => None,
    }
}

fn role(message: &ServerMessage) -> Option<Role> {
    match message {
        ServerMessage::RoleChanged { role, .. } => Some(*role),
        _ => None,
    }
}

async fn seat(socket: &mut Socket, knock: Knock) {
    let welcomed = socket.welcomed(knock.page).await.unwrap();
    assert_eq!(welcomed.peer, knock.peer);
}

#[tokio::test]
async fn the_setting_is_booked_shown_and_changed() {
    let stage = stage(WaitingRoom::Guests).await;
    let looked = stage.host.look(&stage.number).await.unwrap();
    assert_eq!(
        (looked.waiting, looked.locked),
        (WaitingRoom::Guests, false)
    );
    let form = Form::at(&host_time(&stage.server)).with("waiting", "3");
    let fields = form.edit(&stage.number);
    let edited = stage.host.post("edit_interview", &fields).await;
    edited.expect_done();
    let looked = stage.host.look(&stage.number).await.unwrap();
    assert_eq!(looked.waiting, WaitingRoom::Interviewees);
    for (value, problem) in [("", Problem::Missing), ("4", Problem::Malformed)] {
        let refused = stage.host.book(&form.clone().with("waiting", value)).await;
        assert_eq!(problems(refused), [(Field::Waiting, problem)]);
    }
    let page = stage
        .host
        .get(&format!("/interviews/{}", stage.number))
        .await;
    assert!(
        page.body.contains("Every interviewee waits"),
        "the page says so"
    );
    let page = stage.host.get("/interviews/new").await;
    let chosen = "<option value=\"2\" selected>Guests wait";
    assert!(
        page.body.contains(chosen),
        "guests wait unless asked otherwise"
    );
}

#[tokio::test]
async fn the_setting_says_who_waits() {
    for setting in WaitingRoom::ALL {
        let stage = stage(*setting).await;
        let lin = Attendee::signed_up(&stage.server, "lin", "UTC").await;
        let co = Attendee::signed_up(&stage.server, "co", "UTC").await;
        stage.host.invite(&stage.number, "lin", "2").await.unwrap();
        stage.host.invite(&stage.number, "co", "1").await.unwrap();
        // Whoever has the link of an account has not signed in to it.
        let key = stage.host.key_of(&stage.number, "lin").await;
        let bearer = Attendee::stranger(&stage.server);
        bearer.knock(&stage.number, &key).await;
        let guest = stage.guest("Guest").await;
        let people = [&stage.host, &co, &lin, &bearer, &guest];
        for by in By::BOTH {
            let mut seen = Vec::new();
            for person in people {
                let mut socket = stage.open_by(by, person).await;
                seen.push(socket.ask().await.is_ok());
                socket.say(&ClientMessage::Leave {}).await;
                socket.closed().await;
            }
            let expected = match setting {
                WaitingRoom::Nobody => [true; 5],
                // Lin has been in the room, so Lin's bearer is somebody who was let in before.
                WaitingRoom::Guests => [true, true, true, true, false],
                WaitingRoom::Interviewees => [true, true, false, false, false],
            };
            assert_eq!(seen, expected, "{setting:?} {by:?}");
        }
    }
}

#[tokio::test]
async fn the_bearer_of_an_accounts_link_waits_like_a_guest() {
    let stage = stage(WaitingRoom::Guests).await;
    Attendee::signed_up(&stage.server, "lin", "UTC").await;
    stage.host.invite(&stage.number, "lin", "2").await.unwrap();
    let key = stage.host.key_of(&stage.number, "lin").await;
    let bearer = Attendee::stranger(&stage.server);
    bearer.knock(&stage.number, &key).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut waiting = stage.open(&bearer).await;
    let knock = waiting.knock().await;
    assert!(knock.attended);
    let caller = anna
        .wait(|message| match message {
            ServerMessage::Knocked { caller } => Some(caller.clone()),
            _ => None,
        })
        .await;
    assert_eq!(caller.peer, knock.peer);
    assert_eq!(
        caller.user_name, None,
        "nobody has shown to be that account"
    );
}

#[tokio::test]
async fn interviewers_learn_who_came_by_which_way() {
    let stage = stage(WaitingRoom::Nobody).await;
    let lin = Attendee::signed_up(&stage.server, "lin", "UTC").await;
    stage.host.invite(&stage.number, "lin", "2").await.unwrap();
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    for by in By::BOTH {
        let mut socket = stage.open_by(by, &lin).await;
        let peer = socket.join().await.peer;
        let transport = match by {
            By::WebSocket => Transport::WebSocket,
            By::Http => Transport::Http,
        };
        anna.wait(|message| match message {
            ServerMessage::DetailsKnown { details } => (details.peer == peer
                && details.transport == transport
                && details.user_name.as_deref() == Some("lin"))
            .then_some(()),
            _ => None,
        })
        .await;
    }
}

#[tokio::test]
async fn somebody_admitted_once_need_not_wait_again() {
    let stage = stage(WaitingRoom::Guests).await;
    let guest = stage.guest("Lin Mei").await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = stage.open_by(By::Http, &guest).await;
    let knock = mei.knock().await;
    assert_eq!(anna.wait(knocked).await, knock.peer);
    mei.say(&chat("let me in")).await;
    assert_eq!(mei.wait(rejected).await, RejectCode::NotSeated);
    anna.say(&ClientMessage::Admit { peer: knock.peer }).await;
    seat(&mut mei, knock).await;
    mei.say(&chat("thank you")).await;
    assert_eq!(anna.wait(said).await.1, "thank you");
    mei.say(&ClientMessage::Leave {}).await;
    mei.closed().await;

    let stage = stage.restarted().await;
    let mut mei = stage.open(&guest).await;
    assert!(mei.ask().await.is_ok());
    let stranger = stage.guest("Stranger").await;
    assert!(stage.open(&stranger).await.ask().await.is_err());
}

#[tokio::test]
async fn locked_stays_locked() {
    let stage = stage(WaitingRoom::Nobody).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    anna.say(&ClientMessage::SetLock { locked: true }).await;
    assert!(anna.wait(lock).await);
    assert!(stage.host.look(&stage.number).await.unwrap().locked);

    let stage = stage.restarted().await;
    let guest = stage.guest("Lin Mei").await;
    let mut mei = stage.open(&guest).await;
    let knock = mei.knock().await;
    assert!(!knock.attended);
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let told = anna
        .heard
        .iter()
        .any(|message| matches!(message, ServerMessage::Welcome { locked: true, .. }));
    assert!(told);
    anna.say(&ClientMessage::Admit { peer: knock.peer }).await;
    seat(&mut mei, knock).await;
    anna.say(&ClientMessage::SetLock { locked: false }).await;
    assert!(!anna.wait(lock).await);
    assert!(!stage.host.look(&stage.number).await.unwrap().locked);
    assert!(stage.guest_socket("Late").await.ask().await.is_ok());
}

#[tokio::test]
async fn the_lock_lets_those_in_who_were_in_before_the_server_stopped() {
    let stage = stage(WaitingRoom::Guests).await;
    let guest = stage.guest("Lin Mei").await;
    let removed = stage.guest("Removed").await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut peers = Vec::new();
    for person in [&guest, &removed] {
        let mut socket = stage.open(person).await;
        let peer = socket.knock().await.peer;
        anna.say(&ClientMessage::Admit { peer }).await;
        assert_eq!(anna.wait(joined).await.peer, peer);
        peers.push(peer);
    }
    anna.say(&ClientMessage::SetLock { locked: true }).await;
    assert!(anna.wait(lock).await);
    let out = ClientMessage::Remove { peer: peers[1] };
    anna.say(&out).await;
    anna.wait(|message| match message {
        ServerMessage::PeerLeft { peer } if *peer == peers[1] => Some(()),
        _ => None,
    })
    .await;

    let stage = stage.restarted().await;
    let mut newcomer = stage.guest_socket("Late").await;
    newcomer.knock().await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    anna.say(&chat("welcome back")).await;
    anna.wait(said).await;
    for by in By::BOTH {
        let mut mei = stage.open_by(by, &guest).await;
        assert_eq!(mei.join().await.peer, peers[0], "{by:?}");
        let chats = mei.heard.iter().filter_map(|message| match message {
            ServerMessage::Welcome { locked, chat, .. } => Some((*locked, chat.len())),
            _ => None,
        });
        assert_eq!(chats.collect::<Vec<_>>(), [(true, 1)]);
        let status = stage.try_open(by, &removed).await.err();
        assert_eq!(status, Some(403), "{by:?}");
        mei.say(&ClientMessage::Leave {}).await;
        mei.closed().await;
    }
}

#[tokio::test]
async fn what_cannot_be_kept_has_not_happened() {
    let stage = stage(WaitingRoom::Nobody).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = stage.guest_socket("Lin Mei").await;
    mei.join().await;
    let rename = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE interview RENAME COLUMN {from} TO {to}");
        let writer = stage.server.server.db().writer();
        writer.execute_unprepared(&statement).await.unwrap();
    };
    rename("locked", "put_away").await;
    anna.say(&ClientMessage::SetLock { locked: true }).await;
    for socket in [&mut anna, &mut mei] {
        assert_eq!(socket.closed().await, Closed::With(CloseCode::Restarting));
        assert_eq!(socket.heard.iter().find_map(lock), None);
    }
    rename("put_away", "locked").await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    assert!(stage.guest_socket("Late").await.ask().await.is_ok());
}

#[tokio::test]
async fn promoted_stays_promoted() {
    let stage = stage(WaitingRoom::Nobody).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let guest = stage.guest("Lin Mei").await;
    let mut mei = stage.open(&guest).await;
    let peer = mei.join().await.peer;
    let co = Role::CoInterviewer;
    anna.say(&ClientMessage::ChangeRole { peer, role: co })
        .await;
    assert_eq!(mei.wait(role).await, co);
    let seen = stage.host.find(&stage.number, "Lin Mei").await.role;
    assert_eq!(seen, co, "the page says so as soon as anybody hears of it");

    let stage = stage.restarted().await;
    let mut mei = stage.open_by(By::Http, &guest).await;
    assert_eq!(mei.join().await.you.role, co);
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let role_after = Role::Interviewee;
    let change = ClientMessage::ChangeRole {
        peer,
        role: role_after,
    };
    anna.say(&change).await;
    assert_eq!(mei.wait(role).await, role_after);
    let stage = stage.restarted().await;
    let mut mei = stage.open(&guest).await;
    assert_eq!(mei.join().await.you.role, role_after);
}

#[tokio::test]
async fn a_role_taken_away_before_the_join_is_not_taken_up() {
    let stage = stage(WaitingRoom::Nobody).await;
    let co = Attendee::signed_up(&stage.server, "co", "UTC").await;
    stage.host.invite(&stage.number, "co", "1").await.unwrap();
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut first = stage.open(&co).await;
    let peer = first.join().await.peer;
    // Admitted as a co-interviewer, and silent for now.
    let mut second = stage.open(&co).await;
    let role_after = Role::Interviewee;
    let change = ClientMessage::ChangeRole {
        peer,
        role: role_after,
    };
    anna.say(&change).await;
    assert_eq!(first.wait(role).await, role_after);
    let outcome = second.join_or_closed().await;
    match outcome {
        Ok(joined) => assert_eq!(joined.you.role, role_after),
        Err(closed) => assert_eq!(closed, Closed::With(CloseCode::JoinExpected)),
    }
    let mut third = stage.open(&co).await;
    assert_eq!(third.join().await.you.role, role_after);
}

#[tokio::test]
async fn removed_cannot_return_by_link_session_or_account() {
    let stage = stage(WaitingRoom::Nobody).await;
    let lin = Attendee::signed_up(&stage.server, "lin", "UTC").await;
    stage.host.invite(&stage.number, "lin", "2").await.unwrap();
    let link = stage.host.key_of(&stage.number, "lin").await;
    let guest = stage.guest("Guest").await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut people = [
        stage.open(&lin).await,
        stage.open_by(By::Http, &guest).await,
    ];
    for socket in &mut people {
        let peer = socket.join().await.peer;
        anna.wait(joined).await;
        anna.say(&ClientMessage::Remove { peer }).await;
        assert_eq!(socket.closed().await, Closed::With(CloseCode::Removed));
    }
    let looked = stage.host.look(&stage.number).await.unwrap();
    assert_eq!(looked.participants.len(), 1);
    stays_out(&stage, &lin, &guest, &link).await;
    // Under another name and in another browser, whoever holds the general link waits from now on.
    assert_eq!(looked.waiting, WaitingRoom::Guests);
    stage.guest_socket("Somebody").await.knock().await;
    let stage = stage.restarted().await;
    stays_out(&stage, &lin, &guest, &link).await;
}

/// Tries by account, by the seat that the session holds, by the personal link in a new browser, and by
/// the general link.
async fn stays_out(stage: &Stage, lin: &Attendee, guest: &Attendee, link: &str) {
    for by in By::BOTH {
        for person in [lin, guest] {
            assert_eq!(stage.try_open(by, person).await.err(), Some(403), "{by:?}");
        }
    }
    let stranger = Attendee::stranger(&stage.server);
    assert!(refusal(&stranger.knock(&stage.number, link).await).is_some());
    for person in [lin, guest] {
        let again = person.join(&stage.number, &stage.key, "Again").await;
        assert!(again.is_err());
    }
}
