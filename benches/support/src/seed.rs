//! Books the interviews and lets everybody in by their links, as people would, before anything is measured. Knows the
//! server functions; touches no database.

use std::{process::Command, sync::Arc};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    http::{Answer, post},
    process::Process,
    program::Colloquy,
};

/// One account may book sixty in a while.
const BOOKINGS_OF_A_HOST: usize = 50;
/// How many people ask at once.
const AT_ONCE: usize = 8;

/// Who may sit where, and how they prove it.
#[derive(Clone, Debug)]
pub struct Seat {
    pub room: String,
    /// From 0, within the room.
    pub place: usize,
    pub cookie: String,
}

/// How many interviews, for how many people. The host has the first place of each, co-interviewers the next, those who
/// are interviewed the last.
#[derive(Clone, Copy, Debug)]
pub struct Booking {
    pub rooms: usize,
    pub seats: usize,
    pub co_interviewers: usize,
}

impl Booking {
    /// Sign-ups, bookings and links through the server's own door.
    pub async fn carry_out(self, colloquy: &Colloquy) -> Result<Vec<Seat>> {
        println!(
            "Booking {} interviews with {} people ...",
            self.rooms,
            self.rooms * self.seats
        );
        let server = Arc::new(colloquy.start_to_prepare().await?);
        let starts_at = wall_clock()?;
        let mut seats = Vec::new();
        let mut tasks = JoinSet::new();
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        for first in (0..self.rooms).step_by(BOOKINGS_OF_A_HOST) {
            let host = sign_up(&server, first).await?;
            for room in first..self.rooms.min(first + BOOKINGS_OF_A_HOST) {
                let (server, host, starts_at) = (server.clone(), host.clone(), starts_at.clone());
                let at_once = at_once.clone();
                tasks.spawn(async move {
                    let _turn = at_once.acquire_owned().await?;
                    self.fill_room(&server, room, &host, &starts_at).await
                });
            }
        }
        while let Some(room) = tasks.join_next().await {
            seats.extend(room??);
        }
        let server = Arc::into_inner(server).context("everybody has finished")?;
        server.stop().await?;
        Ok(seats)
    }

    /// Books one interview, invites guests, and has each of them follow their own link.
    async fn fill_room(
        self,
        server: &Process,
        room: usize,
        host: &str,
        starts_at: &str,
    ) -> Result<Vec<Seat>> {
        let (to, from) = (server.address, address(room));
        let invitees = self.invitees();
        let seats = self.seats.to_string();
        let mut fields = vec![
            ("form[title]", "Backend engineer"),
            ("form[starts_at]", starts_at),
            ("form[duration]", "480"),
            ("form[seats]", &seats),
            ("form[coding]", "on"),
            ("form[recording_permission]", "1"),
            ("form[review_permission]", "2"),
            // Nobody waits to be admitted.
            ("form[waiting]", "1"),
        ];
        fields.extend(
            invitees
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let number = post(to, "book_interview", host, &from, &fields).await?.body;
        let number = number
            .as_str()
            .context("a booking answers its number")?
            .to_owned();

        let interview = post(to, "load_interview", host, &from, &[("number", &number)])
            .await?
            .body;
        let mut seats = vec![Seat {
            room: number.clone(),
            place: 0,
            cookie: host.to_owned(),
        }];
        for link in interview["participants"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(key)
        {
            let fields = [("number", number.as_str()), ("key", link)];
            let answer = post(to, "check_join", "", &from, &fields).await?;
            seats.push(Seat {
                room: number.clone(),
                place: seats.len(),
                cookie: cookie(answer)?,
            });
        }
        if seats.len() != self.seats {
            bail!("{} of {} people have a link", seats.len(), self.seats);
        }
        Ok(seats)
    }

    fn invitees(self) -> Vec<(String, String)> {
        let row = |guest: usize| {
            let row = format!("form[invitees][{guest}]");
            let role = if guest <= self.co_interviewers {
                "1"
            } else {
                "2"
            };
            [
                (format!("{row}[name]"), format!("Guest {guest}")),
                (format!("{row}[role]"), role.to_owned()),
            ]
        };
        (1..self.seats).flat_map(row).collect()
    }
}

async fn sign_up(server: &Process, place: usize) -> Result<String> {
    let name = format!("host{place}");
    let fields = [
        ("user_name", name.as_str()),
        ("display_name", "Anna Host"),
        ("password", "correct horse battery"),
        ("time_zone", "UTC"),
    ];
    cookie(post(server.address, "sign_up", "", &address(place), &fields).await?)
}

fn key(participant: &Value) -> Option<&str> {
    Some(participant["link"].as_str()?.split_once("key=")?.1)
}

fn cookie(answer: Answer) -> Result<String> {
    let body = answer.body;
    answer
        .cookie
        .with_context(|| format!("no session came with {body}"))
}

/// An address of its own for each.
pub fn address(place: usize) -> String {
    format!("10.{}.{}.1", place / 256, place % 256)
}

/// A few minutes from now in UTC, as `datetime-local` writes it. The doors are open by then.
fn wall_clock() -> Result<String> {
    let output = Command::new("date")
        .args(["-u", "-d", "+5 minutes", "+%Y-%m-%dT%H:%M"])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
