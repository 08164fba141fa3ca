//! The fields that each act asks for.

use super::deeds::Deed;
use super::desk::Opened;
use super::names::{Names, term, terms};
use crate::commands::Prepared;
use crate::domain::{LinkKind, TechnicalOutcome, TicketKind, WaitingReason};
use kernel::Uuid;
use people::GroupKind;
use ui::{Choice, Errors, Frame};
use web::FormBody;

/// How a field is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Line,
    Moment,
    Words,
    Select,
    Radios,
    Check,
}

/// A field of a form.
pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) value: String,
    pub(super) error: String,
    pub(super) required: bool,
    pub(super) choices: Vec<Choice>,
    pub(super) none: String,
}

impl Field {
    pub(super) fn is(&self, shape: &str) -> bool {
        let shapes = [
            ("line", Shape::Line),
            ("moment", Shape::Moment),
            ("words", Shape::Words),
            ("select", Shape::Select),
            ("radios", Shape::Radios),
            ("check", Shape::Check),
        ];
        shapes.contains(&(shape, self.shape))
    }
}

/// What fields are made from: the frame's words, what was typed, what was refused.
pub(super) struct Form<'f> {
    pub(super) frame: &'f Frame,
    pub(super) body: &'f FormBody,
    pub(super) errors: &'f Errors,
}

/// The field in which one of several prepared acts is chosen.
pub(super) fn prepared_field(form: &Form<'_>, offers: &[Prepared]) -> Field {
    let chosen = form.body.text("macro");
    let choice = |one: &Prepared| Choice::new(one.id.to_string(), &one.name, chosen);
    let choices = offers.iter().map(choice).collect();
    form.choose(Shape::Radios, "macro", "macro", choices)
}

