/** Reads instants as the bureau's clock shows them, whatever the time zone of this device. */
export function createBureauTime(timeZone) {
  const format = new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: 'short',
  });

  /** @returns {{ date: string, weekday: string, time: string }} such as 2026-11-23, 周一, 09:30 */
  function read(at) {
    const part = Object.fromEntries(
      format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
    );
    return {
      date: `${part.year}-${part.month}-${part.day}`,
      weekday: part.weekday,
      time: `${part.hour}:${part.minute}`,
      second: part.second,
    };
  }

  /** How far the bureau's clock is ahead of UTC at that instant. */
  function offsetMs(utcMs) {
    const { date, time, second } = read(utcMs);
    return Date.parse(`${date}T${time}:${second}Z`) - Math.floor(utcMs / 1000) * 1000;
  }

  return {
    read,
    /** The ISO instant of a bureau time YYYY-MM-DDTHH:mm; the second look is for days on which clocks change. */
    instantOf(local) {
      const asUtcMs = Date.parse(`${local}Z`);
      const nearMs = asUtcMs - offsetMs(asUtcMs);
      return new Date(asUtcMs - offsetMs(nearMs)).toISOString();
    },
    /** As `<input type="datetime-local">` wants it. */
    localOf(at) {
      const { date, time } = read(at);
      return `${date}T${time}`;
    },
  };
}
