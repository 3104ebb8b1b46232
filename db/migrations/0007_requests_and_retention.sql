CREATE TABLE "rate_limits" (
	"owner_id" uuid NOT NULL,
	"action" text NOT NULL,
	"tokens" double precision NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rate_limits_owner_id_action_pk" PRIMARY KEY("owner_id","action")
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "schedule" jsonb;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "start_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "retention" jsonb;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "client_request_id" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "source_removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "pages_removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "outputs_removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "removals" ADD COLUMN "reason" text DEFAULT 'request' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "documents_owner_request_idx" ON "documents" USING btree ("owner_id","client_request_id");--> statement-breakpoint
CREATE INDEX "documents_owner_sha256_idx" ON "documents" USING btree ("owner_id","sha256");--> statement-breakpoint
CREATE INDEX "documents_finished_idx" ON "documents" USING btree ("finished_at") WHERE "documents"."finished_at" is not null;