import { describe, expect, it, test } from 'vitest';
import { kindOf } from '../../../ledger/attachment-kind.ts';
import * as sample from './sample-files.ts';

const TAKEN: readonly [string, Buffer, string][] = [
  ['a jpg', sample.jpg(), 'image/jpeg'],
  ['a png', sample.png(), 'image/png'],
  ['a gif', sample.gif(), 'image/gif'],
  ['a webp', sample.webp(), 'image/webp'],
  ['a heic', sample.heic(), 'image/heic'],
  ['a pdf', sample.pdf(), 'application/pdf'],
  ['a doc', sample.office('WordDocument'), 'application/msword'],
  ['an xls', sample.office('Workbook'), 'application/vnd.ms-excel'],
  ['a ppt', sample.office('PowerPoint Document'), 'application/vnd.ms-powerpoint'],
  ['a docx', sample.docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['an amr', sample.amr(), 'audio/amr'],
  ['an mp3', sample.mp3(), 'audio/mpeg'],
  ['an m4a', sample.m4a(), 'audio/mp4'],
  ['a wav', sample.wav(), 'audio/wav'],
  ['an opus voice message', sample.opus(), 'audio/ogg'],
  ['a text in UTF-8', sample.text(), 'text/plain; charset=utf-8'],
];

describe('a file is known by its content', () => {
  test.each(TAKEN)('%s is taken', async (_what, bytes, type) => {
    expect(await kindOf(bytes)).toMatchObject({ type });
  });
});

const plain = (text: string) => Buffer.from(text);
const vba = { name: 'word/vbaProject.bin', data: Buffer.from('x') };

const REFUSED: readonly [string, Buffer][] = [
  ['a program', Buffer.concat([plain('MZ'), Buffer.alloc(2000)])],
  ['an ELF program', Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(2000)])],
  ['a zip archive', sample.zip([{ name: 'a.txt', data: plain('a') }])],
  ['a 7z archive', Buffer.concat([Buffer.from('377abcaf271c', 'hex'), Buffer.alloc(100)])],
  ['a rar archive', Buffer.concat([plain('Rar!\x1a\x07\x00'), Buffer.alloc(100)])],
  ['a gzip archive', Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(100)])],
  ['a page', plain('<!DOCTYPE html><p>说情</p>')],
  ['a page behind white space and a mark', plain('\uFEFF \n <HTML><script>1</script>')],
  ['a drawing', plain('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['an XML', plain('<?xml version="1.0"?><a/>')],
  ['a text with a script in it', plain('说明\n<script>alert(1)</script>')],
  ['a shell script', plain('#!/bin/sh\nrm -rf /\n')],
  ['a document with macros', sample.docm()],
  ['a document with macros that calls itself without', sample.docx([vba])],
  [
    'an old document with macros',
    Buffer.concat([sample.office('WordDocument'), sample.office('_VBA_PROJECT')]),
  ],
  ['an installer in the container of old documents', sample.office('Property')],
  ['a text in GBK', Buffer.from('c0b4b5e7cab1bce4', 'hex')],
  ['a text with control characters', plain('a\u0000b')],
  [
    'a video',
    Buffer.concat([Buffer.from([0, 0, 0, 24]), plain('ftypisom'), Buffer.alloc(4), plain('isommp42')]),
  ],
  ['random bytes', Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex')],
  ['an image that is an archive too', Buffer.concat([sample.gif(), sample.zip([vba])])],
  ['a pdf that is an archive too', Buffer.concat([sample.pdf(), sample.zip([vba])])],
];

describe('by its content, and whatever its name, is refused', () => {
  test.each(REFUSED)('%s', async (_what, bytes) => {
    expect(await kindOf(bytes)).toBeUndefined();
  });
});

it('does not unpack a document: what would be gigabytes costs neither time nor memory', async () => {
  const bomb = sample.docx([{ name: 'word/big.xml', data: Buffer.alloc(50_000_000), declared: 2 ** 32 - 2 }]);
  const list = sample.zip([{ name: '[Content_Types].xml', data: Buffer.alloc(50_000_000, 'x') }]);
  const before = { memory: process.memoryUsage().arrayBuffers, at: performance.now() };
  expect((await kindOf(bomb))?.type).toContain('wordprocessingml');
  expect(await kindOf(list)).toBeUndefined();
  expect(performance.now() - before.at).toBeLessThan(300);
  expect(process.memoryUsage().arrayBuffers - before.memory).toBeLessThan(10_000_000);
});
