-- CreateTable
CREATE TABLE "Department" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffNumber" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "departmentId" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "roles" JSONB NOT NULL,
    "isHead" BOOLEAN NOT NULL,
    "active" BOOLEAN NOT NULL,
    CONSTRAINT "Person_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Account" (
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    PRIMARY KEY ("platform", "externalId"),
    CONSTRAINT "Account_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "ledger" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "dueOn" TEXT,
    "closedAt" DATETIME,
    "departmentId" TEXT,
    "parentId" TEXT,
    "position" INTEGER NOT NULL,
    "facets" JSONB NOT NULL,
    "data" JSONB NOT NULL,
    "dataVersion" INTEGER NOT NULL,
    "sealed" BLOB,
    "version" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "changedAt" DATETIME NOT NULL,
    CONSTRAINT "Entry_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Entry_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Entry" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EntryPerson" (
    "entryId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "part" TEXT NOT NULL,

    PRIMARY KEY ("entryId", "part", "personId"),
    CONSTRAINT "EntryPerson_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "EntryPerson_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Recusal" (
    "entryId" TEXT NOT NULL,
    "mark" TEXT NOT NULL,

    PRIMARY KEY ("entryId", "mark"),
    CONSTRAINT "Recusal_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuditRecord" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entryId" TEXT,
    "sealed" BLOB,
    "body" BLOB NOT NULL,
    "hash" BLOB NOT NULL,
    CONSTRAINT "AuditRecord_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Anchor" (
    "hash" BLOB NOT NULL PRIMARY KEY,
    "givenAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Inbox" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "receivedAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL,
    "sealed" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Request" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "settledAt" DATETIME NOT NULL,
    "sealed" BLOB
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "platform" TEXT,
    "externalId" TEXT,
    "isGroup" BOOLEAN NOT NULL DEFAULT false,
    "sealed" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "leaseUntil" DATETIME,
    "sentAt" DATETIME,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,
    "state" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "changedAt" DATETIME NOT NULL,
    "answer" BLOB
);

-- CreateTable
CREATE TABLE "JobRun" (
    "job" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL,
    "ranAt" DATETIME NOT NULL,

    PRIMARY KEY ("job", "occurrence")
);

-- CreateTable
CREATE TABLE "Meta" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "LocalMessage" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "messageId" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "authorId" TEXT,
    "at" DATETIME NOT NULL,
    "sealed" BLOB NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Department_name_key" ON "Department"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Person_staffNumber_key" ON "Person"("staffNumber");

-- CreateIndex
CREATE INDEX "Person_name_idx" ON "Person"("name");

-- CreateIndex
CREATE INDEX "Account_personId_idx" ON "Account"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_ref_key" ON "Entry"("ref");

-- CreateIndex
CREATE INDEX "Entry_ledger_state_dueOn_idx" ON "Entry"("ledger", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Entry_ledger_parentId_position_idx" ON "Entry"("ledger", "parentId", "position");

-- CreateIndex
CREATE INDEX "Entry_departmentId_idx" ON "Entry"("departmentId");

-- CreateIndex
CREATE INDEX "EntryPerson_personId_part_idx" ON "EntryPerson"("personId", "part");

-- CreateIndex
CREATE INDEX "Recusal_mark_idx" ON "Recusal"("mark");

-- CreateIndex
CREATE INDEX "AuditRecord_entryId_seq_idx" ON "AuditRecord"("entryId", "seq");

-- CreateIndex
CREATE INDEX "Inbox_receivedAt_idx" ON "Inbox"("receivedAt");

-- CreateIndex
CREATE INDEX "Request_settledAt_idx" ON "Request"("settledAt");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Outbox_state_notBefore_idx" ON "Outbox"("state", "notBefore");

-- CreateIndex
CREATE INDEX "Draft_personId_handler_subject_state_idx" ON "Draft"("personId", "handler", "subject", "state");

-- CreateIndex
CREATE INDEX "Draft_changedAt_idx" ON "Draft"("changedAt");

-- CreateIndex
CREATE UNIQUE INDEX "LocalMessage_messageId_key" ON "LocalMessage"("messageId");

-- CreateIndex
CREATE INDEX "LocalMessage_window_seq_idx" ON "LocalMessage"("window", "seq");


