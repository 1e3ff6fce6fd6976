// Runs the public conformance suite against this product's HTTP layer with the suite's own tools, and against the product as it is built.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Program } from '../cli/program.ts'
import { credential } from './credential.ts'
import { serveFixture } from './fixture.ts'
import { withCredential } from './proxy.ts'
import { install, type Outcome, requirementsOf, runSuite } from './suite.ts'

const revisions = ['2025-11-25', '2026-07-28']

/** What a server is asked that needs none of the suite's own tools, prompts and resources. */
const withoutFixtures: Readonly<Record<string, readonly string[]>> = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list', 'server-sse-multiple-streams', 'dns-rebinding-protection', 'server-session-lifecycle'],
  '2026-07-28': [
    'server-stateless',
    'tools-list',
    'resources-list',
    'sep-2164-resource-not-found',
    'prompts-list',
    'caching',
    'server-sse-multiple-streams',
    'dns-rebinding-protection',
    'input-required-result-unsupported-methods',
    'http-header-validation',
  ],
}

/** Checks of those scenarios that call a tool of the suite's own all the same. */
const callSuiteTools: ReadonlySet<string> = new Set(['sep-2575-server-rejects-undeclared-capability', 'sep-2575-missing-capability-http-400'])

interface Server {
  readonly url: URL
  readonly close: () => Promise<unknown>
}

const product = async (keys: string): Promise<Server> => {
  const program = new Program(['http', '--port', '0', '--keys', keys])
  const url = new URL(await program.said(/serving MCP at (\S+)/))
  return { url, close: async () => (program.child.kill(), program.ended()) }
}

/** Says what is wrong with a scenario. One that was not run, or had nothing to say, has not passed. */
const trouble = (outcome: Outcome | undefined, ignored: ReadonlySet<string> = new Set()): string | undefined => {
  if (outcome === undefined) return 'was not run'
  const failure = outcome.failures.find(({ id }) => !ignored.has(id))
  if (failure) return `${failure.id}: ${failure.errorMessage ?? 'failed'}`
  return outcome.passed === 0 ? 'checked nothing' : undefined
}

interface Judged {
  readonly title: string
  readonly required: readonly string[]
  readonly besides?: readonly string[]
  readonly ignored?: ReadonlySet<string>
}

/** Prints what came of the scenarios that must pass, and of the others. Returns how many failed that must not. */
const report = ({ title, required, besides = [], ignored }: Judged, outcomes: ReadonlyMap<string, Outcome>): number => {
  const failed = required.filter((name) => trouble(outcomes.get(name), ignored) !== undefined)
  console.log(`\n${title}: ${required.length - failed.length} of ${required.length} required scenarios passed`)
  for (const name of required) console.log(failed.includes(name) ? `  FAILED ${name}: ${trouble(outcomes.get(name), ignored)}` : `  passed ${name} (${counted(outcomes.get(name)!)})`)
  for (const name of besides) console.log(`  not scored: ${name}: ${trouble(outcomes.get(name)) ?? 'passed'}`)
  return failed.length
}

const counted = ({ passed, failures }: Outcome): string => `${passed} checks${failures.length > 0 ? `, without ${failures.length} that call a tool of the suite` : ''}`

/** Runs the suite for each revision against a server that asks who calls. Returns how many scenarios failed. */
const tried = async (open: (keys: string) => Promise<Server>, judged: (revision: string) => Judged | Promise<Judged>): Promise<number> => {
  const [{ authorization, keys, remove }, folder] = await Promise.all([credential(), mkdtemp(join(tmpdir(), 'conformance-'))])
  const server = await open(keys)
  const proxy = await withCredential(server.url, authorization)
  let failed = 0
  for (const revision of revisions) failed += report(await judged(revision), await runSuite(proxy.url, revision, join(folder, revision)))
  proxy.close()
  await server.close()
  await Promise.all([remove(), rm(folder, { recursive: true })])
  return failed
}

const all = async (): Promise<number> =>
  (await tried(serveFixture, async (revision) => ({ title: `${revision}, our HTTP layer and factory with what the suite calls`, ...(await requirementsOf(revision)) }))) +
  (await tried(product, (revision) => ({ title: `${revision}, the product as it is`, required: withoutFixtures[revision]!, ignored: callSuiteTools })))

const runsHere = process.platform === 'linux' && process.arch === 'x64'
if (runsHere) {
  install()
  process.exitCode = (await all()) === 0 ? 0 : 1
} else console.log(`The conformance suite was not run: it needs Node 22, which test/conformance has for Linux on x64 only, and this is ${process.platform} on ${process.arch}.`)
