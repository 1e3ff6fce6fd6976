import { createHmac, hkdfSync } from 'node:crypto'
import type { Redactable } from './redactable.ts'
import type { Used } from './remains.ts'
import { UnknownPseudonym } from './unknown.ts'

/** What stands for a value once it is looked at again. */
type Named = Exclude<Redactable, 'bodies'>

const forms: Readonly<Record<Named, (mark: string) => string>> = {
  emails: (mark) => `e-${mark}@redacted.invalid`,
  phones: (mark) => `phone-${mark}`,
  names: (mark) => `Person-${mark}`,
}

/** They begin with a digit, which no word after a hyphen does: `phone-interviews` is none of them. */
const pseudonym = /\b(?:e-[2-7][a-z2-7]{9}(?:@|%40)redacted\.invalid|(?:phone|person)-[2-7][a-z2-7]{9})(?![a-z0-9])/gi
const body = /\[text\s+[2-7][a-z2-7]{9},\s+[\d,]+\s+characters\\?\]/i

/** Of so many values it is known what they were; of those seen least recently it is forgotten. */
const most = 50_000

/**
 * Pseudonyms for values, and the way back. Equal values have equal pseudonyms wherever the secret is the same; without the secret
 * nobody can tell which value one stands for, nor try out values.
 */
export class Pseudonyms {
  readonly #key: Buffer
  readonly #pseudonyms = new Map<string, string>()
  readonly #values = new Map<string, string>()

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'intercom-mcp redaction', 32))
  }

  /** Of a value. Values that are `alike` are one: an address whatever its case. */
  of(kind: Named, alike: string, value: string): string {
    const name = `${kind} ${alike}`
    const known = this.#pseudonyms.get(name) ?? forms[kind](this.#mark(name))
    this.#keep(name, known, value)
    return known
  }

  /** Of a text, which only tells that it is the same one, and how long. It cannot be turned back, so that nobody passes on what they never saw. */
  ofText(text: string): string {
    return `[text ${this.#mark(`bodies ${text}`)}, ${text.length.toLocaleString('en')} characters]`
  }

  /** The text with values for pseudonyms, each as `write` puts it. Throws {@link UnknownPseudonym}. */
  restored(text: string, write: (used: Used) => string): string {
    if (body.test(text)) throw new UnknownPseudonym('A text that is redacted cannot be passed on: nobody here has seen it. Leave out [text …], or say it in words of your own.')
    return text.replace(pseudonym, (found) => {
      const value = this.#values.get(plainly(found))
      if (value === undefined) throw new UnknownPseudonym(`${found} stands for a value that this server does not know, or no longer. Look the customer up again, by id, and use what that answers.`)
      return write({ value, pseudonym: found })
    })
  }

  /** Whether it is one, of this secret or another: what is redacted twice stays as it is. */
  static is(text: string): boolean {
    return text !== '' && text.replace(pseudonym, '').replace(body, '') === ''
  }

  #mark(name: string): string {
    const bytes = createHmac('sha256', this.#key).update(name).digest()
    const [first, ...rest] = bytes.subarray(0, 10)
    return letters[26 + (first! % 6)]! + rest.map((byte) => letters[byte % 32]!).join('')
  }

  #keep(name: string, known: string, value: string): void {
    const kept = this.#values.get(plainly(known)) ?? value
    this.#pseudonyms.delete(name)
    this.#values.delete(plainly(known))
    this.#pseudonyms.set(name, known)
    this.#values.set(plainly(known), kept)
    if (this.#values.size > most) for (const map of [this.#pseudonyms, this.#values]) map.delete(map.keys().next().value!)
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** However it was written: models change case, and addresses encode signs. */
const plainly = (found: string): string => found.toLowerCase().replace('%40', '@')
