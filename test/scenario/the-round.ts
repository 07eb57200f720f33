/** 示例数据: what an invented 巡察 found in an invented bureau, what is to be done about it, and what came of it. */
export interface SampleProblem {
  aspect: string;
  title: string;
  /** Each measure, and what is told of it when its closing is asked for. */
  measures: readonly (readonly [measure: string, outcome: string])[];
}

const [DUTY, POWER, STYLE] = ['落实主体责任方面', '权力运行和经费管理方面', '队伍建设和作风方面'];

export const PROBLEMS: readonly SampleProblem[] = [
  {
    aspect: DUTY,
    title: '党组会议事规则执行不严',
    measures: [
      ['修订党组会议事规则，列明须上会事项', '规则已印发到各科室'],
      ['会前三天送达议题材料', '一月起议题材料均提前送达，有签收单'],
      ['会议记录由专人当日整理', '已指定记录员，记录逐次归档'],
      ['每季度抽查一次会议记录', '首次抽查已完成，未见缺项'],
    ],
  },
  {
    aspect: DUTY,
    title: '廉政责任书层层签订不到位',
    measures: [
      ['重新梳理各岗位责任书文本', '二十五个岗位文本全部换新'],
      ['组织全员签订责任书', '全员已签，扫描件存办公室'],
      ['责任书履行情况列入述职内容', '述职提纲已加列该项'],
    ],
  },
  {
    aspect: DUTY,
    title: '季度廉情研判流于形式',
    measures: [
      ['制定研判报告样式，逐项写明问题', '样式启用，首份报告列出问题六条'],
      ['研判结论转为整改事项', '六条结论均已转办'],
      ['研判会邀请派驻纪检组参加', '二月研判会派驻纪检组到会'],
    ],
  },
  {
    aspect: DUTY,
    title: '学习制度坚持不经常',
    measures: [
      ['制定全年学习计划', '计划已经党组会通过'],
      ['每月集中学习一次', '一月、二月集中学习均已开展'],
      ['学习缺席人员限期补学', '缺席三人已补学'],
      ['学习笔记每季度查阅', '已查阅一次并反馈'],
    ],
  },
  {
    aspect: DUTY,
    title: '规划编制征求意见不充分',
    measures: [
      ['规划草案网上公开征求意见', '公开三十日，收到意见四十一条'],
      ['召开企业和院所座谈会', '座谈会两场，记录附后'],
      ['意见采纳情况逐条答复', '四十一条均有书面答复'],
    ],
  },
  {
    aspect: DUTY,
    title: '中期评估结果运用不够',
    measures: [
      ['建立评估结果台账', '台账建成，录入十八项'],
      ['评估不合格的项目约谈承担单位', '两家单位已约谈，谈话记录归档'],
      ['评估结果与下年度安排挂钩', '安排办法第七条已写明'],
    ],
  },
  {
    aspect: POWER,
    title: '项目评审专家抽取不规范',
    measures: [
      ['专家抽取全程留痕', '抽取记录随机号留存'],
      ['更新专家库，清理失效人员', '正与省库对接'],
      ['专家回避情况当场登记', '评审会启用回避登记表'],
    ],
  },
  {
    aspect: POWER,
    title: '项目经费使用监督不严',
    measures: [
      ['对在研项目经费开展全面自查', '自查覆盖三十二个项目'],
      ['对问题较多的承担单位开展现场检查', '现场检查四家，出具意见四份'],
      ['违规支出限期退回', '应退款项已全部退回专户'],
      ['建立经费支出负面清单', '负面清单列十二条并公布'],
    ],
  },
  {
    aspect: POWER,
    title: '科研诚信审核把关不严',
    measures: [
      ['申报环节逐人查询诚信记录', '查询截图随申报材料入卷'],
      ['对在库失信人员复核一遍', '复核七人，调整一人'],
      ['诚信承诺书随项目归档', '本年度项目承诺书全部入档'],
    ],
  },
  {
    aspect: POWER,
    title: '创新券兑付审核粗放',
    measures: [
      ['兑付材料双人审核', '双人签字已写入流程'],
      ['兑付结果公示五个工作日', '首批公示期满无异议'],
      ['对上年度兑付全面复查', '复查二百一十笔，追回一笔'],
    ],
  },
  {
    aspect: POWER,
    title: '高新企业认定服务费线索核查不够',
    measures: [
      ['向申报企业发放公开信', '公开信发放三百份'],
      ['抽取企业回访中介收费情况', '回访三十家，形成记录'],
      ['与市场监管部门交换线索', '移交线索两条'],
    ],
  },
  {
    aspect: POWER,
    title: '孵化载体绩效评价标准不明',
    measures: [
      ['修订绩效评价指标', '指标由二十项并为十一项'],
      ['评价结果在网站公开', '结果公开页面已上线'],
      ['连续两年不合格的取消资格', '一家载体已取消'],
    ],
  },
  {
    aspect: POWER,
    title: '农业科技示范基地管理松散',
    measures: [
      ['对示范基地逐个实地核查', '十四个基地全部走到'],
      ['撤销名不副实的基地', '撤销两个并收回牌子'],
      ['签订基地责任书', '余下十二个基地均已签订'],
      ['补助资金分期拨付', '拨付办法改为三期'],
    ],
  },
  {
    aspect: STYLE,
    title: '服务群众办事环节多',
    measures: [
      ['压减办事材料', '材料由九份减为四份'],
      ['公布办事电话和时限', '电话和时限已上墙上网'],
      ['建立首问负责登记本', '登记本启用，登记五十二件'],
    ],
  },
  {
    aspect: STYLE,
    title: '下乡调研不深入',
    measures: [
      ['每人每季度驻村两天', '一季度驻村安排全部走完'],
      ['调研发现的问题列单交办', '列单九条，交办九条'],
      ['调研报告在局内交流', '交流会已开，报告五篇'],
    ],
  },
  {
    aspect: STYLE,
    title: '公务接待台账不全',
    measures: [
      ['补齐近三年接待台账', '三年台账补齐一百零六笔'],
      ['接待函、清单、票据三单合一', '无三单者不予报销'],
      ['每月公示接待情况', '一月、二月公示已贴出'],
    ],
  },
  {
    aspect: STYLE,
    title: '廉政风险点排查不经常',
    measures: [
      ['每季度组织风险点复查', '一季度复查进行中'],
      ['新增岗位同步排查', '两个新岗位已列入'],
      ['排查结果在内网公开', '按季公开'],
    ],
  },
  {
    aspect: STYLE,
    title: '机关纪律提醒不够经常',
    measures: [
      ['节前发廉洁提醒', '春节前提醒已发'],
      ['每季度开展一次作风抽查', '一季度抽查已安排'],
      ['抽查情况在局务会通报', '随抽查进行'],
    ],
  },
  {
    aspect: STYLE,
    title: '年轻干部培养办法不多',
    measures: [
      ['制定年轻干部轮岗计划', '计划涉及六人'],
      ['安排老同志结对', '结对六组，签有协议'],
      ['选派干部到企业挂职', '正与三家企业商定'],
    ],
  },
];

/** 「Z1-3-2」 → what is told of it when its closing is asked for. */
export function outcomeOf(ref: string): string {
  const [, problem = 0, measure = 0] = ref.split('-').map((part) => Number(part.replace('Z', '')));
  const outcome = PROBLEMS[problem - 1]?.measures[measure - 1]?.[1];
  if (outcome === undefined) throw new Error(`There is no measure ${ref}`);
  return outcome;
}

/** What the published report names, in its order: every problem and its measures. */
export const publishedInOrder = (): string[] =>
  PROBLEMS.flatMap(({ title, measures }, index) => [
    `${index + 1}.关于“${title}”问题的整改`,
    ...measures.map(([measure]) => measure),
  ]);
