/**
 * Work that is done one at a time, in the order in which it came. What is urgent waits for one other piece at most, and
 * however much of it there is, every second piece is another.
 * @returns what takes a piece of work and gives its result
 */
export function turns(): <T>(work: () => Promise<T>, urgent: boolean) => Promise<T> {
  const urgentWork: (() => Promise<void>)[] = [];
  const otherWork: (() => Promise<void>)[] = [];
  let busy = false;
  let wasUrgent = false;
  const takeNext = () => {
    const urgentFirst = otherWork.length === 0 || (!wasUrgent && urgentWork.length > 0);
    wasUrgent = urgentFirst;
    return (urgentFirst ? urgentWork : otherWork).shift();
  };
  const goOn = async () => {
    if (busy) return;
    busy = true;
    for (let next = takeNext(); next; next = takeNext()) await next();
    busy = false;
  };
  return (work, urgent) =>
    new Promise((resolve, reject) => {
      (urgent ? urgentWork : otherWork).push(() => work().then(resolve, reject));
      void goOn();
    });
}
