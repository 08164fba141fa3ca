//! Targets as people type them into a form, and as the form shows them again.

/// So many seconds: `4 h`, `30 min`, `1 h 30 min`, `1:30`, `2 ore`; nothing where it is none.
pub fn duration_of(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (i64, i64) = (hours.trim().parse().ok()?, minutes.trim().parse().ok()?);
        return seconds(hours, 3600)?.checked_add(seconds(minutes, 60).filter(|_| minutes < 60)?);
    }
    let mut left = text.as_str();
    let mut total: i64 = 0;
    while !left.is_empty() {
        let digits = left.find(|one: char| !one.is_ascii_digit())?;
        let number: i64 = left[..digits].parse().ok()?;
        let rest = left[digits..].trim_start();
        let unit = rest.find(|one: char| !one.is_alphabetic()).unwrap_or(rest.len());
        total = total.checked_add(seconds(number, unit_of(&rest[..unit])?)?)?;
        left = rest[unit..].trim_start();
    }
    (total > 0).then_some(total)
}

fn seconds(number: i64, unit: i64) -> Option<i64> {
    number.checked_mul(unit).filter(|seconds| *seconds >= 0)
}

fn unit_of(name: &str) -> Option<i64> {
    match name {
        "h" | "ora" | "ore" | "hour" | "hours" => Some(3600),
        "m" | "min" | "minuto" | "minuti" | "minute" | "minutes" => Some(60),
        "s" | "sec" => Some(1),
        _ => None,
    }
}

/// A target as it is typed.
pub fn duration_text(seconds: i64) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let told = parts.into_iter().filter(|(number, _)| *number > 0);
    told.map(|(number, unit)| format!("{number} {unit}"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_people_type_them() {
        for (typed, seconds, shown) in [
            ("4 h", 14_400, "4 h"),
            ("15min", 900, "15 min"),
            ("1 h 30 min", 5_400, "1 h 30 min"),
            ("1:30", 5_400, "1 h 30 min"),
            ("2 ORE", 7_200, "2 h"),
            ("90 minuti", 5_400, "1 h 30 min"),
            ("160h", 576_000, "160 h"),
        ] {
            assert_eq!(duration_of(typed), Some(seconds), "{typed}");
            assert_eq!(duration_text(seconds), shown, "{typed}");
            assert_eq!(duration_of(shown), Some(seconds), "{typed}");
        }
        for typed in [
            "",
            "4",
            "h",
            "quattro ore",
            "4 giorni",
            "0 h",
            "1:75",
            "-3 h",
            "99999999999999999 h",
        ] {
            assert_eq!(duration_of(typed), None, "{typed}");
        }
    }
}
