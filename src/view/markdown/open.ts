/** What is done when an element ends. */
export interface Leaving {
  readonly leave: () => void
}

const cells = ['td', 'th', 'caption']
const sections = ['thead', 'tbody', 'tfoot']
const rows = [...cells, 'tr']

/** Which open elements a tag ends that nobody closed, and the element in which they have to stand for that. */
interface Ending {
  readonly ends: readonly string[]
  readonly within: readonly string[]
}

const items: Ending = { ends: ['li'], within: ['ul', 'ol', ...cells] }
const terms: Ending = { ends: ['dt', 'dd'], within: ['dl', ...cells] }
const paragraphs: Ending = { ends: ['p'], within: cells }

const implied: ReadonlyMap<string, Ending> = new Map([
  ['li', items],
  ['dt', terms],
  ['dd', terms],
  ['option', { ends: ['option'], within: ['select'] }],
  ['a', { ends: ['a'], within: cells }],
  ...cells.map((name): [string, Ending] => [name, { ends: cells, within: ['table'] }]),
  ['tr', { ends: rows, within: ['table'] }],
  ...sections.map((name): [string, Ending] => [name, { ends: [...rows, ...sections], within: ['table'] }]),
])

const inTables = new Set([...rows, ...sections])

/** The elements that are open. Each step takes the same time however many they are. */
export class OpenElements {
  private readonly names: string[] = []
  private readonly leavings: Leaving[] = []
  /** Where the elements of a name stand among all. */
  private readonly places = new Map<string, number[]>()

  /** Ends what the start of this element ends. */
  make(name: string, isBlock: boolean): void {
    const ending = implied.get(name)
    if (ending) this.endAll(ending)
    else if (isBlock) this.endAll(paragraphs)
  }

  push(name: string, leaving: Leaving): void {
    const places = this.places.get(name)
    if (places) places.push(this.names.length)
    else this.places.set(name, [this.names.length])
    this.names.push(name)
    this.leavings.push(leaving)
  }

  /** Ends the last element of this name with all in it. What stands in a table's cell cannot end what is around the table. */
  close(name: string): void {
    const place = this.last(name)
    if (place > this.lastOf(name === 'table' ? [] : inTables.has(name) ? ['table'] : cells)) this.endFrom(place)
  }

  closeAll(): void {
    this.endFrom(0)
  }

  isIn = (name: string, within: readonly string[]): boolean => this.last(name) > this.lastOf(within)

  private endAll({ ends, within }: Ending): void {
    if (this.lastOf(ends) < 0) return
    const barrier = this.lastOf(within)
    let first = this.names.length
    for (const name of ends) {
      const place = this.last(name)
      if (place > barrier) first = Math.min(first, place)
    }
    this.endFrom(first)
  }

  private endFrom(place: number): void {
    while (this.names.length > place) {
      this.places.get(this.names.pop()!)!.pop()
      this.leavings.pop()!.leave()
    }
  }

  private last = (name: string): number => this.places.get(name)?.at(-1) ?? -1

  private lastOf(names: readonly string[]): number {
    let last = -1
    for (const name of names) last = Math.max(last, this.last(name))
    return last
  }
}
