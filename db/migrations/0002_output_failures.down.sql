update documents set options = options - 'formats';
delete from outputs where key is null or format not in ('txt', 'json');
alter table outputs drop constraint outputs_written_or_failed_check;
alter table outputs drop column error_sentence;
alter table outputs drop column error_code;
alter table outputs alter column size_bytes set not null;
alter table outputs alter column key set not null;
