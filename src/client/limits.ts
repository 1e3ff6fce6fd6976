/** What one client allows itself. Every number can be set through `ClientOptions.limits`. */
export interface Limits {
  /** Time for one call, in milliseconds: queueing, retries, reading the answer and reading back, all together. */
  readonly deadlineMs: number
  /** Largest answer, in bytes after decompression. */
  readonly responseBytes: number
  /** Most values in an answer: numbers, texts, objects, lists. */
  readonly responseValues: number
  /** Most items and most pages one `collect` reads. */
  readonly items: number
  readonly pages: number
  /** Most times one request is sent. */
  readonly attempts: number
  /** Requests in flight at once; more wait their turn. */
  readonly connections: number
  /** How long reference data (admins, ticket types) is kept. */
  readonly referenceMs: number
  /** How long a missing permission is believed without asking again, so that ticking it heals by itself. */
  readonly permissionMs: number
  /** How long it counts as missing where nobody asks again: what needs it is not listed. */
  readonly lackingMs: number
  /** How long a token that Intercom did not accept is not tried again: a burst of calls is then one request, or a few. */
  readonly tokenMs: number
}

export const defaults: Limits = {
  deadlineMs: 30_000,
  responseBytes: 10 * 1024 * 1024,
  responseValues: 50_000, // a page of 150 conversations holds about 15,000
  items: 1_000,
  pages: 20,
  attempts: 3,
  connections: 32,
  referenceMs: 60_000,
  permissionMs: 30_000,
  lackingMs: 600_000,
  tokenMs: 2_000,
}
