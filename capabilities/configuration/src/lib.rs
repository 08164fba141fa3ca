//! Service areas and their parameters.
//!
//! A service area (*ambito di servizio*) is a desk of its own: hours, gates, limits, texts. Everything that an area may
//! decide is a parameter over a global default, and every change of one is an event with who and when (SD-002). What the law
//! asks of the whole service about accessibility stands beside them.

mod accessibility;
mod area;
mod naming;
mod parameters;

pub use accessibility::{Accessibility, AccessibilityEvent, accessibility_alone, set_accessibility};
pub use area::{Area, AreaChange, AreaEvent, AreaId, change_area, create_area, set_parameters};
pub use naming::{NAME, Standing, checked_name, record, refuse_taken, renamed, same_menus, same_name};
pub use parameters::{AllowedTypes, FIELDS_MARK, Gates, LinkPolicy, Matrix, NUMBERS, Parameters, TYPES};

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "configuration",
        migrations: &[],
        records: vec![store::record_kind::<Area>(), store::record_kind::<Accessibility>()],
        ..host::Capability::default()
    }
}
