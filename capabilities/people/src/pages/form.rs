//! What a refused form says, field by field.

use i18n::Language;
use kernel::Error;
use ui::Errors;
use web::{PageError, sentence};

/// The words for a form that was refused; other errors go on to their own page.
///
/// # Errors
/// What is not about the form.
pub fn form_errors(error: Error, language: Language) -> Result<Errors, PageError> {
    let Error::Refused(refusal) = &error else {
        return Err(PageError(error));
    };
    let mut errors = Errors::default();
    for field in &refusal.fields {
        errors.add(field.field.as_ref(), sentence(language, field.key, &field.args));
    }
    if refusal.fields.is_empty() {
        if matches!(
            refusal.kind,
            kernel::RefusalKind::NotFound | kernel::RefusalKind::Forbidden
        ) {
            return Err(PageError(error));
        }
        errors.add("", sentence(language, refusal.key, &refusal.args));
    }
    Ok(errors)
}
