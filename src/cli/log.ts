import type { Writable } from 'node:stream'

/** From saying nothing to saying everything. */
export const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type Level = (typeof levels)[number]

export type Log = (level: Exclude<Level, 'silent'>, message: string, fields?: Readonly<Record<string, unknown>>) => void

/** Logs to stderr, one line each, as `clean` leaves it: stdout belongs to the protocol. Says nothing below `least`. */
export const logTo =
  (world: { readonly stderr: Writable }, least: Level, clean: (line: string) => string = (line) => line): Log =>
  (level, message, fields) => {
    if (levels.indexOf(level) > levels.indexOf(least)) return
    world.stderr.write(`${clean(`${level} ${message.replaceAll('\n', ' ')}${fields ? ` ${JSON.stringify(fields)}` : ''}`)}\n`)
  }
