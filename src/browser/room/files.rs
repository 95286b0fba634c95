//! The files of one page as it shows them, and what a person can do with them; decides nothing about
//! how they travel.

mod disk;
mod exchange;

use std::rc::Rc;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};
use web_sys::File;

pub(super) use exchange::Exchange;

use super::RoomClient;
use crate::{
    model::PeerId,
    transfer::{Direction, Input, Transfer, TransferId, TransferState},
};

/// How many files that are over stay in the list, received ones apart.
const MOST_OVER: usize = 50;

/// A file in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedFile {
    pub transfer: Transfer,
    /// Whom it comes from or goes to: the name outlives the seat.
    pub name_of_peer: String,
    /// Where the page has it, once it was received and its hash was right.
    pub address: Option<String>,
    /// True when it was accepted while there was no room for it.
    pub no_room: bool,
}

/// The files of one page. They outlive a visit, so that what was received can still be saved.
#[derive(Clone, Copy, Debug)]
pub struct FileStore {
    /// In the order in which they were offered.
    pub list: RwSignal<Vec<HandedFile>>,
    exchange: StoredValue<SendOption<Rc<Exchange>>>,
}

impl FileStore {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            exchange: StoredValue::new(SendOption::new_local(None)),
        }
    }

    /// How many offers wait for an answer. Reactive.
    pub fn unanswered(self) -> usize {
        self.list.with(|list| {
            let unanswered = list.iter().filter(|file| file.transfer.wants_answer());
            unanswered.count()
        })
    }

    /// The file of that name on this page. Reactive.
    pub fn find(self, id: TransferId) -> Option<HandedFile> {
        self.list
            .with(|list| list.iter().find(|file| file.transfer.id == id).cloned())
    }

    /// What hands them over, made when it is first needed.
    pub(super) fn exchange(self) -> Rc<Exchange> {
        let known = self.exchange.try_with_value(|known| (**known).clone());
        known.flatten().unwrap_or_else(|| {
            let made = Exchange::new(self);
            let kept = SendOption::new_local(Some(made.clone()));
            // Once the page is gone it is nobody's, and goes with the visit.
            let _ = self.exchange.try_set_value(kept);
            made
        })
    }

    fn feed(self, input: Input) {
        self.exchange().feed(input);
    }

    fn show(self, transfer: Transfer, name_of_peer: impl FnOnce() -> String) {
        self.list.try_update(|list| {
            let shown = list.iter_mut().find(|file| file.transfer.id == transfer.id);
            match shown {
                Some(file) => {
                    file.no_room = false;
                    file.transfer = transfer;
                }
                None => list.push(HandedFile {
                    transfer,
                    name_of_peer: name_of_peer(),
                    address: None,
                    no_room: false,
                }),
            }
            forget_oldest(list);
        });
    }

    fn change(self, id: TransferId, change: impl FnOnce(&mut HandedFile)) {
        self.list.try_update(|list| {
            if let Some(file) = list.iter_mut().find(|file| file.transfer.id == id) {
                change(file);
            }
        });
    }

    fn remove(self, id: TransferId) {
        self.list
            .try_update(|list| list.retain(|file| file.transfer.id != id));
    }
}

/// A stranger may offer and take back without end; the list must not grow with that.
fn forget_oldest(list: &mut Vec<HandedFile>) {
    let goes = |file: &HandedFile| {
        let state = file.transfer.state;
        state.is_over() && file.address.is_none() && state != TransferState::Received
    };
    let mut surplus = list.iter().filter(|file| goes(file)).count();
    surplus = surplus.saturating_sub(MOST_OVER);
    list.retain(|file| {
        let drop = surplus > 0 && goes(file);
        surplus -= usize::from(drop);
        !drop
    });
}

impl RoomClient {
    /// Offers files to `to`, or to everybody who is here.
    pub fn offer_files(self, files: Vec<File>, to: Option<PeerId>) {
        let exchange = self.store.files.exchange();
        let members = self.store.members.get_untracked();
        for file in files {
            for member in &members {
                if to.is_none_or(|to| to == member.peer) {
                    exchange.offer(member.peer, member.name.clone(), file.clone());
                }
            }
        }
    }

    /// Takes an offered file.
    pub fn accept_file(self, id: TransferId) {
        self.store.files.feed(Input::Accept { id });
    }

    /// Does not take a file, or does not send it any more.
    pub fn cancel_file(self, id: TransferId) {
        self.store.files.feed(Input::Cancel { id });
    }

    /// Takes a file that is over off the list, and what was received of it out of memory.
    pub fn dismiss_file(self, id: TransferId) {
        self.store.files.feed(Input::Dismiss { id });
    }
}

impl HandedFile {
    /// True for a file that comes to this page.
    pub fn is_incoming(&self) -> bool {
        self.transfer.direction == Direction::Incoming
    }
}
