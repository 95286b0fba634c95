//! Binary frames on a line: a JSON string with the frame in base64 stands where a message may stand.

use axum::extract::ws::Utf8Bytes;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::super::{Heard, decode as decode_message, decode_frame};
use crate::protocol::{CloseCode, document::LARGEST_BINARY};

/// The most characters of a frame in base64.
const LONGEST: usize = LARGEST_BINARY.div_ceil(3) * 4;

pub(super) fn encode(bytes: &[u8]) -> Utf8Bytes {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4 + 2);
    text.push('"');
    STANDARD.encode_string(bytes, &mut text);
    text.push('"');
    Utf8Bytes::from(text)
}

/// Decodes a message or a binary frame, whichever it claims to be.
pub(super) fn decode(json: &str) -> Heard {
    let Some(text) = json.strip_prefix('"') else {
        return decode_message(json);
    };
    let text = text.strip_suffix('"').unwrap_or(text);
    if text.len() > LONGEST {
        return Heard::End(Some(CloseCode::TooLarge));
    }
    // Nothing in base64 is written in another way in JSON.
    match STANDARD.decode(text) {
        Ok(bytes) => decode_frame(&bytes),
        Err(_) => Heard::End(Some(CloseCode::Malformed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ClientMessage, document::ClientFrame};

    #[test]
    fn frames_and_messages_are_told_apart() {
        let frame = [5, 3, 7, 1, 2, 3];
        let text = encode(&frame);
        assert_eq!(text.as_str(), "\"BQMHAQID\"");
        let expected = ClientFrame::decode(&frame).unwrap();
        assert!(matches!(decode(&text), Heard::Frame(heard, 6) if heard == expected));
        let message = decode("{\"type\":\"leave\"}");
        assert!(matches!(
            message,
            Heard::Message(ClientMessage::Leave {}, _)
        ));
        for text in ["\"", "\"\"", "\"BQMHAQI\"", "\"B\\u0051MHAQID\"", "\"?\""] {
            let heard = decode(text);
            assert!(
                matches!(heard, Heard::End(Some(CloseCode::Malformed))),
                "{text}"
            );
        }
        let long = format!("\"{}\"", "A".repeat(LONGEST + 4));
        assert!(matches!(
            decode(&long),
            Heard::End(Some(CloseCode::TooLarge))
        ));
    }
}
