import type { IncomingMessage } from 'node:http'
import type { Narrowing } from '../../tools/rules.ts'
import type { OperationTool, PublishedTool } from '../../tools/tool.ts'
import type { Refused } from './exchange.ts'

/** Who makes a request. */
export interface Identity {
  /** As audit, confirmations and limits know them; never a secret, and never another's. */
  readonly principal: string
  /** Whose Intercom they may use; undefined where nothing says so: there is one only, or they bring its token. */
  readonly tenant?: string
  /** What their credential allows of it; all of it where nothing is said. */
  readonly narrowing?: Narrowing
  /** The same for requests of one principal with the same rights, and for no others. */
  readonly key: string
  /** The refusal of a call that their credential alone forbids, with what would allow it; undefined when it allows the call. */
  readonly withheld?: (called: Called) => Refused | undefined
}

/** A call of a tool, and the operation that an executor is to run. */
export interface Called {
  readonly tool: PublishedTool
  readonly run?: OperationTool
}

/** Tells whose request it is, or why it may not be made. Looks at its head only, never at what it asks. */
export type Authenticate = (request: IncomingMessage) => Identity | Refused | Promise<Identity | Refused>

/** Where nobody is asked who they are. */
export const anybody: Authenticate = () => local

const local: Identity = { principal: 'local', key: 'local' }

/** Whether what was looked for is a refusal instead. */
export const isRefused = (found: object): found is Refused => 'status' in found
