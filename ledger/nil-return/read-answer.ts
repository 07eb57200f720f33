import type { Answer } from './contents.ts';

const NONE = /^(?:无|没有|否)(?:此类|该类|上述)?(?:情形|情况)?$/u;
const SOME = /^(?:有|是)(?:此类|该类|上述)?(?:情形|情况)?$/u;

/** 「无」, 「无此类情形」, 「没有」; 「有」, 「有情形」. */
export function readAnswer(typed: string): Answer | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s。.!！]/gu, '');
  if (NONE.test(plain)) return 'none';
  return SOME.test(plain) ? 'some' : undefined;
}
