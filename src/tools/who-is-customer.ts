import type { CallContext, ToolResult } from './call.ts'
import { BadArguments } from './arguments.ts'

export const whoIsCustomer = async (_args: unknown, _context: CallContext): Promise<ToolResult> => {
  throw new BadArguments('not built')
}
