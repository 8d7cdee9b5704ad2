-- The processes that work on this database. A lease is void when its holder is no longer alive; what the version before
-- leases has no holder, and ends by its time alone.
create table instance (
    id text primary key,
    alive_until bigint not null
);
alter table inbox add column holder text;
alter table outbox_stream add column holder text;
alter table timer add column holder text;
