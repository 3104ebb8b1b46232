create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists unaccent;
--> statement-breakpoint
create extension if not exists fuzzystrmatch;
--> statement-breakpoint
CREATE TABLE "page_search" (
	"page_id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"configs" "regconfig"[] NOT NULL,
	"lexemes" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"owner_id" uuid NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "search_words_owner_id_word_pk" PRIMARY KEY("owner_id","word")
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "page_search" ADD CONSTRAINT "page_search_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_search" ADD CONSTRAINT "page_search_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_words" ADD CONSTRAINT "search_words_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "page_search_lexemes_idx" ON "page_search" USING gin ("lexemes");--> statement-breakpoint
CREATE INDEX "page_search_document_idx" ON "page_search" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "search_words_trigram_idx" ON "search_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "documents_owner_name_idx" ON "documents" USING btree ("owner_id",lower(coalesce("title", "file_name")),"id");--> statement-breakpoint
CREATE INDEX "documents_name_trigram_idx" ON "documents" USING gin (lower(coalesce("title", "file_name")) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "documents_tags_idx" ON "documents" USING gin ("tags");
--> statement-breakpoint
do $$
declare
  language text;
begin
  -- Postgres's own configurations, with accents taken off first.
  foreach language in array array['simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish',
    'dutch', 'english', 'estonian', 'finnish', 'french', 'german', 'greek', 'hindi', 'hungarian',
    'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian',
    'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish'] loop
    execute format('create text search configuration fanfold_%1$s (copy = pg_catalog.%1$s)', language);
    execute format('alter text search configuration fanfold_%1$s
      alter mapping for hword, hword_part, word with unaccent, %2$s', language,
      case language when 'simple' then 'simple' else language || '_stem' end);
  end loop;
end
$$;
--> statement-breakpoint
create function search_configs(languages jsonb) returns regconfig[] language sql stable as $$
  select coalesce(array_agg(distinct ('fanfold_' || config)::regconfig), '{fanfold_simple}')
  from jsonb_array_elements_text(languages) as language
  join (values ('ara', 'arabic'), ('hye', 'armenian'), ('eus', 'basque'), ('cat', 'catalan'),
    ('dan', 'danish'), ('nld', 'dutch'), ('eng', 'english'), ('est', 'estonian'),
    ('fin', 'finnish'), ('fra', 'french'), ('deu', 'german'), ('ell', 'greek'), ('hin', 'hindi'),
    ('hun', 'hungarian'), ('ind', 'indonesian'), ('gle', 'irish'), ('ita', 'italian'),
    ('lit', 'lithuanian'), ('nep', 'nepali'), ('nor', 'norwegian'), ('por', 'portuguese'),
    ('ron', 'romanian'), ('rus', 'russian'), ('srp', 'serbian'), ('spa', 'spanish'),
    ('swe', 'swedish'), ('tam', 'tamil'), ('tur', 'turkish'), ('yid', 'yiddish')
  ) as known (code, config) on code = language
$$;
--> statement-breakpoint
create function search_words_of(content text) returns text language sql immutable as $$
  -- The parser takes `a/b` for a path and `<b>` for a tag; a word may go on in the next line.
  select translate(regexp_replace(content, '([[:alpha:]])-\n([[:lower:]])', '\1\2', 'g'), '<>/\', '    ')
$$;
--> statement-breakpoint
create function search_lexemes(configs regconfig[], content text) returns tsvector
language plpgsql stable as $$
declare
  -- A vector holds 1 MB: of a page with more text the beginning is found, not none of it.
  words text := search_words_of(left(content, 100000));
  config regconfig;
  lexemes tsvector := '';
begin
  foreach config in array configs loop
    lexemes := lexemes || to_tsvector(config, words);
  end loop;
  return lexemes;
exception when program_limit_exceeded then
  return to_tsvector(configs[1], left(words, 20000));
end
$$;
--> statement-breakpoint
create function index_page_text() returns trigger language plpgsql as $$
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
--> statement-breakpoint
create trigger pages_index_text after insert or update of text on pages
  for each row execute function index_page_text();
--> statement-breakpoint
insert into page_search (page_id, owner_id, document_id, configs, lexemes)
select pages.id, pages.owner_id, document_id, configs, search_lexemes(configs, text)
from pages
join documents on documents.id = document_id
cross join lateral search_configs(options -> 'languages') as configs
where text is not null;
--> statement-breakpoint
insert into search_words (owner_id, word)
select distinct owner_id, word
from pages, unnest(tsvector_to_array(search_lexemes('{fanfold_simple}', text))) as word
where word ~ '^[[:alpha:]]{4,40}$';
