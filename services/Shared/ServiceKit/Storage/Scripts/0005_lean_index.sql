-- Each row of the index holds either a value or an interval: it stands in the index of its kind only.
drop index search_index_value;
drop index search_index_range;
create index search_index_value on search_index (type, param, value) where value is not null;
create index search_index_range on search_index (type, param, low) where low is not null;
