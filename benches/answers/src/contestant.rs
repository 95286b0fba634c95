//! The servers that are compared, and how each is started.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use bench_support::Process;

use crate::{
    commit_each,
    dialect::{Dialect, Yjs},
    disk,
    setting::{Place, Setting},
};

pub type Figures = bench_support::Figures<Contestant>;

/// One of the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contestant {
    Colloquy,
    Hocuspocus,
    YWebsocket,
    /// What one would write first: a transaction for each update.
    CommitEach,
}

impl Contestant {
    pub const ALL: [Self; 4] = [
        Self::Colloquy,
        Self::Hocuspocus,
        Self::YWebsocket,
        Self::CommitEach,
    ];
    /// Those through which people write together.
    pub const SHARING: [Self; 3] = [Self::Colloquy, Self::Hocuspocus, Self::YWebsocket];
    /// Those that say when an update is durable.
    pub const KEEPING: [Self; 3] = [Self::Colloquy, Self::Hocuspocus, Self::CommitEach];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Colloquy => "Colloquy",
            Self::Hocuspocus => "Hocuspocus",
            Self::YWebsocket => "y-websocket",
            Self::CommitEach => "a commit each",
        }
    }

    /// Starts it as if for the first time. Hocuspocus writes down what it hears when it `keeps`; the others always do,
    /// or never.
    pub async fn start(self, setting: &Setting, keeps: bool) -> Result<Process> {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let log = text(fresh_log(setting)?);
        let peer = |script: &str| text(setting.bench.join("peers").join(script));
        let node = text(setting.node.clone());
        let command = match self {
            Self::Colloquy => return setting.colloquy.start(0).await,
            Self::Hocuspocus if keeps => vec![node, peer("hocuspocus.mjs"), "0".to_owned(), log],
            Self::Hocuspocus => vec![node, peer("hocuspocus.mjs"), "0".to_owned()],
            Self::YWebsocket => vec![node, peer("y-websocket.mjs"), "0".to_owned()],
            Self::CommitEach => {
                let own = text(std::env::current_exe()?);
                vec![own, commit_each::WORD.to_owned(), log]
            }
        };
        Process::start(&setting.server_cores, &command).await
    }

    /// How somebody at this place speaks to it.
    pub fn dialect(self, place: &Place) -> Dialect {
        let yjs = |shape| Dialect::Yjs {
            document: place.document.clone(),
            shape,
        };
        match self {
            Self::Colloquy => Dialect::Colloquy {
                room: place.seat.room.clone(),
                answer: place.answer,
            },
            Self::Hocuspocus => yjs(Yjs::Addressed),
            Self::YWebsocket | Self::CommitEach => yjs(Yjs::Plain),
        }
    }

    /// How many updates are in what it left behind.
    pub fn kept(self, setting: &Setting) -> Result<u64> {
        match self {
            // What the server itself wrote to begin an answer has no author.
            Self::Colloquy => disk::count(
                &setting.colloquy.data().join("colloquy.db"),
                "answer_update WHERE author_id IS NOT NULL",
            ),
            Self::Hocuspocus | Self::YWebsocket | Self::CommitEach => {
                disk::count(&log(setting), "log")
            }
        }
    }
}

/// Where a peer's log is to be, without what an earlier turn left there.
fn fresh_log(setting: &Setting) -> Result<PathBuf> {
    let log = log(setting);
    let folder = log.parent().context("a log is in a folder")?;
    // There is none before the first turn.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    Ok(log)
}

fn log(setting: &Setting) -> PathBuf {
    setting.scratch.join("peer").join("log.db")
}
