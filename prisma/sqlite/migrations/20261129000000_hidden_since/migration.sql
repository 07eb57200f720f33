-- AlterTable
ALTER TABLE "Recusal" ADD COLUMN "since" DATETIME;
