import type * as z from 'zod'
import type { History } from './transcript/histories.ts'

type Document = Record<string, unknown>

/** How one sort of Intercom object reads to a model. */
export interface Kind {
  /** Key of one in an answer, and of several. */
  readonly name: string
  readonly plural: string
  readonly schema: z.ZodType
  /** Fields that tell objects apart; they come first and stand in the published output schema. */
  readonly headline: readonly string[]
  /** Fields shown where this object is embedded in another one. */
  readonly brief: readonly string[]
  /** Fields shown of each where several are, unless more is asked for; all of them when absent. */
  readonly summary?: readonly string[]
  /** Who wrote them: customers may have, unless it says that only the workspace's own people do. */
  readonly by?: 'workspace'
  /** Fields that say nothing a model needs. */
  readonly hidden?: readonly string[]
  /** Lists, and contents by locale, that are only counted where several of these objects are shown. */
  readonly counted?: readonly string[]
  /** Characters of a long text that are shown where several of these objects are. */
  readonly excerpt?: number
  /** Texts that may be too long to show at once, each with the tool that shows the rest of it: `text_from`. */
  readonly long?: Readonly<Record<string, string>>
  /** Its history, which reads as a transcript. */
  readonly history?: History
  /** Values that mean nothing: `"0"` as an assignee. */
  readonly nothing?: Readonly<Record<string, unknown>>
  /** How exact its times read: a date costs 6 tokens, a minute 10. */
  readonly times: 'date' | 'minute'
  /** How one is told, out of its fields as they are shown: whole, or `brief` where only what tells most of it is wanted. Nothing of `raw` may be told. */
  readonly told?: (shown: Document, how: { readonly raw: Document; readonly brief: boolean }) => Document
  /** Fields that only `told` makes. */
  readonly adds?: readonly string[]
  /** Path of the object in Intercom's web app, behind the app's own address. */
  readonly path?: (document: Document) => string | undefined
}
