//! Text that stands in an element exactly as it is. Only for elements that treat their content unlike
//! all others; everything else is escaped by being a child.

/// `text` as the child of a `<textarea>`. The server writes such children as they are, so it has to
/// escape them itself; and a line break right behind the start tag is not part of the text, so one
/// is put there. In the browser nothing is parsed.
pub fn in_text_area(text: &str) -> String {
    if cfg!(target_arch = "wasm32") {
        return text.to_owned();
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("\n{escaped}")
}

/// `text` as the child of a `<pre>`, which loses a line break that stands first as well.
pub fn in_pre(text: String) -> String {
    if !cfg!(target_arch = "wasm32") && text.starts_with('\n') {
        format!("\n{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_text_area_and_no_line_break_is_lost() {
        let check = |text: &str, expected: &str| assert_eq!(in_text_area(text), expected);
        check("", "\n");
        check("\na", "\n\na");
        check("</textarea><b>&lt;", "\n&lt;/textarea&gt;&lt;b&gt;&amp;lt;");
        assert_eq!(in_pre("\na".into()), "\n\na");
        assert_eq!(in_pre("a".into()), "a");
    }
}
