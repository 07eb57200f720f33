/**
 * The state, in whatever ledger, of what was entered by mistake and taken out again: it stands in no list and in no figure,
 * and nothing counts it as a part. Its number stays its own: by that it is found, and so it is by the state's own name.
 */
export const TAKEN_OUT = 'taken-out';
