-- One row for each time that a message had an effect; nothing here keeps a second one out.
create table effect (
    bundle_id text not null
);
