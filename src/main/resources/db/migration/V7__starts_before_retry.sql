-- Starts of a row before the latest retry of an operator: they do not count against the restarts; empty where there was none.
alter table migration add column if not exists starts_before integer;
