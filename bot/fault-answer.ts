import { messageNumber } from './message-number.ts';
import type { ActionAnswer, Inbound } from './platform.ts';

/** All that anybody is told of a fault. @param number under which it stands in the log */
export const faultSentence = (number: string): string =>
  `抱歉，系统出现故障，这次操作没有生效。故障已记录（编号 ${number}），请稍后再试。`;

/** What an action is answered when it met a fault. */
export const faultAnswer = (inbound: Inbound): ActionAnswer => ({
  toast: faultSentence(messageNumber(inbound)),
  refused: true,
});
