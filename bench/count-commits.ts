import { openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

// Loaded before a program that is measured (`--import`): counts its commits from outside, one byte each behind its process id.
const { QINGLIAN_COMMITS_FILE: file } = process.env;

if (file) {
  const counted = openSync(file, 'a');
  writeSync(counted, `${process.pid}\n`);
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'COMMIT') writeSync(counted, '.');
    return exec.call(this, sql);
  };
}
