drop trigger events_notify_change on events;
drop function notify_document_change();
delete from owners where id = '00000000-0000-4000-8000-000000000001';
