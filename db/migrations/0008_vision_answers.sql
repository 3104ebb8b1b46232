CREATE TABLE "vision_answers" (
	"document_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vision_answers_document_id_hash_pk" PRIMARY KEY("document_id","hash")
);
--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "engine" jsonb;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "usage" jsonb;--> statement-breakpoint
ALTER TABLE "vision_answers" ADD CONSTRAINT "vision_answers_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vision_answers" ADD CONSTRAINT "vision_answers_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vision_answers_owner_hash_idx" ON "vision_answers" USING btree ("owner_id","hash");