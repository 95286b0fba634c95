//! Booking: what the form refuses, what it makes, how it is changed, called off and listed.

mod support;

use std::time::Duration;

use colloquy::{
    api::{
        ApiError,
        interviews::{BookingDefaults, InterviewSummary},
    },
    model::{Field, InterviewState, LocalDateTime, Problem, Role, Timestamp},
    server::{sweeper, time_zones},
};
use support::{
    TestServer,
    attendee::{Attendee, Form, problems},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The wall-clock time in UTC so far from now.
fn later(server: &TestServer, by: Duration) -> String {
    time_zones::to_local(server.server.now() + by, "UTC").to_string()
}

fn earlier(server: &TestServer, by: Duration) -> String {
    time_zones::to_local(server.server.now() - by, "UTC").to_string()
}

async fn host(server: &TestServer) -> Attendee {
    Attendee::signed_up(server, "Host", "UTC").await
}

fn titles(rows: &[InterviewSummary]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

#[tokio::test]
async fn the_form_starts_with_a_free_number_and_a_full_half_hour() {
    let server = TestServer::start().await;
    let host = Attendee::signed_up(&server, "host", "Asia/Kathmandu").await;
    let defaults: BookingDefaults = host.call("load_booking_defaults", &[]).await.unwrap();
    let starts_at = time_zones::to_utc(defaults.starts_at, "Asia/Kathmandu").unwrap();
    let ahead = starts_at.since(server.server.now());
    assert_eq!(defaults.starts_at.minute % 30, 0);
    assert!(ahead > 30 * MINUTE - MINUTE && ahead <= HOUR, "{ahead:?}");

    let form = Form::at(&defaults.starts_at.to_string()).with("number", &defaults.number.spaced());
    assert_eq!(host.book(&form).await, Ok(defaults.number.to_string()));
}

#[tokio::test]
async fn a_booking_has_links_and_its_people() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    Attendee::signed_up(&server, "Co", "UTC").await;
    let anna = Attendee::signed_up(&server, "Anna", "UTC").await;
    let anna_id = host.id_of("anna").await.to_string();
    let form = Form::at(&later(&server, HOUR))
        .inviting(0, "CO", "1")
        .inviting(1, "", "")
        .inviting(2, &anna_id, "2")
        .inviting_guest(3, "Lin Mei", "2");
    let number = host.book(&form).await.unwrap();
    let seen = host.look(&number).await.unwrap();
    assert_eq!(
        (seen.title.as_str(), seen.minutes, seen.seats),
        ("Backend engineer", 60, 4)
    );
    assert_eq!((seen.kinds.coding, seen.kinds.text), (true, false));
    assert_eq!(
        (seen.state, seen.cancelled, seen.open),
        (InterviewState::NotStarted, false, false)
    );
    assert_eq!(
        seen.join_link,
        format!("http://{}/join/{number}", server.address)
    );
    assert!(
        seen.guest_link
            .is_some_and(|link| link.starts_with(&seen.join_link))
    );
    let people: Vec<_> = seen
        .participants
        .iter()
        .map(|p| (p.name.as_str(), p.role, p.link.is_some(), p.is_me))
        .collect();
    let expected = [
        ("Host the person", Role::MainInterviewer, false, true),
        ("Co the person", Role::CoInterviewer, true, false),
        ("Anna the person", Role::Interviewee, true, false),
        ("Lin Mei", Role::Interviewee, true, false),
    ];
    assert_eq!(people, expected);
    assert_eq!(
        titles(&anna.list("attended", "upcoming", "", 1).await.rows),
        ["Backend engineer"]
    );
    assert!(
        anna.list("created", "upcoming", "", 1)
            .await
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn every_mistake_is_answered_at_its_field_at_once() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let bad = Form::at("soon")
        .with("title", " ")
        .with("duration", "4")
        .with("seats", "21")
        .with("recording_permission", "9")
        .with("review_permission", "")
        .inviting(0, "nobody-here", "2");
    let expected = [
        (Field::Title, Problem::Missing),
        (Field::StartsAt, Problem::Malformed),
        (
            Field::Duration,
            Problem::OutOfRange {
                least: 5,
                most: 480,
            },
        ),
        (Field::Seats, Problem::OutOfRange { least: 2, most: 20 }),
        (Field::RecordingPermission, Problem::Malformed),
        (Field::ReviewPermission, Problem::Missing),
        (Field::Invitee, Problem::UnknownUser),
    ];
    assert_eq!(problems(host.book(&bad).await), expected);
    assert!(!host.list("created", "upcoming", "", 1).await.any);
}

#[tokio::test]
async fn invitees_must_be_known_come_once_and_fit() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    Attendee::signed_up(&server, "anna", "UTC").await;
    let good = || Form::at(&later(&server, HOUR));
    let check = async |form: Form, problem: Problem| {
        assert_eq!(
            problems(host.book(&form).await),
            [(Field::Invitee, problem)]
        );
    };
    check(good().inviting(0, "nobody", "2"), Problem::UnknownUser).await;
    check(good().inviting(0, "host", "1"), Problem::AlreadyInvited).await;
    let twice = good().inviting(0, "anna", "1").inviting(1, "Anna", "2");
    check(twice, Problem::AlreadyInvited).await;
    let crowd = good()
        .with("seats", "2")
        .inviting_guest(0, "A", "2")
        .inviting_guest(1, "B", "2");
    check(crowd, Problem::NoSeat).await;
    let main = good().inviting(0, "anna", "0");
    assert_eq!(
        problems(host.book(&main).await),
        [(Field::Role, Problem::Malformed)]
    );
}

#[tokio::test]
async fn starts_are_in_the_bookers_zone_and_never_in_a_gap() {
    let server = TestServer::start().await;
    let check = async |person: &Attendee, starts_at: &str, expected: Result<&str, Problem>| {
        let booked = person.book(&Form::at(starts_at)).await;
        let seen = match booked {
            Ok(number) => Ok(person.look(&number).await.unwrap().starts_at.at),
            refused => Err(problems(refused)[0].1),
        };
        let utc =
            |text: &str| time_zones::to_utc(text.parse::<LocalDateTime>().unwrap(), "UTC").unwrap();
        assert_eq!(seen, expected.map(utc), "{starts_at}");
    };
    // The years are far enough ahead that these clock changes stay in the future.
    let paris = Attendee::signed_up(&server, "pauline", "Europe/Paris").await;
    check(
        &paris,
        "2031-03-30T02:30",
        Err(Problem::SkippedByClockChange),
    )
    .await;
    check(&paris, "2031-03-30T03:00", Ok("2031-03-30T01:00")).await;
    check(&paris, "2031-10-26T02:30", Ok("2031-10-26T00:30")).await;
    let shanghai = Attendee::signed_up(&server, "mei", "Asia/Shanghai").await;
    check(&shanghai, "2031-03-30T02:30", Ok("2031-03-29T18:30")).await;
    check(&shanghai, "2031-10-26T02:30", Ok("2031-10-25T18:30")).await;
}

#[tokio::test]
async fn a_start_may_lie_five_minutes_ago_but_not_more() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let just_now = Form::at(&earlier(&server, 4 * MINUTE));
    assert!(host.book(&just_now).await.is_ok());
    let long_ago = Form::at(&earlier(&server, 8 * MINUTE));
    let past = [(Field::StartsAt, Problem::InThePast)];
    assert_eq!(problems(host.book(&long_ago).await), past);
}

