import type { Section } from '../ledger/message.ts';
import { type Handler, type Query, usefulTo } from './define.ts';

/** 帮助: what this person may do, and nothing else. */
export const help: Query = {
  kind: 'query',
  name: 'help',
  words: ['帮助', '菜单', '功能', 'help', '你好', '您好'],
  usage: '帮助',
  help: '查看您能使用的功能',
  group: '其他',
  may: () => true,
  async answer(asking) {
    const useful = await usefulTo(asking);
    const groups = [...new Set(useful.map(({ group }) => group))];
    const buttons = useful.filter(({ usage, words }) => usage === words[0] && words[0] !== '帮助');
    return {
      kind: 'notice',
      title: '我能帮您做什么',
      tone: 'plain',
      sections: [
        {
          lines: [
            asking.keepsBack
              ? '遇到说情打招呼，请发送「我要报告」，在网页上填写；请不要把内容写在聊天里。'
              : '遇到说情打招呼，直接用一句话告诉我即可，例如：昨天下午三点某某打电话让我在某项目评审中关照。',
          ],
        },
        ...groups.map((group) => section(group, useful)),
      ],
      actions: buttons.slice(0, 6).map(({ words: [word = ''] }) => ({ action: word, label: word })),
    };
  },
};

const section = (group: string, handlers: readonly Handler[]): Section => ({
  heading: group,
  lines: handlers
    .filter((handler) => handler.group === group)
    .map(({ usage, help: line }) => `${usage}：${line}`),
});
