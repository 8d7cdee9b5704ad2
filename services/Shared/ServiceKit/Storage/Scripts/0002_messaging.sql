-- What came in, once for each consumer. The primary key is what makes an effect happen once.
-- state: processing, done, refused, failed, held (came before its turn in the journey), parked.
create table inbox (
    organisation text not null,
    bundle_id text not null,
    header_id text not null,
    consumer text not null,
    state text not null,
    attempt bigint not null,
    lease_until bigint not null,
    fence bigint not null,
    hash text not null,
    received bigint not null,
    finished bigint,
    source text,
    journey text,
    sequence bigint,
    key_id text not null,
    body {bytes} not null,
    answer_key_id text,
    answer {bytes},
    answer_status bigint,
    reason text,
    primary key (organisation, bundle_id, header_id, consumer)
);
-- A Bundle is one message: a second header for it is refused.
create unique index inbox_bundle on inbox (organisation, bundle_id, consumer);
create index inbox_header on inbox (organisation, header_id, consumer);
create index inbox_order on inbox (source, journey, sequence) where sequence is not null;
create index inbox_attention on inbox (state, received) where state in ('parked', 'failed', 'processing');

-- The next number that this service takes of each journey from each sender.
create table inbox_stream (
    source text not null,
    journey text not null,
    next bigint not null,
    primary key (source, journey)
);

-- What has to leave, in order for each journey and destination. state: 0 waiting, 1 settled.
create table outbox (
    id text primary key,
    kind text not null,
    journey text not null,
    destination text not null,
    sequence bigint not null,
    key_id text not null,
    body {bytes} not null,
    created bigint not null,
    state bigint not null,
    settled bigint,
    trace text
);
create unique index outbox_order on outbox (journey, destination, sequence);
create index outbox_waiting on outbox (journey, destination, sequence) where state = 0;

create table outbox_stream (
    journey text not null,
    destination text not null,
    next bigint not null,
    lease_until bigint not null,
    fence bigint not null,
    primary key (journey, destination)
);

-- Deadlines. state: 0 waiting, 1 done, 2 parked.
create table timer (
    id text primary key,
    kind text not null,
    due bigint not null,
    type text not null,
    resource_id text not null,
    state bigint not null,
    attempt bigint not null,
    lease_until bigint not null,
    fence bigint not null
);
create index timer_due on timer (due) where state = 0;
create index timer_resource on timer (type, resource_id, kind);
