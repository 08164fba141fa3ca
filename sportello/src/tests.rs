//! The wiring: texts complete in both languages, capabilities named once.

use crate::registry;

#[test]
fn texts_are_complete_in_both_languages_and_never_doubled() {
    let faults = i18n::check(&registry::texts());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_capability_is_named_once_and_owns_its_migrations() {
    let capabilities = registry::capabilities();
    let names: std::collections::HashSet<_> = capabilities.iter().map(|capability| capability.name).collect();
    assert_eq!(names.len(), capabilities.len());
    for capability in &capabilities {
        assert!(
            capability
                .migrations
                .iter()
                .all(|migration| migration.capability == capability.name)
        );
    }
}
