import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

type Wrapper = (exports: object, require: (id: string) => unknown, module: { exports: object }, filename: string, dirname: string) => void

/**
 * Loads the parts of the bundle as Node loads CommonJS, but with the machine code that an earlier run left for them:
 * compiling is a third of the time until a client sees the tools. Parts refer to each other as `./name.js`.
 */
export class Parts {
  readonly #directory: string
  readonly #require: (id: string) => unknown
  readonly #cached: ReadonlyMap<string, Buffer>
  readonly #modules = new Map<string, { exports: object }>()
  readonly #scripts = new Map<string, Script>()

  constructor(directory: string, require: (id: string) => unknown, cached: ReadonlyMap<string, Buffer> = new Map()) {
    this.#directory = directory
    this.#require = require
    this.#cached = cached
  }

  readonly load = (id: string): unknown => {
    if (!id.startsWith('./')) return this.#require(id)
    const loaded = this.#modules.get(id)
    if (loaded) return loaded.exports
    const module = { exports: {} }
    this.#modules.set(id, module)
    const filename = join(this.#directory, id)
    const run = this.#compile(id, filename).runInThisContext() as Wrapper
    run(module.exports, this.load, module, filename, this.#directory)
    return module.exports
  }

  /** Whether every part loaded so far came with its machine code. */
  get warm(): boolean {
    return [...this.#scripts.values()].every(({ cachedDataRejected }) => cachedDataRejected === false)
  }

  /** Machine code of the parts loaded so far. */
  compiled(): Map<string, Buffer> {
    return new Map([...this.#scripts].map(([id, script]) => [id, script.createCachedData()]))
  }

  #compile(id: string, filename: string): Script {
    // the build writes ASCII, and read this way it needs no decoding
    const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'latin1')}\n})`
    const script = new Script(source, { filename, cachedData: this.#cached.get(id) })
    this.#scripts.set(id, script)
    return script
  }
}
