//! Adding questions to an interview that is booked already, on its page or in its room: two buttons
//! and their dialogs. Keeps no list; it says when there is something new in it.

use leptos::{prelude::*, task::spawn_local};

use super::{QuestionEditor, QuestionPicker, WritingFor};
use crate::{
    api::{interview_questions::add_interview_question, questions::QuestionRow},
    model::{Field, InterviewNumber, QuestionId},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Chooses from the bank or writes a new one. Stands outside of every form.
#[component]
pub fn QuestionAdder(
    number: InterviewNumber,
    /// The questions of the bank that the interview has already; one that is missing here is refused
    /// by the server.
    #[prop(into)]
    chosen: Signal<Vec<QuestionId>>,
    /// Called whenever the interview got another question.
    #[prop(into)]
    on_added: Callback<()>,
) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let (picking, writing) = (RwSignal::new(false), RwSignal::new(false));
    let refused = RwSignal::new(None::<String>);
    let pick = move |row: QuestionRow| {
        spawn_local(async move {
            let added = add_interview_question(number, row.id).await;
            let reason = added.err().map(|error| {
                let problem = error.problems().and_then(|all| all.of(Field::Questions));
                problem.map_or_else(|| error.text(messages), messages.problem.field)
            });
            let happened = reason.is_none();
            // The page may have been left while the server was thinking.
            if refused.try_set(reason).is_none() && happened {
                on_added.run(());
            }
        });
    };
    view! {
        <div class="actions needs-script">
            <button
                type="button"
                class="button"
                data-action="pick-questions"
                on:click=move |_| picking.set(true)
            >
                <Icon name=IconName::Plus />
                {sentences.pick}
            </button>
            <button
                type="button"
                class="button"
                data-action="write-question"
                on:click=move |_| writing.set(true)
            >
                {sentences.write}
            </button>
        </div>
        <QuestionPicker open=picking chosen on_pick=pick refused />
        <QuestionEditor
            open=writing
            writing=WritingFor::Interview(number)
            on_written=move |_| on_added.run(())
        />
    }
}
