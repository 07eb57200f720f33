import type { Notice } from '../define.ts';

/** 受理人: the 纪检监察员, and whoever stands in for them; recusal takes away who is concerned. */
export const RECEIVERS: readonly Notice['to'][] = [{ role: 'discipline' }, { part: 'receiver' }];
