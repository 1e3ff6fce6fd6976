// The program as npm installs it, beside the parts of the bundle. It is the first to run, so it imports next to nothing.
import { join } from 'node:path'
import { codeCache } from './code-cache.ts'
import type { main } from './main.ts'
import { Parts } from './parts.ts'
import type { World } from './world.ts'

/** Which bundle this is, set by the build: `<version>-<hash>`. */
declare const BUILD: string

const cache = codeCache(process, BUILD)
const parts = new Parts(join(__dirname, 'parts'), require, cache.read())

let kept = false
/** Once, and after the answer that is being made is written. */
const keepCompiled = () => {
  if (!kept && !parts.warm) setImmediate(() => cache.write(parts.compiled()))
  kept = true
}

const fail = (error: unknown): never => {
  process.stderr.write(`intercom-mcp: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
process.on('uncaughtException', fail)

/** Whoever read the log may have gone, which is no reason to stop. */
const quietStderr = () => (process.stderr.listenerCount('error') ? process.stderr : process.stderr.on('error', () => {}))

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort()) // said twice, they still let calls end
process.once('SIGINT', () => stop.abort()) // whoever presses Ctrl+C again does not want to wait

const { argv, env, stdin, stdout, execPath } = process
const world: World = {
  args: argv.slice(2),
  env,
  stdin,
  stdout,
  get stderr() {
    return quietStderr() // opening it takes Node 3 ms, and mostly nothing is said
  },
  self: [execPath, __filename],
  stop: stop.signal,
  onList: keepCompiled,
}
// zod compiles a schema at its first use, by new Function: milliseconds each, won back after hundreds of uses. A server for
// many has those, one for a single client on stdio mostly not. zod reads this as it loads.
const many = argv[2] === 'http' || argv[2] === 'workspace'
Object.assign(globalThis, { __zod_globalConfig: { jitless: !many } })

const program = parts.load('./main.js') as { main: typeof main } // the build's entry
void program.main(world).then((code) => setImmediate(() => process.exit(code)), fail) // after what is being kept
