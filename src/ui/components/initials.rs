//! What stands for somebody who cannot be seen; shortens names and nothing else.

/// One or two letters for `name`: the first of its first and last word, or of a name without spaces
/// in a script that needs none, such as Chinese, its last two characters.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        [word] if word.chars().all(is_ideograph) => {
            let count = word.chars().count();
            word.chars().skip(count.saturating_sub(2)).collect()
        }
        [word] => first_letter(word),
        [first, .., last] => first_letter(first) + &first_letter(last),
    }
}

fn first_letter(word: &str) -> String {
    let letter = word
        .chars()
        .find(|c| c.is_alphanumeric())
        .or_else(|| word.chars().next());
    letter.into_iter().flat_map(char::to_uppercase).collect()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::initials;

    fn check(name: &str, expected: &str) {
        assert_eq!(initials(name), expected, "{name}");
    }

    #[test]
    fn initials_of_names() {
        check("Lin Mei", "LM");
        check("anna", "A");
        check("Anna Maria von Klee", "AK");
        check("林小梅", "小梅");
        check("林 梅", "林梅");
        check("(guest) 7", "G7");
        check("", "");
    }
}
