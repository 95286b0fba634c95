//! One interview as its participants may see it; the only place that decides what each is told.

use crate::{
    api::interviews::{InterviewDetails, ParticipantDetails},
    model::{InterviewNumber, LinkKey, Participant},
    server::{
        auth::interview::Access, db::participants, error::Error, request::Request, time_zones,
    },
};

/// One interview, as much of it as the caller may see.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers.
pub async fn details(
    request: &Request,
    number: InterviewNumber,
) -> Result<InterviewDetails, Error> {
    let access = Access::check(request, number).await?;
    let (interview, me) = (access.interview(), access.me());
    let people = participants::load_present(request.server.db().reader(), interview.id).await?;
    let now = request.now();
    let schedule = &interview.schedule;
    let moment = |at| time_zones::moment(at, &request.viewer.time_zone);
    let guest_key = interview
        .guest_key
        .as_ref()
        .filter(|_| me.role.may_edit_booking());
    Ok(InterviewDetails {
        number,
        title: interview.title.clone(),
        host: interview.host_name.clone(),
        starts_at: moment(schedule.starts_at),
        ends_at: moment(schedule.ends_at),
        minutes: schedule.minutes(),
        seats: interview.seats,
        kinds: interview.kinds,
        recording_permission: interview.recording_permission,
        review_permission: interview.review_permission,
        waiting: interview.waiting,
        locked: interview.locked,
        state: schedule.state_at(now),
        cancelled: schedule.cancelled,
        open: schedule.is_open(now),
        my_role: me.role,
        my_mark: my_mark(request, &access),
        join_link: join_link(request, number),
        guest_link: guest_key.map(|key| keyed_link(request, number, key)),
        participants: people
            .iter()
            .map(|person| as_seen(request, number, me, person))
            .collect(),
    })
}

fn my_mark(request: &Request, access: &Access) -> String {
    if access.owns_note(request) {
        access.me().mark.clone()
    } else {
        String::new()
    }
}

fn as_seen(
    request: &Request,
    number: InterviewNumber,
    me: &Participant,
    person: &Participant,
) -> ParticipantDetails {
    let sees_details = me.role.may_see_details();
    let sees_link = me.role.may_edit_booking() && person.may_have_link();
    let account = person.account.as_ref().filter(|_| sees_details);
    let key = person.key.as_ref().filter(|_| sees_link);
    ParticipantDetails {
        id: person.id,
        name: person.name.clone(),
        role: person.role,
        user: account.map(|account| (account.id, account.user_name.clone())),
        link: key.map(|key| keyed_link(request, number, key)),
        passed: person.passed.filter(|_| sees_details),
        is_me: person.id == me.id,
    }
}

fn join_link(request: &Request, number: InterviewNumber) -> String {
    request.server.config().link(&format!("/join/{number}"))
}

fn keyed_link(request: &Request, number: InterviewNumber, key: &LinkKey) -> String {
    format!("{}?key={}", join_link(request, number), key.as_str())
}
