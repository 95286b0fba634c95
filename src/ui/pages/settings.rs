//! What people may change about themselves.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::{Account, ChangePassword, SaveProfile, SignOutEverywhere, load_time_zones},
    model::{self, Language, account::Password},
    ui::{
        components::{
            Alert, AlertKind, AskToSignIn, FailureAlert, Field, Layout, LoadFailed, SelectField,
        },
        query::{Query, use_query},
        use_messages, use_viewer,
    },
};

/// `/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let Some(account) = use_viewer().account else {
        return view! { <AskToSignIn /> }.into_any();
    };
    let sentences = &use_messages().account;
    let query = use_query();
    let saved = match query.get("saved") {
        "profile" => Some(sentences.profile_saved),
        "password" => Some(sentences.password_saved),
        _ => None,
    };
    view! {
        <Layout title=sentences.settings class="narrow">
            <h1>{sentences.settings}</h1>
            {saved.map(|text| view! { <Alert kind=AlertKind::Good>{text}</Alert> })}
            <Profile account query=query.clone() />
            <PasswordChange query />
            <Sessions />
        </Layout>
    }
    .into_any()
}

#[component]
fn Profile(account: Account, query: Query) -> impl IntoView {
    let sentences = &use_messages().account;
    let zones = Resource::new_blocking(|| (), |()| load_time_zones());
    view! {
        <section class="card stack">
            <h2>{sentences.profile}</h2>
            <Suspense>
                {move || {
                    let (account, query) = (account.clone(), query.clone());
                    Suspend::new(async move {
                        match zones.await {
                            Ok(zones) => view! { <ProfileForm account query zones /> }.into_any(),
                            Err(error) => view! { <LoadFailed error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </section>
    }
}

#[component]
fn ProfileForm(account: Account, query: Query, zones: Vec<String>) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.account;
    let viewer = use_viewer();
    let failure = query.failure(SaveProfile::PATH);
    let value = |name: &str, stored: &str| {
        if failure.happened() {
            query.get(name).to_owned()
        } else {
            stored.to_owned()
        }
    };
    let languages = Language::ALL.map(|one| {
        (
            one.tag().to_owned(),
            (messages.common.language_name)(one).to_owned(),
        )
    });
    let named = |zone: String| (zone.clone(), zone.replace('_', " "));
    view! {
        <form class="stack" method="post" action=SaveProfile::PATH>
            <FailureAlert failure=failure.clone() />
            <Field
                name="display_name"
                label=sentences.display_name
                value=value("display_name", &account.display_name)
                hint=sentences.display_name_hint
                autocomplete="name"
                maxlength=Some(60)
                problem=failure.of(model::Field::DisplayName)
            />
            <Field
                name="email"
                label=sentences.email
                value=value("email", account.email.as_deref().unwrap_or(""))
                hint=sentences.email_hint
                autocomplete="email"
                inputmode="email"
                required=false
                problem=failure.of(model::Field::Email)
            />
            <SelectField
                name="language"
                label=sentences.language
                choices=languages.into()
                selected=value("language", viewer.language.tag())
                problem=failure.of(model::Field::Language)
            />
            <SelectField
                name="time_zone"
                label=sentences.time_zone
                choices=zones.into_iter().map(named).collect()
                selected=value("time_zone", &viewer.time_zone)
                hint=sentences.time_zone_hint
                problem=failure.of(model::Field::TimeZone)
            />
            <div class="actions">
                <button class="button primary">{sentences.save_profile}</button>
            </div>
        </form>
    }
}

#[component]
fn PasswordChange(query: Query) -> impl IntoView {
    let sentences = &use_messages().account;
    let failure = query.failure(ChangePassword::PATH);
    view! {
        <section class="card stack">
            <h2>{sentences.change_password}</h2>
            <form class="stack" method="post" action=ChangePassword::PATH>
                <FailureAlert failure=failure.clone() />
                <Field
                    name="current_password"
                    label=sentences.current_password
                    kind="password"
                    autocomplete="current-password"
                    problem=failure.of(model::Field::CurrentPassword)
                />
                <Field
                    name="new_password"
                    label=sentences.new_password
                    kind="password"
                    hint=sentences.password_hint
                    autocomplete="new-password"
                    maxlength=Some(Password::MOST)
                    problem=failure.of(model::Field::NewPassword)
                />
                <div class="actions">
                    <button class="button">{sentences.change_password}</button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let sentences = &use_messages().account;
    view! {
        <section class="card stack">
            <h2>{sentences.sign_out_everywhere}</h2>
            <p class="muted">{sentences.sign_out_everywhere_text}</p>
            <form method="post" action=SignOutEverywhere::PATH>
                <button class="button">{sentences.sign_out_everywhere}</button>
            </form>
        </section>
    }
}
