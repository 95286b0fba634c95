//! Finds web addresses in what people wrote; text stays text.

/// A piece of a chat message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// An http or https address, as it was written.
    Link(&'a str),
}

const SCHEMES: [&str; 2] = ["http://", "https://"];

/// `text` in pieces; together they are the whole text again.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = find_link(rest) {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        pieces.push(Piece::Link(&rest[start..end]));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where the first address begins and ends, in bytes.
fn find_link(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let found = SCHEMES.iter().filter_map(|scheme| {
            find_ignoring_case(&text[from..], scheme).map(|at| (from + at, scheme.len()))
        });
        let (start, scheme) = found.min()?;
        let end = start + link_length(&text[start..]);
        let begins_a_word = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if begins_a_word && end > start + scheme {
            return Some((start, end));
        }
        from = start + scheme;
    }
}

fn find_ignoring_case(text: &str, ascii: &str) -> Option<usize> {
    text.as_bytes()
        .windows(ascii.len())
        .position(|window| window.eq_ignore_ascii_case(ascii.as_bytes()))
}

/// How far an address reaches: to a space or a character that no address holds, less the punctuation
/// of the sentence around it.
fn link_length(text: &str) -> usize {
    let forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '`' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    let mut link = text.split(forbidden).next().unwrap_or_default();
    loop {
        let closes_what_it_opened = link.matches('(').count() >= link.matches(')').count();
        let trimmed = match link.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}') => &link[..link.len() - 1],
            Some(')') if !closes_what_it_opened => &link[..link.len() - 1],
            _ => return link.len(),
        };
        link = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, *};

    #[test]
    fn links_are_found_and_nothing_is_lost() {
        let check = |text: &str, expected: &[Piece<'_>]| {
            let found = pieces(text);
            assert_eq!(found, expected, "{text}");
            let whole: String = found
                .iter()
                .map(|piece| match piece {
                    Text(text) | Link(text) => *text,
                })
                .collect();
            assert_eq!(whole, text);
        };
        check("", &[]);
        check("no link", &[Text("no link")]);
        check(
            "https://a.example/x?y=1",
            &[Link("https://a.example/x?y=1")],
        );
        check(
            "see HTTP://a.example.",
            &[Text("see "), Link("HTTP://a.example"), Text(".")],
        );
        check(
            "(https://a.example/b_(c))",
            &[Text("("), Link("https://a.example/b_(c)"), Text(")")],
        );
        check(
            "看https://a.example，谢谢",
            &[Text("看"), Link("https://a.example"), Text("，谢谢")],
        );
        check(
            "请看 https://a.example，谢谢",
            &[Text("请看 "), Link("https://a.example"), Text("，谢谢")],
        );
        check(
            "javascript:alert(1) https://",
            &[Text("javascript:alert(1) https://")],
        );
        check(
            "<b>http://a.example</b>",
            &[Text("<b>"), Link("http://a.example"), Text("</b>")],
        );
        check(
            "http://a http://b",
            &[Link("http://a"), Text(" "), Link("http://b")],
        );
        check("xhttp://a", &[Text("xhttp://a")]);
    }
}
