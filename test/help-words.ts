/** Every word that a help names, as it is read: of its numbered steps, and of its other lines. */
export function wordsOfHelp(help: string): string[] {
  const [, , ...lines] = help.split('\n');
  const words = lines.flatMap((line) => {
    const step = /^\d\. [^：]+：(.+)$/.exec(line)?.[1];
    return step ? step.split(' · ') : (/^([^：，\s]+)(?: [^：]+)?：/.exec(line)?.[1] ?? []);
  });
  return [...new Set(words)];
}
