-- All that the SQLite migrations up to 20261125000000_several_accounts make, in one.
-- Texts are sorted by their code points, whatever the language of the database, as SQLite does; and what refers to another row may
-- be put off to the end of a transaction, so that a whole record can be copied in any order.

-- CreateTable
CREATE TABLE "Department" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DepartmentLink" (
    "platform" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "departmentId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "DepartmentLink_pkey" PRIMARY KEY ("platform","externalId")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT COLLATE "C" NOT NULL,
    "staffNumber" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "departmentId" TEXT COLLATE "C" NOT NULL,
    "post" TEXT COLLATE "C" NOT NULL,
    "roles" JSONB NOT NULL,
    "isHead" BOOLEAN NOT NULL,
    "active" BOOLEAN NOT NULL,
    "preferredPlatform" TEXT COLLATE "C",

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "platform" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "unreachable" TEXT COLLATE "C",

    CONSTRAINT "Account_pkey" PRIMARY KEY ("platform","externalId")
);

-- CreateTable
CREATE TABLE "BindingCode" (
    "id" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "platform" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BindingCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BindingTry" (
    "id" TEXT COLLATE "C" NOT NULL,
    "platform" TEXT COLLATE "C" NOT NULL,
    "contact" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BindingTry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" TEXT COLLATE "C" NOT NULL,
    "ledger" TEXT COLLATE "C" NOT NULL,
    "ref" TEXT COLLATE "C" NOT NULL,
    "refOrder" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "state" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "dueOn" TEXT COLLATE "C",
    "closedAt" TIMESTAMP(3),
    "departmentId" TEXT COLLATE "C",
    "parentId" TEXT COLLATE "C",
    "position" INTEGER NOT NULL,
    "facets" JSONB NOT NULL,
    "data" JSONB NOT NULL,
    "dataVersion" INTEGER NOT NULL,
    "sealed" BYTEA,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntryPerson" (
    "entryId" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "part" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "EntryPerson_pkey" PRIMARY KEY ("entryId","part","personId")
);

-- CreateTable
CREATE TABLE "Recusal" (
    "entryId" TEXT COLLATE "C" NOT NULL,
    "mark" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Recusal_pkey" PRIMARY KEY ("entryId","mark")
);

