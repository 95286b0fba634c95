//! Books the interviews and lets everybody in by their links, as people would, before anything is measured. Knows the
//! server functions; touches no database.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    contestant::{Seat, Setting},
    http::{Answer, post},
    machine::Machine,
    options::Options,
    process::Process,
};

/// One account may book sixty in a while.
const BOOKINGS_OF_A_HOST: usize = 50;
/// How many people ask at once.
const AT_ONCE: usize = 8;
/// Where the peers' programs are, seen from the checkout.
const BENCH: &str = "benches/room";

/// Makes a folder with everything that the servers need to know of their members.
pub async fn prepare(options: &Options, machine: &Machine) -> Result<Setting> {
    let scratch = std::env::temp_dir().join(format!("colloquy-bench-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let bench = PathBuf::from(BENCH)
        .canonicalize()
        .context("start it in the checkout")?;
    let program = options
        .program
        .canonicalize()
        .with_context(|| format!("no {}", options.program.display()))?;
    println!(
        "Booking {} interviews with {} people ...",
        options.rooms,
        options.members()
    );
    let colloquy = colloquy(options, machine, &program, &scratch.join("seed")).await?;
    let peers = peers(options, &bench, &scratch.join("sessions.json"))?;
    Ok(Setting {
        program,
        bench,
        scratch,
        server_cores: machine.server_list(),
        colloquy,
        peers,
    })
}

impl Drop for Setting {
    fn drop(&mut self) {
        // What cannot be removed is in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// Sign-ups, bookings and links through the server's own door.
async fn colloquy(
    options: &Options,
    machine: &Machine,
    program: &Path,
    data: &Path,
) -> Result<Vec<Seat>> {
    let (program, data) = (program.to_string_lossy(), data.to_string_lossy());
    let command = [
        program.as_ref(),
        "serve",
        "--addr",
        "127.0.0.1:0",
        "--data-dir",
        data.as_ref(),
        "--log",
        "warn",
        // So many people come from more than one address.
        "--trusted-proxies",
        "127.0.0.1",
    ];
    let server = Arc::new(Process::start(&machine.server_list(), &command).await?);
    let starts_at = wall_clock()?;
    let mut seats = Vec::new();
    let mut tasks = JoinSet::new();
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    for first in (0..options.rooms).step_by(BOOKINGS_OF_A_HOST) {
        let host = sign_up(&server, first).await?;
        for room in first..options.rooms.min(first + BOOKINGS_OF_A_HOST) {
            let (server, host, starts_at) = (server.clone(), host.clone(), starts_at.clone());
            let (at_once, people) = (at_once.clone(), options.seats);
            tasks.spawn(async move {
                let _turn = at_once.acquire_owned().await?;
                fill_room(&server, room, &host, &starts_at, people).await
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

/// Books one interview, invites guests, and has each of them follow their own link.
async fn fill_room(
    server: &Process,
    room: usize,
    host: &str,
    starts_at: &str,
    people: usize,
) -> Result<Vec<Seat>> {
    let (to, from) = (server.address, address(room));
    let seats = people.to_string();
    let invitees: Vec<(String, String)> = (1..people)
        .flat_map(|guest| {
            let row = format!("form[invitees][{guest}]");
            [
                (format!("{row}[name]"), format!("Guest {guest}")),
                (format!("{row}[role]"), "2".to_owned()),
            ]
        })
        .collect();
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
    if seats.len() != people {
        bail!("{} of {people} people have a link", seats.len());
    }
    Ok(seats)
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
fn address(place: usize) -> String {
    format!("10.{}.{}.1", place / 256, place % 256)
}

/// A few minutes from now in UTC, as `datetime-local` writes it. The doors are open by then.
fn wall_clock() -> Result<String> {
    let output = Command::new("date")
        .args(["-u", "-d", "+5 minutes", "+%Y-%m-%dT%H:%M"])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// As many sessions for the peers.
fn peers(options: &Options, bench: &Path, file: &Path) -> Result<Vec<Seat>> {
    let (rooms, seats) = (options.rooms.to_string(), options.seats.to_string());
    let status = Command::new("node")
        .arg(bench.join("peers/make-sessions.mjs"))
        .arg(file)
        .args([rooms, seats])
        .status()
        .context("node cannot be started; install Node 20 or newer")?;
    if !status.success() {
        bail!("the peers' sessions were not made");
    }
    let made: Value = serde_json::from_slice(&fs::read(file)?)?;
    let sessions = made["sessions"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let seat = |(index, session): (usize, &Value)| {
        Some(Seat {
            room: session["room"].as_str()?.to_owned(),
            place: index % options.seats,
            cookie: session["cookie"].as_str()?.to_owned(),
        })
    };
    sessions
        .iter()
        .enumerate()
        .map(seat)
        .collect::<Option<_>>()
        .context("sessions.json")
}
