-- Codes, references and addresses are found by a number of type, parameter and value, in the order of time: the newest of
-- many are the first few. 'at' is when the version was stored; it is null in rows of the version before, which are written
-- anew at the next start.
alter table search_index add column key bigint;
alter table search_index add column at bigint;
drop index search_index_value;
create index search_index_key on search_index (key, at, id) where key is not null;
create index search_index_text on search_index (type, param, value) where key is null and value is not null;
create index search_index_former on search_index (type, id) where at is null;
