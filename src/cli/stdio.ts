import { resolve } from 'node:path'
import { serveStdio } from '../server/stdio.ts'
import type { Start } from './greeting.ts'
import { complaint } from './misuse.ts'
import { wire } from './offer.ts'
import type { Entry } from './setting.ts'
import { entries, settings } from './settings.ts'
import type { World } from './world.ts'

/** Milliseconds that calls in flight may take at the end: a little over the time a call is given. */
const patience = 32_000

/** Serves one client on stdin and stdout until stdin ends or the process is asked to. */
export const stdio = async (flags: Readonly<Record<string, unknown>>, world: World): Promise<void> => {
  const { offer, upstream, log, audit } = await wire(settings(flags, world.env), world)
  if (world.stdin.isTTY) world.stderr.write((await import('./greeting.ts')).greeting(startOf(world), upstream.name))
  log('info', `serving ${offer.tools.length} tools on stdio for ${upstream.name}`)
  const onError = (error: Error) => log('debug', complaint(error))
  await serveStdio({ ...offer, onList: world.onList }, { input: world.stdin, output: world.stdout, stop: world.stop, patience, onError })
  await upstream.close()
  await audit?.end(world.stderr)
}

/** How a client starts what this person started; the token is theirs to fill in. */
const startOf = ({ self: [command, program], args, env }: World): Start => {
  const value = ({ env: name, secret, path }: Entry) => (secret ? '<your token>' : path ? lasting(env[name]!) : env[name]!)
  const set = entries.filter((entry) => env[entry.env]).map((entry): [string, string] => [entry.env, value(entry)])
  return { command, args: [program, ...anywhere(args)], ...(set.length > 0 && { env: Object.fromEntries(set) }) }
}

/** A path as it means the same in any folder; stderr is none. */
const lasting = (path: string): string => (path === 'stderr' ? path : resolve(path))

/** The words of a command line as they mean the same in any folder. */
const anywhere = (args: readonly string[]): string[] => {
  const flags = entries.flatMap(({ flag, path }) => (flag && path ? [flag.split(' ')[0]!] : []))
  return args.map((word, index) => {
    const joined = flags.find((flag) => word.startsWith(`${flag}=`))
    if (joined) return `${joined}=${lasting(word.slice(joined.length + 1))}`
    return flags.includes(args[index - 1] ?? '') ? lasting(word) : word
  })
}
