CREATE TABLE "rereadings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"page_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"options" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"layout_key" text,
	"images" jsonb,
	"text" text,
	"confidence" real,
	"word_count" integer,
	"usage" jsonb,
	"error_code" text,
	"error_sentence" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "rereadings" ADD CONSTRAINT "rereadings_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rereadings" ADD CONSTRAINT "rereadings_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rereadings" ADD CONSTRAINT "rereadings_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rereadings_page_idx" ON "rereadings" USING btree ("page_id","created_at");--> statement-breakpoint
CREATE INDEX "rereadings_open_idx" ON "rereadings" USING btree ("document_id") WHERE "rereadings"."status" in ('pending', 'done', 'failed');