/** What people say for the words that the house has, as far as one saying may mean several of them. */
const MEANT: readonly { said: RegExp; words: readonly string[] }[] = [
  { said: /^(?:我的)?(?:待办|任务|事项|工作|事)$/u, words: ['我的整改', '待甄别', '本周督查', '我的报告'] },
  { said: /^(?:同意|通过|批准|可以|准予?)/u, words: ['审核通过', '准予延期', '同意暂难', '复核通过'] },
  { said: /^(?:不同意|不通过|不批准|不行|驳回|不准)/u, words: ['退回', '不予延期', '不同意暂难'] },
  { said: /^待(?:我?审批|批|办理)/u, words: ['我的整改', '本周督查', '待甄别'] },
  { said: /佐证|证明材料|附件|传文件|上传|发文件|照片/u, words: ['补充佐证'] },
  { said: /导[入出]|表格|[Ee]xcel/u, words: ['导入台账', '台账页', '统计'] },
  { said: /周报|汇总|小结/u, words: ['本周督查', '统计', '督查记录'] },
  { said: /销号/u, words: ['申请销号', '复核通过'] },
  { said: /延期|推迟|来不及/u, words: ['申请延期', '准予延期'] },
  { said: /催办?|提醒|督办/u, words: ['电话', '本周督查'] },
  { said: /核查|现场|检查/u, words: ['核查', '督查记录'] },
  { said: /轮次|问题清单|新建/u, words: ['立项', '加问题', '修改轮次'] },
  { said: /分派|分配|分工|派给|交办/u, words: ['指派'] },
  { said: /进度|情况|怎么样/u, words: ['我的整改', '统计', '本科室', '督查记录'] },
];

/** Of the words that somebody may use, those that he seems to mean; the first of them first. */
export function meantWords(said: string, words: readonly string[]): string[] {
  const meant = MEANT.flatMap((each) => (each.said.test(said) ? each.words : []));
  return [...new Set(meant)].filter((word) => words.includes(word));
}
