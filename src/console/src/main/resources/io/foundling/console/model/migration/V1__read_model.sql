-- The read model. ${text} and ${bytes} are types of the database; ${clustered} keeps rows in the order of their key. Times are milliseconds since 1970.
--
-- Of each compacted topic there is a table with one row for each key. A row remembers the partition and the generation
-- in which it was read last. Of each other topic there is a table of the trail with one row for each record.

-- How far each partition was read. A batch of rows and the move of its position are one transaction.
CREATE TABLE position (
    topic             ${text} NOT NULL,
    partition         INTEGER NOT NULL,
    -- Empty if the topic has no such partition any more.
    topic_id          ${text} NOT NULL,
    -- Counts how often the partition was read from its beginning.
    generation        INTEGER NOT NULL,
    next_offset       BIGINT  NOT NULL,
    -- Of the leader whose records were read last. -1: it is not known.
    leader_epoch      INTEGER NOT NULL,
    -- Where the partition ended when its generation began. From there on the generation has caught up.
    catch_up_offset   BIGINT  NOT NULL,
    -- Whether the rows of former generations are gone.
    swept             BOOLEAN NOT NULL,
    -- When the generation began.
    begun_ms          BIGINT  NOT NULL,
    -- The partition was read completely up to this time. 0: the generation has not caught up.
    as_of_ms          BIGINT  NOT NULL,
    -- Of the trail: nothing since then is missing. 0: nothing at all.
    complete_since_ms BIGINT  NOT NULL,
    -- Records that could not be decoded.
    passed_over       BIGINT  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- The schemas of the columns named record, by the fingerprint with which their bytes begin.
CREATE TABLE record_schema (
    fingerprint BIGINT  NOT NULL PRIMARY KEY,
    schema      ${text} NOT NULL
);

-- What stays of an erased subject: a hash of its key. The trail holds no record of it that was appended up to until_ms.
CREATE TABLE erasure (
    name     ${text} NOT NULL PRIMARY KEY,
    until_ms BIGINT  NOT NULL
);

CREATE TABLE disposition (
    key              ${text} NOT NULL PRIMARY KEY,
    partition        INTEGER NOT NULL,
    generation       INTEGER NOT NULL,
    written_ms       BIGINT  NOT NULL,
    kind             ${text} NOT NULL,
    source           ${text} NOT NULL,
    stage            ${text} NOT NULL,
    id               ${text} NOT NULL,
    parent_key       ${text},
    status           ${text} NOT NULL,
    -- Whether something is still expected of the subject.
    awaits           BOOLEAN NOT NULL,
    attempt          INTEGER NOT NULL,
    entered_ms       BIGINT  NOT NULL,
    first_ms         BIGINT  NOT NULL,
    last_ms          BIGINT  NOT NULL,
    deadline_ms      BIGINT,
    grace_ms         BIGINT,
    rule             ${text},
    -- Marks of orphans that the subject has, and those of them from which it has not recovered.
    marks            INTEGER NOT NULL,
    open_marks       INTEGER NOT NULL,
    expected_members BIGINT,
    -- Of a declared scope, as the record Freshness has them.
    declared         BOOLEAN NOT NULL,
    declared_ms      BIGINT,
    max_age_ms       BIGINT,
    active_since_ms  BIGINT,
    -- The limit of its active warning, if it has one that is not UNKNOWN.
    warned_ms        BIGINT,
    end_status       ${text},
    end_ms           BIGINT,
    record           ${bytes} NOT NULL
);
CREATE INDEX disposition_awaiting_by_age ON disposition (entered_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_of_stage_by_age ON disposition (source, stage, entered_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_of_stage_and_status_by_age ON disposition (source, stage, status, entered_ms, key)
    WHERE awaits;
CREATE INDEX disposition_awaiting_of_source_by_age ON disposition (source, entered_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_by_deadline ON disposition (deadline_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_of_stage_by_deadline ON disposition (source, stage, deadline_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_of_source_by_deadline ON disposition (source, deadline_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_in_any_source_by_age ON disposition (stage, entered_ms, key) WHERE awaits;
CREATE INDEX disposition_awaiting_members_by_age ON disposition (parent_key, entered_ms, key)
    WHERE awaits AND parent_key IS NOT NULL;
CREATE INDEX disposition_members ON disposition (parent_key, key) WHERE parent_key IS NOT NULL;
CREATE INDEX disposition_parents ON disposition (kind, last_ms, key) WHERE kind <> 'RECORD';
CREATE INDEX disposition_declared ON disposition (key) WHERE declared;

CREATE TABLE orphan (
    key         ${text} NOT NULL PRIMARY KEY,
    partition   INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    written_ms  BIGINT  NOT NULL,
    kind        ${text} NOT NULL,
    source      ${text} NOT NULL,
    stage       ${text} NOT NULL,
    id          ${text} NOT NULL,
    parent_key  ${text},
    status      ${text} NOT NULL,
    attempt     INTEGER NOT NULL,
    reason      ${text} NOT NULL,
    entered_ms  BIGINT  NOT NULL,
    starts_ms   BIGINT  NOT NULL,
    detected_ms BIGINT  NOT NULL,
    rule        ${text} NOT NULL,
    incomplete  BOOLEAN NOT NULL,
    -- Whether its source is silent.
    unknown     BOOLEAN NOT NULL,
    record      ${bytes} NOT NULL
);
CREATE INDEX orphan_by_start ON orphan (starts_ms, key);
CREATE INDEX orphan_of_stage_by_start ON orphan (source, stage, starts_ms, key);
CREATE INDEX orphan_of_source_by_start ON orphan (source, starts_ms, key);
CREATE INDEX orphan_in_any_source_by_start ON orphan (stage, starts_ms, key);
CREATE INDEX orphan_of_reason_by_start ON orphan (reason, starts_ms, key);
CREATE INDEX orphan_members ON orphan (parent_key, starts_ms, key) WHERE parent_key IS NOT NULL;

CREATE TABLE settlement (
    key         ${text} NOT NULL PRIMARY KEY,
    partition   INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    written_ms  BIGINT  NOT NULL,
    parent_key  ${text} NOT NULL,
    kind        ${text} NOT NULL,
    source      ${text} NOT NULL,
    stage       ${text} NOT NULL,
    attempt     INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    closed_ms   BIGINT  NOT NULL,
    outcome     ${text},
    expected    BIGINT,
    deferred    BIGINT  NOT NULL,
    -- The sum of all outcomes.
    returned    BIGINT  NOT NULL,
    moved       BIGINT  NOT NULL,
    orphaned    BIGINT  NOT NULL,
    unannounced BIGINT  NOT NULL,
    never_began BIGINT  NOT NULL,
    unseen      BIGINT  NOT NULL,
    -- Whether it alerts (rule A3).
    unsettled   BOOLEAN NOT NULL,
    record      ${bytes} NOT NULL
);
CREATE INDEX settlement_by_closing ON settlement (closed_ms, key);
CREATE INDEX settlement_of_stage_by_closing ON settlement (source, stage, closed_ms, key);
CREATE INDEX settlement_unsettled_by_closing ON settlement (closed_ms, key) WHERE unsettled;
CREATE INDEX settlement_unsettled_of_stage_by_closing ON settlement (source, stage, closed_ms, key) WHERE unsettled;
CREATE INDEX settlement_of_parent ON settlement (parent_key, attempt);

CREATE TABLE alert (
    key        ${text} NOT NULL PRIMARY KEY,
    partition  INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    written_ms BIGINT  NOT NULL,
    type       ${text} NOT NULL,
    status     ${text} NOT NULL,
    -- From its labels.
    source     ${text},
    stage      ${text},
    severity   ${text},
    subjects   BIGINT  NOT NULL,
    starts_ms  BIGINT  NOT NULL,
    ends_ms    BIGINT,
    record     ${bytes} NOT NULL
);
CREATE INDEX alert_by_start ON alert (starts_ms, key);
CREATE INDEX alert_of_status_by_start ON alert (status, starts_ms, key);

CREATE TABLE reconciliation (
    key         ${text} NOT NULL PRIMARY KEY,
    partition   INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    written_ms  BIGINT  NOT NULL,
    scope_key   ${text} NOT NULL,
    source      ${text} NOT NULL,
    stage       ${text} NOT NULL,
    id          ${text} NOT NULL,
    check_type  ${text} NOT NULL,
    status      ${text} NOT NULL,
    -- As yyyy-mm-dd.
    run_date    ${text} NOT NULL,
    occurred_ms BIGINT  NOT NULL,
    record      ${bytes} NOT NULL
);
CREATE INDEX reconciliation_by_date ON reconciliation (run_date, key);
CREATE INDEX reconciliation_of_scope ON reconciliation (scope_key, run_date, key);

CREATE TABLE clock (
    key         ${text} NOT NULL PRIMARY KEY,
    partition   INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    written_ms  BIGINT  NOT NULL,
    task        ${text} NOT NULL,
    -- Empty in the row of the task itself.
    source      ${text} NOT NULL,
    clock_ms    BIGINT,
    delay_ms    BIGINT  NOT NULL,
    held        BIGINT  NOT NULL,
    reported_ms BIGINT  NOT NULL,
    record      ${bytes} NOT NULL
);

CREATE TABLE event (
    topic         ${text} NOT NULL,
    partition     INTEGER NOT NULL,
    generation    INTEGER NOT NULL,
    record_offset BIGINT  NOT NULL,
    appended_ms   BIGINT  NOT NULL,
    subject_key   ${text} NOT NULL,
    kind          ${text} NOT NULL,
    source        ${text} NOT NULL,
    stage         ${text} NOT NULL,
    id            ${text} NOT NULL,
    parent_key    ${text},
    -- The name of the body, such as Deferred.
    fact          ${text} NOT NULL,
    attempt       INTEGER,
    event_id      ${text} NOT NULL,
    occurred_ms   BIGINT  NOT NULL,
    service       ${text} NOT NULL,
    record        ${bytes} NOT NULL,
    PRIMARY KEY (topic, partition, generation, record_offset)
);
CREATE INDEX event_of_subject ON event (subject_key, occurred_ms);
CREATE INDEX event_of_stage_by_append ON event (source, stage, appended_ms);
CREATE INDEX event_in_any_source_by_append ON event (stage, appended_ms);
CREATE INDEX event_of_fact_by_append ON event (fact, appended_ms);
CREATE INDEX event_by_append ON event (appended_ms);

CREATE TABLE violation (
    topic         ${text} NOT NULL,
    partition     INTEGER NOT NULL,
    generation    INTEGER NOT NULL,
    record_offset BIGINT  NOT NULL,
    appended_ms   BIGINT  NOT NULL,
    subject_key   ${text} NOT NULL,
    kind          ${text} NOT NULL,
    source        ${text} NOT NULL,
    stage         ${text} NOT NULL,
    id            ${text} NOT NULL,
    type          ${text} NOT NULL,
    attempt       INTEGER NOT NULL,
    event_id      ${text} NOT NULL,
    occurred_ms   BIGINT  NOT NULL,
    service       ${text} NOT NULL,
    record        ${bytes} NOT NULL,
    PRIMARY KEY (topic, partition, generation, record_offset)
);
CREATE INDEX violation_of_subject ON violation (subject_key, occurred_ms);
CREATE INDEX violation_of_stage_by_append ON violation (source, stage, appended_ms);
CREATE INDEX violation_by_append ON violation (appended_ms);

CREATE TABLE dead_letter (
    topic            ${text} NOT NULL,
    partition        INTEGER NOT NULL,
    generation       INTEGER NOT NULL,
    record_offset    BIGINT  NOT NULL,
    appended_ms      BIGINT  NOT NULL,
    -- The key of the record; null if it is no text.
    subject_key      ${text},
    reason           ${text} NOT NULL,
    message          ${text},
    -- Where the ledger read it.
    origin_topic     ${text},
    origin_partition INTEGER,
    origin_offset    BIGINT,
    -- Of the value, of which only the beginning is kept; null if there is none.
    value_size       INTEGER,
    value            ${bytes},
    PRIMARY KEY (topic, partition, generation, record_offset)
);
CREATE INDEX dead_letter_of_subject ON dead_letter (subject_key);
CREATE INDEX dead_letter_of_reason_by_append ON dead_letter (reason, appended_ms);
CREATE INDEX dead_letter_by_append ON dead_letter (appended_ms);

-- How many there are, by what people look at. Whoever changes rows keeps it in the same transaction.
CREATE TABLE tally (
    -- AWAITING: dispositions that await; ORPHAN: orphans; UNKNOWN: warnings of silent sources; EVENT: events that were read.
    counted  ${text} NOT NULL,
    -- Of what awaits, the hour in which it entered its status. Of events, the minute of their append, and later the hour.
    since_ms BIGINT  NOT NULL,
    source   ${text} NOT NULL,
    stage    ${text} NOT NULL,
    -- The status, or the reason; empty for events.
    name     ${text} NOT NULL,
    amount   BIGINT  NOT NULL,
    PRIMARY KEY (counted, since_ms, source, stage, name)
)${clustered};

-- How many there were, once a minute, and later once an hour. A stage of which there was nothing has no row. Each time
-- has a row with neither source nor stage, which says only that it was counted then.
CREATE TABLE sample (
    at_ms    BIGINT  NOT NULL,
    source   ${text} NOT NULL,
    stage    ${text} NOT NULL,
    awaiting BIGINT  NOT NULL,
    orphans  BIGINT  NOT NULL,
    PRIMARY KEY (at_ms, source, stage)
)${clustered};
