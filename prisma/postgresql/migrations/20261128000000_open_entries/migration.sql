-- CreateIndex
CREATE INDEX "Entry_closedAt_id_idx" ON "Entry"("closedAt", "id");
