CREATE TABLE "corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"page_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"layout_key" text NOT NULL,
	"first_word" integer NOT NULL,
	"word_count" integer NOT NULL,
	"box" jsonb NOT NULL,
	"old_text" text NOT NULL,
	"new_text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"undone_at" timestamp with time zone,
	"replaced_by" uuid,
	CONSTRAINT "corrections_words_check" CHECK ("corrections"."first_word" >= 0 and "corrections"."word_count" > 0)
);
--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "confidences" integer[];--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_author_id_owners_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_page_idx" ON "corrections" USING btree ("page_id","created_at");--> statement-breakpoint
CREATE INDEX "corrections_document_idx" ON "corrections" USING btree ("document_id") WHERE "corrections"."undone_at" is null and "corrections"."replaced_by" is null;