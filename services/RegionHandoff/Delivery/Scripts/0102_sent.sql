-- When a message came to lie in its region's own queue: it still waits for the acknowledgement, but it is not sent
-- again before its deadline, and those of its journey behind it may go. Always null over REST, where the answer is the
-- acknowledgement. channel may now be amqp too.
alter table delivery add column sent bigint;
create index delivery_unsent on delivery (channel, next_attempt) where state = 'waiting' and sent is null;
create index delivery_unsent_before on delivery (region, journey, number) where state = 'waiting' and sent is null;
