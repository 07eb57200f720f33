import { type Api, ApiError, type ApiRequest } from './api.ts';
import { newId } from './ids.ts';

const LARGEST = 10 * 1024 * 1024;
const LONGEST_SIDE = 12_000;
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
/** How the other formats that are taken begin. */
const OTHERS = [
  'ffd8ff',
  '474946383761',
  '474946383961',
  '52494646',
  '424d',
  '00000100',
  '49492a00',
  '4d4d002a',
];

interface ImagesOptions {
  /** What was uploaded for messages, by its key. */
  images: Map<string, Buffer>;
  application: { readonly botStatus: number };
}

/** Uploading pictures. The same picture twice is two pictures. */
export const imagesApi = ({ images, application }: ImagesOptions): Api => ({
  method: 'POST',
  path: '/open-apis/im/v1/images',
  scopes: ['im:resource', 'im:resource:upload'],
  takesForm: true,
  handle(request) {
    if (application.botStatus !== 2) throw new ApiError(234007, 'App does not enable bot feature.');
    const { type, bytes } = uploaded(request);
    const key = newId('img_v3_');
    // What is uploaded as somebody's portrait is no picture of a message.
    if (type === 'message') images.set(key, bytes);
    return { data: { image_key: key } };
  },
});

function uploaded({ body, files }: ApiRequest): { type: string; bytes: Buffer } {
  const { image_type: type, ...others } = body;
  const bytes = files?.get('image');
  const isKnown = type === 'message' || type === 'avatar';
  if (!isKnown || !bytes || files?.size !== 1 || Object.keys(others).length > 0)
    throw new ApiError(234001, 'Invalid request param.');
  if (bytes.length === 0) throw new ApiError(234010, "File's size can't be 0.");
  if (bytes.length > LARGEST) throw new ApiError(234006, 'The file size exceed the max value.');
  checkFormat(bytes);
  return { type, bytes };
}

function checkFormat(bytes: Buffer): void {
  const isPng = bytes.subarray(0, PNG.length).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR';
  const start = bytes.toString('hex', 0, 6);
  if (!isPng && !OTHERS.some((other) => start.startsWith(other)))
    throw new ApiError(234011, "Can't recognize the image format.");
  if (isPng && Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) > LONGEST_SIDE)
    throw new ApiError(234039, 'The image resolution exceeds the limit.');
}
