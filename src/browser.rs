//! Adapters to the browser. Called from effects and event handlers only.
