//! Trying microphone, speaker and network before an interview. Sound never leaves the page; judges nothing.

mod answer;
mod recording;
mod servers;
mod site;
mod tone;
mod web_rtc;

pub use recording::{Recording, Sound};
pub use servers::try_servers;
pub use site::{try_http, try_socket};
pub use tone::Tone;
pub use web_rtc::try_web_rtc;
