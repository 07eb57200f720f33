import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportFields } from '../../../ledger/intercession/fields.ts';
import { understandSentence } from '../../../ledger/intercession/understand-sentence.ts';

/** A Wednesday, 16:20 in the bureau. */
const AT = new Date('2026-11-25T08:20:00Z');
const understand = (sentence: string) => understandSentence(sentence, AT, 'Asia/Shanghai');

const FAVOURS: [string, Record<string, string | string[]>][] = [
  [
    '昨天下午三点某某打电话让我在XX项目评审中关照',
    {
      happenedAt: '2026-11-24T15:00',
      channel: 'phone',
      intercessorName: '某某',
      stage: 'review',
      projectName: 'XX项目',
      circumstances: ['favour-score'],
    },
  ],
  [
    '前天上午王处长来我办公室打听「量子传感」项目的评审专家名单，我拒绝了',
    {
      happenedAt: '2026-11-23T10:00',
      channel: 'face-to-face',
      intercessorName: '王处长',
      intercessorPost: '处长',
      stage: 'review',
      projectName: '量子传感',
      circumstances: ['probe-unpublished'],
      reply: 'refused',
    },
  ],
  [
    '上周五张三局长微信问我评审结果出来没有',
    {
      happenedAt: '2026-11-20T12:00',
      channel: 'messaging',
      intercessorName: '张三',
      intercessorPost: '局长',
      stage: 'review',
      circumstances: ['probe-unpublished'],
    },
  ],
  [
    '11月18日晚上8点李某某约我吃饭，谈他们公司项目立项的事',
    {
      happenedAt: '2026-11-18T20:00',
      intercessorName: '李某某',
      stage: 'approval',
      circumstances: ['private-meeting'],
    },
  ],
  [
    '今天中午老同学赵六请我在《智能制造示范》验收时通融一下，我告诉他走正常渠道',
    {
      happenedAt: '2026-11-25T12:00',
      intercessorName: '赵六',
      stage: 'acceptance',
      projectName: '智能制造示范',
      circumstances: ['lobbying'],
      reply: 'proper-channel',
    },
  ],
  ['三月底有人托人转告我，让我给他们投一票', { channel: 'through-others', circumstances: ['favour-vote'] }],
  [
    '昨天接到陈教授电话，希望我在评奖时打高分',
    {
      happenedAt: '2026-11-24T12:00',
      channel: 'phone',
      intercessorName: '陈教授',
      intercessorPost: '教授',
      stage: 'award',
      circumstances: ['favour-score'],
    },
  ],
  [
    '王总发短信让我把材料转交给评审组',
    { channel: 'sms', intercessorName: '王总', stage: 'review', circumstances: ['pass-materials'] },
  ],
  [
    '刚才高新科科长李四在会上跟我说招标的事要绕过程序',
    {
      happenedAt: '2026-11-25T16:20',
      channel: 'meeting',
      intercessorName: '李四',
      intercessorPost: '科长',
      stage: 'procurement',
      circumstances: ['breach-procedure'],
    },
  ],
  [
    '昨天总经理钱五来电，想先立项后补材料',
    {
      happenedAt: '2026-11-24T12:00',
      channel: 'phone',
      intercessorName: '钱五',
      intercessorPost: '总经理',
      stage: 'approval',
      circumstances: ['breach-procedure'],
    },
  ],
  [
    '孙副局长递条子，要我照顾他亲戚的职称评审',
    {
      channel: 'letter',
      intercessorName: '孙副局长',
      intercessorPost: '副局长',
      stage: 'personnel',
      circumstances: ['lobbying', 'favour-score'],
    },
  ],
  ['有人找我说情', { circumstances: ['lobbying'] }],
  ['何处长找我说情', { intercessorName: '何处长', intercessorPost: '处长', circumstances: ['lobbying'] }],
  [
    '周五李处长当面要求我换掉两位专家，我没表态',
    {
      happenedAt: '2026-11-20T12:00',
      channel: 'face-to-face',
      intercessorName: '李处长',
      intercessorPost: '处长',
      circumstances: ['steer-experts'],
      reply: 'no-position',
    },
  ],
  [
    '昨天某局长打来电话，说情',
    {
      happenedAt: '2026-11-24T12:00',
      channel: 'phone',
      intercessorName: '某局长',
      intercessorPost: '局长',
      circumstances: ['lobbying'],
    },
  ],
  [
    '欧阳明院长托赵六转达，希望我在中期检查时放他们一马',
    {
      channel: 'through-others',
      intercessorName: '欧阳明',
      intercessorPost: '院长',
      goBetween: '赵六',
      stage: 'midterm',
      circumstances: ['lobbying'],
    },
  ],
  [
    '昨晚八点半张总发邮件给我，请我支持一下他们的经费申请',
    {
      happenedAt: '2026-11-24T20:30',
      channel: 'email',
      intercessorName: '张总',
      stage: 'funding',
      circumstances: ['favour-score'],
    },
  ],
  [
    '张三打电话让我关照王教授的课题',
    { channel: 'phone', intercessorName: '张三', circumstances: ['favour-score'] },
  ],
  [
    '局办公室主任李四打电话让我在采购时关照一家公司',
    {
      channel: 'phone',
      intercessorName: '李四',
      intercessorPost: '主任',
      stage: 'procurement',
      circumstances: ['favour-score'],
    },
  ],
  [
    '企业法人周某在评审结束后拦住我，让我打高分，我当场拒绝',
    {
      channel: 'face-to-face',
      intercessorName: '周某',
      stage: 'review',
      circumstances: ['favour-score'],
      reply: 'refused',
    },
  ],
  [
    '一位不愿透露姓名的人来信，要求我在评审中给XX项目高一点分',
    { channel: 'letter', stage: 'review', projectName: 'XX项目', circumstances: ['favour-score'] },
  ],
  [
    '上级领导秘书小王打电话过问XX项目立项',
    {
      channel: 'phone',
      intercessorName: '小王',
      intercessorPost: '秘书',
      stage: 'approval',
      projectName: 'XX项目',
    },
  ],
  [
    '朋友李四通过微信找我，想让我安排和专家私下见面',
    { channel: 'messaging', intercessorName: '李四', circumstances: ['private-meeting'] },
  ],
  [
    '我没有答应李局长让我给XX项目打高分的要求',
    {
      intercessorName: '李局长',
      intercessorPost: '局长',
      projectName: 'XX项目',
      circumstances: ['favour-score'],
      reply: 'refused',
    },
  ],
  [
    '县里来函要求我们在资金分配上倾斜',
    { channel: 'letter', stage: 'funding', circumstances: ['favour-score'] },
  ],
  [
    '某某公司的郑经理钉钉上找我，让人事招聘时关照他侄子，我说按规定办',
    {
      channel: 'messaging',
      intercessorName: '郑经理',
      intercessorPost: '经理',
      stage: 'personnel',
      circumstances: ['favour-score'],
      reply: 'by-procedure',
    },
  ],
  [
    '两个小时前罗书记打电话给我，想请我在执法检查时高抬贵手',
    {
      happenedAt: '2026-11-25T14:20',
      channel: 'phone',
      intercessorName: '罗书记',
      intercessorPost: '书记',
      stage: 'inspection',
      circumstances: ['lobbying'],
    },
  ],
  [
    '说情打招呼报告：昨天张局长跟我打招呼，申报的事',
    {
      happenedAt: '2026-11-24T12:00',
      intercessorName: '张局长',
      intercessorPost: '局长',
      stage: 'application',
      circumstances: ['lobbying'],
    },
  ],
  [
    '人事科周敏来找我，想请我在职称评审里给她弟弟说句话',
    { intercessorName: '周敏', stage: 'personnel', circumstances: ['lobbying'] },
  ],
  [
    '今早，老领导赵国强电话我，希望采购项目能让他侄子公司中标',
    { happenedAt: '2026-11-25T08:00', channel: 'phone', intercessorName: '赵国强', stage: 'procurement' },
  ],
  [
    '昨天，县科技局刘局长来单位找我，想了解项目评审的得分',
    {
      happenedAt: '2026-11-24T12:00',
      intercessorName: '刘局长',
      intercessorPost: '局长',
      stage: 'review',
      circumstances: ['probe-unpublished'],
    },
  ],
];

