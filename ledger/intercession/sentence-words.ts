import type { CHANNELS, CIRCUMSTANCES, INTERCESSOR_KINDS, REPLIES, STAGES } from './fields.ts';

/** Words that tell a value of the form. The patterns are short and bounded: a long text must not make them slow. */
export interface Word<V extends string> {
  value: V;
  pattern: RegExp;
}

/** 方式: what comes first in the sentence counts. */
export const CHANNEL_WORDS: readonly Word<keyof typeof CHANNELS>[] = [
  { value: 'messaging', pattern: /微信|钉钉|飞书|QQ/i },
  { value: 'sms', pattern: /短信/ },
  { value: 'email', pattern: /邮件|邮箱/ },
  { value: 'phone', pattern: /电话|来电|致电/ },
  { value: 'letter', pattern: /来函|写信|来信(?!息)|公函|书面|[递写塞].{0,2}条子|纸条/ },
  {
    value: 'face-to-face',
    pattern: /当面|面谈|登门|找到我|(?:来|到|在)了?我?(?:的|们)?办公室|碰到我|遇到我|[拦堵]住我/,
  },
  { value: 'meeting', pattern: /会上|会间|会议(?:上|期间|间隙)|开会时/ },
];

/** Said anywhere, these outweigh the means by which the go-between came. */
export const THROUGH_OTHERS = /转达|转告|带话|捎话|传话|托(?!我).{1,8}(?:找|跟|给|向|来|问|说)|托人/;

/** 环节: what comes first in the sentence counts. */
export const STAGE_WORDS: readonly Word<keyof typeof STAGES>[] = [
  { value: 'midterm', pattern: /中期/ },
  { value: 'review', pattern: /评审(?!专家)|会评|函评|答辩/ },
  { value: 'approval', pattern: /立项/ },
  { value: 'acceptance', pattern: /验收|结题/ },
  { value: 'award', pattern: /评奖|报奖|奖励|评优|科技奖|科技进步奖/ },
  { value: 'funding', pattern: /资金|经费|拨款|补助|资助/ },
  { value: 'procurement', pattern: /采购|招标|投标|中标/ },
  { value: 'personnel', pattern: /人事|招聘|提拔|任用|职称|调动|录用|晋升/ },
  { value: 'inspection', pattern: /执法|检查|处罚/ },
  { value: 'application', pattern: /申报(?!单位|企业|人|书|材料)/ },
  { value: 'review', pattern: /评审专家/ },
];

/** 情形. A weak one is said of private matters too: it counts only together with a matter of office or an official. */
export const CIRCUMSTANCE_WORDS: readonly (Word<keyof typeof CIRCUMSTANCES> & { weak?: true })[] = [
  { value: 'probe-unpublished', pattern: /打听|打探|探听|探.{0,2}口风|透露(?!姓名|身份)|泄露|内部消息|标底/ },
  {
    value: 'probe-unpublished',
    pattern: /(?:问|了解|看)(?:我|了|一下|下|到|过){0,3}.{0,15}(?:专家名单|评审结果|得分|分数|入围|名单)/,
  },
  {
    value: 'lobbying',
    pattern:
      /说情|求情|通融|打.{0,2}招呼|说.{0,2}(?:句|几句)?好话|帮忙说话|[帮给替为].{0,6}说.{0,2}句.{0,2}话/,
  },
  {
    value: 'lobbying',
    pattern: /高抬贵手|网开一面|放.{0,3}一马|行.{0,2}方便|美言|手下留情|给.{0,2}面子|[递塞写].{0,3}条子/,
  },
  {
    value: 'favour-score',
    pattern: /关照|打.{0,2}高分|分数?.{0,3}高一?[点些]|高一?[点些]分|倾斜|[好高前].{0,2}名次/,
  },
  { value: 'favour-score', pattern: /(?:名次|排名).{0,6}(?:提|靠|往|排|放)|(?:提高?|保).{0,6}(?:名次|排名)/ },
  { value: 'favour-score', pattern: /照顾|关心一下|多关心|支持一下|多支持/, weak: true },
  { value: 'favour-vote', pattern: /人情票|拉票|投.{0,6}票/ },
  {
    value: 'breach-procedure',
    pattern:
      /违反(?:规定|程序|原则)|违规(?:办|操作|通过|立项|审批|拨|处理)|绕过|绕开|不走.{0,4}程序|走后门|破例|开绿灯|特事特办|倒签|放宽|降低.{0,2}(?:标准|门槛)/,
  },
  { value: 'breach-procedure', pattern: /先.{1,10}[后再].{0,4}补/ },
  {
    value: 'pass-materials',
    pattern: /转[交递送呈]|捎.{0,6}材料|递.{0,4}材料|材料.{0,6}[交递带]给/,
    weak: true,
  },
  { value: 'private-meeting', pattern: /私下|单独见|见.{0,3}面|吃.{0,3}饭|饭局|坐坐|聚一?聚/, weak: true },
  {
    value: 'steer-experts',
    pattern: /[换抽定加](?:掉|取)?.{0,6}专家|(?:指定|安排|调整|剔除|避开)(?![和跟与同]).{0,6}专家/,
  },
];

