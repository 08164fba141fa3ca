//! What does not hold, and where it begins.

/// Something that is not what the journal says, or a journal that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The event it is about: of those that are known to be concerned, the first.
    pub seq: i64,
    /// The last event it may be about: a seal tells only that something among those it covers is wrong.
    pub until: i64,
    /// Key of the sentence that says what is wrong.
    pub key: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// About one event.
    pub fn at(seq: i64, key: &'static str) -> Self {
        Self {
            seq,
            until: seq,
            key,
            args: Vec::new(),
        }
    }

    /// About one of several events.
    pub fn among(seq: i64, until: i64, key: &'static str) -> Self {
        Self {
            until,
            ..Self::at(seq, key)
        }
    }

    /// The same with an argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// All findings; the first precise one and the first vague one are kept, since a database may be wrong throughout.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    precise: Option<Finding>,
    vague: Option<Finding>,
    count: u64,
}

impl Findings {
    /// Takes one in.
    pub fn add(&mut self, finding: Finding) {
        self.count += 1;
        let kept = if finding.seq == finding.until {
            &mut self.precise
        } else {
            &mut self.vague
        };
        if kept.as_ref().is_none_or(|kept| finding.seq < kept.seq) {
            *kept = Some(finding);
        }
    }

    /// How many there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first broken event: what a seal only hints at gives way to the event itself where that was found.
    pub fn first(self) -> Option<Finding> {
        match (self.precise, self.vague) {
            (Some(precise), Some(vague)) => Some(if precise.seq <= vague.until { precise } else { vague }),
            (precise, vague) => precise.or(vague),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_itself_goes_before_the_seal_that_covers_it_and_an_earlier_seal_before_both() {
        let mut found = Findings::default();
        found.add(Finding::among(10, 20, "seal"));
        found.add(Finding::at(15, "event"));
        found.add(Finding::at(17, "later"));
        assert_eq!(found.clone().first().map(|finding| finding.seq), Some(15));
        found.add(Finding::among(1, 9, "seal"));
        assert_eq!((found.count(), found.first().map(|finding| finding.seq)), (4, Some(1)));
    }
}
