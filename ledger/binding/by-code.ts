/** The platform on which nobody but a code says whose account one is: there are friends there, and no directory. */
export const WECHAT = 'wechat';

/** Whoever leaves loses his account here: no directory takes it from him. */
export const isBoundByCode = (platform: string): boolean => platform === WECHAT;
