import { Pieces } from '../../../client/pieces.ts'

/** Largest document an issuer may publish, in bytes. */
const largest = 256 * 1024

/** A JSON document of an issuer. Throws an Error that says what is wrong; follows no redirect, which could lead to anyone's keys. */
export const documentAt = async (url: URL, signal: AbortSignal): Promise<unknown> => {
  const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } }).catch((error: unknown) => {
    throw new Error(`${url.href} cannot be reached${because(error)}`)
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`${url.href} answers ${response.status}${response.status >= 300 && response.status < 400 ? ', a redirect, which is not followed' : ''}`)
  }
  return parsed(url, await textOf(url, response))
}

const because = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: unknown } } // fetch tells the system's error so
  return typeof cause?.code === 'string' ? ` (${cause.code})` : ''
}

const textOf = async ({ href }: URL, { body }: Response): Promise<string> => {
  const read = new Pieces()
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) { // of bytes, as every body
    read.add(Buffer.from(chunk))
    if (read.size > largest) throw new Error(`${href} is larger than ${largest} bytes`)
  }
  return Buffer.concat(read.all, read.size).toString('utf8')
}

const parsed = ({ href }: URL, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Error(`${href} is not JSON`)
  }
}
