import { folded } from '../folded.ts'

/** A name that is known, as the words it is made of. */
interface Known {
  readonly words: readonly string[]
  readonly name: string
}

/** Called with a name as it is known; what it returns stands in its place. */
type Instead = (name: string) => string

/** Not the `20` of a `%20` before it: addresses of files hold names. */
const word = /(?<!%(?:25){0,3}(?=[\da-f]{2})|%(?:25){0,3}[\da-f](?=[\da-f]))[\p{L}\p{M}\p{N}]+/giu

/** Most values: ids, times, states. */
const holdsNone = /^[a-z0-9_./:+-]*$/

/** As names are compared. Most words are plain, and each is looked at. */
const keyOf = (found: string): string => (isAscii.test(found) ? found.toLowerCase() : folded(found))
const isAscii = /^[\0-\x7f]*$/

/** Scripts that part words by nothing, or put endings to them: there a name is found within others. */
const unparted = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const unpartedSigns = new RegExp(unparted.source, 'gu')

/** Words that are no part of a name however it is written, or that our own answers are made of. */
const common = new Set(
  `am an as at be by do go he if in is it me my no of ok on or so to up us we the and for from with not yes you they she his her our your this that there here who what when was are will can has have all new none
  contact customer user lead visitor person guest client conversation ticket company account article note tag team teammate admin bot fin
  intercom support test anonymous unknown sales info hello phone email name text found only call nothing open closed snoozed redacted invalid`.split(/\s+/),
)

/** Longer ones are texts; of more than so many names the rest is only known by its field. */
const [longest, most] = [200, 200_000]

/** The names of people who were seen, to be found in any text. */
export class Names {
  /** By their first two words, the longest first. */
  readonly #whole = new Map<string, Known[]>()
  /** Words of names, as they are spelt. */
  readonly #parts = new Map<string, string>()
  /** Names of one word without a capital, which people write so. */
  readonly #lower = new Set<string>()
  /** By their first sign, the longest first. */
  readonly #unparted = new Map<string, string[]>()
  readonly #seen = new Set<string>()

  learn(given: string): void {
    const name = given.trim()
    if (this.#seen.has(name) || name.length < 2 || name.length > longest || this.#seen.size >= most) return
    this.#seen.add(name)
    if (unparted.test(name)) return this.#learnUnparted(name)
    const words = name.match(word) ?? []
    if (words.length > 1) add(this.#whole, pair(words.map(keyOf)), { words: words.map(keyOf), name }, ({ words: { length } }) => length)
    if (name.includes('@') || !isPersons(words)) return
    for (const part of words) if (/\p{L}.*\p{L}/u.test(part) && !common.has(keyOf(part))) this.#learnPart(part, words.length === 1)
  }

  /** The text with something else for each name in it. In `prose`, names are also known without the capital that they never had. */
  replace(text: string, instead: Instead, prose: boolean): string {
    if (this.#seen.size === 0 || holdsNone.test(text)) return text
    const replaced = this.#unparted.size > 0 && unparted.test(text) ? this.#replaceUnparted(text, instead) : text
    return this.#replaceWords(replaced, instead, prose)
  }

  #learnPart(part: string, alone: boolean): void {
    const key = keyOf(part)
    if (!this.#parts.has(key)) this.#parts.set(key, part)
    if (alone && part.length > 2 && !isCapital(part)) this.#lower.add(part)
  }

  #learnUnparted(name: string): void {
    for (const part of new Set([name, ...name.split(/[\s・·]+/u)])) if (part.length > 1) add(this.#unparted, part[0]!, part, ({ length }) => length)
  }

  #replaceWords(text: string, instead: Instead, prose: boolean): string {
    const words = wordsIn(text)
    let [result, done] = ['', 0]
    for (let at = 0; at < words.length; at++) {
      const { found, start, key } = words[at]!
      const whole = this.#wholeAt(words, at)
      const name = whole?.name ?? (isCapital(found) || (prose && this.#lower.has(found)) ? this.#parts.get(key) : undefined)
      if (name === undefined) continue
      at += (whole?.words.length ?? 1) - 1
      result += text.slice(done, start) + instead(name)
      done = words[at]!.end
    }
    return done === 0 ? text : result + text.slice(done)
  }

  #wholeAt(words: readonly Word[], at: number): Known | undefined {
    const next = words[at + 1]
    const known = next && this.#whole.get(pair([words[at]!.key, next.key]))
    return known?.find((one) => one.words.every((each, place) => words[at + place]?.key === each && (place === 0 || words[at + place]!.near)))
  }

  #replaceUnparted(text: string, instead: Instead): string {
    let [result, done] = ['', 0]
    for (const { 0: sign, index } of text.matchAll(unpartedSigns)) {
      const found = index < done ? undefined : this.#unparted.get(sign)?.find((name) => text.startsWith(name, index))
      if (found === undefined) continue
      result += text.slice(done, index) + instead(found)
      done = index + found.length
    }
    return result + text.slice(done)
  }
}

/** `Cedar Cove front desk` is nobody, and its words are no names: people's are all written alike, but for such as `van` and `de`. */
const isPersons = (words: readonly string[]): boolean => {
  const own = words.filter((each) => each.length > 3 || isCapital(each))
  return own.length <= 5 && new Set(own.map(isCapital)).size <= 1
}

/** Letters without case have no capital to wait for. */
const isCapital = (found: string): boolean => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(found)

interface Word {
  readonly found: string
  readonly key: string
  readonly start: number
  readonly end: number
  /** Whether so little stands between it and the one before that they may be one name. */
  readonly near: boolean
}

const wordsIn = (text: string): Word[] => {
  let before = 0
  return [...text.matchAll(word)].map(({ 0: found, index }) => {
    const near = index - before <= 3 && !text.slice(before, index).includes('\n')
    before = index + found.length
    return { found, key: keyOf(found), start: index, end: before, near }
  })
}

const pair = ([first, second]: readonly string[]): string => `${first} ${second}`

const add = <T>(index: Map<string, T[]>, key: string, item: T, length: (item: T) => number): void => {
  const items = index.get(key) ?? []
  items.splice(items.findLastIndex((other) => length(other) >= length(item)) + 1, 0, item)
  index.set(key, items)
}
