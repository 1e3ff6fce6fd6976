import { onTestFinished } from 'vitest'
import { openReplicas, type Replicas } from '../../src/redis/replicas.ts'
import { type RedisServer, redisServer } from './server.ts'

/** A replica as a process has it, and what it told. Ends with the test. */
export const replica = async ({ url }: Pick<RedisServer, 'url'>): Promise<Replicas & { readonly told: string[] }> => {
  const told: string[] = []
  const replicas = await openReplicas(url, { now: Date.now, tell: (message) => told.push(message) })
  onTestFinished(() => replicas.close())
  return { ...replicas, told }
}

/** A Redis that ends with the test. */
export const redisOfTest = async (...options: string[]): Promise<RedisServer> => {
  const server = await redisServer(...options)
  onTestFinished(() => server.close())
  return server
}

/** Resolves once it holds; rejects when that takes longer than anything here should. */
export const until = async (holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
