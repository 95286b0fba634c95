//! Two pages with a channel between them that may be lost, slow, or known late by one side.

use std::collections::{BTreeMap, VecDeque};

use uuid::Uuid;

use crate::{
    channel::{FileId, PeerMessage},
    model::{PageId, PeerId},
    transfer::{
        HIGH_WATER, Input, LOW_WATER, Output, Transfer, TransferId, TransferState, Transfers,
    },
};

#[derive(Debug)]
pub enum Frame {
    Message(PeerMessage),
    Chunk(FileId, Vec<u8>),
}

impl Frame {
    fn size(&self) -> u64 {
        match self {
            Self::Message(message) => serde_json::to_string(message).unwrap().len() as u64,
            Self::Chunk(_, bytes) => bytes.len() as u64 + 4,
        }
    }
}

type Read = (TransferId, u32, u64, u64);

/// One page with its adapter.
#[derive(Debug)]
pub struct Page {
    pub machine: Transfers,
    other: PeerId,
    /// The connection it knows to be open.
    pub epoch: Option<u32>,
    pub files: BTreeMap<TransferId, Vec<u8>>,
    pub received: BTreeMap<TransferId, Vec<u8>>,
    pub views: BTreeMap<TransferId, Transfer>,
    pub reads: VecDeque<Read>,
    /// Handed to the channel and not delivered yet.
    pub wire: VecDeque<Frame>,
    pub buffered: u64,
    checks: VecDeque<(TransferId, String)>,
}

/// Two pages; the second one's peer id is 2.
#[derive(Debug)]
pub struct World {
    pub pages: [Page; 2],
    epoch: u32,
}

pub fn page_id(number: u128) -> PageId {
    PageId(Uuid::from_u128(number))
}

/// Stands for SHA-256, which the adapters compute.
pub fn hash(bytes: &[u8]) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let sum = bytes.iter().fold(start, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{sum:016x}").repeat(4)
}

pub fn content(seed: u32, size: usize) -> Vec<u8> {
    let byte = |place: usize| (place as u32).wrapping_mul(seed | 1).wrapping_shr(7) as u8;
    (0..size).map(byte).collect()
}

impl Page {
    fn new(other: PeerId) -> Self {
        Self {
            machine: Transfers::new(),
            other,
            epoch: None,
            files: BTreeMap::new(),
            received: BTreeMap::new(),
            views: BTreeMap::new(),
            reads: VecDeque::new(),
            wire: VecDeque::new(),
            buffered: 0,
            checks: VecDeque::new(),
        }
    }

    pub fn feed(&mut self, input: Input) {
        let outputs = self.machine.handle(input);
        self.carry_out(outputs);
        while let Some((id, sha256)) = self.checks.pop_front() {
            let intact = self.received.get(&id).map_or(hash(&[]), |all| hash(all)) == sha256;
            let outputs = self.machine.handle(Input::Checked { id, intact });
            self.carry_out(outputs);
        }
    }

    pub fn offer(&mut self, name: &str, bytes: Vec<u8>) -> TransferId {
        let (id, outputs) = self.machine.offer(self.other, name, bytes.len() as u64);
        self.files.insert(id, bytes);
        self.carry_out(outputs);
        id
    }

