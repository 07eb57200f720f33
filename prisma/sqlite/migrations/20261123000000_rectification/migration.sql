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

-- DropIndex
DROP INDEX "Entry_ledger_parentId_position_idx";

-- CreateIndex
CREATE INDEX "Entry_parentId_ledger_position_idx" ON "Entry"("parentId", "ledger", "position");

-- AlterTable
ALTER TABLE "Entry" ADD COLUMN "refOrder" TEXT NOT NULL DEFAULT '';

-- What `refOrderOf` makes of a ref: of Z1-3-2, Z0001-0003-0002. CAST takes the number at the front of a text.
UPDATE "Entry" SET "refOrder" = CASE
  WHEN "ref" NOT GLOB 'Z[0-9]*' THEN "ref"
  WHEN "ref" GLOB 'Z*-*-*' THEN printf('Z%04d-%04d-%04d', CAST(substr("ref", 2) AS INTEGER),
    CAST(substr("ref", instr("ref", '-') + 1) AS INTEGER),
    CAST(substr("ref", instr("ref", '-') + 1 + instr(substr("ref", instr("ref", '-') + 1), '-')) AS INTEGER))
  WHEN "ref" GLOB 'Z*-*' THEN printf('Z%04d-%04d', CAST(substr("ref", 2) AS INTEGER),
    CAST(substr("ref", instr("ref", '-') + 1) AS INTEGER))
  ELSE printf('Z%04d', CAST(substr("ref", 2) AS INTEGER))
END;

-- DropIndex
DROP INDEX "Entry_ledger_state_dueOn_idx";
DROP INDEX "Entry_departmentId_idx";
DROP INDEX "EntryPerson_personId_part_idx";

-- CreateIndex
CREATE INDEX "Entry_department_table_idx" ON "Entry"("departmentId", "refOrder", "ledger", "dueOn", "changedAt", "closedAt", "state", "id");
CREATE INDEX "Entry_ledger_refOrder_state_closedAt_idx" ON "Entry"("ledger", "refOrder", "state", "closedAt");
CREATE INDEX "Entry_ledger_closedAt_refOrder_idx" ON "Entry"("ledger", "closedAt", "refOrder");
CREATE INDEX "Entry_ledger_closedAt_dueOn_refOrder_idx" ON "Entry"("ledger", "closedAt", "dueOn", "refOrder");
CREATE INDEX "Entry_ledger_dueOn_refOrder_state_closedAt_idx" ON "Entry"("ledger", "dueOn", "refOrder", "state", "closedAt");
CREATE INDEX "Entry_ledger_changedAt_refOrder_state_closedAt_idx" ON "Entry"("ledger", "changedAt" DESC, "refOrder", "state", "closedAt");
CREATE INDEX "Entry_ledger_state_refOrder_idx" ON "Entry"("ledger", "state", "refOrder");
CREATE INDEX "Entry_ledger_state_dueOn_refOrder_idx" ON "Entry"("ledger", "state", "dueOn", "refOrder");
CREATE INDEX "EntryPerson_part_personId_idx" ON "EntryPerson"("part", "personId");
CREATE INDEX "EntryPerson_personId_part_entryId_idx" ON "EntryPerson"("personId", "part", "entryId");
