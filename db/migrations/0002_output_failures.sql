ALTER TABLE "outputs" ALTER COLUMN "key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outputs" ALTER COLUMN "size_bytes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "error_code" text;--> statement-breakpoint
ALTER TABLE "outputs" ADD COLUMN "error_sentence" text;--> statement-breakpoint
ALTER TABLE "outputs" ADD CONSTRAINT "outputs_written_or_failed_check" CHECK (("outputs"."key" is null) = ("outputs"."error_code" is not null) and ("outputs"."key" is null) = ("outputs"."size_bytes" is null));--> statement-breakpoint
UPDATE "documents" SET "options" = "options" || '{"formats": ["txt", "json"]}' WHERE NOT "options" ? 'formats';
