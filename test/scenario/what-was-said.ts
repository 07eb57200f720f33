import { type Content, headline, type Section } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import type { Told } from './play.ts';

/** One thing that was said of itself, by itself or within a message that gathers several. */
export interface Said {
  to: string;
  /** The day on which it was said, and the one on which it reached the person. */
  on: string;
  cameOn: string;
  title: string;
  sections: Section[];
}

const DATED = /^(\d{4}-\d\d-\d\d) (.+)$/;

const sectionsOf = (content: Content): Section[] => (content.kind === 'notice' ? content.sections : []);

/** A gathered message says of each what it has taken in with the day on which it was said. */
export function saidIn({ to, at, content }: Told, { calendar }: Pick<Store, 'calendar'>): Said[] {
  const cameOn = calendar.dateOf(at);
  const said: Said[] = [];
  for (const section of sectionsOf(content)) {
    const [, on, title] = DATED.exec(section.heading ?? '') ?? [];
    if (on !== undefined && title !== undefined) said.push({ to, on, cameOn, title, sections: [section] });
    else said.at(-1)?.sections.push(section);
  }
  if (said.length > 0) return said;
  return [{ to, on: cameOn, cameOn, title: headline(content), sections: sectionsOf(content) }];
}

/** Everything that nobody's act has caused. */
export const unasked = (told: readonly Told[]): Told[] => told.filter(({ job }) => job !== null);

export interface Warning {
  on: string;
  to: string;
  ref: string;
  dueOn: string;
  level: string;
}

const LINE = /^(Z\d+-\S+) .*：(?:时限|恢复整改|季度进展时限) (\d{4}-\d\d-\d\d)，/;

/** The warnings as people read them: 红, 黄, 绿 is what the heading says. */
export const warningsIn = (said: readonly Said[]): Warning[] =>
  said
    .filter(({ title }) => title.startsWith('整改时限预警'))
    .flatMap(({ to, on, sections }) =>
      sections.flatMap(({ heading = '', lines }) =>
        lines.flatMap((line) => {
          const [, ref, dueOn] = LINE.exec(line) ?? [];
          const level = /^[红黄绿](?=色)/.exec(heading)?.[0];
          return ref && dueOn && level ? [{ on, to, ref, dueOn, level }] : [];
        }),
      ),
    );
