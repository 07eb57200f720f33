-- AlterTable
ALTER TABLE "Person" ADD COLUMN "preferredPlatform" TEXT;

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "notBy" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "via" TEXT;

-- CreateTable
CREATE TABLE "BindingCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "BindingTry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "platform" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Dialogue" (
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "draftId" TEXT NOT NULL,
    "field" TEXT,
    "changedAt" DATETIME NOT NULL,

    PRIMARY KEY ("platform", "externalId")
);

-- CreateIndex
CREATE UNIQUE INDEX "BindingCode_personId_key" ON "BindingCode"("personId");

-- CreateIndex
CREATE INDEX "BindingCode_expiresAt_idx" ON "BindingCode"("expiresAt");

-- CreateIndex
CREATE INDEX "BindingTry_platform_at_idx" ON "BindingTry"("platform", "at");

-- CreateIndex
CREATE INDEX "BindingTry_platform_contact_at_idx" ON "BindingTry"("platform", "contact", "at");

-- CreateIndex
CREATE INDEX "Dialogue_draftId_idx" ON "Dialogue"("draftId");
