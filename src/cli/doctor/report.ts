/** Something that was set, and where. */
export interface Told {
  readonly name: string
  /** Never a secret. */
  readonly value: string
  readonly from: 'command line' | 'environment'
  /** The flag that says otherwise, and counts. */
  readonly overruledBy?: string
}

/** Who is there, as far as Intercom tells. */
export interface Connection {
  readonly to: string
  /** The token: undefined when nothing answered that could judge it. */
  readonly accepted?: boolean
  readonly workspace?: { readonly name?: string; readonly id?: string; readonly region?: string }
  readonly admin?: { readonly name?: string; readonly id: string }
  readonly ms: number
  /** Requests left in Intercom's present window of ten seconds; absent while there are plenty. */
  readonly requestsLeft?: number
  /** What is wrong, and the next step. */
  readonly problem?: string
  /** What else to know of it. */
  readonly notes: readonly string[]
}

/** A permission of Intercom's that some operation needs. */
export interface Permission {
  readonly name: string
  readonly state: 'held' | 'missing' | 'unknown'
  /** Why it is not known. */
  readonly why?: string
}

/** Tools that are off for the same reason. */
export interface Off {
  readonly by: 'policy' | 'permission'
  /** The settings, or the permission. */
  readonly because: string
  readonly next: string
  readonly tools: readonly string[]
}

export interface Tools {
  readonly all: number
  readonly listed: readonly string[]
  /** Not listed, and reached by the tools of the finder. */
  readonly reached: number
  readonly off: readonly Off[]
}

/** What `intercom-mcp doctor` found out. What comes after something that keeps the server from working is absent. */
export interface Report {
  readonly ok: boolean
  readonly version: string
  readonly node: string
  readonly settings: readonly Told[]
  readonly connection?: Connection
  readonly permissions?: readonly Permission[]
  readonly tools?: Tools
  /** What keeps the server from working, each with the next step. */
  readonly problems: readonly string[]
  /** What else to do. */
  readonly next: readonly string[]
}
