-- PostgreSQL only. The partitions for weeks to come are made by the program (Partitions.java).

CREATE INDEX decisions_by_time ON decisions USING brin (at);

DO $$
BEGIN
  IF '${partitioned}' <> '' THEN
    CREATE TABLE decisions_other PARTITION OF decisions DEFAULT;
  ELSE
    -- TimescaleDB: not exercised by the tests, which have no such server.
    PERFORM create_hypertable('decisions', 'at', chunk_time_interval => 604800000);
  END IF;
END
$$;
