//! Tables of people: who they are (to be found by), how they prove it.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[
    PEOPLE,
    INSTALLATION,
    TRIES,
    WALKS,
    NAMESAKES,
    SECOND_FACTOR,
    CATEGORY,
    MERGES,
];

const PEOPLE: Migration = Migration {
    capability: "people",
    number: 1,
    intent: "People to be found by name and contact, accounts, sessions, tokens",
    common: &[
        "CREATE TABLE person (id UUID PRIMARY KEY, ordinal BIGINT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, \
         surname_key TEXT NOT NULL, email TEXT, phone TEXT, pin TEXT, external_id TEXT, office TEXT, language TEXT, \
         is_guest BIGINT NOT NULL, is_staff BIGINT NOT NULL)",
        "CREATE INDEX person_email ON person (email)",
        "CREATE INDEX person_phone ON person (phone)",
        "CREATE INDEX person_pin ON person (pin)",
        "CREATE INDEX person_external ON person (external_id)",
        "CREATE INDEX person_name ON person (name_key)",
        "CREATE INDEX person_surname ON person (surname_key)",
        "CREATE INDEX person_staff ON person (name_key) WHERE is_staff = 1",
        "CREATE TABLE account (person_id UUID PRIMARY KEY, login TEXT NOT NULL, password TEXT NOT NULL, \
         failures BIGINT NOT NULL, next_try_at BIGINT NOT NULL)",
        "CREATE UNIQUE INDEX account_login ON account (login)",
        "CREATE TABLE session (id BYTES PRIMARY KEY, person_id UUID NOT NULL, created_at BIGINT NOT NULL, \
         seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL)",
        "CREATE INDEX session_of ON session (person_id)",
        "CREATE INDEX session_age ON session (expires_at)",
        "CREATE TABLE token (hash BYTES PRIMARY KEY, id UUID NOT NULL, person_id UUID NOT NULL, name TEXT NOT NULL, \
         scopes TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)",
        "CREATE INDEX token_of ON token (person_id)",
    ],
    sqlite: &[],
    postgres: &[],
};

const INSTALLATION: Migration = Migration {
    capability: "people",
    number: 2,
    intent: "What the installation is called, and whether it has been set up",
    common: &["CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)"],
    sqlite: &[],
    postgres: &[],
};

const TRIES: Migration = Migration {
    capability: "people",
    number: 3,
    intent: "Tries of signing in by address, whether or not anybody has it",
    common: &[
        "CREATE TABLE sign_in_try (login BYTES PRIMARY KEY, tries BIGINT NOT NULL, next_try_at BIGINT NOT NULL, \
         tried_at BIGINT NOT NULL)",
        "CREATE INDEX sign_in_try_age ON sign_in_try (tried_at)",
    ],
    sqlite: &[],
    postgres: &[],
};

const WALKS: Migration = Migration {
    capability: "people",
    number: 4,
    intent: "Lists of people that go on where the page before ended",
    common: &[
        "CREATE INDEX person_by_surname ON person (surname_key, id)",
        "CREATE INDEX person_by_name ON person (name_key, id)",
        "DROP INDEX person_surname",
        "DROP INDEX person_name",
    ],
    sqlite: &[],
    postgres: &[],
};

const NAMESAKES: Migration = Migration {
    capability: "people",
    number: 5,
    intent: "Of people with the same name those who are known come before guests",
    common: &[
        "CREATE INDEX person_known_by_surname ON person (surname_key, is_guest, id)",
        "CREATE INDEX person_known_by_name ON person (name_key, is_guest, id)",
        "DROP INDEX person_by_surname",
        "DROP INDEX person_by_name",
    ],
    sqlite: &[],
    postgres: &[],
};

const SECOND_FACTOR: Migration = Migration {
    capability: "people",
    number: 6,
    intent: "A second step of signing in, for those who want it",
    common: &[
        "CREATE TABLE second_factor (person_id UUID PRIMARY KEY, secret BYTES NOT NULL, confirmed BIGINT NOT NULL, \
         last_step BIGINT NOT NULL)",
        "CREATE TABLE recovery_code (person_id UUID NOT NULL, hash BYTES NOT NULL, PRIMARY KEY (person_id, hash))",
        "CREATE TABLE sign_in_step (id BYTES PRIMARY KEY, person_id UUID NOT NULL, expires_at BIGINT NOT NULL)",
        "CREATE INDEX sign_in_step_age ON sign_in_step (expires_at)",
    ],
    sqlite: &[],
    postgres: &[],
};

const CATEGORY: Migration = Migration {
    capability: "people",
    number: 7,
    intent: "What people are to those who promise times",
    common: &["ALTER TABLE person ADD COLUMN category TEXT"],
    sqlite: &[],
    postgres: &[],
};

const MERGES: Migration = Migration {
    capability: "people",
    number: 8,
    intent: "Who turned out to be somebody else is found no more, and leads to that person",
    common: &["ALTER TABLE person ADD COLUMN merged_into UUID"],
    sqlite: &[],
    postgres: &[],
};
