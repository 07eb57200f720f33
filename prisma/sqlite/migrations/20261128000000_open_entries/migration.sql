-- CreateIndex
CREATE INDEX "Entry_open_idx" ON "Entry"("id") WHERE "closedAt" IS NULL;
