-- Where the task of a row led when it was seen last: existing or new target server, its id, region and project.
-- All empty where the service did not show it.
alter table migration add column if not exists actual_exist_server boolean;
alter table migration add column if not exists actual_target_id varchar(255);
alter table migration add column if not exists actual_region varchar(255);
alter table migration add column if not exists actual_project varchar(255);
