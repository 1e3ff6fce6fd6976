import type { Writable } from 'node:stream'

/** From saying nothing to saying everything. */
export const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type Level = (typeof levels)[number]

/** Lines for people, or objects for programs: one JSON object a line. */
export const formats = ['text', 'json'] as const

export type Log = (level: Exclude<Level, 'silent'>, message: string, fields?: Readonly<Record<string, unknown>>) => void

interface Manner {
  readonly logLevel: Level
  readonly logFormat: (typeof formats)[number]
}

interface Where {
  readonly stderr: Writable
}

/** Logs to stderr, one line each, as `clean` leaves it: stdout belongs to the protocol. Says nothing below the level. */
export const logTo = (world: Where, manner: Manner, clean?: (line: string) => string): Log => {
  const { line } = linesTo(world, manner, clean)
  return (level, message, fields) => {
    if (levels.indexOf(level) > levels.indexOf(manner.logLevel)) return
    line(level, message, `${level} ${message}${fields ? ` ${JSON.stringify(fields)}` : ''}`, fields)
  }
}

/** Writes lines whatever the level: as `text`, or as an object. */
export const linesTo = (world: Where, { logFormat }: Manner, clean: (line: string) => string = (line) => line) => ({
  line: (level: string, message: string, text: string, fields?: Readonly<Record<string, unknown>>): void => {
    const whole = logFormat === 'json' ? JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }) : text.replaceAll('\n', ' ')
    world.stderr.write(`${clean(whole)}\n`)
  },
})
