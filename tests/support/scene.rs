//! An interview with its people, and what they do to its links and at its door.

use std::time::Duration;

use colloquy::{
    api::join::JoinPage,
    model::{Refusal, Role},
    server::time_zones,
};

use super::{
    TestServer,
    attendee::{Attendee, Form},
};

pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(60 * 60);

/// The wall-clock time in UTC so far from now.
pub fn later(server: &TestServer, by: Duration) -> String {
    time_zones::to_local(server.server.now() + by, "UTC").to_string()
}

/// The wall-clock time in UTC so long ago.
pub fn earlier(server: &TestServer, by: Duration) -> String {
    time_zones::to_local(server.server.now() - by, "UTC").to_string()
}

/// Somebody who books.
pub async fn host(server: &TestServer) -> Attendee {
    Attendee::signed_up(server, "Host", "UTC").await
}

/// An interview of an hour whose doors are open. Invited are the users Co and Anna and the guest Lin.
pub struct Scene {
    pub server: TestServer,
    pub host: Attendee,
    pub co: Attendee,
    pub anna: Attendee,
    pub number: String,
}

impl Scene {
    pub async fn open() -> Self {
        Self::starting_in(5 * MINUTE).await
    }

    pub async fn starting_in(wait: Duration) -> Self {
        let server = TestServer::start().await;
        let host = Attendee::signed_up(&server, "host", "UTC").await;
        let co = Attendee::signed_up(&server, "co", "UTC").await;
        let anna = Attendee::signed_up(&server, "anna", "UTC").await;
        let starts_at = time_zones::to_local(server.server.now() + wait, "UTC").to_string();
        let form = Form::at(&starts_at)
            .inviting(0, "co", "1")
            .inviting(1, "anna", "2")
            .inviting_guest(2, "Lin", "2");
        let number = host.book(&form).await.unwrap();
        Self {
            server,
            host,
            co,
            anna,
            number,
        }
    }

    /// Somebody with a fresh browser.
    pub fn stranger(&self) -> Attendee {
        Attendee::stranger(&self.server)
    }

    pub async fn set_link(&self, name: &str, on: &str) {
        let id = self.host.find(&self.number, name).await.id.to_string();
        let fields = [
            ("number", self.number.as_str()),
            ("participant", &id),
            ("on", on),
        ];
        self.host
            .call::<()>("set_personal_link", &fields)
            .await
            .unwrap();
    }

    pub async fn set_guest_link(&self, on: &str) {
        let fields = [("number", self.number.as_str()), ("on", on)];
        self.host
            .call::<()>("set_guest_link", &fields)
            .await
            .unwrap();
    }

    pub async fn remove(&self, name: &str) {
        let id = self.host.find(&self.number, name).await.id.to_string();
        let fields = [("number", self.number.as_str()), ("participant", &id)];
        self.host
            .call::<()>("remove_participant", &fields)
            .await
            .unwrap();
    }

    pub async fn enters_as(&self, person: &Attendee, key: &str) -> Option<(String, Role)> {
        match person.knock(&self.number, key).await {
            JoinPage::Lobby { name, role, .. } => Some((name, role)),
            _ => None,
        }
    }
}

pub fn refusal(page: &JoinPage) -> Option<Refusal> {
    match page {
        JoinPage::Refused { refusal, .. } => Some(*refusal),
        _ => None,
    }
}

pub fn is_told(page: &JoinPage) -> bool {
    match page {
        JoinPage::Refused { interview, .. } => interview.is_some(),
        _ => true,
    }
}
