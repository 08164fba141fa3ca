//! What is wrong with the texts of the product, told to a test.
//!
//! Italian and English must have the same keys with the same values in them, no key may belong to two capabilities, and
//! every file must be well formed.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use crate::{Language, Source, texts::described};

/// Everything wrong with these sources, one sentence each; empty when all is well.
pub fn check(sources: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    let it = keys(Language::It, sources, &mut findings);
    let en = keys(Language::En, sources, &mut findings);
    compare(&it, &en, Language::En, &mut findings);
    compare(&en, &it, Language::It, &mut findings);
    for (key, values) in &it {
        if en.get(key).is_some_and(|others| others != values) {
            findings.push(format!("{key}: not the same values in it and en"));
        }
    }
    findings
}

/// The keys of one language, each with the names of the values in its text.
type Keys<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn keys(language: Language, sources: &[Source], findings: &mut Vec<String>) -> Keys<'static> {
    let mut keys = Keys::new();
    for source in sources {
        let file = source.file(language);
        if let Err((_, errors)) = FluentResource::try_new(file.to_owned()) {
            let errors = errors.into_iter().map(|error| described(&error.into()));
            findings.extend(errors.map(|error| format!("{language}: {error}")));
        }
        read(language, file, &mut keys, findings);
    }
    keys
}

/// Reads keys and values by lines: a message begins at the margin, everything that belongs to it is indented.
fn read(language: Language, file: &'static str, keys: &mut Keys<'static>, findings: &mut Vec<String>) {
    let mut current: Option<&'static str> = None;
    for line in file.lines() {
        if let Some(key) = key_of(line) {
            if keys.insert(key, BTreeSet::new()).is_some() {
                findings.push(format!("{language}: {key} is given twice"));
            }
            current = Some(key);
        } else if line.starts_with(['#', '-']) {
            current = None;
        }
        if let Some(values) = current.and_then(|key| keys.get_mut(key)) {
            values.extend(values_of(line));
        }
    }
}

fn key_of(line: &'static str) -> Option<&'static str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    (key.starts_with(|letter: char| letter.is_ascii_alphabetic()) && key.chars().all(plain)).then_some(key)
}

fn values_of(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('$').skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '-');
        &rest[..end.unwrap_or(rest.len())]
    })
}

fn compare(one: &Keys<'_>, other: &Keys<'_>, other_language: Language, findings: &mut Vec<String>) {
    let missing = one.keys().filter(|key| !other.contains_key(*key));
    findings.extend(missing.map(|key| format!("{other_language}: {key} is missing")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_told_in_one_sentence() {
        let cases: [(&[Source], &[&str]); 5] = [
            (
                &[Source {
                    it: "a-x = { $n } sì\n",
                    en: "a-x = yes { $n }\n",
                }],
                &[],
            ),
            (
                &[Source {
                    it: "a-x = sì\na-y = no\n",
                    en: "a-x = yes\n",
                }],
                &["en: a-y is missing"],
            ),
            (
                &[
                    Source {
                        it: "a-x = sì\n",
                        en: "a-x = yes\n",
                    },
                    Source {
                        it: "a-x = no\n",
                        en: "b-x = no\n",
                    },
                ],
                &["it: a-x is given twice", "it: b-x is missing"],
            ),
            (
                &[Source {
                    it: "a-x = { $n }\n",
                    en: "a-x = { $number }\n",
                }],
                &["a-x: not the same values in it and en"],
            ),
            (
                &[Source {
                    it: "a-x = { $n ->\n   *[other] { $who } e { $n }\n }\n",
                    en: "a-x = { $n } and { $who }\n",
                }],
                &[],
            ),
        ];
        for (sources, expected) in cases {
            assert_eq!(check(sources), expected);
        }
    }

    #[test]
    fn a_malformed_message_is_found() {
        let findings = check(&[Source {
            it: "a-x = { $n\n",
            en: "a-x = { $n }\n",
        }]);
        assert!(
            findings.iter().any(|finding| finding.starts_with("it: malformed")),
            "{findings:?}"
        );
    }
}
