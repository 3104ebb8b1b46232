drop trigger pages_index_text on pages;
drop function index_page_text();
drop function search_lexemes(regconfig[], text);
drop function search_words_of(text);
drop function search_configs(jsonb);
drop table search_words;
drop table page_search;
drop index documents_tags_idx;
drop index documents_name_trigram_idx;
drop index documents_owner_name_idx;
alter table documents drop column tags;
alter table documents drop column title;
do $$
declare
  config regconfig;
begin
  for config in select oid::regconfig from pg_ts_config where cfgname like 'fanfold\_%' loop
    execute format('drop text search configuration %s', config);
  end loop;
end
$$;
drop extension fuzzystrmatch;
drop extension unaccent;
drop extension pg_trgm;
