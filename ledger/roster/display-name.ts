/** Without invisible characters and without the spaces that pad two-character names to three: 「张　三」 is 张三. */
export function tidy(text: string): string {
  const visible = text.replace(/\p{Cf}/gu, '').replace(/[\s\p{Cc}]+/gu, ' ');
  return visible.trim().replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

const MAX_LENGTH = 50;

/** A person's name out of what he is called in a chat: 「张三（办公室）」 is 张三. */
export function displayName(text: string): string {
  const whole = tidy(text);
  const name = tidy(whole.replace(/[（(【[][^（()）【】[\]]*[)）】\]]/gu, ' '));
  return [...(name || whole)].slice(0, MAX_LENGTH).join('');
}
