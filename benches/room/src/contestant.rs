//! The servers that are compared: how each is started and how one speaks to it. The same things are said to all of
//! them: join, a text to everyone in the room, and what comes back.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use bench_support::{Process, Seat};
use serde_json::json;

use crate::setting::Setting;

pub type Figures = bench_support::Figures<Contestant>;

/// Where a text says when it was sent, right after the quotation mark that opens it.
const MARK: &[u8] = b"\"t=";
/// As many as a movement of a mouse or a short sentence takes.
const TEXT_LENGTH: usize = 100;

/// One of the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contestant {
    Colloquy,
    SocketIo,
    Bun,
}

/// What a text frame says, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Welcome,
    /// Somebody spoke, so many nanoseconds after the start of the crowd.
    Chat(u64),
    /// Somebody's socket is gone.
    Gone,
    /// The other side wants to know whether this one lives, and is to be told this.
    Asked(&'static str),
    /// The other side waits for this.
    Invited(&'static str),
    /// A message was refused.
    Refused,
    Other,
}

impl Contestant {
    pub const ALL: [Self; 3] = [Self::Colloquy, Self::SocketIo, Self::Bun];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Colloquy => "Colloquy",
            Self::SocketIo => "socket.io",
            Self::Bun => "bun",
        }
    }

    /// Starts it as if for the first time, on a port (0: any).
    pub async fn start(self, setting: &Setting, port: u16) -> Result<Process> {
        match self {
            Self::Colloquy => setting.colloquy.start(port).await,
            Self::SocketIo | Self::Bun => self.start_again(setting, port).await,
        }
    }

    /// Starts it with what it left behind.
    pub async fn start_again(self, setting: &Setting, port: u16) -> Result<Process> {
        let (program, script) = match self {
            Self::Colloquy => return setting.colloquy.start_again(port).await,
            Self::SocketIo => ("node".into(), "socketio.mjs"),
            Self::Bun => (bun(setting)?, "bun.mjs"),
        };
        let script = setting.bench.join("peers").join(script);
        let sessions = setting.scratch.join("sessions.json");
        let command = [program, script, sessions, port.to_string().into()];
        Process::start(&setting.server_cores, &command).await
    }

    /// Who comes to this one.
    pub fn seats(self, setting: &Setting) -> &[Seat] {
        match self {
            Self::Colloquy => &setting.seats,
            Self::SocketIo | Self::Bun => &setting.peers,
        }
    }

    /// Where the room's socket is.
    pub fn path(self, seat: &Seat) -> String {
        match self {
            Self::Colloquy | Self::Bun => format!("/ws/{}", seat.room),
            Self::SocketIo => "/socket.io/?EIO=4&transport=websocket".to_owned(),
        }
    }

    /// Asks for the seat, once the socket stands ready.
    pub fn join(self, page: u128) -> Result<String> {
        let message = bench_support::join(page)?;
        Ok(match self {
            Self::Colloquy | Self::Bun => message,
            Self::SocketIo => format!("42[\"join\",{message}]"),
        })
    }

    /// Says something to everyone, and when.
    pub fn speak(self, at: u64) -> String {
        let text = format!("{:.<TEXT_LENGTH$}", format!("t={at:016x}"));
        match self {
            Self::Colloquy | Self::Bun => json!({ "type": "send_chat", "text": text }).to_string(),
            Self::SocketIo => format!("42[\"send_chat\",{}]", json!({ "text": text })),
        }
    }

    /// Reads as little of a frame as will do.
    pub fn hear(self, text: &[u8]) -> Heard {
        let named = |name: &str| {
            let start: &[u8] = match self {
                Self::Colloquy | Self::Bun => b"{\"type\":\"",
                Self::SocketIo => b"42[\"",
            };
            let rest = text
                .strip_prefix(start)
                .and_then(|rest| rest.strip_prefix(name.as_bytes()));
            rest.is_some_and(|rest| rest.first() == Some(&b'"'))
        };
        if named("chat_sent") {
            return sent_at(text).map_or(Heard::Other, Heard::Chat);
        }
        if self == Self::SocketIo {
            match text {
                b"2" => return Heard::Asked("3"),
                [b'0', ..] => return Heard::Invited("40"),
                [b'4', b'0', ..] => return Heard::Invited(""),
                [b'4', b'4', ..] => return Heard::Refused,
                _ => {}
            }
        }
        if named("welcome") {
            Heard::Welcome
        } else if named("peer_away") || named("peer_left") {
            Heard::Gone
        } else if named("rejected") || named("waiting") {
            Heard::Refused
        } else {
            Heard::Other
        }
    }

    /// Whether one may speak as soon as the socket is open.
    pub fn speaks_first(self) -> bool {
        self != Self::SocketIo
    }
}

fn sent_at(text: &[u8]) -> Option<u64> {
    let start = text.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    let digits = std::str::from_utf8(text.get(start..start + 16)?).ok()?;
    u64::from_str_radix(digits, 16).ok()
}

/// The program that npm brought, for this kind of processor.
fn bun(setting: &Setting) -> Result<PathBuf> {
    let kind = match std::env::consts::ARCH {
        "x86_64" => "x64",
        other => other,
    };
    let file = setting
        .bench
        .join(format!("node_modules/@oven/bun-linux-{kind}/bin/bun"));
    file.canonicalize()
        .with_context(|| format!("no {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_heard() {
        for contestant in Contestant::ALL {
            let said = contestant.speak(0x0123_4567_89ab_cdef);
            let heard = match contestant {
                Contestant::SocketIo => said.replace("send_chat", "chat_sent"),
                Contestant::Colloquy | Contestant::Bun => {
                    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
                    format!(r#"{{"type":"chat_sent","text":{}}}"#, said["text"])
                }
            };
            assert_eq!(
                contestant.hear(heard.as_bytes()),
                Heard::Chat(0x0123_4567_89ab_cdef),
                "{heard}"
            );
        }
    }

    #[test]
    fn only_what_matters_is_told_apart() {
        let check = |contestant: Contestant, text: &str, expected| {
            assert_eq!(contestant.hear(text.as_bytes()), expected, "{text}");
        };
        check(
            Contestant::Colloquy,
            r#"{"type":"welcome","version":3}"#,
            Heard::Welcome,
        );
        check(
            Contestant::Colloquy,
            r#"{"type":"peer_away","peer":3}"#,
            Heard::Gone,
        );
        check(
            Contestant::Colloquy,
            r#"{"type":"waiting","peer":3}"#,
            Heard::Refused,
        );
        check(
            Contestant::Colloquy,
            r#"{"type":"clock","now":1}"#,
            Heard::Other,
        );
        check(
            Contestant::Bun,
            r#"{"type":"peer_left","peer":3}"#,
            Heard::Gone,
        );
        check(
            Contestant::SocketIo,
            r#"0{"sid":"x"}"#,
            Heard::Invited("40"),
        );
        check(Contestant::SocketIo, r#"40{"sid":"x"}"#, Heard::Invited(""));
        check(
            Contestant::SocketIo,
            r#"44{"message":"no"}"#,
            Heard::Refused,
        );
        check(Contestant::SocketIo, "2", Heard::Asked("3"));
        check(Contestant::SocketIo, r#"42["welcome",{}]"#, Heard::Welcome);
    }
}
