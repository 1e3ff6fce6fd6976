/** The person who started this program asked for something it cannot do. One line for them; ends with exit code 2. */
export class Misuse extends Error {}

/** The first line of an error, for a person. */
export const sentence = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0]?.trim() || 'failed without saying why'
}

/** The same of what the SDK complains of, without the message at fault, which it appends: that may hold what people wrote. */
export const complaint = (error: unknown): string => sentence(error).replace(/: \{.*/, '')
