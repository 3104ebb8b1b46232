create or replace function index_page_text() returns trigger language plpgsql as $$
declare
  found_by regconfig[];
begin
  if new.text is null then
    delete from page_search where page_id = new.id;
    return null;
  end if;
  select search_configs(options -> 'languages') into found_by from documents where id = new.document_id;
  insert into page_search (page_id, owner_id, document_id, configs, lexemes)
  values (new.id, new.owner_id, new.document_id, found_by, search_lexemes(found_by, new.text))
  on conflict (page_id) do update set configs = excluded.configs, lexemes = excluded.lexemes;
  return null;
end
$$;
alter table pages drop column languages;
alter table documents drop column found_languages;
