insert into owners (id, name) values ('00000000-0000-4000-8000-000000000001', 'local');
--> statement-breakpoint
create function notify_document_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('fanfold_changes', new.owner_id || ':' || new.document_id);
  return null;
end
$$;
--> statement-breakpoint
create trigger events_notify_change after insert on events
  for each row execute function notify_document_change();
