//! The log of all answers: one task that writes what comes in groups, and says what is durable only
//! after the commit.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
    time::sleep,
};

use crate::{
    protocol::AnswerKey,
    room::SocketId,
    server::db::{
        Database,
        answers::{self, AnswerId, Change, Entry},
    },
};

/// How many orders may wait before rooms wait for the disk. Also the most of one commit.
const WAITING: usize = 1024;
/// How long to wait before each further try of what could not be written.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(800),
];

/// The way to the log; clones lead to the same.
#[derive(Clone, Debug)]
pub struct Journal(mpsc::Sender<Order>);

/// What a room is told of what it handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// Every update of this page to this answer up to that number is durable.
    Saved {
        socket: SocketId,
        answer: AnswerKey,
        number: u64,
    },
    /// Something could not be written, and nothing will be that comes after it.
    Lost,
}

/// One room's side: its receipts, and whether it may go on. A room whose words were lost must not
/// write others that build on them.
#[derive(Debug)]
pub struct Ledger {
    journal: Journal,
    account: Arc<Account>,
}

#[derive(Debug)]
struct Account {
    receipts: mpsc::UnboundedSender<Receipt>,
    lost: AtomicBool,
}

#[derive(Debug)]
enum Order {
    Keep {
        what: Kept,
        receipt: Option<Receipt>,
        account: Arc<Account>,
    },
    /// Told when everything before it is durable or lost.
    Flush(oneshot::Sender<()>),
}

#[derive(Debug)]
enum Kept {
    Entry(Entry),
    Snapshot {
        answer: AnswerId,
        data: Vec<u8>,
    },
    /// Nothing but the question whether everything before it is durable.
    Nothing,
}

impl Journal {
    /// Begins to write, on `runtime`. It ends when the last handle is gone.
    pub fn start(database: Database, runtime: &Handle) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        runtime.spawn(run(database, receiver));
        Self(sender)
    }

    /// Waits until everything that was handed in before is durable or lost.
    pub async fn flush(&self) {
        let (done, told) = oneshot::channel();
        if self.0.send(Order::Flush(done)).await.is_ok() {
            // The task is gone only when its runtime is.
            let _ = told.await;
        }
    }

    /// A room's side of it, and where its receipts come.
    pub fn open(&self) -> (Ledger, mpsc::UnboundedReceiver<Receipt>) {
        let (receipts, receiver) = mpsc::unbounded_channel();
        let account = Arc::new(Account {
            receipts,
            lost: AtomicBool::new(false),
        });
        let journal = self.clone();
        (Ledger { journal, account }, receiver)
    }
}

impl Ledger {
    /// Adds to an answer's log.
    pub async fn add(&self, entry: Entry, receipt: Option<Receipt>) {
        self.keep(Kept::Entry(entry), receipt).await;
    }

    /// Asks for a receipt of everything before.
    pub async fn ask(&self, receipt: Receipt) {
        self.keep(Kept::Nothing, Some(receipt)).await;
    }

    /// Makes an answer load fast. Everything that was added to it before must be in `data`.
    pub async fn store_snapshot(&self, answer: AnswerId, data: Vec<u8>) {
        self.keep(Kept::Snapshot { answer, data }, None).await;
    }

    /// Waits until everything that was handed in before, by whichever room, is durable or lost.
    pub async fn flush(&self) {
        self.journal.flush().await;
    }

    async fn keep(&self, what: Kept, receipt: Option<Receipt>) {
        let account = self.account.clone();
        let order = Order::Keep {
            what,
            receipt,
            account,
        };
        // The task is gone only when its runtime is.
        let _ = self.journal.0.send(order).await;
    }
}

async fn run(database: Database, mut orders: mpsc::Receiver<Order>) {
    let mut batch = Vec::with_capacity(WAITING);
    while orders.recv_many(&mut batch, WAITING).await > 0 {
        settle(&database, &batch).await;
        for order in batch.drain(..) {
            if let Order::Flush(done) = order {
                // Who asked may have gone.
                let _ = done.send(());
            }
        }
    }
}

/// Writes everything at once; when that fails, room by room, so that none suffers for another.
async fn settle(database: &Database, batch: &[Order]) {
    if commit(database, batch, None).await.is_ok() {
        return acknowledge(batch, None);
    }
    let mut rooms: Vec<&Arc<Account>> = Vec::new();
    for order in batch {
        if let Order::Keep { account, .. } = order
            && !rooms.iter().any(|room| Arc::ptr_eq(room, account))
        {
            rooms.push(account);
        }
    }
    for room in rooms {
        if commit_in_time(database, batch, room).await {
            acknowledge(batch, Some(room));
        } else {
            room.lost.store(true, Ordering::Relaxed);
            // A room that is gone has nobody to tell.
            let _ = room.receipts.send(Receipt::Lost);
        }
    }
}

async fn commit_in_time(database: &Database, batch: &[Order], room: &Arc<Account>) -> bool {
    for pause in PAUSES {
        match commit(database, batch, Some(room)).await {
            Ok(()) => return true,
            Err(error) => tracing::error!(%error, "answers were not written"),
        }
        sleep(pause).await;
    }
    commit(database, batch, Some(room)).await.is_ok()
}

async fn commit(
    database: &Database,
    batch: &[Order],
    room: Option<&Arc<Account>>,
) -> Result<(), sea_orm::DbErr> {
    let changes: Vec<Change<'_>> = of(batch, room)
        .filter_map(|(what, ..)| match what {
            Kept::Entry(entry) => Some(Change::Add(entry)),
            Kept::Snapshot { answer, data } => Some(Change::Snapshot {
                answer: *answer,
                data,
            }),
            Kept::Nothing => None,
        })
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    answers::write(database, &changes).await
}

fn acknowledge(batch: &[Order], room: Option<&Arc<Account>>) {
    for (_, receipt, account) in of(batch, room) {
        if let Some(receipt) = receipt {
            // A room that is gone has nobody to tell.
            let _ = account.receipts.send(*receipt);
        }
    }
}

/// What is to be kept, of one room or of all, those apart that must not go on.
fn of<'a>(
    batch: &'a [Order],
    room: Option<&'a Arc<Account>>,
) -> impl Iterator<Item = (&'a Kept, &'a Option<Receipt>, &'a Arc<Account>)> {
    let kept = batch.iter().filter_map(|order| match order {
        Order::Keep {
            what,
            receipt,
            account,
        } => Some((what, receipt, account)),
        Order::Flush(_) => None,
    });
    kept.filter(move |(_, _, account)| {
        let chosen = room.is_none_or(|room| Arc::ptr_eq(room, account));
        chosen && !account.lost.load(Ordering::Relaxed)
    })
}
