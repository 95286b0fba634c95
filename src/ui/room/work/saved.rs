//! Whether the answer in front is kept by the server: the sign that must never say more than is known.

use std::time::Duration;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};

use super::super::use_room;
use crate::{
    browser::{
        clock::{self, Timeout},
        editor::Writing,
        room::{Phase, RoomStore},
    },
    messages::{WorkMessages, clock as time_of_day},
    model::Timestamp,
    ui::use_messages,
};

/// Good news is told only after so long without another change: between two letters it would flicker.
const CALM: Duration = Duration::from_millis(400);
/// Changes that wait for longer are counted.
const LONG: Duration = Duration::from_secs(2);

/// What the sign says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Nothing,
    Saved(Timestamp),
    Saving,
    Waiting { changes: u32, kept: bool },
}

impl Sign {
    const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Saved(_) => "saved",
            Self::Saving => "saving",
            Self::Waiting { .. } => "waiting",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Nothing | Self::Saving => "pill work-saved",
            Self::Saved(_) => "pill accent work-saved",
            Self::Waiting { .. } => "pill warning work-saved",
        }
    }

    fn words(self, messages: &WorkMessages) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Saved(at) => Some((messages.saved)(&exact_time(at))),
            Self::Saving => Some(messages.saving.to_owned()),
            Self::Waiting { changes, .. } => Some((messages.waiting)(changes)),
        }
    }

    const fn hint(self, messages: &WorkMessages) -> Option<&'static str> {
        match self {
            Self::Waiting { kept: true, .. } => Some(messages.waiting_more),
            Self::Waiting { kept: false, .. } => Some(messages.not_kept),
            _ => None,
        }
    }
}

/// `Saved 10:32:04`, `Saving …` or `3 changes waiting`.
#[component]
pub fn SavedSign() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().work;
    let sign = calmed(known_sign(store));
    let spoken = spoken(sign, messages);
    view! {
        <span
            class=move || sign.get().class()
            data-saved=move || sign.get().name()
            data-waiting=move || {
                store.answers.writing.with(|it| it.map_or(0, |it| it.waiting)).to_string()
            }
            title=move || sign.get().hint(messages)
        >
            {move || sign.get().words(messages)}
        </span>
        <span class="visually-hidden" role="status">
            {move || spoken.get()}
        </span>
    }
}

/// What is known now.
fn known_sign(store: RoomStore) -> Memo<Sign> {
    let since = RwSignal::new(None::<Timestamp>);
    Effect::new(move |_| {
        let waits = store
            .answers
            .writing
            .with(|it| it.is_some_and(|it| it.waiting > 0));
        match (waits, since.get_untracked()) {
            (true, None) => since.set(Some(clock::now())),
            (false, Some(_)) => since.set(None),
            _ => {}
        }
    });
    Memo::new(move |_| {
        let Some(writing) = store.answers.writing.get() else {
            return Sign::Nothing;
        };
        let live = store.phase.with(|phase| *phase == Phase::Live);
        let long = since
            .get()
            .is_some_and(|since| store.now.get().since(since) >= LONG);
        sign_of(writing, live && !long)
    })
}

/// `soon` while what waits is on its way.
fn sign_of(writing: Writing, soon: bool) -> Sign {
    match (writing.waiting, writing.saved) {
        (0, Some(at)) => Sign::Saved(at),
        (0, None) => Sign::Nothing,
        _ if soon => Sign::Saving,
        (changes, _) => Sign::Waiting {
            changes,
            kept: writing.kept,
        },
    }
}

/// The same; what is saved is told a little later.
fn calmed(known: Memo<Sign>) -> RwSignal<Sign> {
    let shown = RwSignal::new(Sign::Nothing);
    let timer = StoredValue::new(SendOption::<Timeout>::new_local(None));
    Effect::new(move |_| {
        let sign = known.get();
        let later = match sign {
            Sign::Saved(_) if shown.get_untracked() == Sign::Saving => {
                Some(Timeout::new(CALM, move || {
                    shown.try_set(sign);
                }))
            }
            _ => {
                if shown.get_untracked() != sign {
                    shown.set(sign);
                }
                None
            }
        };
        timer.set_value(SendOption::new_local(later));
    });
    shown
}

/// For those who hear: that changes wait, and that they do no more. Not each save.
fn spoken(sign: RwSignal<Sign>, messages: &'static WorkMessages) -> RwSignal<&'static str> {
    let words = RwSignal::new("");
    Effect::new(move |waited: Option<bool>| {
        let waited = waited.unwrap_or(false);
        match sign.get() {
            sign @ Sign::Waiting { .. } => {
                if !waited {
                    words.set(sign.hint(messages).unwrap_or_default());
                }
                true
            }
            Sign::Saved(_) => {
                if waited {
                    words.set(messages.all_saved);
                }
                false
            }
            _ => waited,
        }
    });
    words
}

/// The moment on the person's own clock: `10:32:04`.
fn exact_time(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(60);
    format!("{}:{seconds:02}", time_of_day(clock::local_date_time(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_called_saved_while_anything_waits() {
        let writing = |waiting, saved: Option<i64>| Writing {
            saved: saved.map(Timestamp),
            waiting,
            kept: true,
            loaded: true,
            language: None,
            length: 0,
            too_long: false,
        };
        assert_eq!(sign_of(writing(0, None), true), Sign::Nothing);
        assert_eq!(
            sign_of(writing(0, Some(5)), false),
            Sign::Saved(Timestamp(5))
        );
        assert_eq!(sign_of(writing(2, Some(5)), true), Sign::Saving);
        let waiting = Sign::Waiting {
            changes: 2,
            kept: true,
        };
        assert_eq!(sign_of(writing(2, Some(5)), false), waiting);
    }
}
