//! Binary frames as text for the way that carries only text (RFC 4648 section 4), by what browsers have
//! for it.

/// The text of `bytes`.
pub(super) fn encode(bytes: &[u8]) -> Option<String> {
    // Each character stands for one byte.
    let characters: String = bytes.iter().copied().map(char::from).collect();
    web_sys::window()?.btoa(&characters).ok()
}

/// The bytes of `text`; None when it is no such text.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let characters = web_sys::window()?.atob(text).ok()?;
    let bytes = characters
        .chars()
        .map(|character| u8::try_from(u32::from(character)).ok());
    bytes.collect()
}
