/** How to speak of a tool here: its name, or the executor that runs its operation; undefined when it cannot be called. */
export type Reach = (tool: string) => string | undefined

/**
 * One thing to say. The first of its wordings that can be said is: tools stand in backticks and must be within reach,
 * arguments stand in braces and must be known.
 */
export interface Step {
  readonly wordings: readonly string[]
  /** Without it the whole makes no sense. */
  readonly essential: boolean
}

export const must = (...wordings: string[]): Step => ({ wordings, essential: true })
export const may = (...wordings: string[]): Step => ({ wordings, essential: false })

const places = /`(\w+)`|\{(\w+)\}/g

/** The first tool for want of which something essential cannot be said, with every argument known; undefined when all of it can. */
export const wanting = (steps: readonly Step[], reach: Reach): string | undefined => {
  const unsayable = steps.find(({ wordings, essential }) => essential && !wordings.some((wording) => toolsIn(wording).every(reach)))
  return unsayable && toolsIn(unsayable.wordings[0]!).find((tool) => !reach(tool))
}

const toolsIn = (wording: string): string[] => [...wording.matchAll(places)].flatMap(([, tool]) => tool ?? [])

/** What is said of these steps. `values` are put in as they are, and nothing in them is read as a tool or an argument. */
export const worded = (steps: readonly Step[], values: Readonly<Record<string, string>>, reach: Reach): string[] =>
  steps.flatMap(({ wordings }) => wordings.map((wording) => filled(wording, values, reach)).find((text) => text !== undefined) ?? [])

const filled = (wording: string, values: Readonly<Record<string, string>>, reach: Reach): string | undefined => {
  const found = [...wording.matchAll(places)].map(([, tool, argument]) => (tool ? reach(tool) : values[argument!]))
  return found.includes(undefined) ? undefined : wording.replace(places, () => found.shift()!)
}
