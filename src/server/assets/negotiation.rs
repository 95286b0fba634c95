//! Reads what a browser says about encodings and about files it has. Knows no file.

/// A way to compress a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    /// As in `Content-Encoding`.
    pub name: &'static str,
    /// What the compressed file's name ends with.
    pub suffix: &'static str,
}

/// The smallest first.
pub const ENCODINGS: [Encoding; 2] = [
    Encoding {
        name: "br",
        suffix: ".br",
    },
    Encoding {
        name: "gzip",
        suffix: ".gz",
    },
];

/// Those of [`ENCODINGS`] that an `Accept-Encoding` allows. Which of them the browser prefers does not
/// matter: the smallest is best for both.
pub fn encodings(accepted: &str) -> impl Iterator<Item = &'static Encoding> {
    ENCODINGS
        .iter()
        .filter(move |encoding| accepts(accepted, encoding.name))
}

/// Whether an `If-None-Match` names the tag.
pub fn names(known: &str, tag: &str) -> bool {
    known
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn accepts(accepted: &str, name: &str) -> bool {
    let mut by_any = false;
    for item in accepted.split(',') {
        let (item, weight) = item.split_once(';').unwrap_or((item, ""));
        let item = item.trim();
        let allowed = !is_zero(weight);
        if item.eq_ignore_ascii_case(name) {
            return allowed;
        }
        if item == "*" {
            by_any = allowed;
        }
    }
    by_any
}

/// Whether `q=0` in one of its spellings.
fn is_zero(weight: &str) -> bool {
    let weight = weight.trim();
    let value = weight
        .strip_prefix("q=")
        .or_else(|| weight.strip_prefix("Q="));
    value.is_some_and(|value| value.trim().parse::<f32>().is_ok_and(|value| value <= 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_accepted_encoding_comes_first() {
        let check = |accepted: &str, expected: &[&str]| {
            let found: Vec<_> = encodings(accepted).map(|encoding| encoding.name).collect();
            assert_eq!(found, expected, "{accepted}");
        };
        check("gzip, deflate, br, zstd", &["br", "gzip"]);
        check("gzip", &["gzip"]);
        check("GZIP;q=0.5, BR;q=0.1", &["br", "gzip"]);
        check("br;q=0, gzip", &["gzip"]);
        check("br; q=0.000, gzip;q=1", &["gzip"]);
        check("*", &["br", "gzip"]);
        check("*, br;q=0", &["gzip"]);
        check("*;q=0, gzip", &["gzip"]);
        check("identity", &[]);
        check("brotli, gzipped", &[]);
        check("", &[]);
    }

    #[test]
    fn a_known_file_is_recognised() {
        let check = |known: &str, expected: bool| {
            assert_eq!(names(known, "\"a1\""), expected, "{known}");
        };
        check("\"a1\"", true);
        check("\"b2\", \"a1\"", true);
        check("W/\"a1\"", true);
        check("*", true);
        check("\"a1", false);
        check("a1", false);
        check("\"b2\"", false);
        check("", false);
    }
}
