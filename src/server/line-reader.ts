const newline = 0x0a

/**
 * Cuts a stream of bytes into lines. A line of more than `limit` bytes is dropped while it arrives, so that it costs
 * no memory, and handed over as undefined at its end.
 */
export class LineReader {
  readonly #limit: number
  readonly #onLine: (line: string | undefined) => void
  #parts: Buffer[] = []
  #size = 0

  constructor(limit: number, onLine: (line: string | undefined) => void) {
    this.#limit = limit
    this.#onLine = onLine
  }

  push(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end))
      this.flush()
      start = end + 1
    }
    this.#keep(chunk.subarray(start))
  }

  /** Hands over what is left: the last line of a stream may lack its newline. */
  flush(): void {
    const line = this.#size > this.#limit ? undefined : Buffer.concat(this.#parts, this.#size).toString('utf8')
    this.#parts = []
    this.#size = 0
    if (line === undefined || line.trim() !== '') this.#onLine(line)
  }

  #keep(part: Buffer): void {
    this.#size += part.length
    if (this.#size <= this.#limit) this.#parts.push(part)
    else this.#parts = []
  }
}
