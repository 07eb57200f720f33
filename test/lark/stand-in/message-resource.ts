import { ApiError, type ApiRequest, choice } from './api.ts';
import { isObject, parsed } from './json.ts';
import type { StoredMessage } from './message-store.ts';

/** The platform hands out no larger one. */
const LARGEST = 100 * 1024 * 1024;
const WITH_FILES = 'image file audio media post'.split(' ');

/** The file of a message that a person sent. @throws ApiError */
export function resourceOf(
  message: StoredMessage,
  { params, query }: ApiRequest,
  files: ReadonlyMap<string, Buffer>,
): Buffer {
  if (!query.has('type')) throw new ApiError(234001, 'Invalid request param.');
  const type = choice(query, 'type', 'file', 'image');
  if (message.recalled) throw new ApiError(230011, 'The message was recalled.');
  if (!WITH_FILES.includes(message.msgType)) throw new ApiError(234043, 'Unsupported message type.');
  const content = parsed(message.content);
  const wanted = isObject(content) ? content[type === 'image' ? 'image_key' : 'file_key'] : undefined;
  const file = files.get(params.file_key ?? '');
  if (wanted !== params.file_key || !file) throw new ApiError(234003, 'File not in msg.');
  if (file.length > LARGEST) throw new ApiError(234037, 'Downloaded file size exceeds limit.');
  return file;
}
