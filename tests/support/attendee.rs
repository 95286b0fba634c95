//! People of an interview at their browsers: they book, invite, look and join by the server
//! functions alone.

use std::sync::Arc;

use colloquy::{
    api::{
        ApiError,
        interviews::{InterviewDetails, InterviewPage, InterviewSummary, ParticipantDetails},
        join::JoinPage,
        participants::FoundUser,
    },
    model::{Field, Problem},
};
use serde::de::DeserializeOwned;

use super::{Answer, PASSWORD, Person, TestServer};

/// A field of a form and what is typed into it.
pub type Typed<'a> = (&'a str, &'a str);

/// Somebody at a browser, who may be in several places at once.
#[derive(Clone)]
pub struct Attendee(Arc<Person>);

impl Attendee {
    /// Somebody whose browser has no cookies yet.
    pub fn stranger(server: &TestServer) -> Self {
        Self(Arc::new(server.stranger()))
    }

    /// Somebody whose browser has no cookies yet, at a server of another process.
    pub fn at(address: &str) -> Self {
        Self(Arc::new(Person::new(address)))
    }

    /// Somebody with an account, signed in, in a time zone.
    pub async fn signed_up(server: &TestServer, name: &str, zone: &str) -> Self {
        let attendee = Self::stranger(server);
        let display_name = format!("{name} the person");
        let fields = [
            ("user_name", name),
            ("display_name", display_name.as_str()),
            ("password", PASSWORD),
            ("time_zone", zone),
        ];
        attendee.post("sign_up", &fields).await.expect_done();
        attendee
    }

    /// What the browser sends along when it opens a socket.
    pub fn cookies(&self) -> String {
        self.0.cookies()
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.0.get(path).await
    }

    /// Calls a server function.
    pub async fn post(&self, endpoint: &str, fields: &[Typed<'_>]) -> Answer {
        self.0.post(endpoint, fields).await
    }

    /// Calls a server function and reads its answer.
    pub async fn call<T: DeserializeOwned>(
        &self,
        endpoint: &str,
        fields: &[Typed<'_>],
    ) -> Result<T, ApiError> {
        let answer = self.post(endpoint, fields).await;
        answer.error().map_or_else(|| Ok(answer.value()), Err)
    }

    /// Books and answers the number.
    pub async fn book(&self, form: &Form) -> Result<String, ApiError> {
        self.call("book_interview", &form.fields()).await
    }

    /// Looks at an interview.
    pub async fn look(&self, number: &str) -> Result<InterviewDetails, ApiError> {
        self.call("load_interview", &[("number", number)]).await
    }

    /// The participant whose name contains `name`.
    pub async fn find(&self, number: &str, name: &str) -> ParticipantDetails {
        let details = self.look(number).await.unwrap();
        let mut people = details.participants.into_iter();
        people
            .find(|person| person.name.contains(name))
            .unwrap_or_else(|| panic!("no {name}"))
    }

    /// The key in the personal link of the participant whose name contains `name`.
    pub async fn key_of(&self, number: &str, name: &str) -> String {
        key(&self
            .find(number, name)
            .await
            .link
            .unwrap_or_else(|| panic!("no link of {name}")))
    }

    /// The key in the general guest link.
    pub async fn guest_key(&self, number: &str) -> String {
        key(&self
            .look(number)
            .await
            .unwrap()
            .guest_link
            .expect("a guest link"))
    }

    /// The id of the account of that user name.
    pub async fn id_of(&self, user: &str) -> i64 {
        let found: FoundUser = self.call("find_user", &[("user", user)]).await.unwrap();
        found.id.0
    }

    /// Invites a user.
    pub async fn invite(&self, number: &str, user: &str, role: &str) -> Result<(), ApiError> {
        self.call(
            "invite",
            &[("number", number), ("user", user), ("role", role)],
        )
        .await
    }

    /// Stands at the door with a link's key, which may be empty.
    pub async fn knock(&self, number: &str, key: &str) -> JoinPage {
        self.call("check_join", &[("number", number), ("key", key)])
            .await
            .unwrap()
    }

    /// Joins by the general guest link.
    pub async fn join(&self, number: &str, key: &str, name: &str) -> Result<(), ApiError> {
        self.call(
            "join_as_guest",
            &[("number", number), ("key", key), ("name", name)],
        )
        .await
    }

    /// One page of a list.
    pub async fn list(&self, side: &str, period: &str, search: &str, page: u32) -> InterviewPage {
        let page = page.to_string();
        let fields = [
            ("side", side),
            ("period", period),
            ("search", search),
            ("page", page.as_str()),
        ];
        self.call("list_interviews", &fields).await.unwrap()
    }
}

/// The key in a link.
pub fn key(link: &str) -> String {
    link.split_once("?key=").expect("a key").1.to_owned()
}

/// The titles of the rows of a list.
pub fn titles(rows: &[InterviewSummary]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

/// The problems of an answer that has some.
pub fn problems<T: std::fmt::Debug>(answer: Result<T, ApiError>) -> Vec<(Field, Problem)> {
    match answer {
        Err(ApiError::Invalid(problems)) => problems.0,
        other => panic!("not refused for its fields: {other:?}"),
    }
}

/// The booking form, well filled in.
#[derive(Clone, Debug)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A form for an interview of an hour and four seats where nobody waits, from a wall-clock time.
    pub fn at(starts_at: &str) -> Self {
        let filled = [
            ("title", "Backend engineer"),
            ("starts_at", starts_at),
            ("duration", "60"),
            ("seats", "4"),
            ("coding", "on"),
            ("recording_permission", "1"),
            ("review_permission", "2"),
            ("waiting", "1"),
        ];
        let form = Self(Vec::new());
        filled
            .into_iter()
            .fold(form, |form, (name, value)| form.with(name, value))
    }

    /// The same with another value in a field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name = format!("form[{name}]");
        self.0.retain(|(held, _)| *held != name);
        self.0.push((name, value.to_owned()));
        self
    }

    /// The same with a user invited.
    pub fn inviting(self, place: usize, user: &str, role: &str) -> Self {
        self.row(place, "user", user, role)
    }

    /// The same with somebody invited who has no account.
    pub fn inviting_guest(self, place: usize, name: &str, role: &str) -> Self {
        self.row(place, "name", name, role)
    }

    fn row(mut self, place: usize, field: &str, value: &str, role: &str) -> Self {
        self.0.push((
            format!("form[invitees][{place}][{field}]"),
            value.to_owned(),
        ));
        self.0
            .push((format!("form[invitees][{place}][role]"), role.to_owned()));
        self
    }

    /// What is posted.
    pub fn fields(&self) -> Vec<Typed<'_>> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// What is posted to edit an interview.
    pub fn edit<'a>(&'a self, number: &'a str) -> Vec<Typed<'a>> {
        [("number", number)]
            .into_iter()
            .chain(self.fields())
            .collect()
    }
}
