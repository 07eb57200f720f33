/** YYYY-MM-DD, and with it perhaps THH:mm~: a minute on the bureau's clock that stands for a part of the day. */
const ROUGH = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})~)?$/u;

/**
 * How a time that is known by its day, or by the part of the day, stands in a form: what nobody told is not shown as if
 * somebody had. `undefined` where the minute was told, or it is no time.
 */
export function showRoughTime(value: unknown): { value?: string; hint: string } | undefined {
  const [, on, time] = (typeof value === 'string' && ROUGH.exec(value)) || [];
  if (on === undefined) return undefined;
  if (time === undefined) return { hint: `日期按您所说是 ${on}，时间待补：请选大概几点` };
  return { value: `${on}T${time}`, hint: `您只说了时段，${time} 是暂填的，请改成大概几点` };
}

/** What is sent as it stood there is what the person says. */
export const withoutRoughness = (typed: string): string => typed.replace(/(?<=T\d{2}:\d{2})~$/u, '');
