//! `sportello capabilities`: what is wired together, so that a change of it is seen.

use host::Capability;
use std::fmt::Write as _;

pub(super) fn print() {
    print!("{}", wiring(&crate::registry::capabilities()));
}

/// The wiring as text.
pub(crate) fn wiring(capabilities: &[Capability]) -> String {
    let mut text = String::new();
    for capability in capabilities {
        let _ = writeln!(text, "{}", capability.name);
        for migration in capability.migrations {
            let _ = writeln!(text, "  migration {} {}", migration.number, migration.intent);
        }
        for record in &capability.records {
            let _ = writeln!(text, "  record {}", record.kind);
        }
        for job in &capability.jobs {
            let _ = writeln!(text, "  job {}", job.kind);
        }
        for work in &capability.scheduled {
            let _ = writeln!(text, "  scheduled {} every {} s", work.name, work.every);
        }
        for place in &capability.places {
            let _ = writeln!(text, "  place {}", place.href);
        }
        let parts = [
            ("texts", capability.texts.is_some()),
            ("api", capability.api.is_some()),
            ("pages", capability.pages.is_some()),
        ];
        let has: Vec<&str> = parts
            .into_iter()
            .filter(|(_, has)| *has)
            .map(|(name, _)| name)
            .collect();
        if !has.is_empty() {
            let _ = writeln!(text, "  {}", has.join(", "));
        }
    }
    text
}
