import { Failure } from '../client/failure.ts'

/** What a read answers; undefined where neither token nor server may be asked for it. Throws any other failure. */
export const ifReadable = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read
  } catch (error) {
    if (error instanceof Failure && (error.code === 'permission_missing' || error.code === 'policy_denied')) return undefined
    throw error
  }
}
