create function notify_document_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('fanfold_changes', new.owner_id || ':' || new.document_id);
  return null;
end
$$;
create trigger events_notify_change after insert on events
  for each row execute function notify_document_change();
drop index removals_requested_at_idx;
drop index events_created_at_idx;
drop table announcements;
