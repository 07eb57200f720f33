const NAME = 'qinglian-page';

/** The visit that the browser shows; undefined where it has none. */
export function cookieIn(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  const given = String(headers.cookie ?? '');
  const [found] = given.split(/;\s*/u).filter((pair) => pair.startsWith(`${NAME}=`));
  const value = found?.slice(NAME.length + 1);
  return value && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Binds a browser to a visit for as long as it is open; no script and no other site gets at it. */
export const setCookie = (value: string, isSecure: boolean): string =>
  `${NAME}=${value}; ${attributes(isSecure)}`;

export const dropCookie = (isSecure: boolean): string => `${NAME}=; Max-Age=0; ${attributes(isSecure)}`;

const attributes = (isSecure: boolean) => `Path=/p; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
