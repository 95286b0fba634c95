//! A dialog in which questions of the bank are found and chosen; what is done with them is its owner's.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    api::{
        ApiError,
        questions::{QuestionPage, QuestionRow, Shelf, list_questions},
    },
    model::{
        QuestionId,
        question::{MOST_QUESTIONS, QuestionKind},
    },
    ui::{
        components::{Dialog, Icon, IconName, Pill, PillKind},
        use_messages,
    },
};

/// How long nothing is typed before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// What the dialog knows of itself; everything in it is copied freely.
#[derive(Clone, Copy)]
struct Search {
    text: NodeRef<html::Input>,
    kind: NodeRef<html::Select>,
    rows: RwSignal<Vec<QuestionRow>>,
    /// The last page that was loaded, and how many there are; None before the first answer.
    pages: RwSignal<Option<(u32, u32)>>,
    failure: RwSignal<Option<ApiError>>,
    /// Counts what was asked, so that a late answer to an earlier question is passed over.
    asked: StoredValue<u32>,
}

impl Search {
    fn new() -> Self {
        Self {
            text: NodeRef::new(),
            kind: NodeRef::new(),
            rows: RwSignal::new(Vec::new()),
            pages: RwSignal::new(None),
            failure: RwSignal::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// Asks for one page of what is searched now; the first replaces what is listed.
    fn load(self, page: u32) {
        let text = self.text.get_untracked().map(|input| input.value());
        let kind = self.kind.get_untracked().map(|select| select.value());
        let kind = kind
            .and_then(|number| number.parse().ok())
            .and_then(QuestionKind::from_number);
        let turn = self.asked.get_value() + 1;
        self.asked.set_value(turn);
        spawn_local(async move {
            let answer = list_questions(text.unwrap_or_default(), kind, Shelf::All, page).await;
            // The page may have been left, or something else asked, while the server was thinking.
            if self.asked.try_get_value() == Some(turn) {
                self.take(page, answer);
            }
        });
    }

    fn take(self, page: u32, answer: Result<QuestionPage, ApiError>) {
        match answer {
            Ok(found) => {
                self.failure.set(None);
                self.pages.set(Some((page, found.pages)));
                if page == 1 {
                    self.rows.set(found.rows);
                } else {
                    self.rows.update(|rows| rows.extend(found.rows));
                }
            }
            Err(error) => self.failure.set(Some(error)),
        }
    }
}

/// Shows the bank while `open` and says which question was chosen. Stays open: several are chosen
/// one after the other.
#[component]
pub fn QuestionPicker(
    open: RwSignal<bool>,
    /// Those that are chosen already.
    #[prop(into)]
    chosen: Signal<Vec<QuestionId>>,
    #[prop(into)] on_pick: Callback<QuestionRow>,
    /// Why the last one could not be taken.
    #[prop(optional, into)]
    refused: Signal<Option<String>>,
) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let search = Search::new();
    Effect::new(move |_| {
        if open.get() {
            search.load(1);
        }
    });
    let full = move || chosen.read().len() >= MOST_QUESTIONS as usize;
    let trouble = move || {
        let failure = search.failure.get().map(|error| error.text(messages));
        let full = full().then(|| (sentences.full)(MOST_QUESTIONS));
        refused.get().or(failure).or(full)
    };
    view! {
        <Dialog open title=sentences.pick_title>
            <div class="picker">
                <SearchFields search />
                <p class="field-problem" role="alert">
                    {trouble}
                </p>
                <div class="picker-list" tabindex="0" role="region" aria-label=sentences.questions>
                    <ul role="list">
                        <For each=move || search.rows.get() key=|row| row.id let(row)>
                            <Found row chosen full=Signal::derive(full) on_pick />
                        </For>
                    </ul>
                    <End search />
                </div>
                <p class="field-hint">{sentences.pick_hint}</p>
            </div>
        </Dialog>
    }
}

#[component]
fn SearchFields(search: Search) -> impl IntoView {
    let sentences = &use_messages().questions;
    let mut later = debounce(PAUSE, move |()| search.load(1));
    let kinds = QuestionKind::ALL.map(|kind| {
        let value = kind.number().to_string();
        view! { <option value=value>{(sentences.kind_of)(kind)}</option> }
    });
    view! {
        <div class="picker-search">
            <div class="field">
                <input
                    type="search"
                    placeholder=sentences.list.search_hint
                    aria-label=sentences.list.search_hint
                    autocomplete="off"
                    autofocus
                    node_ref=search.text
                    on:input=move |_| later(())
                />
            </div>
            <div class="field">
                <select
                    aria-label=sentences.kinds
                    node_ref=search.kind
                    on:change=move |_| search.load(1)
                >
                    <option value="">{sentences.any_kind}</option>
                    {kinds.collect_view()}
                </select>
            </div>
        </div>
    }
}

#[component]
fn Found(
    row: QuestionRow,
    chosen: Signal<Vec<QuestionId>>,
    full: Signal<bool>,
    on_pick: Callback<QuestionRow>,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    let id = row.id;
    let taken = Signal::derive(move || chosen.read().contains(&id));
    let name = (sentences.add_title)(&row.title);
    let by = if row.mine {
        sentences.by_me.to_owned()
    } else {
        (sentences.by)(&row.owner)
    };
    let about = row
        .languages
        .iter()
        .map(|language| (sentences.language_of)(*language).to_owned());
    let about: Vec<String> = std::iter::once(by).chain(about).collect();
    let shown = row.clone();
    let pick = move |_| {
        if !taken.get_untracked() && !full.get_untracked() {
            on_pick.run(row.clone());
        }
    };
    view! {
        <li class="picker-one">
            <div class="picker-what">
                <span class="picker-title">{shown.title}</span>
                <span class="muted small">{about.join(" · ")}</span>
            </div>
            <Pill kind=PillKind::Plain text=(sentences.kind_of)(shown.kind) />
            <button
                type="button"
                class="button small"
                aria-label=move || (!taken.get()).then(|| name.clone())
                aria-disabled=move || (taken.get() || full.get()).then_some("true")
                on:click=pick
            >
                {move || {
                    if taken.get() {
                        view! {
                            <Icon name=IconName::Check />
                            {sentences.added}
                        }
                            .into_any()
                    } else {
                        view! { {sentences.add} }.into_any()
                    }
                }}
            </button>
        </li>
    }
}

/// What stands below the last question that is listed.
#[component]
fn End(search: Search) -> impl IntoView {
    let sentences = &use_messages().questions;
    move || match search.pages.get() {
        None if search.failure.read().is_some() => ().into_any(),
        None => view! { <p class="picker-note">{sentences.loading}</p> }.into_any(),
        Some(_) if search.rows.read().is_empty() => {
            view! { <p class="picker-note">{sentences.list.none_here}</p> }.into_any()
        }
        Some((page, pages)) if page < pages => view! {
            <div class="picker-note">
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| search.load(page + 1)
                >
                    {sentences.more}
                </button>
            </div>
        }
        .into_any(),
        Some(_) => ().into_any(),
    }
}
