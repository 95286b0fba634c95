//! The menu of somebody who is signed in. Holds no state: `<details>` opens and closes it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::initials;
use crate::{
    api::account::{Account, SignOut},
    ui::use_messages,
};

/// Initials that open to settings and the way out.
#[component]
pub fn AccountMenu(account: Account) -> impl IntoView {
    let messages = use_messages();
    view! {
        <details class="menu">
            <summary aria-label=(messages.common.account_of)(&account.display_name)>
                <span class="avatar" aria-hidden="true">
                    {initials(&account.display_name)}
                </span>
            </summary>
            <div class="menu-panel">
                <p class="menu-head">
                    <strong>{account.display_name}</strong>
                    <span class="muted">{account.user_name}</span>
                </p>
                <a class="menu-item" href="/settings">
                    {messages.common.settings}
                </a>
                <form method="post" action=SignOut::PATH>
                    <button class="menu-item">{messages.common.sign_out}</button>
                </form>
            </div>
        </details>
    }
}
