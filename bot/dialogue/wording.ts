import type { FieldOption, FormField } from '../../ledger/message.ts';
import { type AskedForm, asked, isFilled, wrongIn } from './asked-form.ts';
import { type Held, refusedFor } from './doubt.ts';
import { type Doubt, FEW_PEOPLE, hitsOf } from './read-people.ts';
import type { Place } from './running.ts';
import { BACK, CANCEL, CLEAR, DROP, KEEP, PREVIEW, RESUME, SKIP, SUBMIT, SURE } from './words.ts';

export const ALWAYS = `每一步都可以回复「${BACK}」「${SKIP}」「${PREVIEW}」「${CANCEL}」「帮助」。`;

/** What stands before a question: what is wrong, what was done. */
export interface Before {
  lines?: readonly string[];
  doubt?: Doubt | undefined;
  held?: Held | undefined;
  /** It is asked for the first time: what it is about comes first. */
  opening?: boolean;
}

/** What is asked at this place, with what stands there already. */
export function question(form: AskedForm, place: Place, before: Before = {}): string {
  const { lines = [], opening } = before;
  const head = opening ? [`【${form.title}】`, ...form.intro] : [];
  return [...head, ...lines, ...bodyAt(form, place, before)].filter((line) => line !== '').join('\n');
}

function bodyAt(
  form: AskedForm,
  place: Place,
  { doubt, held, opening = false, lines = [] }: Before,
): string[] {
  if (place.at === 'summary') return summary(form, opening);
  if (place.at === 'files') return filesAsked(form);
  const index = form.shown.findIndex(({ name }) => name === place.name);
  const field = form.shown[index];
  if (!field) return summary(form, opening);
  if (doubt?.name === field.name) return doubtAbout(doubt, field);
  const number = form.shown.length > 1 ? `（${index + 1}/${form.shown.length}）` : '';
  const title = `${number}${field.label}${field.required ? '（必填）' : '（选填）'}`;
  if (held?.name === field.name) return [title, ...heldBack(held, field)];
  const past = form.fields[field.name]?.past === true;
  const why = refusedFor(form.raw, field.name);
  const isToldWhy = why !== undefined && lines.some((line) => line.includes(why));
  return [
    title,
    field.hint ?? '',
    ...howTo(field, past),
    ...whereFilled(field, isToldWhy ? undefined : why),
    ...(opening ? [ALWAYS] : []),
  ];
}

/** What was said is not repeated: the chat may not carry it. */
function heldBack({ report }: Held, { label }: FormField): string[] {
  const other = `都不是，直接回复「${label}」的内容。`;
  if (!report)
    return [`要把刚才发的作为「${label}」的内容，回复「${KEEP}」；不是，直接回复「${label}」的内容。`];
  return [
    `是要填写${report.group}，还是作为「${label}」的内容？刚才那句还没有记下。`,
    `要报告，回复「${report.word}」；就是「${label}」的内容，回复「${KEEP}」或「${SURE}${label}」；${other}`,
  ];
}

const numbered = (options: readonly FieldOption[]): string[] =>
  options.map(({ label }, index) => `${index + 1} ${label}`);

/** How each kind of field is answered. */
function howTo({ type, options = [] }: FormField, past: boolean): string[] {
  switch (type) {
    case 'text':
    case 'textarea':
      return ['请直接回复文字。'];
    case 'select':
      return ['请回复数字：', ...numbered(options)];
    case 'multiselect':
      return ['请回复数字，可以选几个，例如「1、3」：', ...numbered(options)];
    case 'person':
      return options.length > FEW_PEOPLE ? ['请回复姓名。'] : ['请回复数字或姓名：', ...numbered(options)];
    case 'people':
      return options.length > FEW_PEOPLE
        ? ['请回复姓名，几个人用「、」隔开。']
        : ['请回复数字或姓名，几个人用「、」隔开：', ...numbered(options)];
    case 'date':
      return [
        `请回复日期，例如${past ? '「今天」「昨天」「11月20日」' : '「12月31日」「下周五」「月底」'}。`,
      ];
    case 'datetime':
      return ['请回复时间，例如「昨天下午三点」「11月20日 15:30」。'];
    case 'checkbox':
      return ['请回复「是」或「否」。'];
  }
}

/** What stands there is kept by one word. */
function whereFilled(field: FormField, why: string | undefined): string[] {
  if (isFilled(field)) {
    const cleared = field.required ? '' : `，「${CLEAR}」清空`;
    const wrong = why === undefined ? '' : `（要改：${why}）`;
    return [`现值：${shorten(answerIn(field))}${wrong}。回复「${KEEP}」保留${cleared}。`];
  }
  return field.required ? [] : [`没有可以回复「${SKIP}」。`];
}

function doubtAbout(doubt: Doubt, { options = [] }: FormField): string[] {
  const hits = hitsOf(doubt, options);
  return [`有 ${hits.length} 人符合，请回复数字：`, ...numbered(hits)];
}

const filesAsked = ({ files = 0 }: AskedForm): string[] => [
  `佐证文件（选填）：已收到 ${files} 个`,
  `可以把文件、图片或语音直接发到这里；发完回复「完成」，没有就回复「${SKIP}」。`,
];

