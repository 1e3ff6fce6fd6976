import { type JSONRPCRequest, ProtocolError, ProtocolErrorCode, type Result, Server, type ServerContext } from '@modelcontextprotocol/server'
import { isTooDeep, tooDeep } from '../tools/depth.ts'
import { told } from './story.ts'

type Handler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>

/**
 * The SDK's server, but what is wrong with a request's params is told in a sentence and as the fault of the request.
 * The SDK throws a schema's issues as JSON text, for most methods as an error that goes out as an internal one. No handler is
 * given what is nested without end, and of each is told how it ended.
 */
export class ExactServer extends Server {
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    const wrapped = super._wrapHandler(method, handler)
    const exact: Handler = async (request, context) => {
      if (isTooDeep(request.params)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${method}: the request is ${tooDeep}`)
      try {
        return await wrapped(request, context)
      } catch (error) {
        const issues = error instanceof Error ? issuesIn(error.message) : undefined
        throw issues ? new ProtocolError(ProtocolErrorCode.InvalidParams, `${method}: ${issues.map(sentence).join('; ')}`) : error
      }
    }
    return (request, context) => told(request, context, () => exact(request, context))
  }
}

interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

const issuesIn = (message: string): readonly Issue[] | undefined => {
  const [, json] = /^(?:Invalid \S+ request: )?(\[\n[^]*\])$/.exec(message) ?? []
  return json === undefined ? undefined : (JSON.parse(json) as Issue[]) // the SDK made it of zod's issues
}

const sentence = ({ path, message }: Issue): string => `${path.join('.') || 'the request'}: ${message.replace(/^Invalid input: /, '')}`
