-- One row for each person about whom something is being decided: whoever writes it first goes first, so that two messages
-- about one person never both find that there is no case yet, or no later status.
create table person_turn (
    person text primary key,
    turns bigint not null
);
