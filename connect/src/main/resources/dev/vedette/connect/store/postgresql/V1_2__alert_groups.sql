-- PostgreSQL only, whose ordered indexes refuse entries of more than a third of a page: groups are texts of events.

DROP INDEX alerts_of_group;
CREATE INDEX alerts_of_group ON alerts USING hash (alert_group);
