/** More than any form asks. */
const MOST = 60;
const ALL_THERE = '登记请回复「提交」';
const FILES = /^佐证文件（选填）：/mu;
const QUESTION = /^(?:（\d+\/\d+）)?(.+)（(?:必填|选填)）$/gmu;

/**
 * Answers a form that is asked question by question, and sends it.
 * @param first the question that stands there
 * @param values by the labels of the fields; what is not among them is left as it is
 * @returns what is read when it was sent
 */
export async function answerQuestions(
  says: (words: string) => Promise<string>,
  first: string,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const left = new Map(Object.entries(values));
  let shown = first;
  for (let count = 0; count < MOST; count += 1) {
    if (shown.includes(ALL_THERE)) {
      const [label] = left.keys();
      if (label === undefined) return says('提交');
      shown = await says(`改 ${label}`);
      if (labelIn(shown) !== label) throw new Error(`「${label}」 cannot be filled in: ${shown}`);
      continue;
    }
    shown = await says(answerTo(shown, left));
  }
  throw new Error(`The questions do not end: ${shown}`);
}

function answerTo(shown: string, left: Map<string, string>): string {
  if (FILES.test(shown)) return '跳过';
  const label = labelIn(shown);
  if (label === undefined) throw new Error(`No question in: ${shown}`);
  const said = left.get(label);
  left.delete(label);
  return said ?? (shown.includes('\n现值：') ? '确认' : '跳过');
}

/** The question stands behind whatever else is said. */
const labelIn = (shown: string): string | undefined => [...shown.matchAll(QUESTION)].at(-1)?.[1];