#[tokio::test]
async fn a_taken_number_is_replaced_also_when_many_want_it_at_once() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR)).with("number", "482 913");
    let all: Vec<_> = (0..12)
        .map(|_| {
            let (host, form) = (host.clone(), form.clone());
            tokio::spawn(async move { host.book(&form).await.unwrap() })
        })
        .collect();
    let mut numbers = Vec::new();
    for one in all {
        numbers.push(one.await.unwrap());
    }
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 12);
    assert!(numbers.iter().any(|number| number == "482913"));
}

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
async fn editing_keeps_number_links_and_people() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR)).inviting_guest(0, "Lin Mei", "2");
    let number = host.book(&form).await.unwrap();
    let before = host.look(&number).await.unwrap();
    let changed = Form::at(&later(&server, 48 * HOUR))
        .with("title", "Second try")
        .with("text", "on");
    host.call::<()>("edit_interview", &changed.edit(&number))
        .await
        .unwrap();
    let after = host.look(&number).await.unwrap();
    assert_eq!(after.title, "Second try");
    assert!(after.kinds.text && after.starts_at.at > before.starts_at.at);
    assert_eq!(after.guest_link, before.guest_link);
    assert_eq!(after.participants, before.participants);

    let small = changed.clone().with("seats", "2").with("duration", "0");
    let problem = (
        Field::Duration,
        Problem::OutOfRange {
            least: 5,
            most: 480,
        },
    );
    let refused = host
        .call::<()>("edit_interview", &small.edit(&number))
        .await;
    assert_eq!(problems(refused), [problem]);
    host.call::<()>(
        "invite",
        &[("number", &number), ("name", "Third"), ("role", "2")],
    )
    .await
    .unwrap();
    let refused = host
        .call::<()>("edit_interview", &changed.with("seats", "2").edit(&number))
        .await;
    assert_eq!(problems(refused), [(Field::Seats, Problem::NoSeat)]);
}

#[tokio::test]
async fn a_running_interview_can_be_edited_without_moving_it() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let starts_at = later(&server, 10 * MINUTE);
    let number = host.book(&Form::at(&starts_at)).await.unwrap();
    server.clock.advance(40 * MINUTE);
    let same_start = Form::at(&starts_at)
        .with("title", "Longer")
        .with("duration", "90");
    host.call::<()>("edit_interview", &same_start.edit(&number))
        .await
        .unwrap();
    assert_eq!(host.look(&number).await.unwrap().minutes, 90);
    let moved = Form::at(&earlier(&server, 20 * MINUTE));
    let refused = host
        .call::<()>("edit_interview", &moved.edit(&number))
        .await;
    assert_eq!(problems(refused), [(Field::StartsAt, Problem::InThePast)]);
    let over_already = same_start.with("duration", "15");
    let refused = host
        .call::<()>("edit_interview", &over_already.edit(&number))
        .await;
    assert_eq!(problems(refused), [(Field::Duration, Problem::InThePast)]);
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
}

#[tokio::test]
async fn times_are_told_with_the_viewers_wall_clock() {
    let server = TestServer::start().await;
    let host = Attendee::signed_up(&server, "host", "Asia/Shanghai").await;
    let number = host.book(&Form::at("2031-06-01T09:30")).await.unwrap();
    let seen = host.look(&number).await.unwrap().starts_at;
    assert_eq!(seen.local.to_string(), "2031-06-01T09:30");
    assert_eq!(seen.at, Timestamp(1_938_043_800_000));
}