    fn carry_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Tell { message, .. } => self.put(Frame::Message(message)),
                Output::Send { file, bytes, .. } => self.put(Frame::Chunk(file, bytes)),
                Output::Read {
                    id,
                    number,
                    from,
                    length,
                } => self.reads.push_back((id, number, from, length)),
                Output::Keep { id, bytes } => self.received.entry(id).or_default().extend(bytes),
                Output::Check { id, sha256 } => self.checks.push_back((id, sha256)),
                Output::Release { id } => {
                    self.files.remove(&id);
                    self.received.remove(&id);
                }
                Output::Changed(view) => {
                    let before = self.views.insert(view.id, view.clone());
                    let over = before.is_some_and(|before| before.state.is_over());
                    assert!(!over, "changed after its end: {view:?}");
                }
                Output::NoRoom { .. } => {}
                Output::Removed { id } => {
                    self.views.remove(&id);
                }
            }
        }
    }

    fn put(&mut self, frame: Frame) {
        // What is said into a channel that is gone without this page knowing is lost.
        self.buffered += frame.size();
        assert!(self.buffered <= HIGH_WATER, "{} bytes wait", self.buffered);
        self.wire.push_back(frame);
    }

    /// Answers the oldest request for a piece.
    pub fn read(&mut self) -> bool {
        let Some((id, number, from, length)) = self.reads.pop_front() else {
            return false;
        };
        let Some(file) = self.files.get(&id) else {
            self.feed(Input::ReadFailed { id, number });
            return true;
        };
        let end = from + length;
        let bytes = file[from as usize..end as usize].to_vec();
        let sha256 = (end == file.len() as u64).then(|| hash(file));
        let buffered = u32::try_from(self.buffered).unwrap();
        self.feed(Input::Read {
            id,
            number,
            bytes,
            sha256,
            buffered,
        });
        true
    }

    pub fn open(&mut self, epoch: u32) {
        self.epoch = Some(epoch);
        self.wire.clear();
        self.buffered = 0;
        let peer = self.other;
        self.feed(Input::Opened { peer });
    }

    pub fn lose(&mut self) {
        if self.epoch.take().is_some() {
            self.wire.clear();
            self.buffered = 0;
            let peer = self.other;
            self.feed(Input::Lost { peer });
        }
    }

    pub fn state(&self, id: TransferId) -> TransferState {
        self.views[&id].state
    }

    /// What was offered to this page under that name.
    pub fn named(&self, name: &str) -> Option<&Transfer> {
        self.views.values().find(|view| view.name == name)
    }
}

impl World {
    /// Both have met; nothing is open.
    pub fn new() -> Self {
        let mut pages = [Page::new(PeerId(2)), Page::new(PeerId(1))];
        for (place, page) in pages.iter_mut().enumerate() {
            let peer = page.other;
            let id = page_id(10 + place as u128);
            page.feed(Input::Met { peer, page: id });
        }
        Self { pages, epoch: 0 }
    }

    pub fn connected() -> Self {
        let mut world = Self::new();
        world.connect(0);
        world.connect(1);
        world
    }

    /// That side knows the newest connection to be open; a side without one makes a new one.
    pub fn connect(&mut self, side: usize) {
        if self.pages[side]
            .epoch
            .is_some_and(|epoch| epoch == self.epoch && epoch > 0)
        {
            return;
        }
        let newest = self.pages.iter().filter_map(|page| page.epoch).max();
        if self.epoch == 0 || newest != Some(self.epoch) {
            self.epoch += 1;
        }
        let epoch = self.epoch;
        self.pages[side].open(epoch);
    }

    /// Delivers one frame from that side to the other; frames to a side that is not there yet wait.
    pub fn deliver(&mut self, side: usize) -> bool {
        let (from, to) = (self.pages[side].epoch, self.pages[1 - side].epoch);
        if from.is_none() || from > to {
            return false;
        }
        let sender = &mut self.pages[side];
        let Some(frame) = sender.wire.pop_front() else {
            return false;
        };
        let before = sender.buffered;
        sender.buffered -= frame.size();
        let low = u64::from(LOW_WATER);
        if before > low && sender.buffered <= low {
            let buffered = u32::try_from(sender.buffered).unwrap();
            let peer = sender.other;
            sender.feed(Input::Drained { peer, buffered });
        }
        // The receiver listens to the newest connection only.
        if from == to {
            let receiver = &mut self.pages[1 - side];
            let peer = receiver.other;
            receiver.feed(match frame {
                Frame::Message(message) => Input::Told { peer, message },
                Frame::Chunk(file, bytes) => Input::Chunk { peer, file, bytes },
            });
        }
        true
    }

    /// Until nothing moves any more.
    pub fn settle(&mut self) {
        loop {
            let mut moved = false;
            for side in 0..2 {
                moved |= self.pages[side].read();
                moved |= self.deliver(side);
            }
            if !moved {
                return;
            }
        }
    }
}
