//! Files that this page hands to one other; reads none itself.
//!
//! One piece of one file is read at a time, the files in turn, and only while the channel has room
//! for all of it: what waits in the channel never passes [`super::HIGH_WATER`].

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Failure, HIGH_WATER, LONGEST_READ, MOST_OPEN, Output, Transfer, TransferId, TransferState,
    pair::{Side, Slice},
};
use crate::channel::{CHUNK, CHUNK_HEADER, FileId, LARGEST_FILE, PeerMessage};

/// How many files given up are told of again by every new connection.
const MOST_GIVEN_UP: usize = 256;
/// Room left for messages beside chunks, and for what stands before each chunk, in bytes.
const MARGIN: u64 = 64 * 1024;

#[derive(Debug)]
struct Outgoing {
    transfer: Transfer,
    /// The rest of these concern the connection of this moment.
    offered: bool,
    accepted: bool,
    ended: bool,
    /// The next byte to be sent.
    next: u64,
    /// The most that was ever sent, in bytes.
    sent: u64,
    /// Of the whole file, once all of it was read.
    sha256: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct Reading {
    file: FileId,
    number: u32,
    length: u64,
}

/// What is on offer or under way to one other page.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    files: BTreeMap<FileId, Outgoing>,
    /// Over for this page, while the other side may not know it.
    given_up: BTreeSet<FileId>,
    /// What waits in the channel: exact whenever something was read or the channel drained.
    buffered: u64,
    reading: Option<Reading>,
    /// Counts what was asked for, so that an answer that comes too late is known as such.
    reads: u32,
    /// The file of the last piece.
    turn: Option<FileId>,
}

/// The id on the wire follows from the id on the page, so it is never used twice.
fn file_of(id: TransferId) -> FileId {
    FileId(id.0)
}

impl Outbox {
    pub fn has(&self, id: TransferId) -> bool {
        self.find(id).is_some()
    }

    fn find(&self, id: TransferId) -> Option<FileId> {
        let file = file_of(id);
        let found = self.files.get(&file);
        found.filter(|found| found.transfer.id == id).map(|_| file)
    }

    pub fn offer(
        &mut self,
        side: Side,
        reachable: bool,
        mut transfer: Transfer,
        out: &mut Vec<Output>,
    ) {
        let failure = if transfer.size > LARGEST_FILE {
            Some(Failure::TooLarge)
        } else {
            (!reachable).then_some(Failure::Gone)
        };
        if let Some(failure) = failure {
            transfer.state = TransferState::Failed(failure);
            let id = transfer.id;
            out.push(Output::Changed(transfer));
            out.push(Output::Release { id });
            return;
        }
        out.push(Output::Changed(transfer.clone()));
        let outgoing = Outgoing {
            offered: false,
            accepted: false,
            ended: false,
            next: 0,
            sent: 0,
            sha256: None,
            transfer,
        };
        self.files.insert(file_of(outgoing.transfer.id), outgoing);
        self.offer_more(side, out);
    }

    /// A new connection: the other side may have missed anything said last by the one before.
    pub fn connect(&mut self, side: Side, out: &mut Vec<Output>) {
        for file in &self.given_up {
            side.tell(PeerMessage::CancelFile { file: *file }, out);
        }
        self.offer_more(side, out);
    }

    pub fn lose(&mut self, out: &mut Vec<Output>) {
        self.reading = None;
        self.buffered = 0;
        for outgoing in self.files.values_mut() {
            (outgoing.offered, outgoing.accepted, outgoing.ended) = (false, false, false);
            let state = match outgoing.transfer.state {
                TransferState::Offered => TransferState::Waiting,
                TransferState::Moving => TransferState::Paused,
                state => state,
            };
            outgoing.show(state, out);
        }
    }

    pub fn end_all(&mut self, out: &mut Vec<Output>) {
        let all: Vec<FileId> = self.files.keys().copied().collect();
        for file in all {
            self.give_up(file, TransferState::Failed(Failure::Gone), out);
        }
    }

