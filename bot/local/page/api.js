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

/** A file on a slow disk or a busy machine may take long; without any progress for so long it is given up. */
const SILENT_WITHIN_MS = 60_000;

/** Only this way of asking tells how far an upload is. */
function sendFile({ person, group, file, id }, onProgress) {
  const query = new URLSearchParams({ person, name: file.name, id, ...(group && { group: 'true' }) });
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    let timer;
    const notSilent = () => {
      clearTimeout(timer);
      timer = setTimeout(() => asked.abort(), SILENT_WITHIN_MS);
    };
    const fail = (error) => {
      clearTimeout(timer);
      reject(error);
    };
    asked.upload.addEventListener('progress', ({ loaded, total }) => {
      notSilent();
      if (total > 0) onProgress(loaded / total);
    });
    asked.addEventListener('load', () => {
      clearTimeout(timer);
      const sentence = asked.response?.error?.message;
      if (asked.status === 200) resolve(asked.response);
      else if (asked.status >= 400 && asked.status < 500)
        fail(new Refused(asked.response?.error?.code ?? 'unknown', sentence ?? '服务没有接受这个文件。'));
      else fail(new Unanswered(sentence ?? '服务出了故障，请稍后再试。'));
    });
    asked.addEventListener('error', () => fail(new Unanswered('连不上服务，请检查它是否还在运行。')));
    asked.addEventListener('abort', () => fail(new Unanswered('服务迟迟没有回答，请稍后再试。')));
    asked.open('POST', `/chat/api/file?${query}`);
    asked.responseType = 'json';
    asked.setRequestHeader('content-type', 'application/octet-stream');
    notSilent();
    asked.send(file);
  });
}

/** The local chat's JSON surface. Every call throws `Refused` or `Unanswered`. */
export const api = {
  people: () => request('people'),
  messages: (person, after, changedAfter) =>
    request(`messages?${new URLSearchParams({ person, after: String(after), changedAfter })}`),
  say: (message) => post('say', message),
  sendFile,
  act: (press) => post('act', press),
  clock: () => request('clock'),
  moveClock: (to) => post('clock', { to }, CLOCK_WITHIN_MS),
};
