-- The newest version of each resource, and whose it is.
create table resource (
    type text not null,
    id text not null,
    version bigint not null,
    tenant text not null,
    last_updated bigint not null,
    primary key (type, id)
);
create index resource_newest on resource (type, last_updated, id);

-- Every version with its body. Nothing is ever deleted from here.
create table resource_version (
    type text not null,
    id text not null,
    version bigint not null,
    last_updated bigint not null,
    body {bytes} not null,
    key_id text not null,
    primary key (type, id, version)
);

-- Organisations beside the tenant that see a resource: a Task is seen by two.
create table resource_access (
    type text not null,
    id text not null,
    organisation text not null,
    primary key (type, id, organisation)
);

-- One row for each value that a search parameter finds in the newest version.
-- Tokens: system and value. References: system = type, value = id or canonical. Strings: value, folded, and the original.
-- Dates: low and high bound in microseconds, both inside the interval.
create table search_index (
    type text not null,
    id text not null,
    param text not null,
    system text,
    value text,
    original text,
    low bigint,
    high bigint
);
create index search_index_value on search_index (type, param, value);
create index search_index_range on search_index (type, param, low);
create index search_index_resource on search_index (type, id);