/** All that stands in the form, to be sent or amended. */
function summary(form: AskedForm, opening: boolean): string[] {
  const hasFields = form.shown.length > 0;
  const amend = hasFields ? `；改某一项回复「改 ${numberToAmend(form)}」` : '';
  const back = hasFields ? `，回到上一项回复「${BACK}」` : '';
  return [
    ...(opening ? [] : [`【${form.title}】请核对：`]),
    ...filledIn(form),
    `登记请回复「${SUBMIT}」${amend}${back}；不登记回复「${CANCEL}」。`,
  ];
}

/** The one that was refused, where there is one. */
function numberToAmend({ shown, raw }: AskedForm): number {
  const refused = shown.findIndex(({ name }) => refusedFor(raw, name) !== undefined);
  return Math.max(1, (refused < 0 ? shown.findIndex(isFilled) : refused) + 1);
}

/** What stands in each field; what may be left empty, by name. */
export function filledIn(form: AskedForm): string[] {
  const wrong = wrongIn(form);
  const lines = form.shown.map((field, index) => ({ field, number: index + 1 }));
  const empty = lines.filter(({ field }) => !isFilled(field));
  const names = empty
    .filter(({ field }) => !field.required && field.type !== 'checkbox')
    .map(({ field, number }) => `${number}. ${field.label}`);
  return [
    ...lines.flatMap(({ field, number }) => {
      const said = isFilled(field) ? answerIn(field) : unsaid(field);
      const why = isFilled(field) && (wrong[field.name] ?? refusedFor(form.raw, field.name));
      return said === '' ? [] : [`${number}. ${field.label}：${said}${why ? `（要改：${why}）` : ''}`];
    }),
    ...(names.length > 0 ? [`没有填（选填）：${names.join('、')}`] : []),
    ...(form.files === undefined ? [] : [`佐证文件：${form.files} 个（可以直接发到这里）`]),
  ];
}

function unsaid({ required, type }: FormField): string {
  if (required) return '（还没有填）';
  return type === 'checkbox' ? '否' : '';
}

export const answerIn = ({ type, value, options }: FormField): string => {
  if (typeof value === 'boolean') return value ? '是' : '否';
  const said = [value ?? []]
    .flat()
    .map((each) => options?.find((option) => option.value === each)?.label ?? each)
    .join('、');
  return type === 'datetime' ? said.replace('T', ' ') : said;
};

const SHORT = 60;
const shorten = (said: string): string =>
  [...said].length > SHORT ? `${[...said].slice(0, SHORT).join('')}…` : said;

export const previewed = (form: AskedForm): string[] => ['已填的内容：', ...filledIn(form)];

export const helped = (form: AskedForm): string[] => [
  `正在填写「${form.title}」，共 ${Math.max(1, asked(form).length)} 项，一次问一项，直接回答就行。`,
  `「${BACK}」上一项，「${SKIP}」这一项不改往下走，「${PREVIEW}」看已填的，「改 2」改第 2 项，「${CANCEL}」放弃、不登记。`,
  '要办别的事直接发它的词，例如「我的整改」；这份表单不会丢。',
];

/** Why what was to be sent was not taken. */
export const notRecorded = ({ title }: AskedForm, { message }: Pick<Error, 'message'>): string[] => [
  `【${title}】还没有登记。`,
  message,
];

/** What an answer was taken for, where it was not typed as it is kept. */
export function taken({ shown }: AskedForm, name: string): string[] {
  const field = shown.find((each) => each.name === name);
  if (!field || field.type === 'text' || field.type === 'textarea' || !isFilled(field)) return [];
  return [`已记：${field.label} ${shorten(answerIn(field))}`];
}

/** Behind what somebody asked for while a form was being asked. */
export function reminder(form: AskedForm, place: Place): string {
  const field = place.at === 'field' && form.shown.find(({ name }) => name === place.name);
  const rest = field ? `请接着回答「${field.label}」` : `回复「${SUBMIT}」登记`;
  return `「${form.title}」还没有填完：${rest}；回复「${CANCEL}」放弃的是「${form.title}」。`;
}

export const TAKEN_OVER = `上一份没填完的表单先放着，已填的都在；发送「${RESUME}」可以接着填。`;
export const NOTHING_OPEN = `现在没有正在填写的表单。没填完的，发送「${RESUME}」接着填。`;
/** Where forms are cards. */
export const ASKED_ON_CARDS = `现在没有等您回答的问题，未作任何登记。卡片上要您提交、确认的，请点卡片上的按钮；发送「帮助」可以查看能做什么。`;
export const NOTHING_TO_RESUME = '没有没填完的表单。';
/** How an open form is discarded here, by its name. */
export const howToDrop = (title: string): string => `不想填了，回复「${DROP} ${title}」可以丢弃这份表单。`;
export const takenUp = (minutes: number): string =>
  `这份表单超过 ${minutes} 分钟没有回答，已先放下；已填的都在，现在接着填。`;
export const lapsed = (minutes: number): string =>
  `刚才的表单超过 ${minutes} 分钟没有回答，已先放下；已填的都在，发送「${RESUME}」可以接着填。`;
