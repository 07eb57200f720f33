import { DATED_FAVOURS } from './dated-favours.ts';

/** A sentence that tells of a favour asked, said on Wednesday 2026-11-25 at 16:20 in Beijing, and what it says. */
export type FavourAsked = [sentence: string, says: Record<string, string | string[]>];

/** Sentences that do not say when it was, and after them those that do. */
export const FAVOURS_ASKED: FavourAsked[] = [
  ['三月底有人托人转告我，让我给他们投一票', { channel: 'through-others', circumstances: ['favour-vote'] }],
  [
    '王总发短信让我把材料转交给评审组',
    { channel: 'sms', intercessorName: '王总', stage: 'review', circumstances: ['pass-materials'] },
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
    '人事科周敏来找我，想请我在职称评审里给她弟弟说句话',
    { intercessorName: '周敏', stage: 'personnel', circumstances: ['lobbying'] },
  ],
  ...DATED_FAVOURS,
];
