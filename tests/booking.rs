//! Booking: what the form refuses, what it makes, and how it is changed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::{
    api::interviews::BookingDefaults,
    model::{Field, InterviewState, LocalDateTime, Problem, Role, Timestamp},
    server::time_zones,
};
use support::{
    TestServer,
    attendee::{Attendee, Form, problems, titles},
    scene::{HOUR, MINUTE, earlier, host, later},
};

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
async fn times_are_told_with_the_viewers_wall_clock() {
    let server = TestServer::start().await;
    let host = Attendee::signed_up(&server, "host", "Asia/Shanghai").await;
    let number = host.book(&Form::at("2031-06-01T09:30")).await.unwrap();
    let seen = host.look(&number).await.unwrap().starts_at;
    assert_eq!(seen.local.to_string(), "2031-06-01T09:30");
    assert_eq!(seen.at, Timestamp(1_938_043_800_000));
}
