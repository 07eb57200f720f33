-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN "mark" TEXT;

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "job" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "isExempt" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Outbox" ADD COLUMN "isCarried" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "AuditRecord_action_seq_idx" ON "AuditRecord"("action", "seq");

-- CreateIndex
CREATE INDEX "Attachment_mark_idx" ON "Attachment"("mark");

-- CreateIndex
CREATE INDEX "Outbox_personId_notBefore_idx" ON "Outbox"("personId", "notBefore");
