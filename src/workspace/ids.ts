import type { Store } from './store.ts'

/** From 0 to below 1. */
export type Random = () => number

const digits = '0123456789abcdefghijklmnopqrstuv'

const text = (random: Random, length: number, base = digits.length): string =>
  Array.from({ length }, () => digits[Math.floor(random() * base)]).join('')

/**
 * 24 hexadecimal characters: time, chance and a count that the database keeps. As in MongoDB, two processes on one
 * file never make the same id, even where chance repeats itself.
 */
export const hexId = (store: Store, now: number, random: Random): string => {
  const count = store.next('hex_id') % 0x1000000
  return now.toString(16).padStart(8, '0') + text(random, 10, 16) + count.toString(16).padStart(6, '0')
}

/** 20 characters that begin with three zeros, as those of the real API do. */
export const requestId = (random: Random): string => `000${text(random, 17)}`

/** 160 bits: for tokens and keys. */
export const secret = (random: Random): string => text(random, 32)
