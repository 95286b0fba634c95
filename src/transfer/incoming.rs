//! Files that one other page hands to this one; believes nothing that page says.

use std::collections::BTreeMap;

use super::{
    Direction, Failure, MOST_OPEN, Output, Transfer, TransferId, TransferState, clean_name,
    pair::Side,
};
use crate::channel::{CHUNK, FileId, LARGEST_FILE, PeerMessage};

/// How many ended files are remembered, so that a repeated offer gets the same answer.
const MOST_REMEMBERED: usize = 256;
/// How many files one page may offer in all; what comes after them is refused unseen.
const MOST_OFFERS: u32 = 1000;
/// Digits of a SHA-256 in hexadecimal.
const HASH_LENGTH: usize = 64;

/// What the other side says of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer<'a> {
    pub file: FileId,
    pub name: &'a str,
    pub size: u64,
}

#[derive(Debug)]
struct Incoming {
    transfer: Transfer,
    /// True once the connection of this moment was told where to begin.
    answered: bool,
    /// True while its hash is being compared.
    checking: bool,
}

/// How a file ended, for a sender who asks again.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    Whole { intact: bool },
    Refused,
}

/// What one other page has on offer or under way to this one.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    files: BTreeMap<FileId, Incoming>,
    over: BTreeMap<FileId, Verdict>,
    /// The sender counts: what is not higher was offered before.
    highest: Option<FileId>,
    offers: u32,
}

impl Inbox {
    pub fn has(&self, id: TransferId) -> bool {
        self.find(id).is_some()
    }

    fn find(&self, id: TransferId) -> Option<FileId> {
        let mut files = self.files.iter();
        let found = files.find(|(_, incoming)| incoming.transfer.id == id);
        found.map(|(file, _)| *file)
    }

    pub fn receiving(&self) -> u64 {
        let accepted = self
            .files
            .values()
            .filter(|incoming| incoming.is_accepted());
        accepted.map(|incoming| incoming.transfer.size).sum()
    }

    pub fn hear_offer(
        &mut self,
        side: Side,
        offer: Offer<'_>,
        new_id: impl FnOnce() -> TransferId,
        out: &mut Vec<Output>,
    ) {
        let file = offer.file;
        if let Some(incoming) = self.files.get_mut(&file) {
            return incoming.answer(side, file, out);
        }
        if self.highest.is_some_and(|highest| file <= highest) {
            return self.repeat_verdict(side, file, out);
        }
        self.highest = Some(file);
        self.offers = self.offers.saturating_add(1);
        let too_many = self.files.len() >= MOST_OPEN || self.offers > MOST_OFFERS;
        if too_many || offer.size > LARGEST_FILE {
            self.remember(file, Verdict::Refused);
            return side.tell(PeerMessage::RefuseFile { file }, out);
        }
        let name = clean_name(offer.name);
        let mut transfer =
            Transfer::new(new_id(), side.peer, Direction::Incoming, name, offer.size);
        transfer.state = TransferState::Offered;
        out.push(Output::Changed(transfer.clone()));
        let incoming = Incoming {
            transfer,
            answered: false,
            checking: false,
        };
        self.files.insert(file, incoming);
    }

    fn repeat_verdict(&self, side: Side, file: FileId, out: &mut Vec<Output>) {
        let message = match self.over.get(&file) {
            Some(Verdict::Whole { intact }) => PeerMessage::FileReceived {
                file,
                intact: *intact,
            },
            _ => PeerMessage::RefuseFile { file },
        };
        side.tell(message, out);
    }

    pub fn hear_cancel(&mut self, file: FileId, out: &mut Vec<Output>) {
        let state = TransferState::Cancelled { here: false };
        self.finish(file, state, Verdict::Refused, out);
    }

    pub fn accept(&mut self, side: Side, id: TransferId, room: u64, out: &mut Vec<Output>) {
        let Some(file) = self.find(id) else {
            return;
        };
        let Some(incoming) = self.files.get_mut(&file) else {
            return;
        };
        if incoming.is_accepted() {
            return;
        }
        if incoming.transfer.size > room {
            out.push(Output::NoRoom { id });
            return;
        }
        incoming.show(TransferState::Paused, out);
        incoming.answer(side, file, out);
    }

    pub fn cancel(&mut self, side: Side, id: TransferId, out: &mut Vec<Output>) {
        let Some(file) = self.find(id) else {
            return;
        };
        let accepted = self.files.get(&file).is_some_and(Incoming::is_accepted);
        let state = if accepted {
            TransferState::Cancelled { here: true }
        } else {
            TransferState::Refused
        };
        self.finish(file, state, Verdict::Refused, out);
        side.tell(PeerMessage::RefuseFile { file }, out);
    }

