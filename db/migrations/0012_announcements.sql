CREATE UNLOGGED TABLE "announcements" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "events_created_at_idx" ON "events" USING brin ("created_at") WITH (pages_per_range = 32, autosummarize = on);--> statement-breakpoint
CREATE INDEX "removals_requested_at_idx" ON "removals" USING btree ("requested_at");--> statement-breakpoint
DROP TRIGGER events_notify_change ON events;--> statement-breakpoint
DROP FUNCTION notify_document_change();
