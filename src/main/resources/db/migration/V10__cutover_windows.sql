-- The window and the earliest time of the launch that the inventory requests for a row; empty where it requests none.
alter table migration add column if not exists cutover_window varchar(60);
alter table migration add column if not exists cutover_at timestamp with time zone;
