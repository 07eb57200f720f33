-- CreateTable
CREATE TABLE "Receipt" (
    "commitment" BLOB NOT NULL PRIMARY KEY,
    "entryId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sealed" BLOB NOT NULL,
    "givenAt" DATETIME NOT NULL,
    CONSTRAINT "Receipt_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "entryId" TEXT,
    "draftId" TEXT,
    "personId" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,
    "keptAt" DATETIME NOT NULL,
    CONSTRAINT "Attachment_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AttachmentBody" (
    "attachmentId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,

    PRIMARY KEY ("attachmentId", "part"),
    CONSTRAINT "AttachmentBody_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "NilReturn" (
    "personId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "entryId" TEXT NOT NULL,

    PRIMARY KEY ("personId", "period"),
    CONSTRAINT "NilReturn_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PageLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "usedAt" DATETIME,
    "session" TEXT,
    "sessionUntil" DATETIME
);

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
CREATE UNIQUE INDEX "NilReturn_entryId_key" ON "NilReturn"("entryId");

-- CreateIndex
CREATE INDEX "NilReturn_period_idx" ON "NilReturn"("period");

-- CreateIndex
CREATE UNIQUE INDEX "PageLink_session_key" ON "PageLink"("session");

-- CreateIndex
CREATE INDEX "PageLink_expiresAt_idx" ON "PageLink"("expiresAt");


