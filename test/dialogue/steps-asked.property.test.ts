import { sameAsCard } from './same-as-card.ts';

sameAsCard(
  'a step of an item that is asked ends as its card with the same values does: recorded alike, or refused',
  [
    ['方远山', '进展 Z1-1-1'],
    ['方远山', '有困难 Z1-1-1'],
    ['方远山', '申请延期 Z1-1-1'],
    ['方远山', '申请延期 Z1-1-1 到1月15日'],
    ['方远山', '申请暂难 Z1-1-1'],
    ['方远山', '签收'],
    ['程一禾', '指派 Z1-1-3'],
    ['程一禾', '指派 Z1-1-1'],
    ['程一禾', '电话 Z1-1-1'],
    ['叶知秋', '核查 Z1-1-1'],
  ],
  500,
);
