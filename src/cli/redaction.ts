import type { Audit } from '../client/audit.ts'
import { once } from '../server/once.ts'
import type { Redactable } from '../view/redaction/redactable.ts'
import type { Redaction } from '../view/redaction/redaction.ts'

/** Keeps values from whoever reads answers, logs and the audit. Nothing of it is loaded before somebody is to be shown less. */
export interface Redacting {
  /** How these kinds are kept from callers. All kinds share what is known. */
  readonly of: (kinds: ReadonlySet<Redactable>) => Promise<Redaction>
  /** Sees who is named in an answer of Intercom's. */
  readonly observe: (answer: unknown) => void
  /** A line without what is kept from any caller. */
  readonly line: (text: string) => string
}

/** Pseudonyms are the same wherever `secret` is. */
export const redactingBy = (secret: () => Promise<string>): Redacting => {
  const nothing = once(async () => (await import('../view/redaction/redaction.ts')).redaction([], await secret()))
  let all: Redaction | undefined
  return {
    of: async (kinds) => {
      const begun = await nothing()
      all = (all ?? begun).and(kinds)
      return begun.and(kinds)
    },
    observe: (answer) => all?.learn(answer),
    line: (text) => all?.leaving(text) ?? text,
  }
}

/** The audit, told of targets without what is kept from callers, and of whose Intercom they are in where there are several. */
export const discreet = ({ ready, add }: Audit, { line }: Redacting, tenant?: string): Audit => ({
  ready,
  add: (told) => add({ ...told, ...(tenant !== undefined && { tenant }), target: line(told.target) }),
})
