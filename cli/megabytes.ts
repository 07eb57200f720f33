const MEGABYTE = 1024 * 1024;

/** A size for people: 12.3 MB. */
export const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
