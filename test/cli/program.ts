import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'

export const built = 'dist/intercom-mcp.js'

/** The tests' own environment, without what would point the program at a real Intercom; nobody is there to agree to anything. */
export const environment = (env: Record<string, string> = {}): Record<string, string> => ({
  ...(Object.fromEntries(Object.entries(process.env).filter(([name, value]) => value !== undefined && !name.startsWith('INTERCOM_'))) as Record<string, string>),
  INTERCOM_MCP_CONFIRM: 'never',
  ...env,
})

/** The program under way. */
export class Program {
  readonly child: ChildProcessWithoutNullStreams
  stdout = ''
  stderr = ''

  constructor(args: readonly string[], env?: Record<string, string>) {
    this.child = spawn(process.execPath, [built, ...args], { env: environment(env) })
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
  }

  send(...messages: object[]): void {
    this.child.stdin.write(messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''))
  }

  /** Resolves with the match once stderr holds it; rejects when the program ends before. */
  said(pattern: RegExp): Promise<string> {
    return this.#seen(this.child.stderr, () => pattern.exec(this.stderr)?.at(-1))
  }

  /** Resolves with the answer to a request once stdout holds it. */
  async answer(id: number): Promise<Record<string, unknown>> {
    return this.#seen(this.child.stdout, () => this.answers().find((answer) => answer.id === id))
  }

  /** Every message on stdout; throws when one is not JSON. */
  answers(): Record<string, unknown>[] {
    return this.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** Resolves with the exit code, null after a signal, when all output is read. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close')
    return this.child.exitCode
  }

  #seen<T>(stream: NodeJS.ReadableStream, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (found !== undefined) resolve(found)
      }
      stream.on('data', look)
      this.child.once('close', () => reject(new Error(`ended too soon: ${this.stdout}${this.stderr}`)))
      look()
    })
  }
}

/** Runs the program to its end with nothing, or `input`, on stdin. */
export const run = async (args: readonly string[], { env, input = '' }: { env?: Record<string, string>; input?: string } = {}) => {
  const program = new Program(args, env)
  program.child.stdin.end(input)
  return { code: await program.ended(), stdout: program.stdout, stderr: program.stderr }
}

export const hello = { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }
