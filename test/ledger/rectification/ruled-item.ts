/** Who asked for a closing and who let it pass. */
export interface Hands {
  applicant: string;
  /** Whose item it was when it was asked for, where these were several. */
  responsible: string[];
  deciders: string[];
}

/** An item as far as the rules look at it. */
export interface Item {
  ref: string;
  level: 'round' | 'problem' | 'measure';
  parent: string | undefined;
  state: string;
  version: number;
  closedAt: number | undefined;
  dueOn: string | undefined;
  /** All dates that it ever had, without those of 长期坚持 that a quarter's progress moved on. */
  oldDates: string[];
  category: string | undefined;
  needsMeeting: boolean;
  leader: string[];
  responsible: string[];
  assistant: string[];
  applicant: string | undefined;
  responsibleThen: string[];
  /** The latest 复核通过. */
  approvedOn: string | undefined;
  reviewedBy: string | undefined;
  approvedBy: string | undefined;
  hasMeeting: boolean;
  /** Closings that were taken back. */
  earlier: Hands[];
  /** Files since it was last taken up again. */
  files: number;
  /** Where it was before its closing was asked for. */
  stateBefore: string | undefined;
  deferredTo: string | undefined;
  deferrals: number;
  stallUntil: string | undefined;
  askedBy: string | undefined;
  lookBackOn: string | undefined;
  relapses: number;
  target: string | undefined;
  takenBy: string | undefined;
  /** The latest answer to 周督查. */
  weekly: { week: string; answer: string; text?: string | undefined } | undefined;
}
