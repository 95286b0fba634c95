//! The page for addresses that lead nowhere.

use leptos::prelude::*;

use crate::ui::{
    components::{Layout, Nothing},
    use_messages,
};

/// Any path that no route has.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Layout title=use_messages().common.not_found class="middle">
            <Nothing />
        </Layout>
    }
}
