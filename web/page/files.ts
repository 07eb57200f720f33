import { type KeptFile, kindForPeople, sizeForPeople } from '../../ledger/attachment.ts';
import type { Rules } from '../../ledger/store.ts';
import { type Html, html } from './html.ts';

const MEGABYTE = 1024 * 1024;

/** What one request may bring. */
export const fileLimits = ({ files }: Rules): { files: number; fileBytes: number } => ({
  files: files.maxFiles,
  fileBytes: files.maxMegabytes * MEGABYTE,
});

/** All files that a form may have, and its words. */
export const uploadBytes = ({ files }: Rules): number => (files.maxMegabytes * files.maxFiles + 1) * MEGABYTE;

/** @param beside what can be done with one */
export const fileList = (files: readonly KeptFile[], beside: (id: string) => Html): Html | undefined =>
  files.length === 0
    ? undefined
    : html`<ul class="files">${files.map(
        ({ id, name, type, size }) =>
          html`<li><span dir="auto">${name}（${kindForPeople(type)}，${sizeForPeople(size)}）</span>${beside(id)}</li>`,
      )}</ul>`;

export const fileInput = ({ files }: Rules): Html =>
  html`<p class="hint">图片、文档或语音，单个不超过 ${files.maxMegabytes} MB，最多 ${files.maxFiles} 个。</p><input type="file" id="files" name="file" multiple>`;
