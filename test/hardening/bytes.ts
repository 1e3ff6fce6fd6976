import fc from 'fast-check'

/** What is done to bytes at one place. */
interface Change {
  readonly at: number
  readonly how: keyof typeof changes
  readonly with: Uint8Array
}

const changes = {
  cut: (before: Buffer) => before,
  drop: (before: Buffer, after: Buffer) => Buffer.concat([before, after.subarray(1)]),
  insert: (before: Buffer, after: Buffer, bytes: Uint8Array) => Buffer.concat([before, bytes, after]),
  replace: (before: Buffer, after: Buffer, bytes: Uint8Array) => Buffer.concat([before, bytes, after.subarray(bytes.length)]),
  repeat: (before: Buffer, after: Buffer) => Buffer.concat([before, before, after]),
  swap: (before: Buffer, after: Buffer) => Buffer.concat([after, before]),
} as const

const telling = ['\0', '\r', '\r\n', '"', '\\', '{', '}', '[', ']', ',', ':', '\u2028', '\ufeff', '\\ud800', '\\u0000', '1e400', '-0', 'null', '9007199254740993', '__proto__', ';', '%00', 'Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n', '[{']
const bytes = fc.oneof(fc.constantFrom(...telling.map((text) => new Uint8Array(Buffer.from(text)))), fc.uint8Array({ minLength: 1, maxLength: 8 }))
const change: fc.Arbitrary<Change> = fc.record({ at: fc.nat(4_000), how: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])), with: bytes })

const changed = (whole: Buffer, { at, how, with: bytes }: Change): Buffer => {
  const place = at % (whole.length + 1)
  return changes[how](whole.subarray(0, place), whole.subarray(place), bytes)
}

/** Any bytes at all, and those of these texts with one to four changes. */
export const bytesLike = (texts: readonly string[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((any) => Buffer.from(any)) },
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 })).map(([text, made]) => made.reduce(changed, Buffer.from(text))) },
  )

export const seed = Number(process.env.FUZZ_SEED ?? 20_261_122)

/** How a failed case is told: with what makes it happen again. */
export const told = ({ counterexample, errorInstance, numRuns }: fc.RunDetails<[Buffer]>): string =>
  `FUZZ_SEED=${seed}, case ${numRuns}: ${JSON.stringify(counterexample?.[0].toString('latin1'))}\n${errorInstance instanceof Error ? errorInstance.stack : ''}`
