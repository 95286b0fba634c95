//! A raised hand and a reaction over a tile.

use crate::model::PeerId;
use leptos::prelude::*;

/// A raised hand and a reaction over a tile.
#[component]
pub fn TileSigns(#[prop(into)] peer: Signal<Option<PeerId>>) -> impl IntoView {
    let _ = peer;
}
