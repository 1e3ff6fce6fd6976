import { supporting } from '../client/caller.ts'
import type { Client } from '../client/client.ts'
import { BadRequest } from './bad-request.ts'
import { type Argument, argumentNamed, quoted } from './prompt-arguments.ts'
import { closing, type Prompt, prompts } from './prompt-texts.ts'
import { isPossible, type Reach, worded } from './wording.ts'

export type { Reach } from './wording.ts'

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
    .filter(({ steps }) => isPossible(steps, reach))
    .map(({ name, title, description, takes }) => ({ name, title, description, arguments: takes.map(shown) }))

const shown = ({ name, description, required }: Argument): Listed['arguments'][number] => ({ name, description, required: required === true })

/** What a person says with a prompt, as one message. Throws {@link BadRequest}. */
export const getPrompt = (name: string, given: Readonly<Record<string, string>>, reach: Reach): { readonly description: string; readonly text: string } => {
  const { description, takes, steps } = promptNamed(name, reach)
  const [opening, ...lines] = worded(steps, quoted(name, takes, given), reach)
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
export const completeArgument = async ({ prompt, argument, typed, given }: Blank, reach: Reach, { client, signal }: { readonly client: Client; readonly signal: AbortSignal }): Promise<string[]> => {
  const { complete } = argumentNamed(prompt, promptNamed(prompt, reach).takes, argument)
  return (await complete?.(typed, supporting(client), signal, given)) ?? []
}

const promptNamed = (name: string, reach: Reach): Prompt => {
  const found = prompts.find((prompt) => prompt.name === name)
  if (!found) throw new BadRequest(`There is no prompt ${JSON.stringify(name.slice(0, 64))}; prompts/list says which there are.`)
  if (!isPossible(found.steps, reach)) throw new BadRequest(`The prompt ${name} is off here, since tools that it needs are. The person who runs the server chooses them with --toolsets and --read-only.`)
  return found
}
