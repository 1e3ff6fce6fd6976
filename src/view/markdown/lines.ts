/** A quote or an item of a list: what its first line begins with, and what its others do. */
interface Container {
  readonly first: string
  readonly rest: string
}

/** Characters that may stand before a line. What is nested deeper is shown at this depth, or each level would be written again on each line. */
const widest = 12

/** Lines within containers, which nest: quotes and the items of lists. */
export class Lines {
  readonly done: string[] = []
  private containers: Container[] = []
  /** Containers that are open but not shown. */
  private deeper = 0
  /** Containers that the last line stands in too: the others have yet to begin. */
  private begun = 0
  private blank = false

  /** The next line begins a container, until `leave`. */
  enter(first: string, rest = ' '.repeat(first.length)): void {
    if (this.deeper || this.indent(this.containers.length).length + rest.length > widest) this.deeper += 1
    else this.containers.push({ first, rest })
  }

  leave(): void {
    if (this.deeper) this.deeper -= 1
    else this.containers.pop()
    this.begun = Math.min(this.begun, this.containers.length)
  }

  /** A blank line before the next one, unless that is the first of its container. */
  part(): void {
    if (this.begun === this.containers.length) this.blank = true
  }

  /** No blank line before the next one. */
  join(): void {
    this.blank = false
  }

  write(text: string): void {
    if (this.blank && this.done.length) this.done.push(this.indent(this.begun).trimEnd())
    this.done.push(text ? this.prefix() + text : this.prefix().trimEnd())
    this.begun = this.containers.length
    this.blank = false
  }

  /** What the next line would begin with. */
  prefix(): string {
    return this.containers.reduce((before, { first, rest }, index) => before + (index < this.begun ? rest : first), '')
  }

  /** Goes on where the other lines are, within what they stand in. */
  absorb(other: Lines): void {
    other.done.forEach((line) => this.write(line))
    if (other.done.length) this.begun = this.containers.length + other.begun
    this.containers.push(...other.containers)
    this.deeper += other.deeper
    this.blank ||= other.blank
  }

  private indent(depth: number): string {
    return this.containers.slice(0, depth).reduce((before, { rest }) => before + rest, '')
  }
}
