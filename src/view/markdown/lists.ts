import type { Lines } from './lines.ts'

interface List {
  /** The number of the next item, if they have numbers. */
  next?: number
  items: number
  /** Whether it stands in a list with no item around it, as some editors nest them. */
  readonly loose: boolean
}

/** The lists that are open: what their items begin with, and that no blank line parts them. */
export class Lists {
  private readonly current: List[] = []

  open(lines: Lines, isInItem: boolean, start?: number): void {
    const outer = this.current.at(-1)
    const loose = outer !== undefined && !isInItem
    if (outer) lines.join()
    if (loose) lines.enter('  ')
    this.current.push({ next: start, items: 0, loose })
  }

  close(lines: Lines): void {
    if (this.current.pop()?.loose) lines.leave()
    lines.part()
  }

  /** `value` is the number the item is given, whatever its place. */
  item(lines: Lines, value?: number): void {
    const list = this.current.at(-1)
    if (!list || list.items++) lines.join()
    lines.enter(list?.next === undefined ? '- ' : `${(list.next = value ?? list.next)}. `)
    if (list?.next !== undefined) list.next += 1
  }
}
