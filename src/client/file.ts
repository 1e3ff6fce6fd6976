import type { Answer, Call } from './call.ts'

/** Whether the body of an answer is a file. Errors are JSON whatever was asked for, and a web page is never a file. */
export const isFile = ({ operation }: Call, { status, headers }: Pick<Answer, 'status' | 'headers'>): boolean =>
  operation.file !== undefined && status < 300 && !/\b(json|html)\b/i.test(text(headers['content-type']))

/** A file as operations answer it, from its bytes and what the headers say of them. */
export const fileOf = ({ headers }: Pick<Answer, 'headers'>, bytes: Buffer) => ({
  content_type: text(headers['content-type']) || 'application/octet-stream',
  filename: nameIn(text(headers['content-disposition'])) || 'download',
  size: bytes.length,
  data: bytes.toString('base64'),
})

const text = (header: string | string[] | undefined): string => [header ?? []].flat().join()

/** `attachment; filename="export.tar.gz"`: the last part of the name, since some servers send a path. */
const nameIn = (disposition: string): string | undefined =>
  /\bfilename="?([^";]+)"?/i.exec(disposition)?.[1]?.split(/[/\\]/).at(-1)?.trim()
