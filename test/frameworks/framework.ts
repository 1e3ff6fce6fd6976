/** How a framework reaches the server. */
export type Reach =
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly command: string; readonly args: string[]; readonly env: Record<string, string> }

/** What came of one tool call. */
export interface Told {
  /** All that the model is given to read. */
  readonly text: string
  /** Whether the framework itself knows that the call failed. */
  readonly failed: boolean
}

export interface Connected {
  /** As they are offered to the model: descriptions and parameters by name. */
  readonly tools: () => Promise<Readonly<Record<string, Offered>>>
  /** Lets a scripted model ask for one call, and answers what the framework tells it in return. */
  readonly call: (tool: string, args: Readonly<Record<string, unknown>>) => Promise<Told>
  readonly close: () => Promise<void>
}

export interface Offered {
  readonly description: string
  readonly parameters: unknown
}

/** A person's answer to a question that the framework puts to them. */
export type Answer = (question: string) => boolean

/** A framework's own MCP client and agent loop, unmodified. No model is called: its part is scripted. */
export interface Framework {
  readonly name: string
  /** Without a person it declares that nobody can be asked. */
  readonly connect: (reach: Reach, person?: Answer) => Promise<Connected>
  /** Whether it can put the server's questions to a person. */
  readonly asks: boolean
  /** Whether it tells calls that failed from others, beyond what the text says. */
  readonly seesFailures: boolean
  /** Whether it gives a model the text and, again, the structured content. */
  readonly readsBoth: boolean
}
