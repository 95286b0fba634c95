//! Files handed from page to page, as one page sees it; must not touch a clock, a channel or a file.
//!
//! The sender offers, the receiver accepts, chunks follow, a hash ends them and a receipt answers it.
//! Whatever was said last by a connection may be lost with it. So on a new connection the sender
//! offers again what is not over, and the receiver answers how it stands: a file goes on where the
//! receiver has got to, as long as both pages are the same.

mod incoming;
mod name;
mod outgoing;
mod pair;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

pub use name::clean_name;
pub use view::{Direction, Failure, Transfer, TransferId, TransferState};

use crate::{
    channel::{FileId, PeerMessage},
    model::{PageId, PeerId},
};
use pair::Pair;

/// No more than this many bytes wait in a channel, chunks of all files together.
pub const HIGH_WATER: u64 = 1024 * 1024;
/// When so few bytes are left waiting, [`Input::Drained`] is due.
pub const LOW_WATER: u32 = 256 * 1024;
/// The most that is asked of a file at once, in bytes.
pub const LONGEST_READ: u64 = 128 * 1024;
/// How many files one page may have on offer or under way to one other.
pub const MOST_OPEN: usize = 5;
/// The most that is received and kept at once, from everybody together, in bytes.
pub const MOST_KEPT: u64 = 256 * 1024 * 1024;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The server says who is there, with which pages; nobody else is.
    Listed { members: Vec<(PeerId, PageId)> },
    /// The server says that this page has that peer's seat.
    Met { peer: PeerId, page: PageId },
    /// That seat is free.
    Left { peer: PeerId },
    /// The reliable channel to that peer is open, in place of any other.
    Opened { peer: PeerId },
    /// It is gone.
    Lost { peer: PeerId },
    /// This page's visit is over; what was received stays.
    Over,
    /// The other side said something.
    Told { peer: PeerId, message: PeerMessage },
    /// A part of a file came.
    Chunk {
        peer: PeerId,
        file: FileId,
        bytes: Vec<u8>,
    },
    /// The channel has [`LOW_WATER`] bytes left waiting.
    Drained { peer: PeerId, buffered: u32 },
    /// The person takes an offered file.
    Accept { id: TransferId },
    /// The person does not want it, or not any more, whether sent or received.
    Cancel { id: TransferId },
    /// The person does not need to see it any more; what was received of it goes.
    Dismiss { id: TransferId },
    /// Answers [`Output::Read`]. `sha256` is of the whole file, as soon as all of it was read.
    Read {
        id: TransferId,
        number: u32,
        bytes: Vec<u8>,
        sha256: Option<String>,
        /// What waits in the channel, in bytes.
        buffered: u32,
    },
    /// The file cannot be read any more.
    ReadFailed { id: TransferId, number: u32 },
    /// Answers [`Output::Check`].
    Checked { id: TransferId, intact: bool },
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Say this by the reliable channel.
    Tell { peer: PeerId, message: PeerMessage },
    /// Send this part of a file by the reliable channel.
    Send {
        peer: PeerId,
        file: FileId,
        bytes: Vec<u8>,
    },
    /// Read from the file and answer by [`Input::Read`] or [`Input::ReadFailed`].
    Read {
        id: TransferId,
        number: u32,
        from: u64,
        length: u64,
    },
    /// Put this behind what was received of the file before.
    Keep { id: TransferId, bytes: Vec<u8> },
    /// Compare the hash of what was received and answer by [`Input::Checked`].
    Check { id: TransferId, sha256: String },
    /// Let go of the file, or of what was received of it.
    Release { id: TransferId },
    /// There is no room for this file until received ones are dismissed.
    NoRoom { id: TransferId },
    /// How a file stands now; one that was not heard of before is new.
    Changed(Transfer),
    /// It need not be shown any more.
    Removed { id: TransferId },
}

/// All files of one page, to and from everybody.
#[derive(Debug, Default)]
pub struct Transfers {
    /// How many files were offered by this page or to it.
    count: u32,
    pairs: BTreeMap<PeerId, Pair>,
    /// Received and not dismissed, with their sizes.
    kept: BTreeMap<TransferId, u64>,
}

impl Transfers {
    /// A page that has handed over nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Offers a file to `peer`. The caller keeps the file under the id before it carries out the rest.
    pub fn offer(&mut self, peer: PeerId, name: &str, size: u64) -> (TransferId, Vec<Output>) {
        let mut out = Vec::new();
        let id = next_id(&mut self.count);
        let transfer = Transfer::new(id, peer, Direction::Outgoing, clean_name(name), size);
        self.pairs
            .entry(peer)
            .or_default()
            .offer(transfer, &mut out);
        (id, out)
    }