/** 当场答复: the speaker's own words. */
export const REPLY_WORDS: readonly Word<keyof typeof REPLIES>[] = [
  {
    value: 'refused',
    pattern: /(?<![没未不][^，。；]{0,4})(?:拒绝|婉拒|回绝|谢绝)|(?:没有?|未|不)(?:答应|同意)|推掉了/,
  },
  {
    value: 'proper-channel',
    pattern: /(?:告诉|告知|请|让|叫|劝|建议).{0,8}(?<!不)走.{0,5}(?:渠道|程序|途径|流程)|告[知诉].{0,6}渠道/,
  },
  { value: 'no-position', pattern: /(?:没有?|未)(?:表态|吭声|接话|作声|回应|回复)/ },
  { value: 'by-procedure', pattern: /按(?:照|正常)?(?:程序|规定|制度)(?:办|处理|来)/ },
];

/** 人员类别, as it is told of the one who asks: what stands before he asks. */
export const KIND_WORDS: readonly Word<keyof typeof INTERCESSOR_KINDS>[] = [
  { value: 'aide', pattern: /秘书(?!长)/ },
  { value: 'intermediary', pattern: /中介|代理机构|代理公司|咨询公司/ },
  { value: 'expert', pattern: /(?:评审|评委|验收)专家|评委/ },
  {
    value: 'applicant',
    pattern:
      /公司|企业|集团|(?:申报|承担|参评)单位|(?:总|副)?经理|董事长|老板|[\u4e00-\u9fa5]总(?=[打来找给托约请，])/,
  },
  {
    value: 'relative',
    pattern:
      /我(?:的|家|一个|一位)?(?:远房)?(?:亲戚|[表堂][哥弟姐妹]|舅舅?|叔叔?|姑姑?|姨妈?|岳[父母]|妻子|丈夫|爱人)/,
  },
  { value: 'colleague', pattern: /同事/ },
  { value: 'other', pattern: /同学|战友|老乡|朋友|邻居|熟人/ },
];

/** Somebody turns to the speaker. 帮我 is not among them: that is the speaker who asks the bot. */
export const ASKS_ME =
  /(?:让|要|叫|请|托|求|找|问|约|劝|逼|嘱咐|交代|暗示|示意|希望|联系|拜托|电话|给|跟|和|向|对|同)(?:了|到|过|上)?我(?!的)/g;

/** Somebody came, though the speaker does not name himself. */
export const CAME =
  /打来.{0,2}电话|电话打(?:来|过来)|打电话(?:来|过来)|来电|发来|来函|来信(?!息)|[接收]到.{0,15}(?:电话|微信|短信|邮件|函)|说情|求情|打.{0,2}招呼|递.{0,3}条子|请托|过问|有人|托人/;

/** Names of the ledger itself, which say nothing of a favour: 「说情打招呼记录怎么看」. */
export const LEDGER_NAME = /说情打招呼(?:的?(?:记录|报告|登记|台账|情况|制度|事项))?/g;

/** Nothing happened, somebody asks about the rules, or it is about the other ledger. */
export const NO_REPORT =
  /没有?(?:任何|什么)?人|无人|从未|(?:没有?|未)(?:发生|出现|收到|接到|遇到)|无此类|(?:怎么|如何|要不要|需不需要|是否需要|用不用|该不该)(?:办|报|填|写|处理|记录|登记|上报)|整改(?:违|措施|要求)|立行立改|算不算|什么意思|什么是|[要用](?:记录|报告|登记|填报?)吗/;

/** What makes a dinner or a parcel of papers a matter of office. */
export const OFFICE = /专家|评委|公司|企业|申报/;

export const QUESTION = /[吗呢么][?？]?\s*$/;

/** A call of duty, where only the means and the matter are known. */
export const DUTY = /通知|参加|出席|列席|汇报|培训|开会|报送|提交/;