impl Form<'_> {
    fn field(&self, shape: Shape, name: &'static str, label: &str) -> Field {
        Field {
            shape,
            name,
            label: self.frame.t(&format!("ticket-page-field-{label}")),
            help: String::new(),
            value: self.body.text(name).to_owned(),
            error: self.errors.of(name).to_owned(),
            required: true,
            choices: Vec::new(),
            none: String::new(),
        }
    }

    fn words(&self, name: &'static str, label: &str) -> Field {
        self.field(Shape::Words, name, label)
    }

    fn optional(&self, name: &'static str, label: &str) -> Field {
        Field {
            required: false,
            ..self.field(Shape::Words, name, label)
        }
    }

    fn choose(&self, shape: Shape, name: &'static str, label: &str, choices: Vec<Choice>) -> Field {
        Field {
            choices,
            ..self.field(shape, name, label)
        }
    }

    fn helped(&self, field: Field, key: &str) -> Field {
        Field {
            help: self.frame.t(key),
            ..field
        }
    }

    fn terms<'c>(&self, name: &'static str, list: &str, codes: impl IntoIterator<Item = &'c str>) -> Vec<Choice> {
        terms(self.frame.language, list, codes, self.body.text(name))
    }

    /// The fields of an act on this ticket.
    pub(super) fn fields(&self, deed: Deed, opened: &Opened) -> Vec<Field> {
        match deed {
            Deed::Assign => self.assign(&opened.names),
            Deed::Register => vec![self.words("reason", "registration")],
            Deed::Diagnose => vec![self.words("diagnosis", "diagnosis")],
            Deed::Classify => self.classify(&opened.names, Some(opened.ticket.area.id)),
            Deed::Subject => vec![self.field(Shape::Line, "subject", "subject")],
            Deed::Reroute => self.reroute(opened),
            Deed::Parent => vec![self.helped(self.field(Shape::Line, "to", "parent"), "ticket-page-field-parent-help")],
            Deed::Link => self.link(),
            Deed::SecondLevel => self.second_level(&opened.names),
            Deed::TechnicalClosure => self.technical_closure(),
            Deed::Return | Deed::Reopen | Deed::Cancel => vec![self.words("reason", "reason")],
            Deed::Wait => self.wait(),
            Deed::Promise => vec![
                self.words("text", "promise"),
                self.field(Shape::Moment, "due_at", "promise-due"),
            ],
            Deed::Solution => vec![self.helped(self.words("solution", "solution"), "ticket-page-field-solution-help")],
            Deed::Outcome => self.outcome(),
            Deed::Call => vec![self.choose(
                Shape::Radios,
                "outcome",
                "call",
                self.terms("outcome", "call", ["reached", "not_reached"]),
            )],
            Deed::Close => self.close(),
            Deed::Merge => vec![self.field(Shape::Line, "into", "into")],
            _ => Vec::new(),
        }
    }

    /// The fields of an act on many tickets.
    pub(super) fn fields_of_many(&self, deed: Deed, names: &Names) -> Vec<Field> {
        match deed {
            Deed::Assign => self.assign(names),
            Deed::Close => self.close(),
            Deed::Cancel => vec![self.words("reason", "reason")],
            _ => Vec::new(),
        }
    }

    fn assign(&self, names: &Names) -> Vec<Field> {
        let groups = names.group_choices(self.body.text("group"), |group| group.kind.is_first_level());
        let operators = names.operator_choices(self.body.text("operator"));
        let none = |key: &str| self.frame.t(key);
        let group = self.choose(Shape::Select, "group", "group", groups);
        let operator = self.choose(Shape::Select, "operator", "operator", operators);
        vec![
            Field {
                required: false,
                none: none("ticket-page-same-group"),
                ..group
            },
            Field {
                required: false,
                none: none("ticket-page-no-operator"),
                ..operator
            },
        ]
    }

    /// Classification: the counter asks for the same.
    pub(super) fn classify(&self, names: &Names, area: Option<Uuid>) -> Vec<Field> {
        let kinds = TicketKind::ALL
            .iter()
            .map(|kind| kind.code())
            .filter(|code| *code != "unknown");
        let categories = names.category_choices(self.body.text("category"), area);
        let pick = self.frame.t("ticket-page-to-be-said");
        let levels = ["1", "2", "3"];
        let kind = self.choose(Shape::Select, "kind", "kind", self.terms("kind", "kind", kinds));
        let category = self.choose(Shape::Select, "category", "category", categories);
        let impact = self.choose(Shape::Radios, "impact", "impact", self.terms("impact", "level", levels));
        let urgency = self.choose(
            Shape::Radios,
            "urgency",
            "urgency",
            self.terms("urgency", "urgency", levels),
        );
        vec![
            Field {
                none: pick.clone(),
                ..kind
            },
            Field {
                none: pick,
                required: false,
                ..category
            },
            self.helped(impact, "ticket-page-field-impact-help"),
            self.helped(urgency, "ticket-page-field-urgency-help"),
        ]
    }

    /// A priority of one's own, with the reason.
    pub(super) fn overriding(&self) -> Vec<Field> {
        let priorities = self.terms("priority", "priority", ["1", "2", "3", "4", "5"]);
        let priority = self.choose(Shape::Select, "priority", "override", priorities);
        let priority = Field {
            required: false,
            none: self.frame.t("ticket-page-from-matrix"),
            ..priority
        };
        vec![
            priority,
            self.helped(
                self.optional("reason", "override-reason"),
                "ticket-page-field-override-reason-help",
            ),
        ]
    }

    fn reroute(&self, opened: &Opened) -> Vec<Field> {
        let mut areas = opened.names.area_choices(self.body.text("area"));
        areas.retain(|area| area.value != opened.ticket.area.id.to_string());
        let area = self.choose(Shape::Select, "area", "area", areas);
        let area = Field {
            none: self.frame.t("ticket-page-choose"),
            ..area
        };
        vec![
            area,
            self.helped(self.words("reason", "reason"), "ticket-page-field-reroute-help"),
        ]
    }

    fn link(&self) -> Vec<Field> {
        let kinds = LinkKind::ALL.iter().map(|kind| kind.code());
        let mut kinds = self.terms("kind", "link", kinds);
        if !kinds.iter().any(|kind| kind.chosen) {
            kinds
                .iter_mut()
                .filter(|kind| kind.value == LinkKind::Related.code())
                .for_each(|kind| kind.chosen = true);
        }
        vec![
            self.helped(self.field(Shape::Line, "to", "to"), "ticket-page-field-to-help"),
            self.choose(Shape::Radios, "kind", "link-kind", kinds),
        ]
    }

    fn second_level(&self, names: &Names) -> Vec<Field> {
        let groups = names.group_choices(self.body.text("group"), |group| {
            matches!(
                group.kind,
                GroupKind::SecondLevel | GroupKind::ThirdLevel | GroupKind::Supplier
            )
        });
        let group = self.choose(Shape::Select, "group", "group-l2", groups);
        let group = Field {
            none: self.frame.t("ticket-page-choose"),
            ..group
        };
        vec![
            group,
            self.helped(self.optional("note", "asked"), "ticket-page-field-asked-help"),
        ]
    }

    fn technical_closure(&self) -> Vec<Field> {
        let outcomes = self.terms(
            "outcome",
            "technical",
            TechnicalOutcome::ALL.iter().map(|outcome| outcome.code()),
        );
        let call = Field {
            required: false,
            ..self.field(Shape::Check, "callback_required", "callback")
        };
        vec![
            self.words("activity", "activity"),
            self.choose(Shape::Radios, "outcome", "technical", outcomes),
            self.helped(call, "ticket-page-field-callback-help"),
        ]
    }

    fn wait(&self) -> Vec<Field> {
        let reasons = self.terms(
            "reason",
            "waiting",
            WaitingReason::ALL.iter().map(|reason| reason.code()),
        );
        let until = self.helped(
            self.field(Shape::Moment, "wake_at", "wake-at"),
            "ticket-page-field-wake-at-help",
        );
        vec![
            self.choose(Shape::Radios, "reason", "waiting", reasons),
            Field {
                required: false,
                ..until
            },
            self.optional("note", "note"),
        ]
    }

    fn outcome(&self) -> Vec<Field> {
        let answers = self.terms("answer", "answer", ["accepted", "refused", "refused_wrong_class"]);
        vec![
            self.choose(Shape::Radios, "answer", "answer", answers),
            self.optional("note", "answer-note"),
        ]
    }

    fn close(&self) -> Vec<Field> {
        let language = self.frame.language;
        let reasons = ["confirmed", "no_reply", "unreached", "refused", "withdrawn", "decided"];
        let choice = |code: &str| {
            let label = format!(
                "{} — {}",
                term(language, "closed", code),
                term(language, "closed-when", code)
            );
            Choice::new(code, label, self.body.text("reason"))
        };
        let reasons = reasons.into_iter().map(choice).collect();
        let note = self.helped(self.optional("note", "note"), "ticket-page-field-close-note-help");
        vec![self.choose(Shape::Radios, "reason", "close-reason", reasons), note]
    }
}
