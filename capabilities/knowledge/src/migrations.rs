//! Tables of articles: what a list shows, the words they are found by, whether they were useful.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[ARTICLES];

const ARTICLES: Migration = Migration {
    capability: "knowledge",
    number: 1,
    intent: "Articles to be listed and found by words while one types, and what readers say of them",
    common: &[
        "CREATE TABLE article (id UUID PRIMARY KEY, ordinal BIGINT NOT NULL, number TEXT NOT NULL, area_id UUID, \
         audience TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL, minutes BIGINT, title TEXT NOT NULL, \
         updated_at BIGINT NOT NULL)",
        "CREATE UNIQUE INDEX article_number ON article (number)",
        "CREATE INDEX article_ordinal ON article (ordinal)",
        "CREATE INDEX article_state ON article (state, ordinal)",
        "CREATE INDEX article_guide ON article (ordinal) WHERE state = 'published' AND audience = 'public'",
        "CREATE TABLE article_voice (article_id UUID NOT NULL, person_id UUID NOT NULL, useful BIGINT NOT NULL, \
         said_at BIGINT NOT NULL, PRIMARY KEY (article_id, person_id))",
        "CREATE INDEX article_voice_by ON article_voice (person_id)",
    ],
    // Words are walked by their beginning, so they are ordered by their letters alone.
    sqlite: &[
        "CREATE TABLE article_word (word TEXT NOT NULL, article_id BLOB NOT NULL, weight BIGINT NOT NULL, \
         PRIMARY KEY (word, article_id)) WITHOUT ROWID",
        "CREATE INDEX article_word_of ON article_word (article_id)",
    ],
    postgres: &[
        "CREATE TABLE article_word (word TEXT COLLATE \"C\" NOT NULL, article_id UUID NOT NULL, weight BIGINT NOT NULL, \
         PRIMARY KEY (word, article_id))",
        "CREATE INDEX article_word_of ON article_word (article_id)",
    ],
};
