//! What this person looks at, and whether sound is held back; nothing that others see.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::{
    model::PeerId,
    stage::{Choice, Subject},
};

/// A part of the side panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Chat,
    People,
}

impl Tab {
    pub const ALL: [Self; 2] = [Self::Chat, Self::People];

    /// A stable name for tests and for what is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::People => "people",
        }
    }

    /// The element of its content.
    pub const fn panel(self) -> &'static str {
        match self {
            Self::Chat => "room-chat",
            Self::People => "room-people",
        }
    }

    /// The tab itself.
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Chat => "room-tab-chat",
            Self::People => "room-tab-people",
        }
    }
}

/// What this person looks at. On a wide screen the side panel stands beside the video; on a narrow
/// one it takes its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct ViewState {
    pub tab: RwSignal<Tab>,
    /// Wide screens: the side panel is shown.
    pub side_open: RwSignal<bool>,
    /// Narrow screens: the side panel is in front.
    pub side_in_front: RwSignal<bool>,
    /// The browser refused to play sound until the person does something.
    pub sound_blocked: RwSignal<bool>,
    /// Counts the person's wishes to hear.
    pub hear: RwSignal<u32>,
    /// What this person chose to see large.
    pub choice: RwSignal<Choice>,
    /// Whose screens there are to see, the newest last.
    pub shares: RwSignal<Vec<PeerId>>,
    /// What is large now.
    pub main: RwSignal<Option<Subject>>,
    /// The pictures on screen, each with its height in pixels of the screen.
    pub seen: RwSignal<HashMap<Subject, u32>>,
}

impl ViewState {
    pub fn new() -> Self {
        Self {
            tab: RwSignal::new(Tab::Chat),
            side_open: RwSignal::new(true),
            side_in_front: RwSignal::new(false),
            sound_blocked: RwSignal::new(false),
            hear: RwSignal::new(0),
            choice: RwSignal::default(),
            shares: RwSignal::default(),
            main: RwSignal::new(None),
            seen: RwSignal::default(),
        }
    }

    /// On a wide screen: shows `tab`, or hides the panel when it is what is shown.
    pub fn toggle(self, tab: Tab) {
        let shown = self.side_open.get_untracked() && self.tab.get_untracked() == tab;
        self.tab.set(tab);
        self.side_open.set(!shown);
    }
}
