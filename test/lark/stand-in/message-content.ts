import { ApiError } from './api.ts';
import type { CardProblem } from './card-problem.ts';
import { cardProblem, type KnownThings } from './check-card.ts';
import { isObject, parsed } from './json.ts';

export const CARD_BYTES = 30 * 1024;
const SIZES: Readonly<Record<string, number>> = {
  text: 150 * 1024,
  post: 30 * 1024,
  interactive: CARD_BYTES,
};

/** @throws ApiError unless the content may be sent as a message of that type */
export function checkContent(msgType: string, content: string, known: KnownThings): void {
  if (Buffer.byteLength(content) > (SIZES[msgType] ?? Number.POSITIVE_INFINITY)) {
    throw new ApiError(230025, 'The length of the message content reaches its limit.');
  }
  const value = parsed(content);
  if (!isObject(value)) throw badContent('content is not a string in json format');
  if (msgType === 'text' && (typeof value.text !== 'string' || value.text === '')) {
    throw badContent('text is empty or missing');
  }
  const problem = msgType === 'interactive' ? cardProblem(value, known) : undefined;
  if (problem) throw cardRefused(problem);
}

export const badContent = (ext: string): ApiError =>
  new ApiError(230001, `Your request contains an invalid request parameter, ext=${ext}`);

/** 230099, with the card service's own code in its message. */
export const cardRefused = ({ code, message, value, path }: CardProblem): ApiError =>
  new ApiError(
    230099,
    `Failed to create card content, ext=ErrCode: ${code}; ${path ? `ErrPath: ${path}; ` : ''}ErrMsg: ${message}; ` +
      `${value ? `ErrorValue: ${value}; ` : ''}`,
  );
