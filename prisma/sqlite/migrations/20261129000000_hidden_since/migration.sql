-- AlterTable
ALTER TABLE "Recusal" ADD COLUMN "since" DATETIME;

-- AlterTable
ALTER TABLE "HeldCard" ADD COLUMN "isLatest" BOOLEAN NOT NULL DEFAULT true;

-- DropIndex
DROP INDEX "HeldCard_platform_personId_line_idx";

-- CreateIndex
CREATE INDEX "HeldCard_platform_personId_line_isLatest_idx" ON "HeldCard"("platform", "personId", "line", "isLatest");
