//! The viewer's private note on an interview.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{interviews::InterviewDetails, participants::SaveMark},
    model::{Field, participant::LONGEST_MARK},
    ui::{
        components::{FailureAlert, FieldFrame, described_by, in_text_area},
        query::Query,
        use_messages,
    },
};

/// A text that is shown to nobody else.
#[component]
pub fn Note(interview: InterviewDetails, query: Query) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let failure = query.failure(SaveMark::PATH);
    let problem = failure.of(Field::Mark);
    // A long text that was refused does not come back in the address.
    let text = query
        .find("mark")
        .filter(|_| failure.happened())
        .unwrap_or(&interview.my_mark)
        .to_owned();
    view! {
        <form class="card stack" method="post" action=SaveMark::PATH>
            <FailureAlert failure />
            <input type="hidden" name="number" value=interview.number.to_string() />
            <FieldFrame id="mark" label=sentences.note hint=sentences.note_hint problem>
                <textarea
                    id="mark"
                    name="mark"
                    rows="5"
                    maxlength=LONGEST_MARK.to_string()
                    aria-invalid=problem.map(|_| "true")
                    aria-describedby=described_by("mark", true, problem.is_some())
                >
                    {in_text_area(&text)}
                </textarea>
            </FieldFrame>
            <div class="actions">
                <button class="button">{sentences.save_note}</button>
            </div>
        </form>
    }
}
