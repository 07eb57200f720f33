import * as z from 'zod';
import type { InboundFile } from '../../platform.ts';
import type { MessageFile } from '../calls/lark-api.ts';

const key = z.string().min(1).max(500);
const fileSchema = z.object({ file_key: key, file_name: z.string().max(1000).catch('') });
const imageSchema = z.object({ image_key: key });

/** How a message without a name of its own is called. */
const NAMES = { image: '图片', audio: '语音', file: '文件' } as const;

/**
 * The file that a message consists of: `image`, `file`, `audio`; `undefined` for every other kind of message.
 * @param content what the platform wraps it in, parsed and not checked
 */
export function fileIn(type: string, content: unknown, messageId: string): InboundFile | undefined {
  if (type === 'image') {
    const image = imageSchema.safeParse(content).data;
    return image && { name: NAMES.image, source: { messageId, key: image.image_key, type: 'image' } };
  }
  if (type !== 'file' && type !== 'audio') return undefined;
  const file = fileSchema.safeParse(content).data;
  if (!file) return undefined;
  return { name: file.file_name || NAMES[type], source: { messageId, key: file.file_key, type: 'file' } };
}

const sourceSchema = z.object({ messageId: z.string(), key, type: z.enum(['file', 'image']) });

/** The file as the platform is asked for it. */
export const messageFile = (source: InboundFile['source']): MessageFile => sourceSchema.parse(source);
