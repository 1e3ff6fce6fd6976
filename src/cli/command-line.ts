import { Command, CommanderError, Option } from 'commander'
import { suggestion } from '../tools/nearest.ts'
import type { DoctorFlags } from './doctor/doctor.ts'
import { environment, examples } from './help.ts'
import type { HttpFlags } from './http.ts'
import { httpEntries } from './http-settings.ts'
import type { KeyFlags } from './key.ts'
import { Misuse, sentence } from './misuse.ts'
import { type Entry, filled, token } from './setting.ts'
import { entries } from './settings.ts'
import { version } from './version.ts'
import type { WorkspaceFlags } from './workspace.ts'
import type { World } from './world.ts'

/** Reads the command line and runs the command it names. Throws {@link Misuse}. */
export const parse = async (world: World): Promise<void> => {
  const root = program(world)
  const command = world.args[0] === 'help' ? world.args[1] : world.args[0]
  if (command !== undefined && /^\w/.test(command) && ![...namesOf(root), 'help'].includes(command)) throw new Misuse(unknownCommand(command, root))
  try {
    await root.parseAsync([...world.args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw new Misuse(complaint(error))
  }
}

const complaint = (error: Error): string => error.message.replaceAll('\n', ' ').replace(/^error: /, '')

const program = (world: World): Command => {
  const root = new Command('intercom-mcp')
    .description('MCP server for Intercom, with a simulated Intercom workspace built in.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: () => {} })
    .addHelpText('after', environment([...entries, ...httpEntries]) + examples.root)
  stdio(root, world)
  http(root, world)
  doctor(root, world)
  workspace(root, world)
  key(root, world)
  return root
}

const stdio = (root: Command, world: World): void => {
  server(root.command('stdio', { isDefault: true }))
    .description('serve one MCP client on stdin and stdout (the default)')
    .allowExcessArguments()
    .addHelpText('after', examples.stdio)
    .action(async (flags: Readonly<Record<string, unknown>>, command: Command) => {
      if (command.args[0] !== undefined) throw new Misuse(unknownCommand(command.args[0], root))
      await (await import('./stdio.ts')).stdio(flags, world)
    })
}

const http = (root: Command, world: World): void => {
  settable(server(address(root.command('http'), 8213)), httpEntries)
    .description('serve MCP over Streamable HTTP at /mcp, for this machine unless told otherwise')
    .addHelpText('after', examples.http)
    .action(async (flags: HttpFlags) => (await import('./http.ts')).http(flags, world))
}

const doctor = (root: Command, world: World): void => {
  server(root.command('doctor'))
    .description('check settings, connection and permissions, and say which tools are off and why')
    .option('--json', 'for programs')
    .option('--try-regions', "show a token that is not accepted to Intercom's hosts of the other regions too")
    .addHelpText('after', examples.doctor)
    .action(async (flags: DoctorFlags) => (await import('./doctor/doctor.ts')).doctor(flags, world))
}

const workspace = (root: Command, world: World): void => {
  address(root.command('workspace'), 8214)
    .description('serve the simulated Intercom workspace to any Intercom client')
    .addOption(new Option('--file <path>', 'keep the workspace in this file; in memory by default').argParser(reading('--file', filled)))
    .option('--empty', 'start with no people, tickets or pages')
    .addOption(new Option('--seed <path>', 'start with the data of this JSON file; see docs/control.md').argParser(reading('--seed', filled)))
    .addOption(new Option('--token <token>', 'accept this access token instead of an invented one').argParser(reading('--token', token)))
    .option('--scope <permission>', 'what the token may do, such as "Read tickets" (repeatable; everything by default)', collected('--scope', filled))
    .addHelpText('after', examples.workspace)
    .action(async (flags: WorkspaceFlags) => (await import('./workspace.ts')).workspace(flags, world))
}

const key = (root: Command, world: World): void => {
  root
    .command('key')
    .description('make a key for one who calls over HTTP, and the line for the file of keys')
    .addOption(new Option('--name <name>', 'who it is for; audit and limits know them by it').default('name').argParser(reading('--name', filled)))
    .addHelpText('after', examples.key)
    .action(async (flags: KeyFlags) => (await import('./key.ts')).key(flags, world))
}

/** What the two ways to serve MCP have in common. */
const server = (command: Command): Command => settable(command, entries)

const settable = (command: Command, table: readonly Entry[]): Command =>
  table.reduce((built, { flag, about, repeatable }) => (flag ? built.addOption(repeatable ? new Option(flag, about).argParser(collected(flag)) : new Option(flag, about).argParser(givenOnce(flag))) : built), command)

/** Of two values one would go unheard, and it may be the one that forbids. */
const givenOnce = (flag: string) => (text: string, before?: string): string => {
  if (before !== undefined) throw new Misuse(`${flag.split(' ')[0]} is given twice; give it once`)
  return text
}

const address = (command: Command, initial: number): Command =>
  command
    .addOption(new Option('--port <number>', 'port to listen on, 0 for any free one').default(initial).argParser(reading('--port', port)))
    .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1').argParser(reading('--host', filled)))

const port = (text: string): number => {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= 65_535) return number
  throw new Error(`${JSON.stringify(text)} is not a port; use a number from 0 to 65535`)
}

/** Reads a flag's text; what is wrong with it is told under the flag's name. */
const reading = <T>(flag: string, read: (text: string) => T) => (text: string): T => {
  try {
    return read(text)
  } catch (error) {
    throw new Misuse(`${flag}: ${sentence(error)}`)
  }
}

const collected = (flag: string, read: (text: string) => string = String) => (text: string, before: string[] = []): string[] => [...before, reading(flag, read)(text)]

const namesOf = (root: Command): string[] => root.commands.map((command) => command.name())

const unknownCommand = (word: string, root: Command): string => {
  const names = namesOf(root)
  if (names.includes(word)) return `put the command first: intercom-mcp ${word} …`
  return `unknown command ${JSON.stringify(word)}.${suggestion(word, names)} Commands: ${names.join(', ')}; intercom-mcp --help tells more`
}
