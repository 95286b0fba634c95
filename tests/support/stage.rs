//! An interview that is open now, the people who come into its room, and what they say there.

use colloquy::{
    model::{ParticipantId, PeerId},
    protocol::{ClientMessage, Member, RejectCode, ServerMessage},
    server::time_zones,
};

use super::{
    TestServer,
    attendee::{Attendee, Form},
    socket::{By, Socket},
};

/// An interview that is open now, and its host.
pub struct Stage {
    pub server: TestServer,
    pub host: Attendee,
    pub number: String,
    /// Of the general guest link.
    pub key: String,
}

impl Stage {
    /// Nobody waits before this room.
    pub async fn with_seats(seats: u32) -> Self {
        Self::with(|form| form.with("seats", &seats.to_string())).await
    }

    /// A room with another booking.
    pub async fn with(change: impl FnOnce(Form) -> Form) -> Self {
        let server = TestServer::start().await;
        let host = Attendee::signed_up(&server, "anna", "UTC").await;
        let form = change(Form::at(&host_time(&server)));
        let number = host.book(&form).await.unwrap();
        let key = host.guest_key(&number).await;
        Self {
            server,
            host,
            number,
            key,
        }
    }

    /// The same after a restart of the server.
    pub async fn restarted(self) -> Self {
        let server = self.server.restart().await;
        Self { server, ..self }
    }

    /// Somebody who came by the general guest link.
    pub async fn guest(&self, name: &str) -> Attendee {
        let guest = Attendee::stranger(&self.server);
        guest.join(&self.number, &self.key, name).await.unwrap();
        guest
    }

    pub async fn open(&self, attendee: &Attendee) -> Socket {
        self.open_by(By::WebSocket, attendee).await
    }

    pub async fn open_by(&self, by: By, attendee: &Attendee) -> Socket {
        let opened = self.try_open(by, attendee).await;
        opened.unwrap_or_else(|status| panic!("refused with {status}"))
    }

    pub async fn try_open(&self, by: By, attendee: &Attendee) -> Result<Socket, u16> {
        Socket::open_by(by, &self.server.address, &self.number, &attendee.cookies()).await
    }

    pub async fn guest_socket(&self, name: &str) -> Socket {
        self.open(&self.guest(name).await).await
    }

    /// The peer of somebody on the list.
    pub async fn peer(&self, name: &str) -> PeerId {
        let ParticipantId(id) = self.host.find(&self.number, name).await.id;
        PeerId::from(ParticipantId(id))
    }
}

/// The server's time as a form in UTC takes it.
pub fn host_time(server: &TestServer) -> String {
    time_zones::to_local(server.clock.now(), "UTC").to_string()
}

pub fn peer_away(peer: PeerId) -> impl Fn(&ServerMessage) -> Option<()> {
    move |message| (*message == ServerMessage::PeerAway { peer }).then_some(())
}

pub fn joined(message: &ServerMessage) -> Option<Member> {
    match message {
        ServerMessage::PeerJoined { member } => Some(member.clone()),
        _ => None,
    }
}

pub fn chat(text: &str) -> ClientMessage {
    ClientMessage::SendChat { text: text.into() }
}

pub fn said(message: &ServerMessage) -> Option<(String, String)> {
    match message {
        ServerMessage::ChatSent { message } => Some((message.name.clone(), message.text.clone())),
        _ => None,
    }
}

pub fn rejected(message: &ServerMessage) -> Option<RejectCode> {
    match message {
        ServerMessage::Rejected { code, .. } => Some(*code),
        _ => None,
    }
}
