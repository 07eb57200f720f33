import { type Content, openLine } from '../ledger/message.ts';
import { inWords } from '../ledger/rectification/published/compose.ts';
import { type PublishedReport, privateNumbers } from '../ledger/rectification/published/published-report.ts';
import { type Composed, reportOf } from '../ledger/rectification/published/report-of.ts';
import { mayPublish } from '../ledger/rectification/published/who-publishes.ts';
import type { Asking, Query } from './define.ts';
import { moveActions } from './entry-section.ts';

/** 通报: the published report of a round, what it says in sum, and whether it may go out. */
export const publishedReport: Query = {
  kind: 'query',
  name: 'published-report',
  words: ['通报', '整改通报'],
  usage: '通报 [轮次]',
  help: '查看、下载一个轮次的对外整改通报，例如：通报 Z1',
  group: '整改台账',
  may: mayPublish,
  async answer(asking, typed) {
    const { entries, today, store } = asking;
    const named = typed.split(/\s/u)[0] || 'latest';
    return card(asking, await reportOf({ entries, today, rules: store.rules }, named));
  },
};

function card(asking: Asking, { round, report, isFinal }: Composed): Content {
  const { entry } = round;
  const [overall] = report.sections;
  return {
    kind: 'notice',
    title: `${report.title}（${entry.ref}）`,
    tone: isFinal ? 'green' : 'plain',
    sections: [
      { lines: [standing(asking, round, isFinal), ...(isFinal ? [] : toBeRead(report))] },
      { heading: overall?.heading ?? '', lines: overall?.paragraphs.map(({ text }) => text) ?? [] },
    ],
    actions: [
      { action: openLine(entry.ref), label: '下载通报' },
      ...moveActions(asking, entry).filter(({ label }) => label === '签发通报' && !isFinal),
    ],
    refresh: `通报 ${entry.ref}`,
    isView: true,
  };
}

function standing({ directory }: Asking, { data }: Composed['round'], isFinal: boolean): string {
  const { signedOff } = data;
  if (!signedOff) return '草稿：尚未签发，不得对外公布。';
  const by = directory.byId(signedOff.by)?.name ?? '（已离开）';
  const said = `${by} 于 ${inWords(signedOff.on)} 签发`;
  return isFinal ? `已定稿：${said}。` : `草稿：${said}后台账又有变动，须重新签发。`;
}

/** What people wrote is printed as they wrote it. */
function toBeRead(report: PublishedReport): string[] {
  const numbers = privateNumbers(report);
  return [
    '已销号事项的完成情况按申请人所写照录，请下载通读，注意姓名、个人信息和不宜公开的内容；需要改的，请督查员用「修改」另写公布的完成情况，或列为不公开。',
    ...(numbers > 0 ? [`文中有 ${numbers} 处像身份证号或手机号，请核对。`] : []),
  ];
}
