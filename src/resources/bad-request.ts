/** A template or prompt that does not exist, or arguments that do not fit it. The message says what would do. */
export class BadRequest extends Error {}
