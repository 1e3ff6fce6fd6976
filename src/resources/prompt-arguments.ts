import { plain } from '../view/plain.ts'
import { BadRequest } from './bad-request.ts'
import { type Completer, fitting } from './complete.ts'

/** What a prompt is asked about. The protocol has text only. */
export interface Argument {
  readonly name: string
  readonly description: string
  readonly required?: true
  /** Longest, in characters. */
  readonly most: number
  /** Least and greatest, of a whole number. */
  readonly between?: readonly [number, number]
  /** What it is unless it is given. */
  readonly otherwise?: string
  readonly complete?: Completer
}

const oneOf = (...values: string[]): Completer => (typed) => Promise.resolve(fitting(values, typed))

export const customer: Argument = {
  name: 'customer',
  description: 'Who: an email, name, phone, external ID, Intercom id or a link to them.',
  required: true,
  most: 300,
  complete: async (...args) => (await import('./contacts.ts')).addresses(...args),
}

export const conversation: Argument = {
  name: 'conversation_id',
  description: "The conversation's id, the last number in its link.",
  required: true,
  most: 100,
  complete: async (...args) => (await import('./conversations.ts')).ids(...args),
}

export const tone: Argument = {
  name: 'tone',
  description: 'How it should sound: friendly, apologetic, brief. As the team writes, unless given.',
  most: 100,
  complete: oneOf('friendly', 'formal', 'apologetic', 'reassuring', 'brief', 'firm'),
}

export const points: Argument = { name: 'points', description: 'What it should say, in your own words.', most: 1000 }

export const ticketType: Argument = {
  name: 'ticket_type',
  description: 'Name of the ticket type. The one that fits, unless given.',
  most: 200,
  complete: async (...args) => (await import('./ticket-types.ts')).names(...args),
}

export const team: Argument = {
  name: 'team',
  description: 'Name of one team. All of them, unless given.',
  most: 200,
  complete: async (...args) => (await import('./teams.ts')).names(...args),
}

export const days: Argument = {
  name: 'days',
  description: 'How many days back; 7 unless given.',
  most: 10,
  between: [1, 90],
  otherwise: '7',
  complete: oneOf('7', '14', '30'),
}

/**
 * A prompt's arguments as they stand in its text: numbers as they are, other text quoted, so that no part of it passes for
 * one of the prompt's own sentences. Throws {@link BadRequest}.
 */
export const quoted = (prompt: string, declared: readonly Argument[], given: Readonly<Record<string, string>>): Record<string, string> => {
  for (const name of Object.keys(given)) argumentNamed(prompt, declared, name) // a misspelt one would be left out in silence
  return Object.fromEntries(
    declared.flatMap((argument) => {
      const value = checked(prompt, argument, given[argument.name] ?? '')
      return value === undefined ? [] : [[argument.name, argument.between ? value : JSON.stringify(value)]]
    }),
  )
}

/** Throws {@link BadRequest} when the prompt has none of that name. */
export const argumentNamed = (prompt: string, declared: readonly Argument[], wanted: string): Argument => {
  const found = declared.find(({ name }) => name === wanted)
  if (!found) throw new BadRequest(`${prompt} has no argument ${JSON.stringify(wanted.slice(0, 64))}. It takes ${declared.map(({ name }) => name).join(', ')}.`)
  return found
}

const checked = (prompt: string, { name, description, required, most, between, otherwise }: Argument, given: string): string | undefined => {
  if (given.length > most) throw new BadRequest(`${name} is too long: it may have ${most} characters.`)
  const line = given.trim()
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) throw new BadRequest(`${name} must be one line of plain text, without line breaks and control characters.`)
  const value = plain(line).trim() || otherwise
  if (value === undefined && required) throw new BadRequest(`${prompt} needs ${name}. ${description}`)
  if (value !== undefined && between && !isWithin(between, value)) throw new BadRequest(`${name} must be a whole number from ${between[0]} to ${between[1]}.`)
  return value
}

const isWithin = ([least, greatest]: readonly [number, number], text: string): boolean => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= greatest
