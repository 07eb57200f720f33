import { inject } from 'vitest';
import { type Bureau, type BureauOptions, openBureau } from '../harness.ts';
import { CHATS } from './chats.ts';
import { Person } from './person.ts';

/** People of the sample bureau, on the platform that this run of the tests is for. */
export interface People {
  readonly bureau: Bureau;
  /** The same person each time. */
  named(name: string): Person;
}

export async function openPeople(options: BureauOptions = {}): Promise<People> {
  const bureau = await openBureau(options);
  const met = new Map<string, Person>();
  return {
    bureau,
    named(name) {
      const person = met.get(name) ?? new Person(bureau, CHATS[inject('platform')], name);
      met.set(name, person);
      return person;
    },
  };
}

/** 说情打招呼, as told on the morning after; the harness begins on 2026-11-23 at 09:00. */
export const TOLD = {
  事发时间: '2026-11-22T15:00',
  方式: '电话',
  过问干预人姓名: '某某',
  人员类别: '申报单位',
  涉及环节: '评审',
  情形: '游说说情',
  具体内容: '来电请求在评审中关照其项目。',
  当场答复: '拒绝',
  本人承诺以上内容如实: '是',
};

/** From the word to the receipt. @returns the report's ref */
export async function report(person: Person, more: Partial<typeof TOLD> = {}): Promise<string> {
  await person.says('我要报告');
  const answer = await person.fillsIn({ ...TOLD, ...more });
  const [ref] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(answer) ?? [];
  if (ref === undefined) throw new Error(`No receipt: ${answer}`);
  return ref;
}

/** Z1-1-1 is assigned. */
export const assign = (
  supervisor: Person,
  { leader, responsible }: { leader: string; responsible: string },
) => supervisor.says(`指派 1-1 责任领导 ${leader} 责任人 ${responsible} 时限 2026-12-31`);
