//! How a person wants editors to be: kept in this browser, told to nobody.

use serde::{Deserialize, Serialize};

use crate::browser::storage::{self, Area};

const KEY: &str = "editor-settings";

/// The size of letters in pixels, one of [`FontSize::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FontSize(pub u8);

impl FontSize {
    /// Those that are offered.
    pub const ALL: [Self; 7] = [
        Self(12),
        Self(13),
        Self(14),
        Self(15),
        Self(16),
        Self(18),
        Self(22),
    ];
}

/// The colours of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the page is.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];
}

/// What keys do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    Default,
    Vim,
    Emacs,
}

impl Keys {
    pub const ALL: [Self; 3] = [Self::Default, Self::Vim, Self::Emacs];
}

/// How a person wants editors to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EditorSettings {
    pub font_size: FontSize,
    pub theme: Theme,
    pub keys: Keys,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self {
            font_size: FontSize(14),
            theme: Theme::Auto,
            keys: Keys::Default,
        }
    }
}

impl EditorSettings {
    /// As they were left in this browser.
    pub fn remembered() -> Self {
        let kept = storage::read(Area::Browser, KEY);
        let kept: Option<Self> = kept.and_then(|text| serde_json::from_str(&text).ok());
        kept.filter(|kept| FontSize::ALL.contains(&kept.font_size))
            .unwrap_or_default()
    }

    /// Keeps them for the next page.
    pub fn remember(self) {
        if let Ok(text) = serde_json::to_string(&self) {
            storage::write(Area::Browser, KEY, &text);
        }
    }
}
