/** Each piece of a body costs a hundred bytes besides its own, and a hostile sender sends single bytes: more than this are joined. */
const mostLoose = 1000

/** A body as it arrives, in however many pieces. */
export class Pieces {
  /** Bytes of all. */
  size = 0
  readonly all: Uint8Array[] = []
  #joined = 0

  add(piece: Uint8Array): void {
    this.size += piece.length
    this.all.push(piece)
    if (this.all.length - this.#joined > mostLoose) this.all.push(Buffer.concat(this.all.splice(this.#joined++)))
  }
}
