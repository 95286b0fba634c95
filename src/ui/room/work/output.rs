//! What the newest run said: its output, its tables, and which examples pass. Everything in it is text
//! that somebody's program made.

use leptos::prelude::*;
use serde::Deserialize;

use super::{super::use_room, use_desk};
use crate::{
    messages::WorkMessages,
    protocol::{OutputPart, Run, RunState, Stream, TestResult},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Stands between the answer and the bar while there is a run that was not closed.
#[component]
pub fn Output() -> impl IntoView {
    let answers = use_room().store.answers;
    let desk = use_desk();
    let messages = &use_messages().work;
    let run = Memo::new(move |_| answers.last_run());
    let open = Memo::new(move |_| {
        run.with(|run| {
            run.as_ref()
                .is_some_and(|run| desk.closed.get() != Some(run.id))
        })
    });
    let close = move |_| {
        desk.closed
            .set(run.with_untracked(|run| run.as_ref().map(|run| run.id)))
    };
    let place = move || {
        run.with(|run| {
            let run = run.as_ref()?;
            let name = (!answers.is_own(run.id)).then_some(run.by.as_str());
            Some((messages.forgeable)(name))
        })
    };
    view! {
        <Show when=move || open.get()>
            <section class="work-output" aria-label=messages.output data-output="">
                <header class="work-output-head">
                    <strong>{messages.output}</strong>
                    <span class="muted small">{place}</span>
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label=messages.close_output
                        on:click=close
                    >
                        <Icon name=IconName::Close />
                    </button>
                </header>
                <div class="work-output-body" tabindex="0" role="region" aria-label=messages.output>
                    {move || run.get().map(|run| said(run, messages))}
                </div>
            </section>
        </Show>
    }
}

fn said(run: Run, messages: &'static WorkMessages) -> impl IntoView {
    let silent = run.output.is_empty() && run.tests.is_empty() && run.state != RunState::Running;
    let tests = run.tests.into_iter().enumerate();
    let tests: Vec<_> = tests
        .map(|(place, test)| test_shown(place, test, messages))
        .collect();
    let output: Vec<_> = run
        .output
        .into_iter()
        .map(|part| part_shown(part, messages))
        .collect();
    view! {
        {(!tests.is_empty()).then(|| view! { <ul class="work-tests" role="list">{tests}</ul> })}
        {output}
        {silent.then(|| view! { <p class="muted small">{messages.printed_nothing}</p> })}
    }
}

fn part_shown(part: OutputPart, messages: &'static WorkMessages) -> AnyView {
    let text = |stream: &'static str, text: String| {
        view! {
            <pre class="work-said" data-stream=stream>
                {text}
            </pre>
        }
        .into_any()
    };
    match part.stream {
        Stream::Out => text("out", part.text),
        Stream::Error => text("error", part.text),
        Stream::Table => match serde_json::from_str(&part.text) {
            Ok(table) => table_shown(table, messages),
            Err(_) => text("out", part.text),
        },
    }
}

/// A table as runs tell it.
#[derive(Debug, Deserialize)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
    /// How many rows were left out.
    #[serde(default)]
    more: u64,
}

fn table_shown(table: Table, messages: &'static WorkMessages) -> AnyView {
    let cell = |cell: Option<String>| match cell {
        Some(text) => view! { <td>{text}</td> }.into_any(),
        None => view! { <td class="muted">"NULL"</td> }.into_any(),
    };
    let row = move |row: Vec<Option<String>>| {
        view! { <tr>{row.into_iter().map(cell).collect_view()}</tr> }
    };
    let head = |name: String| view! { <th scope="col">{name}</th> };
    let more = table.more;
    view! {
        <div class="work-table">
            <table>
                <thead>
                    <tr>{table.columns.into_iter().map(head).collect_view()}</tr>
                </thead>
                <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
            {(more > 0)
                .then(|| view! { <p class="muted small">{(messages.more_rows)(more)}</p> })}
        </div>
    }
    .into_any()
}

/// Passed tests in one line; of failed ones what was expected and what came.
fn test_shown(place: usize, test: TestResult, messages: &'static WorkMessages) -> impl IntoView {
    let words = use_messages().questions.example;
    let (icon, verdict) = match test.passed {
        true => (IconName::Check, messages.pass),
        false => (IconName::Close, messages.fail),
    };
    let side = |label: &'static str, text: String| {
        view! {
            <div>
                <p class="muted small">{label}</p>
                <pre class="code-block">{text}</pre>
            </div>
        }
    };
    let input = use_messages().questions.input;
    view! {
        <li class="work-test" data-passed=test.passed.to_string()>
            <p class="work-test-head">
                <Icon name=icon />
                <strong>{words(place + 1)}</strong>
                {verdict}
            </p>
            {(!test.passed)
                .then(|| {
                    view! {
                        <div class="work-test-sides">
                            {side(input, test.input)} {side(messages.expected, test.expected)}
                            {side(messages.got, test.got)}
                        </div>
                    }
                })}
        </li>
    }
}
