//! Parts that are the same on every page: of the frame, and of forms.
//!
//! A template that is included, and a macro, are written anew into each page that uses them. These are not: a page names one,
//! and its code stands in the program once. That keeps the program small and quick to build.

use crate::{Choice, Errors, Frame};
use askama::Template;

/// A part of what stands around a page.
macro_rules! frame_parts {
    ($($(#[$doc:meta])* $method:ident, $name:ident, $path:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Template)]
            #[template(path = $path)]
            pub struct $name<'f> {
                frame: &'f Frame,
            }
        )*
        impl Frame {
            $(
                $(#[$doc])*
                pub fn $method(&self) -> $name<'_> {
                    $name { frame: self }
                }
            )*
        }
    };
}

frame_parts! {
    /// The beginning of a page of the console, up to what a page puts into the bar on top.
    console_head, ConsoleHead, "part/console_head.html";
    /// The rest of the bar, the places and the banners.
    console_rail, ConsoleRail, "part/console_rail.html";
    /// The edge by which the queue is drawn wider.
    console_queue_edge, ConsoleQueueEdge, "part/console_queue_edge.html";
    /// The beginning of the part in the middle.
    console_main, ConsoleMain, "part/console_main.html";
    /// The end of the part in the middle.
    console_foot, ConsoleFoot, "part/console_foot.html";
    /// What every page of the console ends with.
    console_end, ConsoleEnd, "part/console_end.html";
    /// The beginning of a page of the portal.
    portal_head, PortalHead, "part/portal_head.html";
    /// The end of a page of the portal.
    portal_foot, PortalFoot, "part/portal_foot.html";
}

/// A field of one line.
#[derive(Template)]
#[template(path = "part/field.html")]
pub struct Field<'f> {
    frame: &'f Frame,
    name: &'f str,
    label: &'f str,
    value: &'f str,
    help: &'f str,
    error: &'f str,
    kind: &'f str,
    autocomplete: &'f str,
    placeholder: &'f str,
    required: bool,
    focus: bool,
}

/// A field of one line, with what `components/forms.html` says of it.
pub fn field<'f>(frame: &'f Frame, texts: &[&'f str; 8], required: &bool, focus: &bool) -> Field<'f> {
    let [name, label, value, help, error, kind, autocomplete, placeholder] = *texts;
    Field {
        frame,
        name,
        label,
        value,
        help,
        error,
        kind,
        autocomplete,
        placeholder,
        required: *required,
        focus: *focus,
    }
}

/// A field of several lines.
#[derive(Template)]
#[template(path = "part/textarea.html")]
pub struct TextArea<'f> {
    frame: &'f Frame,
    name: &'f str,
    label: &'f str,
    value: &'f str,
    help: &'f str,
    error: &'f str,
    draft: &'f str,
    placeholder: &'f str,
    required: bool,
    rows: i32,
}

/// A field of several lines, with what `components/forms.html` says of it.
pub fn textarea<'f>(frame: &'f Frame, texts: &[&'f str; 7], required: &bool, rows: &i32) -> TextArea<'f> {
    let [name, label, value, help, error, draft, placeholder] = *texts;
    TextArea {
        frame,
        name,
        label,
        value,
        help,
        error,
        draft,
        placeholder,
        required: *required,
        rows: *rows,
    }
}

/// One of many.
#[derive(Template)]
#[template(path = "part/select.html")]
pub struct Select<'f> {
    frame: &'f Frame,
    name: &'f str,
    label: &'f str,
    help: &'f str,
    error: &'f str,
    none: &'f str,
    choices: &'f [Choice],
    required: bool,
}

/// One of many, with what `components/forms.html` says of it.
pub fn select<'f>(frame: &'f Frame, texts: &[&'f str; 5], choices: &'f [Choice], required: &bool) -> Select<'f> {
    let [name, label, help, error, none] = *texts;
    Select {
        frame,
        name,
        label,
        help,
        error,
        none,
        choices,
        required: *required,
    }
}

/// One of a few, all in sight.
#[derive(Template)]
#[template(path = "part/radios.html")]
pub struct Radios<'f> {
    frame: &'f Frame,
    name: &'f str,
    label: &'f str,
    help: &'f str,
    error: &'f str,
    choices: &'f [Choice],
}

/// One of a few, with what `components/forms.html` says of it.
pub fn radios<'f>(frame: &'f Frame, texts: &[&'f str; 4], choices: &'f [Choice]) -> Radios<'f> {
    let [name, label, help, error] = *texts;
    Radios {
        frame,
        name,
        label,
        help,
        error,
        choices,
    }
}

/// Yes or no.
#[derive(Template)]
#[template(path = "part/checkbox.html")]
pub struct CheckBox<'f> {
    frame: &'f Frame,
    name: &'f str,
    label: &'f str,
    help: &'f str,
    error: &'f str,
    value: &'f str,
    checked: bool,
}

/// Yes or no, with what `components/forms.html` says of it.
pub fn checkbox<'f>(frame: &'f Frame, texts: &[&'f str; 5], checked: &bool) -> CheckBox<'f> {
    let [name, label, help, error, value] = *texts;
    CheckBox {
        frame,
        name,
        label,
        help,
        error,
        value,
        checked: *checked,
    }
}

/// What was refused, on top of a form.
#[derive(Template)]
#[template(path = "part/summary.html")]
pub struct Summary<'f> {
    frame: &'f Frame,
    errors: &'f Errors,
}

/// What was refused.
pub fn summary<'f>(frame: &'f Frame, errors: &'f Errors) -> Summary<'f> {
    Summary { frame, errors }
}

/// A button with its key.
#[derive(Template)]
#[template(path = "part/button.html")]
pub struct Button<'f> {
    label: &'f str,
    key: &'f str,
    kind: &'f str,
    name: &'f str,
    value: &'f str,
    form: &'f str,
    formaction: &'f str,
    disabled: bool,
}

/// A button, with what `components/forms.html` says of it.
pub fn button<'f>(texts: &[&'f str; 7], disabled: &bool) -> Button<'f> {
    let [label, key, kind, name, value, form, formaction] = *texts;
    Button {
        label,
        key,
        kind,
        name,
        value,
        form,
        formaction,
        disabled: *disabled,
    }
}

/// A link that looks like a button.
#[derive(Template)]
#[template(path = "part/link_button.html")]
pub struct LinkButton<'f> {
    href: &'f str,
    label: &'f str,
    key: &'f str,
    kind: &'f str,
}

/// A link that looks like a button, with what `components/forms.html` says of it.
pub fn link_button<'f>(texts: &[&'f str; 4]) -> LinkButton<'f> {
    let [href, label, key, kind] = *texts;
    LinkButton { href, label, key, kind }
}
