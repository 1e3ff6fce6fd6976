import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A Redis of a test's own. */
export interface RedisServer {
  readonly url: string
  /** Runs one command, as an operator would. */
  readonly command: (...command: string[]) => Promise<unknown>
  /** Stops and continues the process, so that it hangs meanwhile. */
  readonly hang: () => void
  readonly wake: () => void
  /** Ends it without a word; what was not saved is lost. */
  readonly kill: () => Promise<void>
  /** Starts it again after that, where it was, with what was saved. */
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // always one of a TCP server
  server.close()
  return port
}

/** Starts a redis-server on a free port. Rejects with what to install when there is none. */
export const redisServer = async (...options: string[]): Promise<RedisServer> => {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  let child: ChildProcess

  const start = async () => {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...options], { stdio: ['ignore', 'pipe', 'ignore'] })
    const failed = once(child, 'error').then(([error]: Error[]) => {
      throw new Error(`redis-server cannot be started (${error!.message}). Install it: apt-get install redis-server`)
    })
    const ended = once(child, 'exit').then(() => {
      throw new Error('redis-server ended at once')
    })
    await Promise.race([ready(child), failed, ended])
    for (const promise of [failed, ended]) promise.catch(() => {})
  }
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    command: async (...[name, ...args]) => {
      const redis = new Redis({ port, maxRetriesPerRequest: 0 })
      try {
        return await redis.call(name!, ...args)
      } finally {
        redis.disconnect()
      }
    },
    hang: () => child.kill('SIGSTOP'),
    wake: () => child.kill('SIGCONT'),
    kill,
    start,
    close: async () => {
      await kill()
      rmSync(folder, { recursive: true })
    },
  }
}

const ready = async (child: ChildProcess): Promise<void> => {
  for await (const text of child.stdout!.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) if (String(text).includes('Ready to accept connections')) return void child.stdout!.resume()
}
