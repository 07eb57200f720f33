-- The directory is kept in memory for as long as this value stays what it is. Triggers see to it, so that no way of
-- changing a person or a department can forget it; the value is random, so that it never comes back.
INSERT INTO "Meta" ("name", "value") VALUES ('directory-stamp', lower(hex(randomblob(16))));

CREATE TRIGGER "Person_added" AFTER INSERT ON "Person" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;

CREATE TRIGGER "Person_changed" AFTER UPDATE ON "Person" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;

CREATE TRIGGER "Person_removed" AFTER DELETE ON "Person" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;

CREATE TRIGGER "Department_added" AFTER INSERT ON "Department" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;

CREATE TRIGGER "Department_changed" AFTER UPDATE ON "Department" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;

CREATE TRIGGER "Department_removed" AFTER DELETE ON "Department" BEGIN
    UPDATE "Meta" SET "value" = lower(hex(randomblob(16))) WHERE "name" = 'directory-stamp';
END;
