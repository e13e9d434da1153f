-- What SMS found when it compared the files of source and target; all empty where the row does not ask for it.
alter table migration add column if not exists consistency varchar(20);
alter table migration add column if not exists consistency_files bigint;
alter table migration add column if not exists consistency_detail text;
alter table migration add column if not exists consistency_at timestamp with time zone;
