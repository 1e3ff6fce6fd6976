/** Milliseconds that a person has to agree. */
export const lifetime = 5 * 60_000

/** Thrown where a person has to agree first. Nothing was sent. */
export class Question extends Error {
  /** What to show them, whole. */
  readonly preview: string
  /** What their agreement must come back with. */
  readonly seal: string

  constructor(preview: string, seal: string) {
    super('a person has to agree first')
    this.preview = preview
    this.seal = seal
  }
}
