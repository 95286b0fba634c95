//! Changing a booking.

use leptos::{prelude::*, server_fn::ServerFn};

use super::interview::{may_change, use_interview};
use crate::{
    api::{
        ApiError,
        interviews::{BookingForm, EditInterview, InterviewDetails},
    },
    ui::{
        components::{
            AskToSignIn, BookingEditor, FailureAlert, Layout, LoadFailed, posted_booking,
        },
        query::use_query,
        use_messages, use_viewer,
    },
};

fn stored(details: &InterviewDetails) -> BookingForm {
    let checked = |yes: bool| if yes { "1".to_owned() } else { String::new() };
    BookingForm {
        number: details.number.to_string(),
        title: details.title.clone(),
        starts_at: details.starts_at.local.to_string(),
        duration: details.minutes.to_string(),
        seats: details.seats.to_string(),
        coding: checked(details.kinds.coding),
        text: checked(details.kinds.text),
        recording_permission: details.recording_permission.number().to_string(),
        review_permission: details.review_permission.number().to_string(),
        waiting: details.waiting.number().to_string(),
        invitees: Vec::new(),
        questions: Vec::new(),
    }
}

/// `/interviews/{number}/edit`.
#[component]
pub fn EditPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let sentences = &use_messages().interviews;
    let query = use_query();
    let failure = query.failure(EditInterview::PATH);
    let posted = failure.happened().then(|| posted_booking(&query));
    let interview = use_interview();
    view! {
        <Layout title=sentences.edit_title class="form">
            <h1>{sentences.edit_title}</h1>
            <FailureAlert failure=failure.clone() />
            <Suspense>
                {move || {
                    let (posted, failure) = (posted.clone(), failure.clone());
                    Suspend::new(async move {
                        let error = match interview.await {
                            Ok(details) if may_change(&details) => {
                                let values = posted.unwrap_or_else(|| stored(&details));
                                return view! {
                                    <BookingEditor
                                        values
                                        failure
                                        action=EditInterview::PATH
                                        editing=details.number
                                    />
                                }
                                    .into_any();
                            }
                            Ok(details) if details.my_role.may_edit_booking() => ApiError::Conflict,
                            Ok(_) => ApiError::Forbidden,
                            Err(error) => error,
                        };
                        view! { <LoadFailed error /> }.into_any()
                    })
                }}
            </Suspense>
        </Layout>
    }
    .into_any()
}
