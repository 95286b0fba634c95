//! A sentence about what just happened, told to screen readers too.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::ui::{query::Failure, use_messages};

/// Whether it is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    Good,
    Bad,
}

/// One notice above what it is about.
#[component]
pub fn Alert(kind: AlertKind, children: Children) -> impl IntoView {
    let (class, role, icon) = match kind {
        AlertKind::Good => ("alert good", "status", IconName::Check),
        AlertKind::Bad => ("alert bad", "alert", IconName::Warning),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}

/// Why a form came back, if it did.
#[component]
pub fn FailureAlert(failure: Failure) -> impl IntoView {
    let messages = use_messages();
    failure
        .0
        .map(|error| view! { <Alert kind=AlertKind::Bad>{error.text(messages)}</Alert> })
}
