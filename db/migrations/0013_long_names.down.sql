drop index documents_owner_name_idx;
drop index documents_name_trigram_idx;
CREATE INDEX "documents_owner_name_idx" ON "documents" USING btree ("owner_id",lower(coalesce("title", "file_name")),"id");
CREATE INDEX "documents_name_trigram_idx" ON "documents" USING gin (lower(coalesce("title", "file_name")) gin_trgm_ops);
