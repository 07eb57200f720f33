-- AlterTable
ALTER TABLE "Recusal" ADD COLUMN "since" TIMESTAMP(3);
