/** What a monitor reads at the address: by `name{label="value",…}`. */
export async function servedMetrics(address: string): Promise<Map<string, number>> {
  const answer = await fetch(`${address}/metrics`);
  if (answer.status !== 200) throw new Error(`/metrics answers ${answer.status}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}
