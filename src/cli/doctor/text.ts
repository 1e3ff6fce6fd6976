import { whereToTick } from '../../client/advice.ts'
import { plain } from '../../view/plain.ts'
import type { Connection, Off, Permission, Report, Told, Tools } from './report.ts'

/** Columns of the text. */
const width = 96

/** What was found out, for a terminal. */
export const inText = (report: Report): string => {
  const { version, node, settings, connection, permissions, tools, problems, next } = report
  const sections = [
    section(`intercom-mcp ${version} on Node ${node}`, []),
    section('Settings', settings.length ? set(settings) : ['Nothing is set: a simulated workspace answers, and everything else is as by default.']),
    ...(connection ? [section('Connection', connected(connection))] : []),
    ...(permissions ? [section(`Permissions of the token (${whereToTick})`, permitted(permissions))] : []),
    ...(tools ? [section('Tools', offered(tools))] : []),
    section(problems.length ? 'What keeps it from working' : 'Nothing keeps it from working', problems.flatMap(point)),
    ...(next.length ? [section('What you can do', next.flatMap(point))] : []),
  ]
  return plain(sections.join('\n')) // some of it is Intercom's, or whoever answered in its place
}

const section = (title: string, lines: readonly string[]): string => [title, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n')

const set = (settings: readonly Told[]): string[] => {
  const column = Math.max(...settings.map(({ name }) => name.length)) + 2
  return settings.flatMap(({ name, value, from, overruledBy }) => hanging(name.padEnd(column), `${value}  (${from}${overruledBy ? `; ${overruledBy} counts instead` : ''})`))
}

const connected = ({ to, accepted, workspace, admin, ms, requestsLeft, problem }: Connection): string[] => [
  ...hanging('to         ', to),
  `answered   ${problem !== undefined && accepted === undefined ? 'no' : `in ${ms} ms`}`,
  ...(accepted === undefined ? [] : [`token      ${accepted ? 'accepted' : 'not accepted'}`]),
  ...(workspace ? hanging('workspace  ', named(workspace.name, workspace.id, workspace.region && `region ${workspace.region}`)) : []),
  ...(admin ? hanging('as         ', named(admin.name, admin.id)) : []),
  ...(accepted ? [`requests   ${requestsLeft === undefined ? 'plenty left' : `${requestsLeft} left in this window of ten seconds`}`] : []),
]

const named = (name = 'without a name', ...details: readonly (string | undefined)[]): string => {
  const known = details.filter(Boolean)
  return known.length ? `${name} (${known.join(', ')})` : name
}

const permitted = (permissions: readonly Permission[]): string[] => {
  const reasons = [...new Set(permissions.map(({ why }) => why).filter((why) => why !== undefined))]
  return [
    ...group('held       ', permissions.filter(({ state }) => state === 'held')),
    ...group('missing    ', permissions.filter(({ state }) => state === 'missing')),
    ...reasons.flatMap((reason) => [...group('not known  ', permissions.filter(({ why }) => why === reason)), ...wrapped(`(${reason})`, ' '.repeat(11))]),
  ]
}

const group = (label: string, permissions: readonly Permission[]): string[] => (permissions.length ? hanging(label, permissions.map(({ name }) => name).join(', ')) : [])

const offered = ({ all, listed, reached, off }: Tools): string[] => [
  `${all} in all: ${listed.length} listed, ${reached} more by way of the finder, ${sum(off)} off`,
  ...off.flatMap(({ by, because, next, tools }) => [
    '',
    ...wrapped(`${tools.length} off ${by === 'policy' ? 'by' : 'for want of the permission'} ${because}:`),
    ...wrapped(tools.join(', '), '  '),
    ...(by === 'policy' ? wrapped(next, '  ') : []), // what to tick stands at the end, all at once
  ]),
]

const sum = (off: readonly Off[]): number => off.reduce((total, { tools }) => total + tools.length, 0)

const point = (text: string): string[] => hanging('- ', text)

/** A label and, beside it, its text in as many lines as it takes. */
const hanging = (label: string, text: string): string[] => wrapped(text, ' '.repeat(label.length)).map((line, index) => (index === 0 ? label + line.trimStart() : line))

const wrapped = (text: string, indent = ''): string[] => {
  const room = width - 2 - indent.length
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last !== '' && last.length + 1 + word.length > room) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => indent + line)
}
