import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server'
import { Failure } from '../client/failure.ts'
import { BadRequest } from '../resources/bad-request.ts'
import { defect, type Offer } from './offer.ts'

/** An error in the protocol's terms, with the advice a tool would give. `uri` names the resource that was asked for, if one was. */
export const inProtocol = async <T>({ onError }: Offer, work: () => Promise<T>, uri?: string): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BadRequest) throw invalid(error.message)
    if (error instanceof Failure) throw Object.assign(ofFailure(error, uri), { cause: error })
    onError(error)
    throw new ProtocolError(ProtocolErrorCode.InternalError, defect)
  }
}

const ofFailure = ({ code, advice }: Failure, uri: string | undefined): ProtocolError => {
  if (code === 'not_found' && uri !== undefined) return new ResourceNotFoundError(uri, advice)
  return code === 'invalid_input' ? invalid(advice) : new ProtocolError(ProtocolErrorCode.InternalError, advice)
}

const invalid = (message: string): ProtocolError => new ProtocolError(ProtocolErrorCode.InvalidParams, message)
