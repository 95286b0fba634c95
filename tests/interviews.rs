//! Interviews after booking: lists, notes and results, inviting and removing, being over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::{
    api::ApiError,
    model::{Field, InterviewState, Problem, Role},
    server::sweeper,
};
use support::{
    TestServer,
    attendee::{Attendee, Form, problems, titles},
    scene::{HOUR, MINUTE, host, later},
};

#[tokio::test]
async fn one_of_many_gets_the_last_seat_of_the_list() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR)).with("seats", "2");
    let number = host.book(&form).await.unwrap();
    let all: Vec<_> = (0..6)
        .map(|place| {
            let (host, number) = (host.clone(), number.clone());
            tokio::spawn(async move {
                let name = format!("Guest {place}");
                let fields = [("number", number.as_str()), ("name", &name), ("role", "2")];
                host.call::<()>("invite", &fields).await
            })
        })
        .collect();
    let mut invited = 0;
    for one in all {
        match one.await.unwrap() {
            Ok(()) => invited += 1,
            refused => assert_eq!(problems(refused), [(Field::Invitee, Problem::NoSeat)]),
        }
    }
    assert_eq!(invited, 1);
}

#[tokio::test]
async fn what_is_over_or_called_off_stays_so() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR));
    let cancelled = host.book(&form).await.unwrap();
    let expired = host.book(&form).await.unwrap();
    host.call::<()>("cancel_interview", &[("number", &cancelled)])
        .await
        .unwrap();
    let seen = host.look(&cancelled).await.unwrap();
    assert!(seen.cancelled && !seen.open);

    let refused = async |number: &str| {
        let invited = [("number", number), ("name", "Late"), ("role", "2")];
        assert_eq!(
            host.call::<()>("cancel_interview", &[("number", number)])
                .await,
            Err(ApiError::Conflict)
        );
        assert_eq!(
            host.call::<()>("edit_interview", &form.edit(number)).await,
            Err(ApiError::Conflict)
        );
        assert_eq!(
            host.call::<()>("invite", &invited).await,
            Err(ApiError::Conflict)
        );
    };
    refused(&cancelled).await;
    server.clock.advance(3 * HOUR);
    refused(&expired).await;

    // Overdue ones are shown as expired before anything was written.
    let past = host.list("created", "past", "", 1).await;
    let states: Vec<_> = past
        .rows
        .iter()
        .map(|row| (row.cancelled, row.state))
        .collect();
    assert!(
        states.contains(&(false, InterviewState::Expired)),
        "{states:?}"
    );
    assert!(states.iter().any(|(cancelled, _)| *cancelled), "{states:?}");
    sweeper::sweep(&server.server).await.unwrap();
    assert_eq!(
        host.look(&expired).await.unwrap().state,
        InterviewState::Expired
    );
    assert_eq!(host.list("created", "past", "", 1).await, past);
}

#[tokio::test]
async fn lists_are_divided_searched_and_paged() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let anna = Attendee::signed_up(&server, "anna", "UTC").await;
    let empty = host.list("created", "upcoming", "", 7).await;
    assert_eq!(
        (empty.any, empty.page, empty.pages, empty.next),
        (false, 1, 1, None)
    );

    let book = async |title: &str, starts_at: String| {
        let form = Form::at(&starts_at)
            .with("title", title)
            .inviting(0, "anna", "2");
        host.book(&form.inviting_guest(1, "Lin 100%", "2"))
            .await
            .unwrap()
    };
    book("Gone", later(&server, MINUTE)).await;
    server.clock.advance(2 * HOUR);
    let running = book("Running", later(&server, 5 * MINUTE)).await;
    for place in 0..22 {
        book(
            &format!("Later {place:02}"),
            later(&server, HOUR + place * HOUR),
        )
        .await;
    }

    let first = host.list("created", "upcoming", "", 1).await;
    assert_eq!((first.rows.len(), first.page, first.pages), (20, 1, 2));
    assert_eq!(titles(&first.rows)[..2], ["Running", "Later 00"]);
    assert!(first.rows[0].open && !first.rows[1].open);
    assert_eq!(
        first.next.as_ref().map(|next| next.title.as_str()),
        Some("Running")
    );
    assert_eq!(first.rows[0].people, ["anna the person", "Lin 100%"]);
    let last = host.list("created", "upcoming", "", 9).await;
    assert_eq!(
        (titles(&last.rows), last.page),
        (vec!["Later 19", "Later 20", "Later 21"], 2)
    );
    assert_eq!(
        titles(&host.list("created", "running", "", 1).await.rows),
        ["Running"]
    );
    assert_eq!(
        titles(&host.list("created", "past", "", 1).await.rows),
        ["Gone"]
    );
    assert!(
        host.list("attended", "upcoming", "", 1)
            .await
            .rows
            .is_empty()
    );

    let found = async |search: &str| host.list("created", "upcoming", search, 1).await.rows.len();
    assert_eq!(found("rUNNing").await, 1);
    assert_eq!(found("ANNA").await, 20);
    assert_eq!(found("100%").await, 20);
    assert_eq!(found("1%0").await, 0);
    assert_eq!(found("Later 2_").await, 0);
    assert_eq!(found("'; drop").await, 0);
    let number = host.list("created", "running", "", 1).await.rows[0].number;
    assert_eq!(number.to_string(), running);
    let by_number = host.list("created", "upcoming", &number.spaced(), 1).await;
    assert!(titles(&by_number.rows).contains(&"Running"));
    assert_eq!(
        anna.list("attended", "running", "host", 1).await.rows.len(),
        1
    );
}

