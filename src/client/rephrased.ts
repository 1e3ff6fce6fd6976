import type { Client } from './client.ts'
import { Failure } from './failure.ts'

/** The same client, whose failures repeat upstream's words as `rephrase` puts them: they are shown wherever a failure is told. */
export const rephrased = (client: Client, rephrase: <T>(words: T) => T): Client => {
  const failed = (error: unknown): never => {
    throw error instanceof Failure && error.upstream ? error.with({ upstream: rephrase(error.upstream) }) : error
  }
  return {
    ...client,
    call: (operation, input, options) => client.call(operation, input, options).catch(failed),
    collect: (operation, input, options) => client.collect(operation, input, options).catch(failed),
    for: (detail) => rephrased(client.for(detail), rephrase),
  }
}
