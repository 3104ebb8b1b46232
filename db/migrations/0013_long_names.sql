DROP INDEX "documents_owner_name_idx";--> statement-breakpoint
DROP INDEX "documents_name_trigram_idx";--> statement-breakpoint
CREATE INDEX "documents_owner_name_idx" ON "documents" USING btree ("owner_id",lower(left(coalesce("title", "file_name"), 300)),"id");--> statement-breakpoint
CREATE INDEX "documents_name_trigram_idx" ON "documents" USING gin (lower(left(coalesce("title", "file_name"), 300)) gin_trgm_ops);