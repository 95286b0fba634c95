//! Booking an interview.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::interviews::{BookInterview, BookingDefaults, BookingForm, load_booking_defaults},
    model::{RecordingPermission, ReviewPermission, WaitingRoom},
    ui::{
        components::{
            AskToSignIn, BookingEditor, FailureAlert, Layout, LoadFailed, posted_booking,
            posted_questions,
        },
        query::use_query,
        use_messages, use_viewer,
    },
};

/// What most interviews are like.
fn usual(defaults: BookingDefaults) -> BookingForm {
    BookingForm {
        number: defaults.number.to_string(),
        starts_at: defaults.starts_at.to_string(),
        duration: "45".into(),
        seats: "4".into(),
        coding: "1".into(),
        text: "1".into(),
        recording_permission: RecordingPermission::NotKept.number().to_string(),
        review_permission: ReviewPermission::InterviewersOnly.number().to_string(),
        waiting: WaitingRoom::Guests.number().to_string(),
        ..BookingForm::default()
    }
}

/// `/interviews/new`.
#[component]
pub fn BookPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let sentences = &use_messages().interviews;
    let query = use_query();
    let failure = query.failure(BookInterview::PATH);
    let defaults = Resource::new_blocking(|| (), |()| load_booking_defaults());
    let posted = failure.happened().then(|| posted_booking(&query));
    let questions = posted_questions(&query);
    view! {
        <Layout title=sentences.book class="form">
            <h1>{sentences.book}</h1>
            <FailureAlert failure=failure.clone() />
            <Suspense>
                {move || {
                    let (posted, failure) = (posted.clone(), failure.clone());
                    let questions = questions.clone();
                    Suspend::new(async move {
                        match defaults.await {
                            Ok(defaults) => {
                                let values = posted.unwrap_or_else(|| usual(defaults));
                                view! {
                                    <BookingEditor values failure questions action=BookInterview::PATH />
                                }
                                    .into_any()
                            }
                            Err(error) => view! { <LoadFailed error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </Layout>
    }
    .into_any()
}