-- CreateTable
CREATE TABLE "AuditRecord" (
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT COLLATE "C" NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "entryId" TEXT COLLATE "C",
    "sealed" BYTEA,
    "body" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "AuditRecord_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Receipt" (
    "commitment" BYTEA NOT NULL,
    "entryId" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("commitment")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "entryId" TEXT COLLATE "C",
    "draftId" TEXT COLLATE "C",
    "personId" TEXT COLLATE "C" NOT NULL,
    "sealed" BYTEA NOT NULL,
    "mark" TEXT COLLATE "C",
    "keptAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttachmentBody" (
    "attachmentId" TEXT COLLATE "C" NOT NULL,
    "part" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "AttachmentBody_pkey" PRIMARY KEY ("attachmentId","part")
);

-- CreateTable
CREATE TABLE "NilReturn" (
    "personId" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "entryId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "NilReturn_pkey" PRIMARY KEY ("personId","period")
);

-- CreateTable
CREATE TABLE "PageLink" (
    "id" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "platform" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "sealed" BYTEA NOT NULL,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "usedAt" TIMESTAMP(3),
    "session" TEXT COLLATE "C",
    "sessionUntil" TIMESTAMP(3),

    CONSTRAINT "PageLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Anchor" (
    "hash" BYTEA NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Anchor_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "key" TEXT COLLATE "C" NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Request" (
    "key" TEXT COLLATE "C" NOT NULL,
    "settledAt" TIMESTAMP(3) NOT NULL,
    "sealed" BYTEA,

    CONSTRAINT "Request_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "platform" TEXT COLLATE "C",
    "externalId" TEXT COLLATE "C",
    "isGroup" BOOLEAN NOT NULL DEFAULT false,
    "job" TEXT COLLATE "C",
    "isExempt" BOOLEAN NOT NULL DEFAULT false,
    "isCarried" BOOLEAN NOT NULL DEFAULT false,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL,
    "leaseUntil" TIMESTAMP(3),
    "uncertainAt" TIMESTAMP(3),
    "via" TEXT COLLATE "C",
    "notBy" TEXT COLLATE "C",
    "sentAt" TIMESTAMP(3),
    "lastError" TEXT COLLATE "C",

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HeldCard" (
    "platform" TEXT COLLATE "C" NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "line" TEXT COLLATE "C",
    "sealed" BYTEA NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,
    "staleAt" TIMESTAMP(3),
    "changes" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMP(3),

    CONSTRAINT "HeldCard_pkey" PRIMARY KEY ("platform","messageId")
);

-- CreateTable
CREATE TABLE "HeldCardEntry" (
    "platform" TEXT COLLATE "C" NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "ref" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "HeldCardEntry_pkey" PRIMARY KEY ("platform","messageId","ref")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "handler" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "sealed" BYTEA NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,
    "answer" BYTEA,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dialogue" (
    "platform" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "draftId" TEXT COLLATE "C" NOT NULL,
    "field" TEXT COLLATE "C",
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Dialogue_pkey" PRIMARY KEY ("platform","externalId")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "job" TEXT COLLATE "C" NOT NULL,
    "occurrence" TEXT COLLATE "C" NOT NULL,
    "ranAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("job","occurrence")
);

-- CreateTable
CREATE TABLE "Meta" (
    "name" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Meta_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "LocalMessage" (
    "seq" SERIAL NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "window" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C",
    "at" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3),
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "LocalMessage_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "Department_name_key" ON "Department"("name");

-- CreateIndex
CREATE INDEX "DepartmentLink_departmentId_idx" ON "DepartmentLink"("departmentId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_staffNumber_key" ON "Person"("staffNumber");

-- CreateIndex
CREATE INDEX "Person_name_idx" ON "Person"("name");

-- CreateIndex
CREATE INDEX "Account_personId_idx" ON "Account"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "BindingCode_personId_key" ON "BindingCode"("personId");

-- CreateIndex
CREATE INDEX "BindingCode_expiresAt_idx" ON "BindingCode"("expiresAt");

-- CreateIndex
CREATE INDEX "BindingTry_platform_at_idx" ON "BindingTry"("platform", "at");

-- CreateIndex
CREATE INDEX "BindingTry_platform_contact_at_idx" ON "BindingTry"("platform", "contact", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_ref_key" ON "Entry"("ref");

-- CreateIndex
CREATE INDEX "Entry_parentId_ledger_position_idx" ON "Entry"("parentId", "ledger", "position");

-- CreateIndex
CREATE INDEX "Entry_department_table_idx" ON "Entry"("departmentId", "refOrder", "ledger", "dueOn", "changedAt", "closedAt", "state", "id");

-- CreateIndex
CREATE INDEX "Entry_ledger_refOrder_state_closedAt_idx" ON "Entry"("ledger", "refOrder", "state", "closedAt");

-- CreateIndex
CREATE INDEX "Entry_ledger_closedAt_refOrder_idx" ON "Entry"("ledger", "closedAt", "refOrder");

-- CreateIndex
CREATE INDEX "Entry_ledger_closedAt_dueOn_refOrder_idx" ON "Entry"("ledger", "closedAt", "dueOn", "refOrder");

-- CreateIndex
CREATE INDEX "Entry_ledger_dueOn_refOrder_state_closedAt_idx" ON "Entry"("ledger", "dueOn", "refOrder", "state", "closedAt");

-- CreateIndex
CREATE INDEX "Entry_ledger_changedAt_refOrder_state_closedAt_idx" ON "Entry"("ledger", "changedAt" DESC, "refOrder", "state", "closedAt");

-- CreateIndex
CREATE INDEX "Entry_ledger_state_refOrder_idx" ON "Entry"("ledger", "state", "refOrder");

-- CreateIndex
CREATE INDEX "Entry_ledger_state_dueOn_refOrder_idx" ON "Entry"("ledger", "state", "dueOn", "refOrder");

-- CreateIndex
CREATE INDEX "EntryPerson_personId_part_entryId_idx" ON "EntryPerson"("personId", "part", "entryId");

-- CreateIndex
CREATE INDEX "EntryPerson_part_personId_idx" ON "EntryPerson"("part", "personId");

-- CreateIndex
CREATE INDEX "Recusal_mark_idx" ON "Recusal"("mark");

-- CreateIndex
CREATE INDEX "AuditRecord_entryId_seq_idx" ON "AuditRecord"("entryId", "seq");

-- CreateIndex
CREATE INDEX "AuditRecord_action_seq_idx" ON "AuditRecord"("action", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Receipt_seq_key" ON "Receipt"("seq");

-- CreateIndex
CREATE INDEX "Receipt_entryId_idx" ON "Receipt"("entryId");

-- CreateIndex
CREATE INDEX "Attachment_entryId_idx" ON "Attachment"("entryId");

-- CreateIndex
CREATE INDEX "Attachment_draftId_idx" ON "Attachment"("draftId");

-- CreateIndex
CREATE INDEX "Attachment_keptAt_idx" ON "Attachment"("keptAt");

-- CreateIndex
CREATE INDEX "Attachment_mark_idx" ON "Attachment"("mark");

-- CreateIndex
CREATE UNIQUE INDEX "NilReturn_entryId_key" ON "NilReturn"("entryId");

-- CreateIndex
CREATE INDEX "NilReturn_period_idx" ON "NilReturn"("period");

-- CreateIndex
CREATE UNIQUE INDEX "PageLink_session_key" ON "PageLink"("session");

-- CreateIndex
CREATE INDEX "PageLink_expiresAt_idx" ON "PageLink"("expiresAt");

-- CreateIndex
CREATE INDEX "Inbox_receivedAt_idx" ON "Inbox"("receivedAt");

-- CreateIndex
CREATE INDEX "Request_settledAt_idx" ON "Request"("settledAt");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Outbox_state_notBefore_idx" ON "Outbox"("state", "notBefore");

-- CreateIndex
CREATE INDEX "Outbox_personId_createdAt_idx" ON "Outbox"("personId", "createdAt");

-- CreateIndex
CREATE INDEX "Outbox_personId_notBefore_idx" ON "Outbox"("personId", "notBefore");

-- CreateIndex
CREATE INDEX "HeldCard_staleAt_idx" ON "HeldCard"("staleAt");

-- CreateIndex
CREATE INDEX "HeldCard_platform_personId_line_idx" ON "HeldCard"("platform", "personId", "line");

-- CreateIndex
CREATE INDEX "HeldCardEntry_ref_idx" ON "HeldCardEntry"("ref");

-- CreateIndex
CREATE INDEX "Draft_personId_handler_subject_state_idx" ON "Draft"("personId", "handler", "subject", "state");

-- CreateIndex
CREATE INDEX "Draft_changedAt_idx" ON "Draft"("changedAt");

-- CreateIndex
CREATE INDEX "Dialogue_draftId_idx" ON "Dialogue"("draftId");

-- CreateIndex
CREATE UNIQUE INDEX "LocalMessage_messageId_key" ON "LocalMessage"("messageId");

-- CreateIndex
CREATE INDEX "LocalMessage_window_seq_idx" ON "LocalMessage"("window", "seq");

-- CreateIndex
CREATE INDEX "LocalMessage_window_changedAt_idx" ON "LocalMessage"("window", "changedAt");

-- AddForeignKey
ALTER TABLE "DepartmentLink" ADD CONSTRAINT "DepartmentLink_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department"("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Entry"("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "EntryPerson" ADD CONSTRAINT "EntryPerson_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "EntryPerson" ADD CONSTRAINT "EntryPerson_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Recusal" ADD CONSTRAINT "Recusal_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "AuditRecord" ADD CONSTRAINT "AuditRecord_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "AttachmentBody" ADD CONSTRAINT "AttachmentBody_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "NilReturn" ADD CONSTRAINT "NilReturn_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "HeldCardEntry" ADD CONSTRAINT "HeldCardEntry_platform_messageId_fkey" FOREIGN KEY ("platform", "messageId") REFERENCES "HeldCard"("platform", "messageId") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;



-- The directory is kept in memory for as long as this value stays what it is. Triggers see to it, so that no way of
-- changing a person or a department can forget it; the value is random, so that it never comes back.
INSERT INTO "Meta" ("name", "value") VALUES ('directory-stamp', replace(gen_random_uuid()::text, '-', ''));

CREATE FUNCTION "directory_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "Meta" SET "value" = replace(gen_random_uuid()::text, '-', '') WHERE "name" = 'directory-stamp';
    RETURN NULL;
END $$;

CREATE TRIGGER "Person_changed" AFTER INSERT OR UPDATE OR DELETE ON "Person"
    FOR EACH STATEMENT EXECUTE FUNCTION "directory_changed"();

CREATE TRIGGER "Department_changed" AFTER INSERT OR UPDATE OR DELETE ON "Department"
    FOR EACH STATEMENT EXECUTE FUNCTION "directory_changed"();
