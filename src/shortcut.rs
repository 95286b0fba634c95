//! Which key does what in the room, and how long holding space lets somebody talk. Knows no event of
//! a browser and switches nothing itself.

#[cfg(test)]
mod tests;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shortcut {
    Microphone,
    Camera,
    Share,
    Chat,
    People,
    Questions,
    Editor,
    Hand,
    Help,
}

impl Shortcut {
    /// Every shortcut, in the order in which the help shows them.
    pub const ALL: [Self; 9] = [
        Self::Microphone,
        Self::Camera,
        Self::Share,
        Self::Chat,
        Self::People,
        Self::Questions,
        Self::Editor,
        Self::Hand,
        Self::Help,
    ];

    /// Its key, as controls and the help name it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Microphone => "M",
            Self::Camera => "V",
            Self::Share => "S",
            Self::Chat => "C",
            Self::People => "P",
            Self::Questions => "Q",
            Self::Editor => "E",
            Self::Hand => "H",
            Self::Help => "?",
        }
    }
}

/// Where a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On nothing that takes keys.
    Page,
    /// On a control that was reached by keyboard: space and enter press it.
    Control,
    /// In something to write in or to choose from: every key belongs to it.
    Field,
    /// Inside a dialog.
    Dialog,
}

/// A key as it goes down.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// What the key writes (UI Events KeyboardEvent key values).
    pub key: &'a str,
    /// Where the key lies (UI Events KeyboardEvent code values), for scripts without these letters.
    pub code: &'a str,
    pub shift: bool,
    /// Control, Alt or Meta is held.
    pub modified: bool,
    /// The key is held down and repeats itself, or an input method is composing.
    pub repeated: bool,
    pub place: Place,
}

/// What a key that goes down means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It belongs to the page or the browser.
    Nothing,
    /// It was taken and does nothing more, as a held space.
    Taken,
    Shortcut(Shortcut),
    /// The microphone goes on until the key is let go.
    Talk,
}

/// Holding space to talk. While it holds, whatever takes the keyboard away ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talking {
    held: bool,
}

impl Talking {
    /// Decides about a key that goes down while the microphone is on or not.
    pub fn press(&mut self, press: Press<'_>, microphone_on: bool) -> Meaning {
        if press.modified || matches!(press.place, Place::Field | Place::Dialog) {
            return Meaning::Nothing;
        }
        if press.key == " " {
            return self.space(press, microphone_on);
        }
        if press.repeated {
            return Meaning::Nothing;
        }
        shortcut(press).map_or(Meaning::Nothing, Meaning::Shortcut)
    }

    fn space(&mut self, press: Press<'_>, microphone_on: bool) -> Meaning {
        if self.held {
            return Meaning::Taken;
        }
        if press.place == Place::Control || press.shift || press.repeated || microphone_on {
            return Meaning::Nothing;
        }
        self.held = true;
        Meaning::Talk
    }

    /// Decides about a key that goes up: true when the microphone must go off now.
    pub fn release(&mut self, key: &str) -> bool {
        key == " " && self.stop()
    }

    /// The window lost the keyboard, or the page is going: true when the microphone must go off now.
    pub fn stop(&mut self) -> bool {
        std::mem::take(&mut self.held)
    }
}

fn shortcut(press: Press<'_>) -> Option<Shortcut> {
    if press.key == "?" {
        return Some(Shortcut::Help);
    }
    if press.shift {
        return None;
    }
    let letter = letter(press)?;
    let mut shortcuts = Shortcut::ALL.into_iter();
    shortcuts.find(|shortcut| shortcut.key() == letter)
}

/// The Latin letter of a key, in upper case: the one it writes, or, where it writes another script, the
/// one it lies on.
fn letter(press: Press<'_>) -> Option<String> {
    let mut characters = press.key.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) if letter.is_ascii() => Some(letter.to_ascii_uppercase().to_string()),
        (Some(_), None) => press.code.strip_prefix("Key").map(ToOwned::to_owned),
        _ => None,
    }
}
