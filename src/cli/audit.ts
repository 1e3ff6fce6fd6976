import { appendFile } from 'node:fs/promises'
import type { Audit } from '../client/audit.ts'
import type { Replicas } from '../redis/replicas.ts'
import { Misuse, sentence } from './misuse.ts'

/** Appends text so that it outlives this process. */
type Append = (text: string) => Promise<void>

/** An audit of one process. */
export interface KeptAudit extends Audit {
  /** Tries once more to keep what it owes, when no more comes; else writes that to stderr, for none of it to be lost. */
  readonly end: (stderr: NodeJS.WritableStream) => Promise<void>
}

/** Keeps lines of JSON. What could not be appended is kept and goes first the next time, on a line of its own. */
export const auditTo = (append: Append): KeptAudit => {
  let owed = ''
  let appending = Promise.resolve()
  const flush = async () => {
    const text = owed
    if (text === '') return
    owed = ''
    await append(text).catch((error: unknown) => {
      owed = `${text.startsWith('\n') ? '' : '\n'}${text}${owed}` // part of it may have been written
      throw error
    })
  }
  const inTurn = (): Promise<void> => {
    const turn = appending.then(flush)
    appending = turn.catch(() => {})
    return turn
  }
  return {
    ready: () => (owed === '' ? Promise.resolve() : inTurn()),
    add: (line) => {
      owed += `${JSON.stringify(line)}\n`
      return inTurn()
    },
    end: async (stderr) => {
      await inTurn().catch(() => {})
      if (owed !== '') stderr.write(owed.trimStart())
    },
  }
}

/** An audit in a file that only its owner can read, on stderr, or in a stream of Redis. Throws {@link Misuse} when it cannot be written. */
export const openAudit = async (to: string, stderr: NodeJS.WritableStream, replicas?: Replicas): Promise<KeptAudit> => {
  if (/^redis(:|$)/.test(to)) return auditInRedis(to.slice('redis:'.length), replicas)
  if (to === 'stderr') return auditTo((text) => new Promise((resolve, reject) => stderr.write(text, (error) => (error ? reject(error) : resolve()))))
  const append: Append = (text) => appendFile(to, text, { mode: 0o600, flush: true })
  await append('').catch((error: unknown) => {
    throw new Misuse(`the audit log cannot be written: ${sentence(error)}`)
  })
  return auditTo(append)
}

const auditInRedis = (stream: string, replicas: Replicas | undefined): KeptAudit => {
  if (!replicas) throw new Misuse('an audit in Redis is for intercom-mcp http with --redis-url or REDIS_URL; a file of this name is ./redis')
  const { ready, ...others } = auditTo(replicas.append(stream || undefined))
  return { ...others, ready: async () => (replicas.check(), ready()) }
}