    pub fn cancel(&mut self, side: Side, id: TransferId, out: &mut Vec<Output>) {
        if let Some(file) = self.find(id) {
            self.give_up(file, TransferState::Cancelled { here: true }, out);
            side.tell(PeerMessage::CancelFile { file }, out);
            self.offer_more(side, out);
            self.advance(side, out);
        }
    }

    pub fn hear_accept(&mut self, side: Side, file: FileId, from: u64, out: &mut Vec<Output>) {
        let Some(outgoing) = self.files.get_mut(&file) else {
            return;
        };
        if !outgoing.offered || outgoing.accepted {
            return;
        }
        if from > outgoing.sent {
            return self.break_off(side, file, Failure::Mismatch, out);
        }
        outgoing.accepted = true;
        outgoing.next = from;
        outgoing.transfer.done = from;
        outgoing.show(TransferState::Moving, out);
        self.advance(side, out);
    }

    pub fn hear_refuse(&mut self, side: Side, file: FileId, out: &mut Vec<Output>) {
        let Some(outgoing) = self.files.get(&file) else {
            return;
        };
        let state = match outgoing.transfer.state {
            TransferState::Moving | TransferState::Paused => {
                TransferState::Cancelled { here: false }
            }
            _ => TransferState::Refused,
        };
        self.finish(file, state, out);
        self.offer_more(side, out);
        self.advance(side, out);
    }

    pub fn hear_receipt(&mut self, side: Side, file: FileId, intact: bool, out: &mut Vec<Output>) {
        let Some(outgoing) = self.files.get_mut(&file) else {
            return;
        };
        let all_sent = outgoing.sent == outgoing.transfer.size && outgoing.sha256.is_some();
        if !all_sent {
            return self.break_off(side, file, Failure::Mismatch, out);
        }
        let state = if intact {
            outgoing.transfer.done = outgoing.transfer.size;
            TransferState::Received
        } else {
            TransferState::Failed(Failure::Damaged)
        };
        self.finish(file, state, out);
        self.offer_more(side, out);
        self.advance(side, out);
    }

    pub fn drain(&mut self, side: Side, buffered: u32, out: &mut Vec<Output>) {
        self.buffered = buffered.into();
        self.advance(side, out);
    }

    pub fn take_slice(
        &mut self,
        side: Side,
        (id, number): (TransferId, u32),
        slice: Slice<'_>,
        out: &mut Vec<Output>,
    ) {
        let Some(reading) = self.take_reading(id, number) else {
            return;
        };
        self.buffered = slice.buffered.into();
        if let Some(outgoing) = self.files.get_mut(&reading.file) {
            if slice.bytes.len() as u64 != reading.length {
                return self.break_off(side, reading.file, Failure::Unreadable, out);
            }
            self.buffered += outgoing.send(side, slice, out);
            if outgoing.sent == outgoing.transfer.size && outgoing.sha256.is_none() {
                return self.break_off(side, reading.file, Failure::Unreadable, out);
            }
        }
        self.advance(side, out);
    }

    pub fn fail_reading(
        &mut self,
        side: Side,
        (id, number): (TransferId, u32),
        out: &mut Vec<Output>,
    ) {
        if let Some(reading) = self.take_reading(id, number) {
            self.break_off(side, reading.file, Failure::Unreadable, out);
        }
    }

    fn take_reading(&mut self, id: TransferId, number: u32) -> Option<Reading> {
        self.reading
            .take_if(|reading| reading.file == file_of(id) && reading.number == number)
    }

    fn break_off(&mut self, side: Side, file: FileId, failure: Failure, out: &mut Vec<Output>) {
        self.give_up(file, TransferState::Failed(failure), out);
        side.tell(PeerMessage::CancelFile { file }, out);
        self.offer_more(side, out);
        self.advance(side, out);
    }

    fn give_up(&mut self, file: FileId, state: TransferState, out: &mut Vec<Output>) {
        if self.finish(file, state, out) {
            self.given_up.insert(file);
            if self.given_up.len() > MOST_GIVEN_UP {
                self.given_up.pop_first();
            }
        }
    }

