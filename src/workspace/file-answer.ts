import type * as z from 'zod'
import type { File } from '../contract/shape.ts'

/** Whether an Accept header admits an answer of this media type. Without the header anything goes. */
export const admits = (accept: string | null, type: string): boolean => {
  const ranges = (accept?.trim() || '*/*').split(',').map((range) => range.split(';')[0]!.trim().toLowerCase())
  return ranges.some((range) => ['*/*', 'application/*', type].includes(range) || (type === json && suffixed.test(range)))
}

const json = 'application/json'
const suffixed = /^application\/[\w.-]+\+json$/

/** What goes over the wire for a file. */
export const sent = (type: string, { filename, data }: z.input<typeof File>) => ({
  file: Buffer.from(data, 'base64'),
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${filename}"` },
})
