import { REPORT, sameAsCard } from './same-as-card.ts';

sameAsCard(
  'what is filed, amended or judged and asked ends as its card with the same values does: recorded alike, or refused',
  [
    ['程一禾', '立项'],
    ['程一禾', '加问题 Z1'],
    ['程一禾', '修改 Z1-1-1'],
    ['唐文澜', `甄别 ${REPORT}`],
    ['唐文澜', `追问 ${REPORT}`],
    ['唐文澜', `认定 ${REPORT}`],
    ['林砚秋', '我要报告'],
    ['林砚秋', '昨天下午三点王处长打电话让我在示例项目评审中关照'],
  ],
  500,
);
