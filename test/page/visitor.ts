import { request } from 'node:http';

/** What a browser was answered. */
export interface Shown {
  status: number;
  headers: Headers;
  html: string;
  /** Where it ended, after being sent on. */
  place: string;
}

type Values = Readonly<Record<string, string | string[]>>;

/** A browser without scripts: it keeps one cookie, follows where it is sent on, and sends forms. */
export class Visitor {
  cookie: string | undefined;
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  get(place: string): Promise<Shown> {
    return this.#go(place, {});
  }

  /** Opens a link with its code. */
  open(url: string, code: string): Promise<Shown> {
    return this.post(new URL(url).pathname, { code });
  }

  post(place: string, values: Values, headers: Record<string, string> = {}): Promise<Shown> {
    const body = new URLSearchParams(
      Object.entries(values).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
    );
    return this.#go(place, { method: 'POST', body, headers });
  }

  /** Sends a form with files. */
  send(place: string, values: Values, files: Readonly<Record<string, Uint8Array>> = {}): Promise<Shown> {
    const body = new FormData();
    for (const [name, value] of Object.entries(values))
      for (const each of [value].flat()) body.append(name, each);
    for (const [name, bytes] of Object.entries(files))
      body.append('file', new Blob([new Uint8Array(bytes)]), name);
    return this.#go(place, { method: 'POST', body });
  }

  /** Anything at all. */
  raw(place: string, request: RequestInit): Promise<Shown> {
    return this.#go(place, request);
  }

  async #go(place: string, request: RequestInit): Promise<Shown> {
    const headers = new Headers(request.headers);
    if (this.cookie) headers.set('cookie', this.cookie);
    const response = await fetch(new URL(place, this.#address), { ...request, headers, redirect: 'manual' });
    const [given] = response.headers.getSetCookie();
    if (given) this.cookie = given.split(';', 1)[0];
    const onward = response.headers.get('location');
    if (response.status === 303 && onward) return this.#go(onward, {});
    return { status: response.status, headers: response.headers, html: await response.text(), place };
  }
}

/** The hidden values and the address of the form on the page that has this button. */
export function formWith(html: string, button: string): { place: string; values: Record<string, string> } {
  const form = [...html.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gsu)].find(
    ([, , inside]) => inside?.includes(`>${button}<`),
  );
  if (!form?.[1]) throw new Error(`No form with the button 「${button}」 on:\n${html}`);
  const hidden = (form[2] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/gu);
  const values = [...hidden].map(([, name = '', value = '']): [string, string] => [name, value]);
  return { place: form[1].replaceAll('&amp;', '&'), values: Object.fromEntries(values) };
}

/**
 * A form with one file of that many bytes, of which the house has the head and waits for the rest.
 * @returns `answered` and `finish`, which sends the rest: the status of the answer; `breakOff`, which never sends it
 */
export async function halfSent(address: string, place: string, cookie: string, bytes: number) {
  const parts = [
    '--a\r\ncontent-disposition: form-data; name="do"\r\n\r\nkeep\r\n',
    '--a\r\ncontent-disposition: form-data; name="file"; filename="x.txt"\r\n\r\n',
  ];
  const rest = `${parts.join('')}${'a'.repeat(bytes)}\r\n--a--\r\n`;
  const going = request(new URL(place, address), {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'multipart/form-data; boundary=a',
      'content-length': rest.length,
      expect: '100-continue',
    },
  });
  const answered = new Promise<number>((resolve, reject) => {
    going.on('error', reject);
    going.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  const goOn = new Promise((resolve) => going.once('continue', resolve));
  going.flushHeaders();
  await Promise.race([goOn, answered]);
  const finish = () => {
    if (!going.writableEnded) going.end(rest);
    return answered;
  };
  /** Hangs up in the middle. */
  const breakOff = () => {
    answered.catch(() => undefined);
    going.write(rest.slice(0, 1000));
    going.destroy();
  };
  return { answered, finish, breakOff };
}
