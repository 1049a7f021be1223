-- The event a label is of; null for other controls, and for labels kept before there was this column.

ALTER TABLE controls ADD COLUMN event BIGINT;

CREATE INDEX controls_labels_of_event ON controls (pipeline, event) WHERE label;
