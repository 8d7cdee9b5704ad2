-- Whose database this is ('service'), and the check value of the key that its index was written with ('index-key').
create table store_identity (
    name text primary key,
    value text not null
);
