import type { CallContext, ToolResult } from './call.ts'

type Run = (args: unknown, context: CallContext) => Promise<ToolResult>

/** Each loaded at its first call. */
const runs: Readonly<Record<string, () => Promise<Run>>> = {
  who_is_customer: async () => (await import('./customer/who-is-customer.ts')).whoIsCustomer,
  get_account: async () => (await import('./account/get-account.ts')).getAccount,
  describe_workspace: async () => (await import('./describe-workspace.ts')).describeWorkspace,
  search: async () => (await import('./everything/search.ts')).search,
  fetch: async () => (await import('./everything/fetch.ts')).fetch,
}

/** Runs one of the tools that answer from several operations. Throws BadArguments and the client's Failure. */
export const callOverview: (name: string, args: unknown, context: CallContext) => Promise<ToolResult> = async (name, args, context) => (await runs[name]!())(args, context)