    /// More than was declared is never kept; what was not asked for is dropped.
    pub fn take_chunk(&mut self, side: Side, file: FileId, bytes: Vec<u8>, out: &mut Vec<Output>) {
        let Some(incoming) = self.files.get_mut(&file) else {
            return;
        };
        if !side.connected || !incoming.answered || bytes.is_empty() {
            return;
        }
        let length = bytes.len() as u64;
        let fits = length <= incoming.transfer.size - incoming.transfer.done;
        if !fits || incoming.checking || bytes.len() > CHUNK {
            return self.break_off(side, file, out);
        }
        let percent = incoming.transfer.percent();
        incoming.transfer.done += length;
        let id = incoming.transfer.id;
        out.push(Output::Keep { id, bytes });
        if percent != incoming.transfer.percent() {
            out.push(Output::Changed(incoming.transfer.clone()));
        }
    }

    pub fn hear_end(&mut self, side: Side, file: FileId, sha256: String, out: &mut Vec<Output>) {
        let Some(incoming) = self.files.get_mut(&file) else {
            return;
        };
        if !incoming.answered || incoming.checking {
            return;
        }
        let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let is_hash = sha256.len() == HASH_LENGTH && sha256.chars().all(digit);
        if incoming.transfer.done < incoming.transfer.size || !is_hash {
            return self.break_off(side, file, out);
        }
        incoming.checking = true;
        let id = incoming.transfer.id;
        out.push(Output::Check { id, sha256 });
    }

    /// Answers the size of a file that is whole and to be kept.
    pub fn take_verdict(
        &mut self,
        side: Side,
        id: TransferId,
        intact: bool,
        out: &mut Vec<Output>,
    ) -> Option<u64> {
        let file = self.find(id)?;
        let size = {
            let incoming = self.files.get(&file)?;
            incoming.checking.then_some(incoming.transfer.size)?
        };
        let state = if intact {
            TransferState::Received
        } else {
            TransferState::Failed(Failure::Damaged)
        };
        self.finish(file, state, Verdict::Whole { intact }, out);
        side.tell(PeerMessage::FileReceived { file, intact }, out);
        intact.then_some(size)
    }

    pub fn lose(&mut self, out: &mut Vec<Output>) {
        for incoming in self.files.values_mut() {
            incoming.answered = false;
            if incoming.transfer.state == TransferState::Moving {
                incoming.show(TransferState::Paused, out);
            }
        }
    }

    pub fn end_all(&mut self, out: &mut Vec<Output>) {
        let all: Vec<FileId> = self.files.keys().copied().collect();
        for file in all {
            let state = TransferState::Failed(Failure::Gone);
            self.finish(file, state, Verdict::Refused, out);
        }
    }

    fn break_off(&mut self, side: Side, file: FileId, out: &mut Vec<Output>) {
        let state = TransferState::Failed(Failure::Mismatch);
        self.finish(file, state, Verdict::Refused, out);
        side.tell(PeerMessage::RefuseFile { file }, out);
    }

    /// A file that is whole stays with the adapter, any other is let go of.
    fn finish(
        &mut self,
        file: FileId,
        state: TransferState,
        verdict: Verdict,
        out: &mut Vec<Output>,
    ) {
        let Some(mut incoming) = self.files.remove(&file) else {
            return;
        };
        self.remember(file, verdict);
        incoming.show(state, out);
        if state != TransferState::Received {
            let id = incoming.transfer.id;
            out.push(Output::Release { id });
        }
    }

    fn remember(&mut self, file: FileId, verdict: Verdict) {
        self.over.insert(file, verdict);
        if self.over.len() > MOST_REMEMBERED {
            self.over.pop_first();
        }
    }
}

impl Incoming {
    fn is_accepted(&self) -> bool {
        matches!(
            self.transfer.state,
            TransferState::Moving | TransferState::Paused
        )
    }

    /// Tells a connection where to begin, once: bytes under way must not be sent twice.
    fn answer(&mut self, side: Side, file: FileId, out: &mut Vec<Output>) {
        if !self.is_accepted() || self.answered || !side.connected {
            return;
        }
        self.answered = true;
        let from = self.transfer.done;
        side.tell(PeerMessage::AcceptFile { file, from }, out);
        self.show(TransferState::Moving, out);
    }

    fn show(&mut self, state: TransferState, out: &mut Vec<Output>) {
        if self.transfer.state != state {
            self.transfer.state = state;
            out.push(Output::Changed(self.transfer.clone()));
        }
    }
}