#[tokio::test]
async fn results_and_notes_are_listed_for_those_who_may_see_them() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let anna = Attendee::signed_up(&server, "anna", "UTC").await;
    let form = Form::at(&later(&server, HOUR))
        .inviting(0, "anna", "2")
        .inviting_guest(1, "Lin", "2");
    let number = host.book(&form).await.unwrap();
    let record = async |name: &str, result: &str| {
        let id = host.find(&number, name).await.id.to_string();
        let fields = [
            ("number", number.as_str()),
            ("participant", &id),
            ("result", result),
        ];
        host.call::<()>("record_result", &fields).await
    };
    let passed = async |person: &Attendee, side: &str| {
        person.list(side, "upcoming", "", 1).await.rows[0].passed
    };
    record("anna", "passed").await.unwrap();
    assert_eq!(passed(&host, "created").await, None);
    record("Lin", "passed").await.unwrap();
    assert_eq!(passed(&host, "created").await, Some(true));
    assert_eq!(passed(&anna, "attended").await, None);
    record("Lin", "").await.unwrap();
    assert_eq!(passed(&host, "created").await, None);
    assert_eq!(
        problems(record("Host", "passed").await),
        [(Field::Role, Problem::Malformed)]
    );
    assert!(record("Lin", "perhaps").await.is_err());

    let note = "Calm.\nAsk about <b>queues</b>.";
    anna.call::<()>("save_mark", &[("number", &number), ("mark", note)])
        .await
        .unwrap();
    assert_eq!(anna.look(&number).await.unwrap().my_mark, note);
    assert_eq!(
        anna.list("attended", "upcoming", "", 1).await.rows[0].mark,
        note
    );
    assert_eq!(host.look(&number).await.unwrap().my_mark, "");
    // A form sends two characters for a line break; it counts as one.
    let longest = "x\r\n".repeat(2000);
    anna.call::<()>("save_mark", &[("number", &number), ("mark", &longest)])
        .await
        .unwrap();
    let kept = anna.look(&number).await.unwrap().my_mark;
    assert_eq!(kept, longest.replace("\r\n", "\n").trim());
    let endless = "x".repeat(4001);
    let refused = anna
        .call::<()>("save_mark", &[("number", &number), ("mark", &endless)])
        .await;
    assert_eq!(
        problems(refused),
        [(Field::Mark, Problem::TooLong { most: 4000 })]
    );
}

#[tokio::test]
async fn removed_users_lose_the_interview_until_invited_again() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let anna = Attendee::signed_up(&server, "anna", "UTC").await;
    let form = Form::at(&later(&server, HOUR)).inviting(0, "anna", "2");
    let number = host.book(&form).await.unwrap();
    let id = host.find(&number, "anna").await.id.to_string();
    let fields = [("number", number.as_str()), ("participant", &id)];
    host.call::<()>("remove_participant", &fields)
        .await
        .unwrap();
    assert_eq!(anna.look(&number).await, Err(ApiError::NotFound));
    assert!(!anna.list("attended", "upcoming", "", 1).await.any);
    assert_eq!(
        host.call::<()>("remove_participant", &fields).await,
        Err(ApiError::NotFound)
    );
    host.invite(&number, "Anna", "1").await.unwrap();
    assert_eq!(
        anna.look(&number).await.unwrap().my_role,
        Role::CoInterviewer
    );
    assert_eq!(
        problems(host.invite(&number, "anna", "2").await),
        [(Field::Invitee, Problem::AlreadyInvited)]
    );
    let myself = host.find(&number, "Host").await.id.to_string();
    let fields = [("number", number.as_str()), ("participant", &myself)];
    assert_eq!(
        host.call::<()>("remove_participant", &fields).await,
        Err(ApiError::Forbidden)
    );
}

#[tokio::test]
async fn asking_for_unknown_users_is_limited() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    for _ in 0..20 {
        assert!(host.id_of("host").await > 0);
    }
    for guess in 0..10 {
        let user = format!("guess{guess}");
        let found = host.call::<()>("find_user", &[("user", &user)]).await;
        assert_eq!(problems(found), [(Field::Invitee, Problem::UnknownUser)]);
    }
    let found = host.call::<()>("find_user", &[("user", "host")]).await;
    assert!(matches!(found, Err(ApiError::TooMany { .. })), "{found:?}");
    let by_form = Form::at(&later(&server, HOUR));
    let booked = host.book(&by_form.clone().inviting(0, "guess0", "2")).await;
    assert!(
        matches!(booked, Err(ApiError::TooMany { .. })),
        "{booked:?}"
    );
    assert!(
        host.book(&by_form.inviting_guest(0, "Lin", "2"))
            .await
            .is_ok()
    );
}
