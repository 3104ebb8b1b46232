alter table page_search reset (toast_tuple_target);
