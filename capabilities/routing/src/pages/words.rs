//! A rule in words.

use crate::RuleText;
use catalogue::Category;
use kernel::{Instant, Uuid};
use people::Group;
use store::Loaded;
use ui::Frame;

/// Its conditions, one by one; one that says so where there are none.
pub(super) fn conditions(frame: &Frame, text: &RuleText, categories: &[Loaded<Category>]) -> Vec<String> {
    let mut all = Vec::new();
    if !text.channels.is_empty() {
        let names = text.channels.iter().map(|channel| channel_name(frame, channel));
        all.push(frame.t1("routing-when-channel", "names", listed(names)));
    }
    if !text.categories.is_empty() {
        let name = |id: &Uuid| categories.iter().find(|one| one.id == *id);
        let names = text.categories.iter().filter_map(name).map(|one| one.state.full_name());
        all.push(frame.t1("routing-when-category", "names", listed(names)));
    }
    if !text.words.is_empty() {
        let quoted = text
            .words
            .iter()
            .map(|word| frame.t1("routing-quoted", "word", word.as_str()));
        all.push(frame.t1("routing-when-words", "words", listed(quoted)));
    }
    let day = |date: jiff::civil::Date| frame.language.day(noon(date), &frame.zone);
    match (text.valid_from, text.valid_until) {
        (Some(from), Some(until)) => {
            let args = [("from", day(from).into()), ("until", day(until).into())];
            all.push(frame.language.text_with("routing-when-between", &args));
        }
        (Some(from), None) => all.push(frame.t1("routing-when-from", "from", day(from))),
        (None, Some(until)) => all.push(frame.t1("routing-when-until", "until", day(until))),
        (None, None) => {}
    }
    if all.is_empty() {
        all.push(frame.t("routing-when-always"));
    }
    all
}

/// The middle of a day, as the house reckons days.
fn noon(date: jiff::civil::Date) -> Instant {
    let noon = date.at(12, 0, 0, 0).to_zoned(i18n::default_zone());
    noon.map_or(Instant::NEVER, |noon| {
        Instant::from_millis(noon.timestamp().as_millisecond())
    })
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// A channel as people call it.
pub(super) fn channel_name(frame: &Frame, channel: &str) -> String {
    frame.t(&format!("ticket-page-channel-{}", channel.replace('_', "-")))
}

/// A group's name, or that there is none.
pub(super) fn group_name(frame: &Frame, groups: &[Loaded<Group>], group: Option<Uuid>) -> String {
    let found = groups.iter().find(|one| Some(one.id) == group);
    found.map_or_else(|| frame.t("routing-no-group"), |group| group.state.name.clone())
}
