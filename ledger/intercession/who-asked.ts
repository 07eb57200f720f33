import { ASKS_ME } from './sentence-words.ts';

/** A person as a sentence names him: 张三 with the post 局长; 王处长 as typed where only the surname is said. */
export interface Named {
  name: string;
  post?: string;
}

const SURNAME =
  '欧阳|上官|司马|诸葛|慕容|[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方袁柳唐罗薛贺倪汤殷毕郝邵汪毛戴宋庞熊纪舒屈祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓石崔龚程裴陆翁段白刘叶龙温廖曾尹姚黄萧肖余傅康史侯孟秋顾覃某]';
const POST =
  '(?:常务)?副?(?:局长|处长|科长|厅长|市长|县长|区长|部长|院长|所长|校长|书记|主任|主席|会长|总经理|经理|董事长|秘书长|秘书|教授|研究员|工程师|组长|院士|干事|专员|科员)';
const ADDRESS = '总工|总(?![是共之的体结会部工经])|老师|先生|女士|老板|博士|同志|领导';
/** What a person does in these sentences; without it, two characters are any two characters. */
const DOES =
  '打|来|找|托|请|让|要|叫|求|跟|和|给|对|向|约|问|说|在|通过|当面|到|又|发|写|递|塞|转|带|捎|，|,|。|：|$';
const RELATION = '老同学|同学|老乡|战友|朋友|同事|亲戚|邻居|表哥|表弟|表姐|表妹|熟人|老领导|下属';
/** Where a name can begin: after a pause, a time, a relation, the name of a unit. */
const BEGINS = `(?<=^|[\\s，。、；：,.!！?？()（）“”"「」《》\\d]|[的有是由被让给为替叫到天午晚早上点分半号日前才刚了科局院司室部校处厂所心组家员位名人]|${RELATION})`;
const UNIT_AHEAD = '(?![\\u4e00-\\u9fa5]{0,4}?(?:项目|公司|单位|企业|集团|课题|大学|学院|研究院|研究所))';

const GIVEN = '(?:(?![科局处室院部司我你他她们的了是在让给找打])[\\u4e00-\\u9fa5])';

const PATTERNS: readonly RegExp[] = [
  `${BEGINS}(?<name>(?:${SURNAME})${GIVEN}{0,2}?)(?<post>${POST})`,
  `(?<name>${SURNAME})(?<post>${POST})`,
  `${BEGINS}(?<name>(?:${SURNAME})${GIVEN}{0,2}?(?:${ADDRESS}))`,
  `(?<post>${POST})(?<name>(?:${SURNAME})${GIVEN}{1,2}?)(?=${DOES})`,
  `${BEGINS}(?<name>(?:${SURNAME})[局处科厅院所干])(?=${DOES})`,
  `(?<post>秘书)?(?<name>[小老](?:${SURNAME}))(?=${DOES})`,
  `${BEGINS}(?<name>(?:${SURNAME})?某{1,2})${UNIT_AHEAD}`,
  `${BEGINS}(?<name>(?:${SURNAME})${GIVEN}{1,2}?)(?=${DOES})`,
].map((source) => new RegExp(source, 'u'));

/** Begin like names, are none. */
const NO_NAME =
  /^(?:纪检|马上|高兴|高级|高新|高校|方便|方面|白天|万一|何(?:人|时|况|以)|江苏|石头|史上|温馨|金额|余下|华东|龙头|季度)/;
const WEEKDAY = /(?:周|星期|礼拜)[一二三四五六日天]/g;

/** Characters in which a name is looked for. */
const LOOKED_AT = 500;

/** The one who asks: the first person named before the words with which the asking is told. */
export function whoAsked(sentence: string): Named | undefined {
  const told = sentence.slice(0, LOOKED_AT);
  const ends = [...told.matchAll(ASKS_ME)].slice(0, 3).map(({ index }) => index);
  for (const end of ends.length > 0 ? ends : [told.length]) {
    const named = firstNamed(told.slice(0, end).replace(WEEKDAY, '，'));
    if (named) return named;
  }
  return undefined;
}

const GO_BETWEEN = /(?:托|通过|经)(?!我)(.{2,8}?)(?=转达|转告|带话|捎话|传话|找|跟我|给我|向我|来)/u;

/** 「托赵六转达」: the one who carried the words, and the sentence without him. */
export function goBetween(sentence: string): { name?: string; rest: string } {
  const found = GO_BETWEEN.exec(sentence);
  const name = firstNamed(found?.[1] ?? '')?.name;
  return found && name ? { name, rest: sentence.replace(found[0], '') } : { rest: sentence };
}

function firstNamed(text: string): Named | undefined {
  const found = PATTERNS.flatMap((pattern) => {
    const match = pattern.exec(text);
    return match && !NO_NAME.test(match[0]) ? [match] : [];
  });
  const first = found.sort((a, b) => a.index - b.index)[0];
  if (!first?.groups) return undefined;
  const { name = '', post } = first.groups;
  if (post === undefined) return { name };
  const asTyped = new RegExp(`^(?:${SURNAME})$`, 'u').test(name) ? `${name}${post}` : name;
  return { name: asTyped, post };
}
