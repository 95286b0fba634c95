//! The two data channels of one connection. Drops what is no message, and believes nothing in one.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use js_sys::{ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    MessageEvent, RtcDataChannel, RtcDataChannelInit, RtcDataChannelState, RtcDataChannelType,
    RtcPeerConnection,
};

use super::{Peer, PeerEvent, Shared};
use crate::{
    browser::{clock, listener::Listener},
    channel::{
        FileId, LARGEST_FRAME, PeerMessage, PeerState, RELIABLE, UNRELIABLE, decode_chunk,
        encode_chunk,
    },
    inflow::{Inflow, STATES, TEXTS},
    transfer::LOW_WATER,
};

/// The longest text in a frame, in bytes.
const LONGEST_TEXT: u32 = 64 * 1024;
/// The longest text of a state, in bytes.
const LONGEST_STATE: u32 = 1024;
/// A channel that brought so many frames which are no messages, or came too fast, is closed.
const MOST_STRANGE: u32 = 100;

pub(super) struct Channels {
    reliable: RtcDataChannel,
    state: RtcDataChannel,
    texts: Cell<Inflow>,
    states: Cell<Inflow>,
    /// Frames that were dropped, states that came too fast apart.
    strange: Cell<u32>,
    listeners: RefCell<Vec<Listener>>,
}

impl Channels {
    /// Both sides make both channels before the first offer, so that nobody waits for the other.
    pub fn open(connection: &RtcPeerConnection) -> Self {
        let (label, id) = RELIABLE;
        let init = RtcDataChannelInit::new();
        init.set_negotiated(true);
        init.set_id(id);
        let reliable = connection.create_data_channel_with_data_channel_dict(label, &init);
        reliable.set_binary_type(RtcDataChannelType::Arraybuffer);
        reliable.set_buffered_amount_low_threshold(LOW_WATER);

        let (label, id) = UNRELIABLE;
        let init = RtcDataChannelInit::new();
        init.set_negotiated(true);
        init.set_id(id);
        init.set_ordered(false);
        init.set_max_retransmits(0);
        let state = connection.create_data_channel_with_data_channel_dict(label, &init);
        state.set_binary_type(RtcDataChannelType::Arraybuffer);
        Self {
            reliable,
            state,
            texts: Cell::new(Inflow::new(TEXTS)),
            states: Cell::new(Inflow::new(STATES)),
            strange: Cell::new(0),
            listeners: RefCell::default(),
        }
    }
}

impl Peer {
    /// Tells the other side by the reliable channel; false while it is not open.
    pub fn tell(&self, message: &PeerMessage) -> bool {
        self.shared.tell(message)
    }

    /// Says how this page stands by the unreliable channel; false while it is not open.
    pub fn send_state(&self, state: &PeerState) -> bool {
        let channel = &self.shared.channels.state;
        send_text(channel, serde_json::to_string(state))
    }

    /// The reliable channel apart from the connection, which it does not keep open.
    pub fn channel(&self) -> Channel {
        Channel {
            shared: Rc::downgrade(&self.shared),
        }
    }
}

/// The reliable channel of a connection that may be gone already.
#[derive(Clone, Debug)]
pub struct Channel {
    shared: Weak<Shared>,
}

impl Channel {
    /// As [`Peer::tell`].
    pub fn tell(&self, message: &PeerMessage) -> bool {
        let shared = self.shared.upgrade();
        shared.is_some_and(|shared| shared.tell(message))
    }

    /// Sends a part of a file; false while it is not open.
    pub fn send_chunk(&self, file: FileId, bytes: &[u8]) -> bool {
        let shared = self.shared.upgrade();
        shared.is_some_and(|shared| shared.send_chunk(file, bytes))
    }

    /// What waits in it, in bytes.
    pub fn buffered(&self) -> u32 {
        let shared = self.shared.upgrade();
        shared.map_or(0, |shared| shared.channels.reliable.buffered_amount())
    }
}

fn is_in_time(inflow: &Cell<Inflow>) -> bool {
    let mut left = inflow.get();
    let in_time = left.take(clock::now());
    inflow.set(left);
    in_time
}

fn is_open(channel: &RtcDataChannel) -> bool {
    channel.ready_state() == RtcDataChannelState::Open
}

