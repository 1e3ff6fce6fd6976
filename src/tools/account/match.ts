import { folded } from '../../view/folded.ts'
import { nearest } from '../nearest.ts'

/** What of a company it is recognised by. */
interface Known {
  readonly name?: string | null
  readonly website?: string | null
}

/** `acme.com` of a web address, with its scheme or without; undefined of anything else. */
export const hostIn = (text: string): string | undefined => {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!/^https?:\/\/[^\s/?#@]+\.\p{L}{2,}(?:[/?#:]|$)/iu.test(address) || !URL.canParse(address)) return undefined
  return new URL(address).hostname.replace(/^www\./, '')
}

export const isCalled = (text: string) => ({ name }: Known): boolean => folded(name ?? '').trim() === folded(text).trim()

export const isAt = (host: string) => ({ website }: Known): boolean => hostIn(website ?? '') === host

export const contains = (text: string) => ({ name }: Known): boolean => folded(name ?? '').includes(folded(text).trim())

/** Those whose name is spelt most like the text, when any is. */
export const spelt = <C extends Known>(companies: readonly C[], text: string): C[] => {
  const near = nearest(text, companies.map(({ name }) => name ?? ''))
  return near === undefined ? [] : companies.filter(isCalled(near))
}
