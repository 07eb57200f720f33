const ANSWER_WITHIN_MS = 15_000;
/** Moving the clock runs every job on the way, which may take long. */
const CLOCK_WITHIN_MS = 300_000;

/** The service understood and said no; `message` is a sentence for the person. */
export class Refused extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

/** No answer that can be relied on: whether the service did it is unknown. */
export class Unanswered extends Error {}

async function request(path, options = {}, withinMs = ANSWER_WITHIN_MS) {
  let response;
  let body;
  try {
    response = await fetch(`/chat/api/${path}`, {
      ...options,
      cache: 'no-store',
      signal: AbortSignal.timeout(withinMs),
    });
    body = await response.json().catch(() => undefined);
  } catch (error) {
    const late = error.name === 'TimeoutError';
    throw new Unanswered(late ? '服务迟迟没有回答，请稍后再试。' : '连不上服务，请检查它是否还在运行。');
  }
  if (response.ok && body !== undefined) return body;
  const sentence = body?.error?.message;
  if (response.status >= 400 && response.status < 500) {
    throw new Refused(
      body?.error?.code ?? 'unknown',
      sentence ?? `服务没有接受这个请求（${response.status}）。`,
    );
  }
  throw new Unanswered(sentence ?? `服务出了故障（${response.status}），请稍后再试。`);
}

const post = (path, body, withinMs) =>
  request(
    path,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    withinMs,
  );

/** The local chat's JSON surface. Every call throws `Refused` or `Unanswered`. */
export const api = {
  people: () => request('people'),
  messages: (person, after, changedAfter) =>
    request(`messages?${new URLSearchParams({ person, after: String(after), changedAfter })}`),
  say: (message) => post('say', message),
  act: (press) => post('act', press),
  clock: () => request('clock'),
  moveClock: (to) => post('clock', { to }, CLOCK_WITHIN_MS),
};
