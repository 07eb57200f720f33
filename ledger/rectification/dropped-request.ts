import type { Notice } from '../define.ts';
import { itemData } from './data.ts';
import type { Here } from './moves/step.ts';

/** 申请延期 or 申请暂难 on which nobody has decided. */
interface Request {
  by: string;
  /** 「许星阑 申请延期至 2027-01-15」 */
  said: string;
}

/** What the 责任领导 is asked for and has not decided; what is set aside already is asked for no longer. */
export function waitingRequest({ entry, data, directory }: Here): Request | undefined {
  const { deferral, stall } = itemData(data);
  const name = (by: string) => directory.byId(by)?.name ?? '（已离开）';
  if (deferral) return { by: deferral.by, said: `${name(deferral.by)} 申请延期至 ${deferral.to}` };
  if (!stall || entry.state === 'stalled') return undefined;
  return { by: stall.by, said: `${name(stall.by)} 申请列为暂难整改，预计 ${stall.until} 恢复` };
}

/** Whoever is told something anyway, and is one of these, reads in it, once, that the request counts no longer. */
export function withDropped(notices: readonly Notice[], told: readonly string[], said: string): Notice[] {
  const left = new Set(told);
  return notices.map((notice) => {
    const { to, content } = notice;
    if (!('person' in to) || content.kind !== 'notice' || !left.delete(to.person)) return notice;
    const [first, ...sections] = content.sections;
    const lines = [...(first?.lines ?? []), droppedLine(said)];
    return { to, content: { ...content, sections: [{ ...first, lines }, ...sections] } };
  });
}

const droppedLine = (said: string): string => `${said}：因重新指派作废，无需审批。`;
