import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type Entry, full, isOver, type Ledger, lifetime, read, room, written } from '../client/ledger.ts'
import { type Link, prefix, script } from './link.ts'

/** Characters of each entry that is kept with its answer. */
const each = 64 * 1024

const clock = `local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)`

const beginning = script(`
  local taken = redis.call('GET', KEYS[1])
  if taken and taken ~= ARGV[4] then return taken end
  ${clock}
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
  if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return -1 end
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  redis.call('ZADD', KEYS[2], now, KEYS[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[2])`)

const finding = script(`return redis.call('GET', KEYS[1])`)

const ending = script(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`)

const freeing = script(`
  if ARGV[1] and redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], KEYS[1])`)

/**
 * A ledger of one token's writes that replicas share, by the rules of every other. Entries hold what Intercom answered, so they are
 * encrypted with a key made of the access token, which never comes to Redis.
 */
export const sharedLedger = (link: Link, tenant: string, secret: string, now: () => number): Ledger => {
  const box = locked(Buffer.from(hkdfSync('sha256', secret, '', 'idempotency', 32)))
  const index = `${prefix}${tenant}:writes`
  const keys = (id: string) => [`${prefix}${tenant}:write:${id}`, index]
  const found = (value: string): Entry | undefined => {
    const entry = read(box.open(value))
    if (!entry) throw new Error('an entry in Redis is damaged, and nobody can tell what was sent under it')
    return isOver(entry, now()) ? undefined : entry
  }
  /** `over` is what stood there, and counts no more. Another replica may have found that, too: only one of them takes its place. */
  const begin = async (id: string, entry: Entry, over = ''): Promise<Entry | undefined> => {
    const closed = box.close(written(entry, each))
    const takeBack = () => link.run(freeing, keys(id), [closed])
    const { reachable } = link.state() // else it is not asked
    const asked = link.run(beginning, keys(id), [closed, lifetime, room.entries, over])
    const taken = await (reachable ? asked.catch(later(link, takeBack)) : asked)
    if (taken === -1) throw full()
    return typeof taken === 'string' ? (found(taken) ?? begin(id, entry, taken)) : undefined
  }
  return {
    begin: (id, entry) => begin(id, entry),
    find: async (id) => {
      const kept = await link.run(finding, keys(id), [])
      return typeof kept === 'string' ? found(kept) : undefined
    },
    end: async (id, entry) => {
      const end = () => link.run(ending, keys(id), [box.close(written(entry, each)), lifetime])
      await end().catch(later(link, end))
    },
    free: async (id) => {
      await link.run(freeing, keys(id), []) // never later: by then it may be another's
    },
  }
}

/** What could not be done is done once Redis answers again. Until then nothing is sent under that id. */
const later = (link: Link, run: () => Promise<unknown>) => (error: unknown): never => {
  const stop = link.watch(() => {
    if (!link.state().reachable) return
    stop()
    run().catch(() => {})
  })
  throw error
}

const [cipher, ivLength, tagLength] = ['aes-256-gcm', 12, 16] as const

/** Closes and opens texts with a key. */
const locked = (key: Buffer) => ({
  close: (text: string): string => {
    const iv = randomBytes(ivLength)
    const closed = createCipheriv(cipher, key, iv, { authTagLength: tagLength })
    return Buffer.concat([iv, closed.update(text, 'utf8'), closed.final(), closed.getAuthTag()]).toString('base64')
  },
  open: (closed: string): string => {
    const bytes = Buffer.from(closed, 'base64')
    const opened = createDecipheriv(cipher, key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
    opened.setAuthTag(bytes.subarray(-tagLength))
    return Buffer.concat([opened.update(bytes.subarray(ivLength, -tagLength)), opened.final()]).toString('utf8')
  },
})
