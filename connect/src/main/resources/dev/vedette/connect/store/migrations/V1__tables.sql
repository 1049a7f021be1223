-- For SQLite and PostgreSQL. Placeholders stand for what differs:
--   identity      a row number that is never used again
--   blob          bytes
--   decisions_key the key of decisions; PostgreSQL wants the column it partitions by in it
--   partitioned   how decisions are partitioned
-- Times are milliseconds since 1970-01-01T00:00Z. Bodies are the rest of a record in the format of BodyWriter.

CREATE TABLE pipelines (
  id ${identity},
  name TEXT NOT NULL UNIQUE,
  yaml TEXT NOT NULL,
  paused BOOLEAN NOT NULL,
  created BIGINT NOT NULL,
  last BIGINT NOT NULL -- the number of the last event kept
);

-- Texts that most bodies repeat, such as names of fields and detectors.
CREATE TABLE names (
  pipeline BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (pipeline, id)
);

CREATE TABLE decisions (
  pipeline BIGINT NOT NULL,
  number BIGINT NOT NULL,
  event TEXT NOT NULL,
  key TEXT NOT NULL,
  at BIGINT NOT NULL,
  score DOUBLE PRECISION, -- null for NaN
  severity DOUBLE PRECISION, -- null for NaN
  flagged BOOLEAN NOT NULL,
  body ${blob} NOT NULL,
  PRIMARY KEY (${decisions_key})
) ${partitioned};

-- Newest first is by number; the time is there so that rows outside of a time range are not fetched.
CREATE INDEX decisions_of_key ON decisions (pipeline, key, number, at);
CREATE INDEX decisions_flagged ON decisions (pipeline, number, at, severity) WHERE flagged;

CREATE TABLE controls (
  id ${identity},
  pipeline BIGINT NOT NULL,
  applied_after BIGINT NOT NULL, -- the number of an event
  label BOOLEAN NOT NULL,
  body ${blob} NOT NULL
);

CREATE INDEX controls_of_pipeline ON controls (pipeline, applied_after);
CREATE INDEX controls_labels ON controls (pipeline, id) WHERE label;

CREATE TABLE alerts (
  id TEXT NOT NULL PRIMARY KEY,
  pipeline BIGINT NOT NULL,
  alert_group TEXT NOT NULL,
  opened BIGINT NOT NULL,
  last BIGINT NOT NULL,
  first_number BIGINT NOT NULL,
  severity DOUBLE PRECISION, -- null for NaN
  body ${blob} NOT NULL
);

CREATE INDEX alerts_by_time ON alerts (opened, id);
CREATE INDEX alerts_of_group ON alerts (pipeline, alert_group, opened, id);

CREATE TABLE outbox (
  id ${identity},
  pipeline BIGINT NOT NULL,
  sink TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  reason TEXT NOT NULL,
  body ${blob} NOT NULL
);

CREATE INDEX outbox_of_sink ON outbox (pipeline, sink, id);

CREATE TABLE key_states (
  pipeline BIGINT NOT NULL,
  key TEXT NOT NULL,
  number BIGINT NOT NULL,
  state ${blob}, -- null: back in memory
  PRIMARY KEY (pipeline, key, number)
);

CREATE INDEX key_states_by_number ON key_states (pipeline, number);

CREATE TABLE snapshots (
  pipeline BIGINT NOT NULL,
  number BIGINT NOT NULL,
  part BIGINT NOT NULL,
  state ${blob} NOT NULL,
  PRIMARY KEY (pipeline, number, part)
);

CREATE TABLE audits (
  id ${identity},
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL,
  role TEXT NOT NULL,
  note TEXT NOT NULL,
  created BIGINT NOT NULL
);
