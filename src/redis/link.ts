import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import { fit } from './fit.ts'
import { type Listener, switchboard } from './switchboard.ts'

/** A Lua script, which Redis runs whole or not at all. */
export interface Script {
  readonly lua: string
  readonly sha: string
}

/** Whether Redis answers, since when in milliseconds since 1970, and why not. */
export interface State {
  readonly reachable: boolean
  readonly since: number
  readonly reason?: string
}

/** The Redis that replicas share. */
export interface Link {
  /** Runs a script. Rejects within some two seconds when Redis does not answer, at once while it is known not to. */
  readonly run: (script: Script, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>
  /** Tells the other replicas something, if Redis can be reached. */
  readonly tell: (topic: string, news: unknown) => void
  /** Calls back when another replica tells something; answers how to stop that. */
  readonly hear: (topic: string, listener: Listener) => () => void
  /** Calls back when Redis stopped answering, when it is back, and when news may have been missed. */
  readonly watch: (changed: () => void) => () => void
  /** Names what Redis holds: another after it was emptied or began anew. What was sealed under another must not count. */
  readonly epoch: () => string
  readonly state: () => State
  readonly close: () => Promise<void>
}

export interface Around {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told when Redis stops answering, is back, or lost what it held. */
  readonly tell: (message: string) => void
}

/** Where everything of ours stands in Redis. */
export const prefix = 'intercom-mcp:'
export const epochKey = `${prefix}epoch`

/** Milliseconds within which Redis has to answer, between looks whether it still does, and within which it must be there at the start. */
const patience = { answer: 2_000, between: 1_000, start: 6_000 } as const

export const script = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') })

/**
 * What a Redis holds is named by its run, too: one that starts from an old copy may have forgotten what was used since. It is written
 * each time, since a Redis that takes no writes (another's replica, one that is full) is of no use.
 */
const epochOf = script(`
  local kept = redis.call('GET', KEYS[1])
  if not kept or string.sub(kept, 1, #ARGV[1]) ~= ARGV[1] then kept = ARGV[1] .. ARGV[2] end
  redis.call('SET', KEYS[1], kept)
  return kept`)

const options: RedisOptions = {
  lazyConnect: true,
  protocol: 2,
  disableClientInfo: true,
  autoResubscribe: false, // ours to do: what was missed meanwhile is to be known
  connectTimeout: patience.answer,
  socketTimeout: patience.answer, // a connection on which an answer is due for so long is closed
  retryStrategy: (times) => Math.min(times * 50, 1_000),
}

/** Neither kept for later nor sent again: whoever asked has gone on without. */
const atOnce: RedisOptions = { enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 }

/** Connects, and stays so. Rejects when Redis cannot be reached or used at the start; what it rejects with holds no secret. */
export const connect = async (url: string, around: Around): Promise<Link> => {
  const redis = new Redis(url, { ...options, ...atOnce })
  const ears = new Redis(url, options)
  const watching = new Set<() => void>()
  const changed = () => watching.forEach((each) => each())
  const board = switchboard(ears, `${prefix}news`, randomUUID(), changed)
  const { settle, look, epoch, state } = watchOver(redis, around, changed)
  await started(redis, ears, async () => {
    if (redis.options.db) await redis.select(redis.options.db) // ioredis asks too, but goes on in database 0 when that is refused
    await settle()
    await ears.subscribe(board.channel)
    await redis.publish(board.channel, board.written('hello', null)) // nobody listens to that; it may not be allowed
  })
  const looking = looks(redis, ears, look)
  return {
    run: async (asked, keys, args) => {
      const { reachable, reason } = state()
      if (!reachable) throw new Error(`Redis cannot be reached: ${reason}`)
      return evaluated(redis, asked, keys, args)
    },
    tell: (topic, news) => {
      if (state().reachable) redis.publish(board.channel, board.written(topic, news)).catch(() => {})
    },
    hear: board.hear,
    watch: (listener) => {
      watching.add(listener)
      return () => watching.delete(listener)
    },
    epoch,
    state,
    close: async () => {
      clearInterval(looking)
      watching.clear()
      redis.removeAllListeners('close')
      redis.disconnect()
      ears.disconnect()
    },
  }
}

/** Looks at both connections now and then, and whenever the first is made anew. */
const looks = (redis: Redis, ears: Redis, look: () => void) => {
  redis.on('ready', look)
  const both = () => {
    look()
    if (ears.status === 'ready') ears.ping().catch(() => {}) // closes its socket when no answer comes
  }
  return setInterval(both, patience.between).unref()
}

/** How ioredis speaks of a connection that has ended; it means nothing to an operator. */
const ofConnection = /^(Stream isn't writeable|Connection is closed|Socket timeout|Command timed out)/

/** Knows whether Redis answers, and under which epoch. Calls `changed` when the former changes. */
const watchOver = (redis: Redis, { now, tell }: Around, changed: () => void) => {
  let state: State = { reachable: false, since: now(), reason: 'it did not answer' }
  let epoch = ''

  const become = (next: Omit<State, 'since'>) => {
    if (next.reachable === state.reachable) return
    if (epoch !== '') tell(next.reachable ? 'Redis is back' : `Redis cannot be reached: ${next.reason}. ${meanwhile}`)
    state = { ...next, since: now() }
    changed()
  }
  const settle = async () => {
    const found = String(await evaluated(redis, epochOf, [epochKey], [fit(await redis.info('server', 'memory')), randomBytes(16).toString('hex')]))
    if (epoch !== '' && found !== epoch) tell('Redis began anew or was emptied: confirmations shown before no longer count, and idempotency keys used before may be forgotten')
    become({ reachable: true })
    epoch = found
  }
  const lost = (error?: Error) => become({ reachable: false, reason: redis.status === 'ready' && error && !ofConnection.test(error.message) ? said(error) : 'it does not answer' })
  redis.on('close', () => lost())
  return {
    settle,
    look: () => {
      if (redis.status === 'ready') settle().catch(lost)
    },
    epoch: () => epoch,
    state: () => state,
  }
}

/** Without the place in a script that Redis adds. */
const said = ({ message }: Error): string => message.replace(/\.? script: .*$/, '')

const meanwhile = 'Calls go on within a part of the rate budget; confirmations and idempotency keys are refused until it is back'

const evaluated = async (redis: Redis, { sha, lua }: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> => {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args)
  } catch (error) {
    if (!String(error).includes('NOSCRIPT')) throw error
    return redis.eval(lua, keys.length, ...keys, ...args)
  }
}

/** Both connections, at the start; the reason of the last failure when that takes too long. */
const started = async (redis: Redis, ears: Redis, settle: () => Promise<void>): Promise<void> => {
  let why = 'it did not answer'
  for (const each of [redis, ears]) each.on('error', (error: Error) => (why = error.message))
  const timer = new AbortController()
  const late = new Promise<never>((_, reject) => {
    const timeout = setTimeout(() => reject(new Error(why)), patience.start)
    timer.signal.addEventListener('abort', () => clearTimeout(timeout))
  })
  const ready = (each: Redis) => new Promise<void>((resolve) => each.once('ready', resolve))
  const both = Promise.all([redis, ears].map(ready)).then(settle)
  for (const each of [redis, ears]) each.connect().catch(() => {}) // tried again until it is late
  try {
    await Promise.race([both, late])
  } catch (error) {
    redis.disconnect()
    ears.disconnect()
    throw error
  } finally {
    timer.abort()
  }
}
