import type { State } from '../define.ts';
import { CONCLUSIONS } from './contents.ts';

/** After the judgement the reporter is told that it goes on, and not what the officers hold it to be. */
const GOING_ON = '甄别完成，正在办理';

/** 状态, as officers call them and, where that differs, as the reporter is told. */
export const STATES = {
  submitted: { label: '已提交' },
  accepted: { label: '已受理' },
  screening: { label: '甄别中' },
  routine: { label: CONCLUSIONS.routine },
  inquiry: { label: CONCLUSIONS.inquiry, ownerLabel: GOING_ON },
  suspected: { label: CONCLUSIONS.suspected, ownerLabel: GOING_ON },
  returned: { label: CONCLUSIONS.returned },
  disposing: { label: '处置中' },
  answered: { label: '已反馈记录人', ownerLabel: '已向您反馈' },
  objected: { label: '复核中' },
  archived: { label: '已归档', closed: true },
  withdrawn: { label: '已撤回', closed: true },
  unsealing: { label: '已归档·待批准解封', closed: true },
} as const satisfies Readonly<Record<string, State>>;

export type StateName = keyof typeof STATES;
