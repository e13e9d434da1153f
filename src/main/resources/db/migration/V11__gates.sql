-- The operator who began the run, and the end of the time in which it waits for launches by an operator. Runs of earlier
-- versions have neither.
alter table run add column if not exists begun_by varchar(64);
alter table run add column if not exists hold_until timestamp with time zone;

-- Name of the operator, and what an approval or a denial is about.
alter table control add column if not exists actor varchar(64);
alter table control add column if not exists gate_name varchar(64);
alter table control add column if not exists wave varchar(255);
alter table control add column if not exists comment_text text;

-- Questions, approvals and denials of gates, in their order; the latest one about a row decides.
create table if not exists gate_decision (
  run_id        varchar(40)  not null references run (run_id),
  decision_no   integer      not null,
  gate_name     varchar(64)  not null,
  decision      varchar(20)  not null,
  row_no        integer,
  wave          varchar(255),
  decided_at    timestamp with time zone not null,
  actor         varchar(64),
  decided_by    varchar(255),
  comment_text  text,
  expires_at    timestamp with time zone,
  rows_hash     varchar(64)  not null,
  primary key (run_id, decision_no)
);
