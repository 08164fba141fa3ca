//! The house: every capability, in the order in which they stand. A new practice adds one line here and one in the manifest.

use host::Capability;

/// All capabilities.
pub fn capabilities() -> Vec<Capability> {
    vec![
        configuration::capability(),
        catalogue::capability(),
        service_level::capability(),
        people::capability(),
        record::capability(),
        routing::capability(),
        workspace::capability(),
        ticket::capability(),
        automation::capability(),
        registry::capability(),
        outage::capability(),
        knowledge::capability(),
        ready_text::capability(),
        task::capability(),
        macros::capability(),
        board::capability(),
        notice::capability(),
        privacy::capability(),
        audit::capability(),
        demonstration::capability(),
        integration::capability(),
        portal::capability(),
        administration::capability(),
    ]
}

/// All texts: the tools' own and the capabilities'.
pub fn texts() -> Vec<i18n::Source> {
    let own = capabilities().into_iter().filter_map(|capability| capability.texts);
    [ui::sources(), web::texts()].into_iter().chain(own).collect()
}
