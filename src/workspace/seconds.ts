import { type Call, Rejection } from './handler.ts'

/** [inferred] Milliseconds are the usual mistake, and nothing happens that far off. */
export const seconds = (time: number, field: string): number => {
  if (time >= 0 && time < 100_000_000_000) return time
  throw new Rejection(400, 'parameter_invalid', `${field} must be in unix seconds`, field)
}

/** When something was made, where a request may date it back: now, if it does not. */
export const dated = ({ created_at }: { readonly created_at?: number | undefined }, { now }: Pick<Call, 'now'>): number =>
  created_at === undefined ? now : seconds(created_at, 'created_at')
