import { supporting } from '../client/caller.ts'
import type { Client } from '../client/client.ts'
import { BadRequest } from './bad-request.ts'
import { type Argument, argumentNamed, quoted } from './prompt-arguments.ts'
import { closing, type Prompt, prompts } from './prompt-texts.ts'
import { type Reach, wanting, worded } from './wording.ts'

/** What a caller can use, and why not the rest. */
export interface Within {
  readonly reach: Reach
  readonly whyNot: (tool: string) => Promise<string>
}

/** A prompt as prompts/list shows it. */
interface Listed {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: { readonly name: string; readonly description: string; readonly required: boolean }[]
}

/** The prompts whose tools are within reach. */
export const listPrompts = (reach: Reach): Listed[] =>
  prompts
    .filter(({ steps }) => wanting(steps, reach) === undefined)
    .map(({ name, title, description, takes }) => ({ name, title, description, arguments: takes.map(shown) }))

const shown = ({ name, description, required }: Argument): Listed['arguments'][number] => ({ name, description, required: required === true })

/** What a person says with a prompt, as one message. Throws {@link BadRequest}. */
export const getPrompt = async (name: string, given: Readonly<Record<string, string>>, within: Within): Promise<{ readonly description: string; readonly text: string }> => {
  const { description, takes, steps } = await promptNamed(name, within)
  const [opening, ...lines] = worded(steps, quoted(name, takes, given), within.reach)
  return { description, text: [opening, '', ...[...lines, closing].map((line) => `- ${line}`)].join('\n') }
}

/** Which argument of which prompt is to be completed: what was typed of it, and the others as far as they are filled in. */
export interface Blank {
  readonly prompt: string
  readonly argument: string
  readonly typed: string
  readonly given: Readonly<Record<string, string>>
}

/** Values an argument may take: none where nobody can tell. Throws {@link BadRequest}, and the client's Failure. */
export const completeArgument = async ({ prompt, argument, typed, given }: Blank, within: Within, { client, signal }: { readonly client: Client; readonly signal: AbortSignal }): Promise<string[]> => {
  const { complete } = argumentNamed(prompt, (await promptNamed(prompt, within)).takes, argument)
  return (await complete?.(typed, supporting(client), signal, given)) ?? []
}

const promptNamed = async (name: string, { reach, whyNot }: Within): Promise<Prompt> => {
  const found = prompts.find((prompt) => prompt.name === name)
  if (!found) throw new BadRequest(`There is no prompt ${JSON.stringify(name.slice(0, 64))}; prompts/list says which there are.`)
  const missing = wanting(found.steps, reach)
  if (missing !== undefined) throw new BadRequest(`The prompt ${name} is off here, since a tool that it needs is. ${await whyNot(missing)}`)
  return found
}
