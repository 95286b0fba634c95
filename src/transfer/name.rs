//! A file's name as a stranger gave it, made fit for any disk; touches no disk.

/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// What stands behind the last dot is kept whole up to this length, in characters, dot included.
const LONGEST_EXTENSION: usize = 20;
/// What a file is called when nothing is left of its name.
const NAMELESS: &str = "file";
/// Devices on Windows, whatever stands behind their name.
const RESERVED: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
/// The same with one digit behind them.
const RESERVED_NUMBERED: [&str; 2] = ["COM", "LPT"];

/// The name without folders, without characters that cannot be seen or that turn the reading
/// direction, and without what Windows refuses; at most 100 characters, the extension kept.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let seen: String = last
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let bare = seen
        .trim_start_matches(['.', ' '])
        .trim_end_matches(['.', ' ']);
    let bare = if bare.is_empty() { NAMELESS } else { bare };
    if is_reserved(bare) {
        shorten(&format!("_{bare}"))
    } else {
        shorten(bare)
    }
}

/// Control characters, marks of the reading direction, and what takes no room.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| {
            let mut rest = rest.chars();
            let digit = rest.next();
            rest.next().is_none()
                && digit.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
        })
    };
    RESERVED.contains(&stem.as_str()) || RESERVED_NUMBERED.into_iter().any(numbered)
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let extension = name.rfind('.').map_or("", |dot| &name[dot..]);
    let extension = if extension.chars().count() <= LONGEST_EXTENSION {
        extension
    } else {
        ""
    };
    let room = LONGEST_NAME - extension.chars().count();
    let stem: String = name.chars().take(room).collect();
    format!("{}{extension}", stem.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cleaned() {
        let long = "x".repeat(150);
        let table = [
            ("notes.txt", "notes.txt"),
            ("履历 2026.pdf", "履历 2026.pdf"),
            ("..\\evil\u{202e}gnp.exe", "evilgnp.exe"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\cv.doc", "cv.doc"),
            ("/", "file"),
            ("", "file"),
            (" . . ", "file"),
            (".bashrc", "bashrc"),
            ("...hidden", "hidden"),
            ("trailing. . ", "trailing"),
            ("a\u{0}b\nc\u{7f}.txt", "abc.txt"),
            ("a\u{200b}\u{2066}b\u{feff}.txt", "ab.txt"),
            ("two\u{2003}words.txt", "two words.txt"),
            ("a<b>c:d|e?f*g\"h.txt", "a_b_c_d_e_f_g_h.txt"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("LPT³", "_LPT³"),
            ("aux .c", "_aux .c"),
            ("com10.txt", "com10.txt"),
            ("console.log", "console.log"),
            (&format!("{long}.tar"), &format!("{}.tar", &long[..96])),
            (&format!("a.{long}"), &format!("a.{}", &long[..98])),
            (&long, &long[..100]),
        ];
        for (given, expected) in table {
            assert_eq!(clean_name(given), expected, "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_name_it_is_harmless(name in r"(\PC|[./\\\x00-\x20\u{202e}:]|con|nul){0,150}") {
            let clean = clean_name(&name);
            prop_assert!(!clean.is_empty() && clean.chars().count() <= LONGEST_NAME);
            prop_assert!(!clean.contains(['/', '\\', ':']));
            prop_assert!(!clean.starts_with(['.', ' ']) && !clean.ends_with(['.', ' ']));
            prop_assert!(!clean.chars().any(char::is_control));
            prop_assert!(!is_reserved(&clean));
            prop_assert_eq!(clean_name(&clean), clean);
        }
    }
}
