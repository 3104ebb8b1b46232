drop index documents_owner_waiting_idx;
alter table documents drop column priority;
