ALTER TABLE "documents" ADD COLUMN "force" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "fingerprint" text;--> statement-breakpoint
CREATE INDEX "pages_owner_fingerprint_idx" ON "pages" USING btree ("owner_id","fingerprint") WHERE "pages"."fingerprint" is not null;