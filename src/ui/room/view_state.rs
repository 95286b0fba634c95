//! What this person looks at, and whether sound is held back; nothing that others see.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::{
    model::{PeerId, Role},
    stage::{Choice, Subject},
};

/// A part of the side panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Chat,
    People,
    /// For interviewers.
    Questions,
}

impl Tab {
    pub const ALL: [Self; 3] = [Self::Chat, Self::People, Self::Questions];

    /// Those that somebody in that role has.
    pub fn of(role: Role) -> &'static [Self] {
        if role.is_interviewer() {
            &Self::ALL
        } else {
            &[Self::Chat, Self::People]
        }
    }

    /// The one before or behind among `tabs`, around the ends.
    pub fn beside(self, tabs: &[Self], forward: bool) -> Self {
        let place = tabs.iter().position(|tab| *tab == self).unwrap_or(0);
        let step = if forward {
            1
        } else {
            tabs.len().saturating_sub(1)
        };
        tabs.get((place + step) % tabs.len().max(1))
            .copied()
            .unwrap_or(self)
    }

    /// A stable name for tests and for what is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::People => "people",
            Self::Questions => "questions",
        }
    }

    /// The element of its content.
    pub const fn panel(self) -> &'static str {
        match self {
            Self::Chat => "room-chat",
            Self::People => "room-people",
            Self::Questions => "room-questions",
        }
    }

    /// The tab itself.
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Chat => "room-tab-chat",
            Self::People => "room-tab-people",
            Self::Questions => "room-tab-questions",
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
    /// Questions and answers stand in the middle while there are any, not the video.
    pub work_wanted: RwSignal<bool>,
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
            work_wanted: RwSignal::new(true),
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
