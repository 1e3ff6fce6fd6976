// The program as npm installs it, beside the parts of the bundle. It is the first to run, so it imports next to nothing.
import { join } from 'node:path'
import { codeCache } from './code-cache.ts'
import type { main } from './main.ts'
import { Parts } from './parts.ts'

/** Which bundle this is, set by the build: `<version>-<hash>`. */
declare const BUILD: string

const cache = codeCache(process, BUILD)
const parts = new Parts(join(__dirname, 'parts'), require, cache.read())

/** The second list is the first to find everything compiled. */
const keepCompiled = () => {
  if (!parts.warm) setImmediate(() => cache.write(parts.compiled()))
}

const fail = (error: unknown): never => {
  process.stderr.write(`intercom-mcp: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
process.on('uncaughtException', fail)
process.stderr.on('error', () => {}) // nobody reads the log any more, which is no reason to stop

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())

const { argv, env, stdin, stdout, stderr, execPath } = process
const program = parts.load('./main.js') as { main: typeof main } // the build's entry
void program
  .main({ args: argv.slice(2), env, stdin, stdout, stderr, self: [execPath, __filename], stop: stop.signal, onList: keepCompiled })
  .then((code) => setImmediate(() => process.exit(code)), fail) // after what is being kept
