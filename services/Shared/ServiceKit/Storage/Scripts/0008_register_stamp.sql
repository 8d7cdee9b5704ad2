-- How often a register has changed: a type that changes seldom, of which processes keep copies. A copy of another number is
-- an old one.
create table register_stamp (stamp bigint not null);
insert into register_stamp (stamp) values (0);
