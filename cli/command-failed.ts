/** A command came to a result that is a failure, and has said so itself. */
export class CommandFailed extends Error {}
