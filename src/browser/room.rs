//! A visit to a room as its page sees it: what to show, and what a person can do.

mod actions;
mod answers;
mod chat;
mod driver;
mod exchange;
mod files;
mod outgoing;
mod phase;
mod quality;
mod store;
mod trouble;
mod voices;

use std::rc::Rc;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};

pub use answers::{AnswerStore, Editing, Loading, Owner};
pub use chat::{ChatMessage, ChatStore};
pub use files::{FileStore, HandedFile};
pub use phase::{Ending, Phase};
pub use store::{Notice, RemoteStream, RoomStore, ShownReaction, Word};
pub use trouble::Trouble;

use super::{media::LocalMedia, peer::LocalTracks, storage, visit};
use crate::{
    model::{InterviewNumber, Role},
    protocol::{ClientMessage, MediaState},
};
use driver::Driver;

/// The room of one page. Made on both targets; entered in the browser only.
#[derive(Clone, Copy, Debug)]
pub struct RoomClient {
    pub store: RoomStore,
    pub media: LocalMedia,
    number: InterviewNumber,
    /// The visit under way or just over. Cloned out before it is called, never called inside.
    driver: StoredValue<SendOption<Rc<Driver>>>,
}

impl RoomClient {
    /// Nobody enters before [`Self::enter`].
    pub fn new(number: InterviewNumber, title: String, role: Role, media: LocalMedia) -> Self {
        Self {
            store: RoomStore::new(title, role),
            media,
            number,
            driver: StoredValue::new(SendOption::new_local(None)),
        }
    }

    /// Enters, or enters again after a visit that is over. Chat and draft stay.
    pub fn enter(self) {
        self.close();
        let driver = Driver::start(self.number, self.store, self.media);
        driver.set_media(untrack(|| self.tracks()), self.media_state_untracked());
        self.driver.set_value(SendOption::new_local(Some(driver)));
    }

    /// Enters again on the person's word, past the lobby, with what was on in this tab.
    pub fn enter_again(self) {
        storage::pass_lobby(self.number);
        self.media.start(visit::media_wish(self.number));
        self.enter();
    }

    /// Sends what the devices give and says what is on, whenever it changes. Called once a page.
    pub fn follow_devices(self) {
        Effect::new(move |_| {
            let tracks = self.tracks();
            let state = self.media_state();
            if let Some(driver) = self.driver() {
                driver.set_media(tracks, state);
            }
        });
    }

    /// What this page sends. Reactive.
    pub fn media_state(self) -> MediaState {
        MediaState {
            microphone: self.media.microphone_on(),
            camera: self.media.camera_on(),
            screen: self.media.screen_on(),
        }
    }

    /// Tells the others what this page wants to see of them, whenever that changes. Called once a page.
    pub fn follow_watching(self) {
        Effect::new(move |_| {
            self.store.watching.track();
            if let Some(driver) = self.driver() {
                driver.tell_everyone_what_is_watched();
            }
        });
    }

    /// Says `text` to everyone. What cannot be sent stays in the draft.
    pub fn send_chat(self, text: &str) {
        let text = text.trim();
        if text.is_empty()
            || self
                .store
                .phase
                .with_untracked(|phase| *phase != Phase::Live)
        {
            return;
        }
        let message = ClientMessage::SendChat {
            text: text.to_owned(),
        };
        if self.driver().is_some_and(|driver| driver.send(&message)) {
            self.store.rejected.set(None);
            self.store.chat.sent(text.to_owned());
        }
    }

    /// Gives the seat back. The way in leads through the lobby again.
    pub fn leave(self) {
        if let Some(driver) = self.driver() {
            storage::forget_lobby(self.number);
            driver.leave();
        }
    }

    /// Closes everything without giving the seat back, as a reload does.
    pub fn close(self) {
        if let Some(driver) = self.driver() {
            driver.close();
        }
        self.driver.set_value(SendOption::new_local(None));
    }

    fn driver(self) -> Option<Rc<Driver>> {
        self.driver
            .try_with_value(|driver| (**driver).clone())
            .flatten()
    }

    fn tracks(self) -> LocalTracks {
        LocalTracks {
            microphone: self.media.microphone_track(),
            camera: self.media.camera_track(),
            screen: self.media.screen_track(),
            screen_sound: self.media.screen_sound_track(),
        }
    }

    fn media_state_untracked(self) -> MediaState {
        untrack(|| self.media_state())
    }
}
