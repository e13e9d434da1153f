-- The truth about each server. One script for PostgreSQL and for H2 in its PostgreSQL mode: only what both understand.

-- One holder at a time per job file and inventory. The token grows with every holder and fences the writes of earlier ones.
create table if not exists lease (
  name             varchar(64)  not null primary key,
  token            bigint       not null,
  holder_host      varchar(255),
  holder_space     varchar(255),
  holder_pid       bigint,
  holder_started   varchar(40),
  held_since       timestamp with time zone,
  held_until       timestamp with time zone
);

create table if not exists run (
  run_id             varchar(40)  not null primary key,
  job                varchar(20)  not null,
  job_key            varchar(64)  not null,
  job_file           text         not null,
  job_text           text         not null,
  overrides          text         not null,
  settings           text         not null,
  settings_hash      varchar(64)  not null,
  inventory_file     text         not null,
  inventory_hash     varchar(64)  not null,
  rerun_of           varchar(40),
  state              varchar(20)  not null,
  created_at         timestamp with time zone not null,
  ended_at           timestamp with time zone,
  stop_requested_at  timestamp with time zone,
  report_directory   text         not null,
  token              bigint       not null,
  last_event         bigint       not null,
  writes             bigint       not null
);
create index if not exists run_by_job_key on run (job_key);

-- The inventory as it was read: what a resume is compared with and what the report echoes.
create table if not exists inventory_row (
  run_id   varchar(40) not null references run (run_id),
  row_no   integer     not null,
  line_no  integer     not null,
  cells    text        not null,
  primary key (run_id, row_no)
);

create table if not exists migration (
  run_id              varchar(40)  not null references run (run_id),
  row_no              integer      not null,
  line_no             integer      not null,
  server_name         varchar(255) not null,
  wave                varchar(255) not null,
  priority            integer      not null,
  depends_on          text         not null,
  source_id           varchar(255),
  stage               varchar(20)  not null,
  outcome             varchar(20),
  reason              text,
  task_id             varchar(255),
  task_state          varchar(60),
  copy_state          varchar(60),
  migration_cycle     varchar(60),
  connected           boolean,
  progress            varchar(120),
  changed_at          timestamp with time zone,
  attention           text,
  attempts            integer      not null,
  next_at             timestamp with time zone,
  call_operation      varchar(20),
  call_state          varchar(20),
  call_attempt        integer,
  call_at             timestamp with time zone,
  queued_at           timestamp with time zone,
  started_at          timestamp with time zone,
  replicated_at       timestamp with time zone,
  launched_at         timestamp with time zone,
  finished_at         timestamp with time zone,
  error_code          varchar(255),
  error_text          text,
  error_class         varchar(20),
  recommended_action  text,
  request_id          varchar(255),
  primary key (run_id, row_no)
);
create index if not exists migration_by_stage on migration (run_id, stage);
create index if not exists migration_by_source on migration (source_id);

-- What preflight learned of the source server and the task step needs: the layout of its disks, volume groups and file systems.
create table if not exists source_layout (
  run_id   varchar(40) not null,
  row_no   integer     not null,
  layout   text        not null,
  primary key (run_id, row_no),
  foreign key (run_id, row_no) references migration (run_id, row_no)
);

-- Every change in the cloud, committed before the call is made.
create table if not exists intent (
  run_id          varchar(40)  not null,
  row_no          integer      not null,
  operation       varchar(20)  not null,
  attempt         integer      not null,
  token           bigint       not null,
  state           varchar(20)  not null,
  target          varchar(255) not null,
  intended_at     timestamp with time zone not null,
  answered_at     timestamp with time zone,
  http_status     integer,
  error_code      varchar(255),
  request_id      varchar(255),
  detail          text,
  primary key (run_id, row_no, operation, attempt),
  foreign key (run_id, row_no) references migration (run_id, row_no)
);
create index if not exists intent_by_state on intent (run_id, state);

create table if not exists event (
  run_id       varchar(40)  not null references run (run_id),
  event_no     bigint       not null,
  happened_at  timestamp with time zone not null,
  token        bigint       not null,
  row_no       integer,
  kind         varchar(20)  not null,
  before_text  text,
  after_text   text,
  detail       text,
  request_id   varchar(255),
  primary key (run_id, event_no)
);
