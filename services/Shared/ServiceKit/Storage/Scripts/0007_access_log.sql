-- Who stored a version stands with it; who has seen what stands here, committed before the answer leaves. Nothing is ever
-- changed or deleted in it.
alter table resource_version add column organisation text;

create table access_log (
    at bigint not null,
    tenant text not null,
    organisation text not null,
    interaction text not null,
    type text not null,
    id text,
    version bigint,
    request text
);
create index access_log_entity on access_log (type, id, at);
