//! The questions of a booking that is being written: an ordered list, posted with the form, and the
//! two dialogs that add to it.

use leptos::prelude::*;

use super::{QuestionEditor, QuestionPicker, WritingFor, Written, focus_after_move, move_id};
use crate::{
    api::questions::{QuestionForm, QuestionRow},
    model::{Problem, QuestionId, QuestionKind, question::MOST_QUESTIONS},
    ui::{
        components::{Icon, IconName, Pill, PillKind},
        query::Query,
        use_messages,
    },
};

/// One question that was chosen, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenQuestion {
    pub id: QuestionId,
    pub title: String,
    pub kind: QuestionKind,
}

/// Questions in the order in which they were chosen.
pub type Chosen = RwSignal<Vec<ChosenQuestion>>;

/// What was chosen when the form was refused. Titles come back beside the ids, for the list alone.
pub fn posted_questions(query: &Query) -> Vec<ChosenQuestion> {
    let chosen = |place: usize| {
        let id = query.find(&format!("form[questions][{place}]"))?;
        let beside = |name: &str| query.get(&format!("chosen[{place}][{name}]"));
        let kind = beside("kind").parse().ok();
        Some(ChosenQuestion {
            id: QuestionId(id.parse().ok()?),
            title: beside("title").to_owned(),
            kind: kind
                .and_then(QuestionKind::from_number)
                .unwrap_or(QuestionKind::Coding),
        })
    };
    (0..).map_while(chosen).collect()
}

/// The list, with a way to move and take off each, and buttons that open the dialogs.
#[component]
pub fn ChosenQuestions(
    chosen: Chosen,
    problem: Option<Problem>,
    /// Whether the dialogs are open, which stand outside the form that the list is posted with.
    picking: RwSignal<bool>,
    writing: RwSignal<bool>,
) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let told = RwSignal::new(String::new());
    let full = move || chosen.read().len() >= MOST_QUESTIONS as usize;
    view! {
        <fieldset class="field" id="questions" aria-invalid=problem.map(|_| "true")>
            <legend>{sentences.chosen}</legend>
            {problem
                .map(|problem| {
                    view! { <p class="field-problem">{(messages.problem.field)(problem)}</p> }
                })}
            <ol class="chosen" role="list">
                {move || {
                    let rows = chosen.get().into_iter().enumerate();
                    rows.map(|(place, one)| view! { <Row chosen place one told /> }).collect_view()
                }}
            </ol>
            <p class="visually-hidden" role="status">
                {told}
            </p>
            <div class="actions needs-script">
                <button
                    type="button"
                    class="button"
                    data-action="pick-questions"
                    disabled=full
                    on:click=move |_| picking.set(true)
                >
                    <Icon name=IconName::Plus />
                    {sentences.pick}
                </button>
                <button
                    type="button"
                    class="button"
                    data-action="write-question"
                    disabled=full
                    on:click=move |_| writing.set(true)
                >
                    {sentences.write}
                </button>
            </div>
            <p class="field-hint needs-script">{sentences.chosen_hint}</p>
            <p class="field-hint without-script">{sentences.chosen_later}</p>
        </fieldset>
    }
}

#[component]
fn Row(chosen: Chosen, place: usize, one: ChosenQuestion, told: RwSignal<String>) -> impl IntoView {
    let sentences = &use_messages().questions;
    let id = one.id;
    let last = chosen.read_untracked().len().saturating_sub(1);
    let remove = move |_| chosen.update(|all| all.retain(|other| other.id != id));
    let title = one.title.clone();
    let shift = move |to: usize, up: bool| {
        chosen.update(|all| all.swap(place, to));
        told.set((sentences.moved)(&title, to + 1, last + 1));
        focus_after_move(id.0, up);
    };
    let shift_up = shift.clone();
    view! {
        <li class="chosen-one" data-question=id.to_string()>
            <input type="hidden" name=format!("form[questions][{place}]") value=id.to_string() />
            <input type="hidden" name=format!("chosen[{place}][title]") value=one.title.clone() />
            <input
                type="hidden"
                name=format!("chosen[{place}][kind]")
                value=one.kind.number().to_string()
            />
            <span class="chosen-place">{place + 1}</span>
            <span class="chosen-title">{one.title.clone()}</span>
            <Pill kind=PillKind::Plain text=(sentences.kind_of)(one.kind) />
            <span class="chosen-moves needs-script">
                <button
                    type="button"
                    class="button quiet icon-only"
                    id=move_id(id.0, true)
                    aria-label=(sentences.move_up)(&one.title)
                    aria-disabled=(place == 0).then_some("true")
                    on:click=move |_| {
                        if place > 0 {
                            shift_up(place - 1, true);
                        }
                    }
                >
                    <Icon name=IconName::ChevronUp />
                </button>
                <button
                    type="button"
                    class="button quiet icon-only"
                    id=move_id(id.0, false)
                    aria-label=(sentences.move_down)(&one.title)
                    aria-disabled=(place == last).then_some("true")
                    on:click=move |_| {
                        if place < last {
                            shift(place + 1, false);
                        }
                    }
                >
                    <Icon name=IconName::ChevronDown />
                </button>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=(sentences.remove)(&one.title)
                    on:click=remove
                >
                    <Icon name=IconName::Close />
                </button>
            </span>
        </li>
    }
}

/// The dialogs that add to `chosen`.
#[component]
pub fn ChoosingDialogs(
    chosen: Chosen,
    picking: RwSignal<bool>,
    writing: RwSignal<bool>,
) -> impl IntoView {
    let ids = Signal::derive(move || chosen.read().iter().map(|one| one.id).collect::<Vec<_>>());
    let pick = move |row: QuestionRow| {
        chosen.update(|all| {
            all.push(ChosenQuestion {
                id: row.id,
                title: row.title,
                kind: row.kind,
            });
        });
    };
    let written = move |(written, form): (Written, QuestionForm)| {
        if let Written::InBank(id) = written {
            let kind = form.kind.parse().ok().and_then(QuestionKind::from_number);
            chosen.update(|all| {
                all.push(ChosenQuestion {
                    id,
                    title: form.title.trim().to_owned(),
                    kind: kind.unwrap_or(QuestionKind::Coding),
                });
            });
        }
    };
    view! {
        <QuestionPicker open=picking chosen=ids on_pick=pick />
        <QuestionEditor open=writing writing=WritingFor::Bank on_written=written />
    }
}
