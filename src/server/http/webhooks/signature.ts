import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether Intercom signed these very bytes: `sha1=` and their HMAC-SHA1 by the app's client secret. Takes as long whatever is wrong with it. */
export const isSigned = (bytes: Buffer, header: string | undefined, secret: string): boolean => {
  const [, hex] = /^sha1=([\da-f]{40})$/.exec(header ?? '') ?? []
  const said = Buffer.from(hex ?? '', 'hex')
  const actual = createHmac('sha1', secret).update(bytes).digest()
  return said.length === actual.length && timingSafeEqual(said, actual)
}
