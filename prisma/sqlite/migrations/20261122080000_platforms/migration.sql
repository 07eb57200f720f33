-- AlterTable
ALTER TABLE "Account" ADD COLUMN "unreachable" TEXT;

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "uncertainAt" DATETIME;

-- AlterTable
ALTER TABLE "LocalMessage" ADD COLUMN "changedAt" DATETIME;

-- CreateTable
CREATE TABLE "DepartmentLink" (
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "departmentId" TEXT NOT NULL,

    PRIMARY KEY ("platform", "externalId"),
    CONSTRAINT "DepartmentLink_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "HeldCard" (
    "platform" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "line" TEXT,
    "sealed" BLOB NOT NULL,
    "sentAt" DATETIME NOT NULL,
    "staleAt" DATETIME,
    "changes" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" DATETIME,

    PRIMARY KEY ("platform", "messageId")
);

-- CreateTable
CREATE TABLE "HeldCardEntry" (
    "platform" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("platform", "messageId", "ref"),
    CONSTRAINT "HeldCardEntry_platform_messageId_fkey" FOREIGN KEY ("platform", "messageId") REFERENCES "HeldCard" ("platform", "messageId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DepartmentLink_departmentId_idx" ON "DepartmentLink"("departmentId");

-- CreateIndex
CREATE INDEX "HeldCard_staleAt_idx" ON "HeldCard"("staleAt");

-- CreateIndex
CREATE INDEX "HeldCard_platform_personId_line_idx" ON "HeldCard"("platform", "personId", "line");

-- CreateIndex
CREATE INDEX "HeldCardEntry_ref_idx" ON "HeldCardEntry"("ref");

-- CreateIndex
CREATE INDEX "Outbox_personId_createdAt_idx" ON "Outbox"("personId", "createdAt");

-- CreateIndex
CREATE INDEX "LocalMessage_window_changedAt_idx" ON "LocalMessage"("window", "changedAt");


