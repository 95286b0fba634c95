//! What one page and one other hand to each other; ends everything when the other page is gone.

use super::{
    Output, Transfer, TransferId,
    incoming::{Inbox, Offer},
    outgoing::Outbox,
};
use crate::{
    channel::{FileId, PeerMessage},
    model::{PageId, PeerId},
};

/// The way to the other side as it is now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub peer: PeerId,
    pub connected: bool,
}

impl Side {
    /// Says it if there is a way. What is not said now is made good by the next connection.
    pub fn tell(self, message: PeerMessage, out: &mut Vec<Output>) {
        if self.connected {
            let peer = self.peer;
            out.push(Output::Tell { peer, message });
        }
    }
}

/// A part of a file as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice<'a> {
    pub bytes: &'a [u8],
    pub sha256: Option<&'a str>,
    pub buffered: u32,
}

/// Everything between this page and that of one peer.
#[derive(Debug, Default)]
pub(super) struct Pair {
    page: Option<PageId>,
    present: bool,
    connected: bool,
    outbox: Outbox,
    inbox: Inbox,
}

impl Pair {
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Bytes of files that were accepted and are not over, as declared.
    pub fn receiving(&self) -> u64 {
        self.inbox.receiving()
    }

    pub fn is_open(&self, id: TransferId) -> bool {
        self.outbox.has(id) || self.inbox.has(id)
    }

    fn side(&self, peer: PeerId) -> Side {
        Side {
            peer,
            connected: self.connected,
        }
    }

    /// Another page than before knows nothing of what was going on.
    pub fn meet(&mut self, page: PageId, out: &mut Vec<Output>) {
        if self.page.is_some_and(|before| before != page) {
            self.end_all(out);
            *self = Self::default();
        }
        self.page = Some(page);
        self.present = true;
    }

    /// Media may outlive the seat for a moment: only without both is the page gone.
    pub fn part(&mut self, out: &mut Vec<Output>) {
        self.present = false;
        if !self.connected {
            self.end_all(out);
        }
    }

    pub fn open(&mut self, peer: PeerId, out: &mut Vec<Output>) {
        if self.connected {
            self.outbox.lose(out);
            self.inbox.lose(out);
        }
        self.connected = true;
        self.outbox.connect(self.side(peer), out);
    }

    pub fn lose(&mut self, out: &mut Vec<Output>) {
        self.connected = false;
        self.outbox.lose(out);
        self.inbox.lose(out);
        if !self.present {
            self.end_all(out);
        }
    }

    pub fn end_all(&mut self, out: &mut Vec<Output>) {
        self.outbox.end_all(out);
        self.inbox.end_all(out);
    }

    pub fn offer(&mut self, transfer: Transfer, out: &mut Vec<Output>) {
        let reachable = self.present || self.connected;
        let side = self.side(transfer.peer);
        self.outbox.offer(side, reachable, transfer, out);
    }

    pub fn drain(&mut self, peer: PeerId, buffered: u32, out: &mut Vec<Output>) {
        self.outbox.drain(self.side(peer), buffered, out);
    }

    pub fn take_slice(
        &mut self,
        peer: PeerId,
        read: (TransferId, u32),
        slice: Slice<'_>,
        out: &mut Vec<Output>,
    ) {
        self.outbox.take_slice(self.side(peer), read, slice, out);
    }

    pub fn fail_reading(&mut self, peer: PeerId, read: (TransferId, u32), out: &mut Vec<Output>) {
        self.outbox.fail_reading(self.side(peer), read, out);
    }

    pub fn hear_accept(&mut self, peer: PeerId, file: FileId, from: u64, out: &mut Vec<Output>) {
        self.outbox.hear_accept(self.side(peer), file, from, out);
    }

    pub fn hear_refuse(&mut self, peer: PeerId, file: FileId, out: &mut Vec<Output>) {
        self.outbox.hear_refuse(self.side(peer), file, out);
    }

    pub fn hear_receipt(
        &mut self,
        peer: PeerId,
        file: FileId,
        intact: bool,
        out: &mut Vec<Output>,
    ) {
        self.outbox.hear_receipt(self.side(peer), file, intact, out);
    }

    pub fn hear_offer(
        &mut self,
        peer: PeerId,
        (file, name, size): (FileId, &str, u64),
        new_id: impl FnOnce() -> TransferId,
        out: &mut Vec<Output>,
    ) {
        let offer = Offer { file, name, size };
        self.inbox.hear_offer(self.side(peer), offer, new_id, out);
    }

    pub fn hear_cancel(&mut self, file: FileId, out: &mut Vec<Output>) {
        self.inbox.hear_cancel(file, out);
    }

    pub fn hear_end(&mut self, peer: PeerId, file: FileId, sha256: String, out: &mut Vec<Output>) {
        self.inbox.hear_end(self.side(peer), file, sha256, out);
    }

    pub fn take_chunk(
        &mut self,
        peer: PeerId,
        file: FileId,
        bytes: Vec<u8>,
        out: &mut Vec<Output>,
    ) {
        self.inbox.take_chunk(self.side(peer), file, bytes, out);
    }

    pub fn accept(&mut self, peer: PeerId, id: TransferId, room: u64, out: &mut Vec<Output>) {
        self.inbox.accept(self.side(peer), id, room, out);
    }

    pub fn cancel(&mut self, peer: PeerId, id: TransferId, out: &mut Vec<Output>) {
        let side = self.side(peer);
        self.outbox.cancel(side, id, out);
        self.inbox.cancel(side, id, out);
    }

    /// Answers the size of a file that is to be kept.
    pub fn take_verdict(
        &mut self,
        peer: PeerId,
        id: TransferId,
        intact: bool,
        out: &mut Vec<Output>,
    ) -> Option<u64> {
        self.inbox.take_verdict(self.side(peer), id, intact, out)
    }
}