fn send_text(channel: &RtcDataChannel, text: serde_json::Result<String>) -> bool {
    is_open(channel) && text.is_ok_and(|text| channel.send_with_str(&text).is_ok())
}

/// The text of a frame that is one and not too long, measured before it is copied.
fn text_of(data: &JsValue, longest: u32) -> Option<String> {
    let text = data.dyn_ref::<JsString>()?;
    let text = (text.length() <= longest).then(|| String::from(text))?;
    (text.len() <= longest as usize).then_some(text)
}

/// The file and the bytes of a frame that is a chunk, measured before it is copied.
fn chunk_of(data: &JsValue) -> Option<(FileId, Vec<u8>)> {
    let buffer = data.dyn_ref::<ArrayBuffer>()?;
    if buffer.byte_length() as usize > LARGEST_FRAME {
        return None;
    }
    let frame = Uint8Array::new(buffer).to_vec();
    decode_chunk(&frame).map(|(file, bytes)| (file, bytes.to_vec()))
}

impl Shared {
    pub(super) fn listen_to_channels(self: &Rc<Self>) {
        let on = |channel: &RtcDataChannel, event, act: fn(&Self, &web_sys::Event)| {
            let shared = Rc::downgrade(self);
            Listener::new(channel, event, move |event| {
                if let Some(shared) = shared.upgrade().filter(|shared| !shared.closed.get()) {
                    act(&shared, &event);
                }
            })
        };
        let Channels {
            reliable, state, ..
        } = &self.channels;
        let listeners = vec![
            on(reliable, "open", |shared, _| {
                shared.emit(PeerEvent::ChannelOpened)
            }),
            on(reliable, "close", |shared, _| {
                shared.emit(PeerEvent::ChannelClosed)
            }),
            on(reliable, "message", Self::handle_message),
            on(reliable, "bufferedamountlow", |shared, _| {
                shared.emit(PeerEvent::Drained)
            }),
            on(state, "open", |shared, _| {
                shared.emit(PeerEvent::StateOpened)
            }),
            on(state, "close", |shared, _| {
                shared.emit(PeerEvent::StateClosed)
            }),
            on(state, "message", Self::handle_state_message),
        ];
        self.channels.listeners.replace(listeners);
    }

    fn emit(&self, event: PeerEvent) {
        (self.handle_event)(event);
    }

    fn tell(&self, message: &PeerMessage) -> bool {
        send_text(&self.channels.reliable, serde_json::to_string(message))
    }

    fn send_chunk(&self, file: FileId, bytes: &[u8]) -> bool {
        let channel = &self.channels.reliable;
        let frame = encode_chunk(file, bytes);
        is_open(channel) && channel.send_with_u8_array(&frame).is_ok()
    }

    fn handle_message(&self, event: &web_sys::Event) {
        let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else {
            return;
        };
        let text = text_of(&data, LONGEST_TEXT).filter(|_| is_in_time(&self.channels.texts));
        let message = text.and_then(|text| serde_json::from_str(&text).ok());
        if let Some(message) = message {
            self.emit(PeerEvent::Told(message));
        } else if let Some((file, bytes)) = chunk_of(&data) {
            self.emit(PeerEvent::Chunk(file, bytes));
        } else {
            self.drop_strange(&self.channels.reliable);
        }
    }

    /// States that come too fast are dropped without a word: the next one says all that they did.
    fn handle_state_message(&self, event: &web_sys::Event) {
        if !is_in_time(&self.channels.states) {
            return;
        }
        let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        let text = data.and_then(|data| text_of(&data, LONGEST_STATE));
        match text.and_then(|text| serde_json::from_str(&text).ok()) {
            Some(state) => self.emit(PeerEvent::State(state)),
            None => self.drop_strange(&self.channels.state),
        }
    }

    /// Counts a frame that is no message or one too many. A page that goes on sending such is not
    /// listened to.
    fn drop_strange(&self, channel: &RtcDataChannel) {
        let strange = self.channels.strange.get() + 1;
        self.channels.strange.set(strange);
        if strange == 1 {
            leptos::logging::warn!("a frame of another page was dropped");
        }
        if strange >= MOST_STRANGE {
            channel.close();
        }
    }
}
