-- What each event changed, so that replaying the events gives the tables, and a chain of hashes over the events, so that an
-- event that is altered or gone is found. Events of earlier versions have neither.
alter table event add column if not exists change text;
alter table event add column if not exists chain varchar(64);

-- The end of the chain, which says that no event is missing at the end.
alter table run add column if not exists chain varchar(64);