const CHATTER = [
  '',
  '今天食堂吃什么',
  '明天开会吗',
  '帮我看一下进展',
  '帮我查一下评审结果',
  '我的报告',
  '我的整改',
  '我要报告',
  '让我看看台账',
  '王处长打电话让我明天参加项目评审会',
  '李科长微信通知我提交项目中期材料',
  '张局长让我通知大家明天开会',
  '没有人找我说情',
  '本月没有任何人打招呼',
  '未发生说情打招呼情况',
  '有人找我说情怎么办',
  '说情打招呼记录怎么看',
  '有人打招呼要报告吗',
  '我妈打电话让我照顾孩子',
  '同事约我吃饭',
  '我想打听一下评审结果什么时候公布',
  '我打电话问了评审结果',
  '检查组说档案要补材料',
  '请把整改材料交给我',
  '把项目验收材料发到邮箱',
  '刘主任让我把评审表发给他',
  '张主任要我在评审会上发言',
  '评审会上王教授问我项目的背景',
  '昨天把材料转交给了王主任',
  '督查组要求我们对违规操作立行立改',
  '申请销号 ZG-003 已补材料',
  '进展 ZG-003 已要求科室不得违规',
];

describe('a sentence that tells of a favour asked', () => {
  test.each(FAVOURS)('%s', (sentence, expected) => {
    expect(understand(sentence)).toEqual({ ...expected, content: sentence });
  });

  test('the time is that of the bureau’s zone, by night too', () => {
    const at = new Date('2026-11-24T17:00:00Z');
    const day = (zone: string) => understandSentence('昨天有人找我说情', at, zone)?.happenedAt;
    expect([day('Asia/Shanghai'), day('UTC')]).toEqual(['2026-11-24T12:00', '2026-11-23T12:00']);
  });
});

