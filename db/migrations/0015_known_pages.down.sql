drop index pages_owner_fingerprint_idx;
alter table pages drop column fingerprint;
alter table documents drop column force;
