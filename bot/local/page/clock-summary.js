import { h } from './dom.js';

/**
 * What ran while the clock moved, by job, since a month holds many runs of each.
 * @param {{ job: string, at: string, messages: number }[]} ran
 * @param {string} display the clock as it now stands
 * @param {(at: string) => { date: string, weekday: string, time: string }} readTime
 */
export function clockSummary(ran, display, readTime) {
  const jobs = new Map();
  let messages = 0;
  for (const run of ran) {
    const job = jobs.get(run.job) ?? { times: 0, messages: 0 };
    jobs.set(run.job, { times: job.times + 1, messages: job.messages + run.messages, lastAt: run.at });
    messages += run.messages;
  }
  const outcome = messages > 0 ? `途中到期的任务产生消息 ${messages} 条：` : '途中没有任务产生消息。';
  const heading = `已拨到 ${display}。${outcome}`;
  const lines = [...jobs].map(([name, job]) => {
    const last = readTime(job.lastAt);
    const lately = h('span', { class: 'no-break' }, `最近 ${last.date} ${last.weekday} ${last.time}`);
    return h('li', {}, h('bdi', {}, name), ` ${job.times} 次，消息 ${job.messages} 条，`, lately);
  });
  return h('div', {}, h('p', {}, heading), lines.length > 0 && h('ul', {}, ...lines));
}
