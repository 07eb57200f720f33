-- AlterTable
ALTER TABLE "HeldCard" ADD COLUMN "canBeOvertaken" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "HeldCard" ADD COLUMN "isAsSent" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "HeldCardEntry" ADD COLUMN "isFollowed" BOOLEAN NOT NULL DEFAULT true;

-- DropIndex
DROP INDEX "HeldCardEntry_ref_idx";

-- CreateIndex
CREATE INDEX "HeldCardEntry_ref_isFollowed_idx" ON "HeldCardEntry"("ref", "isFollowed");