describe('a sentence that tells of none', () => {
  test.each(CHATTER)('%s', (sentence) => {
    expect(understand(sentence)).toBeUndefined();
  });
});

describe('whatever is typed', () => {
  const fragments = [
    ...FAVOURS.flatMap(([sentence]) => sentence.split(/(?<=[，；])|(?=让我|打电话|项目)/)),
    ...[
      '99年',
      '二三月',
      '31日',
      '25点',
      '两',
      '半',
      '前',
      '《',
      '》',
      '「',
      '项目',
      '某',
      '张',
      '局长',
      '，',
      '\n',
    ],
    ...[
      '\ud83d',
      '\u202e',
      '<at user_id="all">',
      '晚上12点',
      '上个月31日',
      '2月30日',
      '下下周日',
      '0000/0/0',
    ],
  ];
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom(...fragments), { maxLength: 8 })
      .map((parts) => `${parts.join('')}王处长打电话让我在评审时关照`),
  );
  const anyMoment = fc.date({
    min: new Date('2020-01-01T00:00Z'),
    max: new Date('2030-01-01T00:00Z'),
    noInvalidDate: true,
  });

  test('every value is one that the form takes, and no time lies ahead', () => {
    fc.assert(
      fc.property(typed, anyMoment, (sentence, at) => {
        const understood = understandSentence(sentence, at, 'UTC') ?? {};
        for (const [name, value] of Object.entries(understood)) {
          const field = reportFields[name as keyof typeof reportFields];
          expect(field.schema.safeParse(value), `${name}: ${JSON.stringify(value)}`).toMatchObject({
            success: true,
          });
        }
        const happenedAt = understood.happenedAt ?? '';
        expect(happenedAt <= at.toISOString().slice(0, 16)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '一',
    '让我',
    '昨天下午三点',
    '张三局长',
    '「',
    '项目',
    '王',
    '托某',
    '先',
  ])('a sentence of the greatest length made of %s, and one far beyond it, take less than a second', (unit) => {
    const begun = performance.now();
    understand(unit.repeat(5_000 / unit.length));
    understand(unit.repeat(100_000 / unit.length));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('a text longer than the form takes is no sentence', () => {
    const favour = '王处长打电话让我在评审时关照';
    expect(understand(favour.padEnd(5_000, '。'))?.content).toHaveLength(5_000);
    expect(understand(favour.padEnd(5_001, '。'))).toBeUndefined();
  });
});
