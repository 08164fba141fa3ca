//! People: who they are, what they may do, and how they prove it.
//!
//! A person may be a requester, an operator, or both; roles are given with an area or for all. What somebody may do is
//! act × role × reach (own, assigned, group, area, all), decided in one table ([`reach`]) and turned by lists into keyset
//! branches. Names and addresses stand apart from the journal, so that a person can be erased.

mod access;
mod account;
mod actor;
mod api;
mod attempt;
mod category;
mod doubles;
mod erasure;
mod extract;
mod find;
mod group;
mod hand_over;
mod installation;
mod lost_factor;
mod merge;
mod migrations;
mod name;
mod near;
mod notice;
mod origin;
mod pages;
mod person;
mod practice;
mod presence;
mod role;
mod second_factor;
mod section;
mod session;
mod standing;
mod token;
mod view;
mod visit;
mod written;

pub use access::{Act, Reach, Scope, reach};
pub use account::{
    PasswordChange, change_password, login_of, password_fits, reset_password, set_password, set_passwords, sign_in,
};
pub use actor::{Actor, Door, Sight};
pub use attempt::forget_tries;
pub use category::{PersonCategory, set_category};
pub use doubles::{Double, Likeness, doubles_of};
pub use erasure::{erase_identity, traces_of};
pub use extract::{
    Address, SESSION_COOKIE, Signed, SignedPage, address_of, forget_cached, query_value, session_cookie,
    still_signed_in,
};
pub use find::{FoundPeople, find_people, find_people_after};
pub use group::{
    Group, GroupChange, GroupEvent, GroupId, GroupKind, Membership, change_group, change_members, create_group,
    set_members, write_practice,
};
pub use hand_over::{Belongings, Direction, HandOver, holdings};
pub use installation::{SetUp, organisation, set_organisation, set_up, set_up_code, short_name};
pub use lost_factor::{FactorTaken, TakenWords, second_factor_taken, take_second_factor};
pub use merge::{Absorbed, Merged, absorbed_by, all_absorbed_by, merge_people, stands, survivor_of, unmerge_people};
pub use migrations::MIGRATIONS;
pub use name::{NAMES_AT_ONCE, Named, names, operators, person_row};
pub use near::near_people;
pub use notice::NoticeSource;
pub use origin::{Origin, OriginLine, OriginSource, origins};
pub use pages::{form_errors, local_path, role_line};
pub use person::{
    Identity, Person, PersonEvent, PersonId, RequesterRef, change_identity, give_role, open_requester, refuse_taken,
    register, resolve_requester, take_role,
};
pub use practice::{Practice, Sharing};
pub use presence::PresenceSource;
pub use role::{Role, RoleGrant};
pub use second_factor::{SecondFactor, second_factor_of};
pub use section::{Section, areas_to_set_up, sections};
pub use session::{SessionRow, end_session, open_session, sessions_of};
pub use standing::{IdentityChange, RoleChange, change_role, correct_person};
pub use token::{MadeToken, TokenRow, TokenScope, create_token, revoke_token, tokens_of};
pub use visit::{Guest, Visit};
pub use written::{PersonRow, any_row_of_nobody, people_between};

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "people",
        migrations: MIGRATIONS,
        texts: Some(texts()),
        pages: Some(pages::routes),
        api: Some(api::routes),
        records: vec![store::record_kind::<Person>(), store::record_kind::<Group>()],
        jobs: vec![hand_over::job()],
        scheduled: vec![host::Scheduled {
            name: "people-tries",
            every: 60,
            run: |app| Box::pin(async move { attempt::forget_tries(&app.store, attempt::MOST).await }),
        }],
        ..host::Capability::default()
    }
}
