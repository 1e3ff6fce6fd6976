import { markdown } from '../../view/markdown/markdown.ts'
import { asRead } from './as-read.ts'
import type { Act } from './preview.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import { quoted } from './quoted.ts'
import { hash } from './seal.ts'
import { revealed } from './revealed.ts'
import type { Document, Subject, Subjects } from './subjects.ts'

/** Everything that is sent, whole, beside what it changes as it is now, and beside ids whose they are. */
export const fieldLines = ({ operation, input }: Act, { things, people }: Subjects): string[] => {
  const now = operation.route.startsWith('PUT ') ? things.at(-1)?.document : undefined
  return leavesOf(input).flatMap((leaf) => linesOf(leaf, was(leaf, now) || whose(leaf, people)))
}

const was = ({ path, value }: Leaf, now: Document = {}): string => {
  const before = now[path]
  return before === undefined || before === null || typeof before === 'object' || before === value ? '' : ` (now ${quoted(before)})`
}

const whose = ({ value }: Leaf, people: readonly Subject[]): string => {
  const { name, email } = people.find(({ document }) => document?.id === value)?.document ?? {}
  return typeof value === 'string' && (name || email) ? ` (${quoted(name || email)})` : ''
}

const linesOf = ({ path, value }: Leaf, beside: string): string[] => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (isFile.test(path) && isBytes.test(text)) return [`${path}: ${text.length} characters of a file, SHA-256 ${hash(text)}`]
  if (isHtml.test(text)) return [`${path}, as it reads:${beside}`, ...block(markdown(text)), `${path}, as it is sent:`, ...block(text), ...linksIn(text)]
  return isLong.test(text) ? [`${path}:${beside}`, ...block(text), ...linksIn(text)] : [`${path}: ${text.trim() === '' ? JSON.stringify(text) : revealed(text)}${beside}`]
}

/** Base64, of an attachment: nobody reads that. */
const isFile = /^attachment_files\[\d+\]\.data$/
const isBytes = /^[\w+/=-]{100,}$/
const isHtml = /<[a-z/!]|&[#a-z]/i
const isLong = /[\r\n]|.{80}/

/** Each line behind a bar, so that none passes for one of ours. */
const block = (text: string): string[] => revealed(text.replace(/\r\n?/g, '\n')).split('\n').map((line) => `  │ ${line}`)

/** Where links lead, as a browser would go there: letters that only look like others are told apart. */
const linksIn = (text: string): string[] => {
  const { text: said, addresses } = asRead(text)
  const found = [...(said.match(/\bhttps?:[^\s"'<>]+/gi) ?? []), ...addresses.map(absolute)].filter((url) => URL.canParse(url) && !url.startsWith('data:'))
  return [...new Set(found.map((url) => `  leads to ${new URL(url).href}`))]
}

/** `//host` leads to a host too. */
const absolute = (address: string): string => address.replace(/[\t\r\n]/g, '').trim().replace(/^[\\/]{2}/, 'https://')
