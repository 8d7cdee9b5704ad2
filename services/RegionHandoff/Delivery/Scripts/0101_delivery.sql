-- The next number of each region's line: deliveries get their numbers in the order of their commits.
create table delivery_line (
    region text primary key,
    next bigint not null
);

-- What is on its way to a region, byte for byte as it was received.
-- state: waiting, acknowledged, undelivered (reported or kept for the operator; reason says why).
-- channel: rest, mailbox, none. region is empty where the message names none that is known.
create table delivery (
    header_id text primary key,
    event text not null,
    region text not null,
    number bigint not null,
    journey text not null,
    sender text not null,
    task_id text,
    endpoint_id text,
    channel text not null,
    urgent bigint not null,
    state text not null,
    reason text,
    created bigint not null,
    attempt bigint not null,
    next_attempt bigint not null,
    sent_again bigint not null,
    reported bigint not null,
    acknowledged bigint,
    lease_until bigint not null,
    fence bigint not null,
    key_id text not null,
    body {bytes} not null
);
create unique index delivery_order on delivery (region, number);
create index delivery_due on delivery (channel, next_attempt) where state = 'waiting';
create index delivery_before on delivery (region, journey, number) where state = 'waiting';
create index delivery_box on delivery (region, number) where acknowledged is null;
create index delivery_task on delivery (task_id);
create index delivery_attention on delivery (created) where state = 'undelivered';
