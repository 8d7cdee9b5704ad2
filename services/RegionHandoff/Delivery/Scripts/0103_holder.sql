-- The process that leased it: its leases are void once it is seen dead.
alter table delivery add column holder text;
