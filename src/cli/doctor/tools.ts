import { permissionNamed, whereToTick } from '../../client/advice.ts'
import { lackOf, type Permissions } from '../../client/permissions.ts'
import { everything, narrowed, type Policy } from '../../client/policy.ts'
import type { Offer } from '../../server/offer.ts'
import { objectionTo } from '../../tools/permitted.ts'
import { executorOf, riskOf } from '../../tools/risk.ts'
import { allRules, rules } from '../../tools/rules.ts'
import { isOperationTool, type PublishedTool } from '../../tools/tool.ts'
import { narrowings, type Sources } from '../policy.ts'
import type { Off, Tools } from './report.ts'

/** What one setting, or one file, allows. */
interface Rule {
  readonly name: string
  readonly policy: Policy
}

/** Which tools are on and which are off, and why. */
export const tools = async (offer: Offer, sources: Sources, permissions: Permissions): Promise<Tools> => {
  const set = await rulesOf(sources, offer.published)
  const off = new Map(offer.published.map((tool) => [tool, why(tool, offer, set, permissions)]))
  const on = offer.published.filter((tool) => off.get(tool) === undefined)
  const listed = on.filter((tool) => offer.tools.includes(tool))
  const reached = on.filter((tool) => !listed.includes(tool) && isOperationTool(tool) && listed.some(({ tool: { name } }) => name === executorOf(riskOf[tool.effect])))
  const rest = on.filter((tool) => !listed.includes(tool) && !reached.includes(tool)).map((tool) => unchosen(tool, sources))
  return { all: offer.published.length, listed: listed.map(({ tool }) => tool.name), reached: reached.length, off: joined([...[...off.values()].filter((each) => each !== undefined), ...rest]) }
}

/** A tool that may be used, but that no choice of tools lists. */
const unchosen = ({ tool: { name } }: PublishedTool, { said }: Sources): Off => {
  const choosing = said.flatMap((source) => (['toolsets', 'tools'] as const).filter((key) => source.said[key] !== undefined).map((key) => source.named(rules[key])))
  const because = choosing.join(', ') || 'the choice of tools'
  return { by: 'policy', because, next: 'Name them, or a toolset of theirs, in --toolsets or --tools to list them.', tools: [name] }
}

/** Each rule by itself, under the name by which it was said. */
const rulesOf = async ({ files, said }: Sources, published: readonly PublishedTool[]): Promise<Rule[]> => {
  const filed = files.map((path) => ({ name: `the policy file ${path}`, sources: { files: [path], said: [] } }))
  const each = said.flatMap((source) =>
    allRules.flatMap(([key, rule]) => (source.said[key] === undefined ? [] : [{ name: source.named(rule), sources: { files: [], said: [{ ...source, said: { [key]: source.said[key] } }] } }])),
  )
  return Promise.all([...filed, ...each].map(async ({ name, sources }) => ({ name, policy: narrowed(everything, (await narrowings(sources, published))[0]!.policy) })))
}

const why = (tool: PublishedTool, { caller: { policy } }: Offer, set: readonly Rule[], permissions: Permissions): Off | undefined => {
  const { name } = tool.tool
  if (objectionTo(tool, policy) !== undefined) {
    const because = set.filter((rule) => objectionTo(tool, rule.policy) !== undefined).map((rule) => rule.name).join(', ')
    return { by: 'policy', because, next: `Change ${because} to allow them.`, tools: [name] }
  }
  const lack = isOperationTool(tool) ? lackOf(permissions.lacking(), tool.permission) : undefined
  if (lack === undefined) return undefined
  return { by: 'permission', because: permissionNamed(lack), next: `Tick ${permissionNamed(lack)} in ${whereToTick}.`, tools: [name] }
}

const joined = (off: readonly Off[]): Off[] => {
  const groups = new Map<string, Off>()
  for (const each of off) groups.set(each.next, { ...each, tools: [...(groups.get(each.next)?.tools ?? []), ...each.tools] })
  return [...groups.values()]
}
