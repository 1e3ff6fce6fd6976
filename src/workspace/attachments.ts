/** A file that hangs on a part or answers a question of a ticket. */
export type Attachment = {
  readonly type: 'upload'
  readonly name: string
  readonly url: string
  readonly content_type: string
  readonly filesize: number
}

const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
  zip: 'application/zip',
}

/** A file given by its URL, or as an object with one; undefined when it is neither. Nothing is fetched, so its size is 0 and an image has no width. */
export const attachment = (given: unknown): Attachment | undefined => {
  const { url, name, ...rest }: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : { url: given }
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^https?:$/.test(address.protocol)) return undefined
  const last = decode(address.pathname.split('/').at(-1) ?? '')
  return {
    type: 'upload',
    name: typeof name === 'string' ? name : last || address.hostname,
    url: address.href,
    content_type: typeof rest['content_type'] === 'string' ? rest['content_type'] : typeOf(last),
    filesize: typeof rest['filesize'] === 'number' ? rest['filesize'] : 0,
  }
}

const typeOf = (name: string): string => contentTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'

/** [inferred] Where Intercom keeps files; nothing answers there. */
const kept = 'https://downloads.intercomcdn.com/i/o'

/** A file that came in the request as Base64; undefined when it is none. Its content is not kept. */
export const uploaded = (file: { readonly name?: string; readonly content_type?: string; readonly data?: string }, newId: () => string): Attachment | undefined => {
  const { name = 'file', content_type = typeOf(name), data = '' } = file
  if (data === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined
  return { type: 'upload', name, url: `${kept}/${newId()}/${encodeURIComponent(name)}`, content_type, filesize: Buffer.from(data, 'base64').length }
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // malformed percent-encoding is a name like any other
  }
}
