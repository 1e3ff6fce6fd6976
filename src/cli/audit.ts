import { appendFile } from 'node:fs/promises'
import type { Audit } from '../client/audit.ts'
import { Misuse, sentence } from './misuse.ts'

/** Appends text so that it outlives this process. */
type Append = (text: string) => Promise<void>

/** Keeps lines of JSON. What could not be appended is kept and goes first the next time, on a line of its own. */
export const auditTo = (append: Append): Audit => {
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
  }
}

/** An audit in a file that only its owner can read, or on stderr. Throws {@link Misuse} when the file cannot be written. */
export const openAudit = async (to: string, stderr: NodeJS.WritableStream): Promise<Audit> => {
  if (to === 'stderr') return auditTo((text) => new Promise((resolve, reject) => stderr.write(text, (error) => (error ? reject(error) : resolve()))))
  const append: Append = (text) => appendFile(to, text, { mode: 0o600, flush: true })
  await append('').catch((error: unknown) => {
    throw new Misuse(`the audit log cannot be written: ${sentence(error)}`)
  })
  return auditTo(append)
}
