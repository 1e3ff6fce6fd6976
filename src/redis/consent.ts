import { hkdfSync } from 'node:crypto'
import type { Seals } from '../tools/confirm/seal.ts'
import { keyLength, sealing } from '../tools/confirm/seal.ts'
import type { Spent } from '../tools/confirm/spent.ts'
import { epochKey, type Link, prefix, script } from './link.ts'

/** Uses a confirmation once, and none in a Redis that may have forgotten which were used. */
const spending = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
  if redis.call('SET', KEYS[2], '', 'NX', 'PX', ARGV[2]) then return 1 end
  return 0`)

/**
 * Confirmations that any replica takes of any other, once. Their key is made of the access token, which never comes to Redis, and of the
 * epoch of what Redis holds: whoever reads Redis cannot make any, and none is good in a Redis that was emptied since. `spend` rejects
 * when that cannot be told.
 */
export const sharedConsent = (link: Link, secret: string, now: () => number): { readonly seals: Seals; readonly spent: Spent } => {
  const seals = latest(link.epoch, (epoch) => sealing(Buffer.from(hkdfSync('sha256', secret, epoch, 'confirmations', keyLength))))
  return {
    seals: { seal: (...of) => seals().seal(...of), open: (...of) => seals().open(...of) },
    spent: {
      spend: async (id, until) => {
        const first = await link.run(spending, [epochKey, `${prefix}used:${id}`], [link.epoch(), Math.max(1, until - now())])
        if (first === -1) throw new Error('Redis began anew, or was emptied')
        return first === 1
      },
    },
  }
}

/** Keeps what was made of the latest epoch. */
const latest = <T>(epoch: () => string, make: (epoch: string) => T): (() => T) => {
  let made: { readonly epoch: string; readonly value: T } | undefined
  return () => {
    const present = epoch()
    if (made?.epoch !== present) made = { epoch: present, value: make(present) }
    return made.value
  }
}
