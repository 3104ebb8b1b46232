ALTER TABLE "outputs" DROP CONSTRAINT "outputs_written_or_failed_check";--> statement-breakpoint
ALTER TABLE "outputs" DROP CONSTRAINT "outputs_document_id_format_pk";--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "variant" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "job_id" uuid;--> statement-breakpoint
ALTER TABLE "outputs" ADD CONSTRAINT "outputs_document_id_format_variant_pk" PRIMARY KEY("document_id","format","variant");--> statement-breakpoint
CREATE INDEX "outputs_being_made_idx" ON "outputs" USING btree ("job_id") WHERE "outputs"."job_id" is not null;--> statement-breakpoint
ALTER TABLE "outputs" ADD CONSTRAINT "outputs_state_check" CHECK (num_nonnulls("outputs"."key", "outputs"."error_code", "outputs"."job_id") >= 1 and num_nonnulls("outputs"."key", "outputs"."error_code") <= 1 and ("outputs"."key" is null) = ("outputs"."size_bytes" is null));
