// The main job, shown: a real MCP client starts the real server and asks what an assistant would. `npm run demo` works on the
// simulated workspace and nothing else; `npm run demo -- --live` asks your own Intercom (INTERCOM_ACCESS_TOKEN), reading only.
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

type Document = Record<string, unknown>
type Ask = (question: string, tool: string, input: Document, show?: (text: string) => string) => Promise<Document>

const program = resolve(import.meta.dirname, '../dist/intercom-mcp.js')
const coloured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
const paint = (code: number) => (text: string) => (coloured ? `\u001B[${code}m${text}\u001B[0m` : text)
const [bold, dim, red, green, cyan] = [1, 2, 31, 32, 36].map(paint) as [Paint, Paint, Paint, Paint, Paint] // as many as there are codes
type Paint = (text: string) => string

const say = (...lines: string[]) => console.log(lines.join('\n'))

/** As much of an answer as a reader takes in, indented. */
const excerpt = (text: string, most = 14): string => indented(firstOf(text.trimEnd().split('\n'), most))

const firstOf = (lines: string[], most: number): string[] => (lines.length > most + 1 ? [...lines.slice(0, most), dim(`… and ${lines.length - most} more lines`)] : lines)

const indented = (lines: string[]): string => lines.map((line) => `    ${line.length > 110 ? `${line.slice(0, 109)}…` : line}`).join('\n')

/** Of a whole customer who they are, what was talked of last, and what the answer says of itself. */
const highlights = (text: string): string => {
  const lines = text.trimEnd().split('\n')
  const [talks, end] = [lines.indexOf('  conversations:'), lines.findIndex((line) => line.startsWith('</'))] as [number, number] // as many as were looked for
  return indented([...firstOf(lines.slice(0, talks), 10), ...firstOf(lines.slice(talks, end), 9), ...lines.slice(end)].flatMap(folded))
}

/** A long line as several. */
const folded = (line: string): string[] => (line.length > 110 ? (line.match(/.{1,92}(?:\s|$)|.{1,92}/g) ?? [line]).map((piece, index) => (index ? `${/^ */.exec(line)![0]}  ${piece}` : piece)) : [line])

const timed = async <T>(work: () => Promise<T>): Promise<[T, string]> => {
  const began = performance.now()
  const result = await work()
  return [result, `${(performance.now() - began).toFixed(1)} ms`]
}

const connect = async (args: string[]): Promise<Client> => {
  const client = new Client({ name: 'demo', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => live || !name.startsWith('INTERCOM_'))) as Record<string, string>
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, ...args], env, stderr: 'inherit' }))
  return client
}

/** Puts a question to a tool and prints the exchange. */
const asking = (client: Client): Ask => async (question, tool, input, show = excerpt) => {
  say('', `${bold('?')} ${bold(question)}`, `  ${cyan(tool)} ${dim(JSON.stringify(input))}`)
  const [answer, took] = await timed(() => client.callTool({ name: tool, arguments: input }))
  const text = answer.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
  if (answer.isError === true) throw new Error(text)
  const structured = answer.structuredContent as Document // every tool has an output schema
  const calls = structured.calls === undefined ? '' : `, with ${String(structured.calls)} calls to Intercom`
  say(`  ${green('answered')} ${dim(`in ${took}${calls}`)}`, show(text))
  return structured
}

const first = (answer: Document, list: string): Document => {
  const [item] = answer[list] as Document[] // as the tool's output schema says
  if (!item) throw new Error(`there are no ${list}`)
  return item
}

const onTheSimulatedWorkspace = async (client: Client): Promise<void> => {
  const ask = asking(client)
  const known = await ask('priyanka@powderlantern.example is on the line. Who is she, and what is going on?', 'who_is_customer', { customer: 'priyanka@powderlantern.example' }, highlights)
  const opened = await ask('Her helmets are booked as boots. Open a ticket.', 'create_ticket', {
    ticket_type_id: 'Booking problem',
    contacts: [{ id: (known.customer as Document).id }],
    ticket_attributes: { title: 'Helmets booked as boots', 'Booking reference': 'PW-48391', Severity: 'High' },
  })
  await readBack(client, String((opened.ticket as Document).id))
}

const readBack = async (client: Client, id: string): Promise<void> => {
  const uri = `intercom://tickets/${id}`
  say('', `${bold('?')} ${bold('Is it really there? Read it as a resource.')}`, `  ${cyan('resources/read')} ${dim(uri)}`)
  const [{ contents }, took] = await timed(() => client.readResource({ uri }))
  say(`  ${green('answered')} ${dim(`in ${took}`)}`, excerpt(contents.map((part) => ('text' in part ? part.text : '')).join('\n'), 8))
}

const onYourOwn = async (client: Client): Promise<void> => {
  const ask = asking(client)
  const newest = { query: { field: 'role', operator: '=', value: 'user' }, sort: { field: 'created_at', order: 'descending' }, pagination: { per_page: 1 } }
  const customer = first(await ask('Who is our newest customer?', 'search_contacts', newest), 'contacts')
  await ask('Who are they, and what is going on?', 'who_is_customer', { customer: customer.id }, highlights)
}

const main = async (): Promise<void> => {
  const [client, took] = await timed(() => connect(live ? ['--read-only'] : []))
  try {
    const { tools } = await client.listTools()
    say(`${bold('intercom-mcp')} ${dim(`started in ${took} and offers ${tools.length} tools over stdio, MCP 2026-07-28`)}`)
    say(live ? 'Your own Intercom answers. The server is read-only: nothing can be changed.' : 'A simulated Intercom workspace answers: invented people, nothing leaves this machine.')
    await (live ? onYourOwn : onTheSimulatedWorkspace)(client)
  } finally {
    await client.close()
  }
  say('', bold('Next'), '  Give it to your assistant: copy mcp.json into its MCP configuration.')
  say('  Use your own Intercom:     set INTERCOM_ACCESS_TOKEN (and INTERCOM_REGION: us, eu or au) there.', '  See what else there is:    node dist/intercom-mcp.js --help')
}

const { live = false } = parseArgs({ options: { live: { type: 'boolean' } } }).values
if (live && !process.env.INTERCOM_ACCESS_TOKEN) {
  console.error('--live asks your own Intercom: set INTERCOM_ACCESS_TOKEN')
  process.exit(2)
}
try {
  await main()
} catch (error) {
  console.error(red(`The demo failed: ${error instanceof Error ? error.message : String(error)}`))
  process.exitCode = 1
}
