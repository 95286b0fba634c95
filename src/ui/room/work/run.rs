//! Running the answer in front: the button, an input of one's own, and how the last run went.

use leptos::prelude::*;

use super::{super::use_room, Desk, language_of_answer, use_desk};
use crate::{
    browser::room::{Loading, RoomClient},
    messages::WorkMessages,
    model::{CodeLanguage, Example},
    protocol::{Run, RunState},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// A run of somebody else that says nothing for so long has been left behind, in milliseconds.
const LEFT_BEHIND: i64 = 5 * 60_000;

/// Run or Stop, and whether the program gets an input of one's own.
#[component]
pub fn RunControls() -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = &use_messages().work;
    let desk = use_desk();
    let runs = Memo::new(move |_| language_of_answer(room).is_some_and(CodeLanguage::runs));
    let here = answers.runs_here;
    let press = move |_| {
        if here.get_untracked() {
            room.stop_run();
        } else if runs.get_untracked() {
            desk.closed.set(None);
            let (input, examples) = untrack(|| given(room, desk));
            room.run_code(input, examples, messages.runner);
        }
    };
    view! {
        <button
            type="button"
            class="button work-run"
            class:primary=move || !here.get()
            data-action="run"
            aria-disabled=move || (!here.get() && !runs.get()).then_some("true")
            title=messages.run_hint
            on:click=press
        >
            {move || {
                let name = if here.get() { IconName::Stop } else { IconName::Play };
                view! { <Icon name /> }
            }}
            {move || if here.get() { messages.stop } else { messages.run }}
        </button>
        <Show when=move || runs.get()>
            <button
                type="button"
                class="button quiet work-input-switch"
                data-action="own-input"
                aria-pressed=move || desk.own_input.get().to_string()
                title=messages.input_hint
                on:click=move |_| desk.own_input.update(|wanted| *wanted = !*wanted)
            >
                {messages.input}
            </button>
        </Show>
    }
}

/// What the program gets: the person's own input, or the examples where there are any. Reactive.
fn given(room: RoomClient, desk: Desk) -> (String, Vec<Example>) {
    match desk.own_input.get() {
        true => (desk.input.get(), Vec::new()),
        false => (String::new(), examples(room)),
    }
}

fn examples(room: RoomClient) -> Vec<Example> {
    let answers = room.store.answers;
    let question = answers.question.get().and_then(|id| answers.find(id));
    question
        .map(|question| question.examples)
        .unwrap_or_default()
}

/// What the program reads, while the person wants an input of their own.
#[component]
pub fn OwnInput() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().work;
    let desk = use_desk();
    let instead = Memo::new(move |_| !examples(room).is_empty());
    view! {
        <Show when=move || desk.own_input.get()>
            <label class="work-input">
                <span class="small muted">
                    {messages.input_hint} ". "
                    {move || instead.get().then_some(messages.input_note)}
                </span>
                <textarea
                    rows="3"
                    class="code-field"
                    placeholder=messages.input_hint
                    aria-label=messages.input_hint
                    spellcheck="false"
                    autocapitalize="off"
                    prop:value=move || desk.input.get()
                    on:input:target=move |event| desk.input.set(event.target().value())
                ></textarea>
            </label>
        </Show>
    }
}

/// How the newest run stands, in one line.
#[component]
pub fn RunWords() -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = &use_messages().work;
    let desk = use_desk();
    let words = Memo::new(move |_| match answers.loading.get() {
        Some(Loading::Under { percent }) => Some((messages.loading)(percent)),
        Some(Loading::Failed) => Some(messages.run_failed_to_load.to_owned()),
        None => match answers.last_run() {
            Some(run) => Some(words_of_run(room, &run, messages)),
            None => language_of_answer(room)
                .filter(|language| !language.runs())
                .map(messages.only_highlighted),
        },
    });
    let closed = move || {
        let run = answers.last_run();
        run.is_some_and(|run| desk.closed.get() == Some(run.id))
    };
    view! {
        <p class="work-run-words" role="status" title=move || words.get()>
            {move || words.get()}
        </p>
        <Show when=closed>
            <button
                type="button"
                class="button quiet small"
                data-action="output"
                on:click=move |_| desk.closed.set(None)
            >
                {messages.output}
            </button>
        </Show>
    }
}

/// `3 of 4 examples pass · 41 ms · ran in Lin's browser`. Says nothing of time before the end, so that
/// it is not read out again and again. Reactive.
fn words_of_run(room: RoomClient, run: &Run, messages: &WorkMessages) -> String {
    let own = room.store.answers.is_own(run.id);
    let now = room.store.now.get_untracked().0 + room.store.ahead.get_untracked();
    let left = !own && now - run.at.0 > LEFT_BEHIND;
    let passed = run.tests.iter().filter(|test| test.passed).count();
    let tested = !run.tests.is_empty();
    let state = match run.state {
        RunState::Running if left => messages.unfinished.to_owned(),
        RunState::Running => messages.running.to_owned(),
        RunState::Done if tested => (messages.passed)(passed, run.tests.len()),
        RunState::Done => messages.done.to_owned(),
        RunState::Failed => messages.run_failed.to_owned(),
        RunState::TimedOut => messages.timed_out.to_owned(),
        RunState::Stopped => messages.stopped.to_owned(),
    };
    let place = match own {
        true => messages.ran_here.to_owned(),
        false => (messages.ran_by)(&run.by),
    };
    match run.state {
        RunState::Running => format!("{state} · {place}"),
        _ => format!(
            "{state} · {} · {place}",
            (messages.milliseconds)(run.milliseconds)
        ),
    }
}
