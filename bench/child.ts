import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Usage {
  /** Microseconds of CPU since the process began, all threads. */
  readonly cpu: number
  /** Bytes. */
  readonly rss: number
  /** Bytes of it that objects take. */
  readonly heap: number
}

/** A measured Node process. */
export interface Child {
  readonly process: ChildProcess
  readonly usage: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

export interface Start {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Also loads what {@link Child.usage} asks; left out where starting itself is measured. */
  readonly observed: boolean
  /** Collects garbage before its memory is told. */
  readonly collected?: boolean
}

const observer = ['--require', join(import.meta.dirname, 'usage.cjs')]

export const start = (program: string, { args = [], env = {}, observed, collected = false }: Start): Child => {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INTERCOM_') && name !== 'NODE_OPTIONS'))
  const child = spawn(process.execPath, [...(collected ? ['--expose-gc'] : []), ...(observed ? observer : []), program, ...args], {
    env: { ...own, ...env },
    stdio: ['pipe', 'pipe', 'pipe', ...(observed ? (['ipc'] as const) : [])],
  })
  return {
    process: child,
    usage: async () => {
      const answer = once(child, 'message')
      child.send('usage')
      return ((await answer) as [Usage])[0]
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** Starts a server that says on stderr under which URL it listens. Throws what it said when it says none. */
export const listening = async (program: string, options: Start): Promise<Child & { url: string }> => {
  const child = start(program, options)
  let said = ''
  for await (const line of createInterface(child.process.stderr!)) {
    said += `${line}\n`
    const [url] = /http:\/\/[\w.:]+(\/mcp)?/.exec(line) ?? []
    if (url) {
      child.process.stderr!.resume() // nobody reads on, and a full pipe would stop it
      return { ...child, url }
    }
  }
  throw new Error(`${program} did not listen:\n${said}`)
}
