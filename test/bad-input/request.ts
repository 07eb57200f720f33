import { request } from 'node:http';

/** What came back, whatever it was. */
export interface Answer {
  status: number;
  /** The sentence for people, where the answer is a refusal. */
  message: string;
  code: string;
}

/** A POST of bytes as they are, with headers that `fetch` would not send. */
export function post(
  address: string,
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { error } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
            error?: { code: string; message: string };
          };
          resolve({
            status: response.statusCode ?? 0,
            message: error?.message ?? '',
            code: error?.code ?? '',
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Whether the sentence is for a person of the bureau: Chinese, whole, and without a library's words. */
export const isChineseSentence = (sentence: string): boolean =>
  /\p{Script=Han}/u.test(sentence) &&
  !/\b(?:invalid|expected|received|error|undefined|null)\b/i.test(sentence);
