import * as z from 'zod'

/** What Intercom posts. Of all that is in it, what is needed to know what changed. */
const Notification = z.object({
  /** A ping has none. */
  id: z.string().min(1).max(200).nullish(),
  /** Which workspace it is about: an app may be installed in several. */
  app_id: z.string().max(200),
  topic: z.string().max(200),
  /** Unix seconds; the same at every attempt. */
  created_at: z.number(),
  data: z.object({ item: z.record(z.string(), z.unknown()) }),
})

export type Notification = z.infer<typeof Notification>

/** Undefined when the bytes are no notification. */
export const notificationIn = (bytes: Buffer): Notification | undefined => {
  try {
    return Notification.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    return undefined // not JSON
  }
}
