import { teammate } from './admins.ts'
import { attachment, type Attachment } from './attachments.ts'
import { type Call, Rejection } from './handler.ts'
import { paragraphs, written } from './html.ts'
import { asAuthor, type PartAuthor } from './parts.ts'

/** One of the choices that a contact has. */
type QuickReplyOption = { text: string; uuid: string }

/** What replies to tickets and to conversations have in common. */
export interface Reply {
  readonly message_type: 'comment' | 'note' | 'quick_reply'
  readonly type: 'admin' | 'user'
  readonly body?: string | undefined
  readonly admin_id?: string | undefined
  readonly reply_options?: QuickReplyOption[] | undefined
}

export const missing = (field: string, message: string): Rejection => new Rejection(400, 'parameter_not_found', message, field)

/** The teammate of that id as an author, or a 404. */
export const teammateAuthor = (id: string, { store }: Pick<Call, 'store'>): PartAuthor => {
  const found = teammate(store, id)
  if (!found) throw new Rejection(404, 'admin_not_found', 'Admin not found')
  return asAuthor(found)
}

/** The teammate who replies. */
export const replyingAdmin = ({ admin_id, message_type, reply_options }: Reply, call: Call): PartAuthor => {
  if (admin_id === undefined) throw missing('admin_id', 'admin_id is required to reply as an admin')
  const author = teammateAuthor(admin_id, call)
  if (message_type === 'quick_reply' && !reply_options?.length) throw missing('reply_options', 'reply_options is required for a quick_reply')
  return author
}

/** Contacts write comments, and nothing else. */
export const requireComment = ({ message_type }: Reply): void => {
  if (message_type !== 'comment') throw new Rejection(400, 'parameter_invalid', 'message_type of a user reply must be comment', 'message_type')
}

export const bodyRequired = (): Rejection => new Rejection(400, 'parameter_invalid', 'Body is required', 'body')

/** Blanks say nothing. */
export const requireBody = (body: string): void => {
  if (body.trim() === '') throw bodyRequired()
}

/** What is said, as HTML; undefined when nothing is. */
export const saidIn = ({ body = '', message_type, type }: Reply): string | undefined => {
  if (message_type !== 'quick_reply') requireBody(body)
  if (body.trim() === '') return undefined
  return type === 'user' ? paragraphs(body) : written(body)
}

/** The choices of a quick reply, as the part of a conversation shows them. */
export const choicesIn = ({ message_type, reply_options }: Reply): { quick_reply_options?: QuickReplyOption[] } =>
  message_type === 'quick_reply' && reply_options ? { quick_reply_options: reply_options } : {}

/** Files named by their URLs. */
export const filesAt = (urls: readonly string[] = []): Attachment[] =>
  urls.map((url) => {
    const file = attachment(url)
    if (!file) throw new Rejection(400, 'parameter_invalid', `attachment_urls: ${url.slice(0, 100)} is not a URL`, 'attachment_urls')
    return file
  })