    /// The other side of a file that is not over.
    pub fn peer_of(&self, id: TransferId) -> Option<PeerId> {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|(_, pair)| pair.is_open(id));
        found.map(|(peer, _)| *peer)
    }

    /// Takes one input and says what to do about it.
    pub fn handle(&mut self, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Listed { members } => self.handle_listed(&members, &mut out),
            Input::Met { peer, page } => self.pairs.entry(peer).or_default().meet(page, &mut out),
            Input::Left { peer } => self.with_pair(peer, |pair| pair.part(&mut out)),
            Input::Opened { peer } => self.with_pair(peer, |pair| pair.open(peer, &mut out)),
            Input::Lost { peer } => self.with_pair(peer, |pair| pair.lose(&mut out)),
            Input::Over => {
                for pair in self.pairs.values_mut() {
                    pair.end_all(&mut out);
                }
                self.pairs.clear();
            }
            Input::Told { peer, message } => self.handle_told(peer, message, &mut out),
            Input::Chunk { peer, file, bytes } => {
                self.with_pair(peer, |pair| pair.take_chunk(peer, file, bytes, &mut out));
            }
            Input::Drained { peer, buffered } => {
                self.with_pair(peer, |pair| pair.drain(peer, buffered, &mut out));
            }
            Input::Accept { id } => self.accept(id, &mut out),
            Input::Cancel { id } => self.each_pair(|peer, pair| pair.cancel(peer, id, &mut out)),
            Input::Dismiss { id } => self.dismiss(id, &mut out),
            Input::Read {
                id,
                number,
                bytes,
                sha256,
                buffered,
            } => self.each_pair(|peer, pair| {
                let slice = pair::Slice {
                    bytes: &bytes,
                    sha256: sha256.as_deref(),
                    buffered,
                };
                pair.take_slice(peer, (id, number), slice, &mut out);
            }),
            Input::ReadFailed { id, number } => {
                self.each_pair(|peer, pair| pair.fail_reading(peer, (id, number), &mut out));
            }
            Input::Checked { id, intact } => self.handle_checked(id, intact, &mut out),
        }
        out
    }

    fn handle_listed(&mut self, members: &[(PeerId, PageId)], out: &mut Vec<Output>) {
        for (peer, pair) in &mut self.pairs {
            if !members.iter().any(|(member, _)| member == peer) {
                pair.part(out);
            }
        }
        for (peer, page) in members {
            self.pairs.entry(*peer).or_default().meet(*page, out);
        }
    }

    fn handle_told(&mut self, peer: PeerId, message: PeerMessage, out: &mut Vec<Output>) {
        let Some(pair) = self.pairs.get_mut(&peer).filter(|pair| pair.is_connected()) else {
            return;
        };
        match message {
            PeerMessage::OfferFile { file, name, size } => {
                let count = &mut self.count;
                pair.hear_offer(peer, (file, &name, size), || next_id(count), out);
            }
            PeerMessage::CancelFile { file } => pair.hear_cancel(file, out),
            PeerMessage::EndFile { file, sha256 } => pair.hear_end(peer, file, sha256, out),
            PeerMessage::AcceptFile { file, from } => pair.hear_accept(peer, file, from, out),
            PeerMessage::RefuseFile { file } => pair.hear_refuse(peer, file, out),
            PeerMessage::FileReceived { file, intact } => {
                pair.hear_receipt(peer, file, intact, out);
            }
            PeerMessage::Watch { .. } => {}
        }
    }

    fn accept(&mut self, id: TransferId, out: &mut Vec<Output>) {
        let under_way: u64 = self.pairs.values().map(Pair::receiving).sum();
        let held = under_way + self.kept.values().sum::<u64>();
        self.each_pair(|peer, pair| {
            pair.accept(peer, id, MOST_KEPT.saturating_sub(held), out);
        });
    }

    fn handle_checked(&mut self, id: TransferId, intact: bool, out: &mut Vec<Output>) {
        let mut kept = None;
        self.each_pair(|peer, pair| {
            kept = kept.or(pair.take_verdict(peer, id, intact, out));
        });
        if let Some(size) = kept {
            self.kept.insert(id, size);
        }
    }

    fn dismiss(&mut self, id: TransferId, out: &mut Vec<Output>) {
        if self.pairs.values().any(|pair| pair.is_open(id)) {
            return;
        }
        if self.kept.remove(&id).is_some() {
            out.push(Output::Release { id });
        }
        out.push(Output::Removed { id });
    }

    fn with_pair(&mut self, peer: PeerId, act: impl FnOnce(&mut Pair)) {
        if let Some(pair) = self.pairs.get_mut(&peer) {
            act(pair);
        }
    }

    /// For inputs that name a transfer: the pairs that do not know it do nothing.
    fn each_pair(&mut self, mut act: impl FnMut(PeerId, &mut Pair)) {
        for (peer, pair) in &mut self.pairs {
            act(*peer, pair);
        }
    }
}

fn next_id(count: &mut u32) -> TransferId {
    *count = count.saturating_add(1);
    TransferId(*count)
}
