const nothing = (): void => undefined;

/**
 * What the SDK is given to log with. Its lines carry whole events, the app's secret and the address of the connection
 * with its ticket; what operators need to know is said by the code around it.
 */
export const SDK_SILENCE = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing };
