import type * as z from 'zod'

/** Tells whether an answer is what was asked for. */
export type Recognise = (value: unknown) => boolean

/**
 * Looks only for the parts that a schema requires: the id of an object, the items of a list. Intercom adds fields, leaves
 * fields out and sends numbers for strings, and none of that may fail a call; an answer of another shape altogether must.
 * Values are left as they came.
 */
export const recognise = (schema: z.core.$ZodType): Recognise => {
  const { def } = schema._zod as unknown as { def: Definition } // zod types a schema's parts only per class
  return (byType[def.type] ?? (() => isPresent))(def)
}

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly options?: readonly z.core.$ZodType[]
}

/** The contract requires lists of objects only; of anything else, that it is there is enough. */
const byType: Readonly<Record<string, (def: Definition) => Recognise>> = {
  object: ({ shape }) => {
    const required = Object.entries(shape!).filter(([, field]) => field._zod.optout !== 'optional')
    const checks = required.map(([key, field]) => [key, recognise(field)] as const)
    return (value) => isRecord(value) && checks.every(([key, check]) => check(value[key]))
  },
  array: () => (value) => Array.isArray(value) && value.every(isRecord),
  union: ({ options }) => {
    const checks = options!.map(recognise)
    return (value) => checks.some((check) => check(value))
  },
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