    fn finish(&mut self, file: FileId, state: TransferState, out: &mut Vec<Output>) -> bool {
        let Some(mut outgoing) = self.files.remove(&file) else {
            return false;
        };
        let id = outgoing.transfer.id;
        outgoing.show(state, out);
        out.push(Output::Release { id });
        true
    }

    /// Offers in order, as many at once as the other side hears out.
    fn offer_more(&mut self, side: Side, out: &mut Vec<Output>) {
        if !side.connected {
            return;
        }
        let open = self.files.values().filter(|file| file.offered).count();
        let waiting = self.files.iter_mut().filter(|(_, file)| !file.offered);
        for (file, outgoing) in waiting.take(MOST_OPEN.saturating_sub(open)) {
            outgoing.offered = true;
            let message = PeerMessage::OfferFile {
                file: *file,
                name: outgoing.transfer.name.clone(),
                size: outgoing.transfer.size,
            };
            side.tell(message, out);
            if outgoing.transfer.state == TransferState::Waiting {
                outgoing.show(TransferState::Offered, out);
            }
        }
    }

    /// Asks for the next piece, unless one is being read or the channel is full.
    fn advance(&mut self, side: Side, out: &mut Vec<Output>) {
        while side.connected && self.reading.is_none() {
            let full = self.buffered + LONGEST_READ + MARGIN > HIGH_WATER;
            let Some(file) = self.next_in_turn().filter(|_| !full) else {
                return;
            };
            let Some(outgoing) = self.files.get_mut(&file) else {
                return;
            };
            self.turn = Some(file);
            if let Some(sha256) = outgoing.whole() {
                outgoing.ended = true;
                side.tell(PeerMessage::EndFile { file, sha256 }, out);
                continue;
            }
            self.reads = self.reads.wrapping_add(1);
            let from = outgoing.next;
            let length = (outgoing.transfer.size - from).min(LONGEST_READ);
            let number = self.reads;
            self.reading = Some(Reading {
                file,
                number,
                length,
            });
            let id = outgoing.transfer.id;
            out.push(Output::Read {
                id,
                number,
                from,
                length,
            });
        }
    }

    fn next_in_turn(&self) -> Option<FileId> {
        let ready = |(file, outgoing): (&FileId, &Outgoing)| {
            (outgoing.accepted && !outgoing.ended).then_some(*file)
        };
        let later = self.files.iter().filter_map(ready);
        let mut later = later.filter(|file| self.turn.is_none_or(|turn| *file > turn));
        later.next().or_else(|| self.files.iter().find_map(ready))
    }
}

impl Outgoing {
    /// The hash, when there is nothing left to send.
    fn whole(&self) -> Option<String> {
        let all = self.next == self.transfer.size;
        self.sha256.clone().filter(|_| all)
    }

    /// Sends a piece in chunks; answers what that adds to the channel, in bytes.
    fn send(&mut self, side: Side, slice: Slice<'_>, out: &mut Vec<Output>) -> u64 {
        let file = file_of(self.transfer.id);
        let percent = self.transfer.percent();
        let mut added = 0;
        for chunk in slice.bytes.chunks(CHUNK) {
            added += (CHUNK_HEADER + chunk.len()) as u64;
            out.push(Output::Send {
                peer: side.peer,
                file,
                bytes: chunk.to_vec(),
            });
        }
        self.next += slice.bytes.len() as u64;
        self.sent = self.sent.max(self.next);
        self.transfer.done = self.next;
        if self.sha256.is_none() && self.sent == self.transfer.size {
            self.sha256 = slice.sha256.map(str::to_owned);
        }
        if percent != self.transfer.percent() {
            out.push(Output::Changed(self.transfer.clone()));
        }
        added
    }

    fn show(&mut self, state: TransferState, out: &mut Vec<Output>) {
        if self.transfer.state != state {
            self.transfer.state = state;
            out.push(Output::Changed(self.transfer.clone()));
        }
    }
}
