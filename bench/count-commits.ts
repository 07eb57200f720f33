import { openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

// Loaded before a program that is measured (`--import`): counts from outside how often it waits for the disk at the end of a
// transaction, one byte each behind its process id.
const { QINGLIAN_COMMITS_FILE: file } = process.env;

if (file) {
  const counted = openSync(file, 'a');
  writeSync(counted, `${process.pid}\n`);
  const { exec } = DatabaseSync.prototype;
  const notWaiting = new WeakSet<DatabaseSync>();
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'PRAGMA synchronous = NORMAL') notWaiting.add(this);
    if (sql === 'PRAGMA synchronous = FULL') notWaiting.delete(this);
    if (sql === 'COMMIT' && !notWaiting.has(this)) writeSync(counted, '.');
    return exec.call(this, sql);
  };
}
