import type { TransactionalStore } from './store.ts'

/** How the workspace's time stands to the world's, in seconds: shifted from it, or standing still at a moment. */
export interface ClockState {
  readonly offset: number
  readonly frozen_at: number | null
}

/** The workspace's own clock. Everything timed follows it; the database keeps it, so that processes on one file agree. */
export interface Time {
  /** Unix seconds, as far as this process has looked. */
  readonly now: () => number
  /** As `now`, after a look at what the database says. For the beginning of a transaction. */
  readonly look: () => number
  readonly state: () => ClockState
  readonly set: (state: ClockState) => void
}

const setting = 'clock'

export const asTheWorld: ClockState = { offset: 0, frozen_at: null }

/** `world` tells milliseconds since 1970. */
export const timeOf = (store: TransactionalStore, world: () => number): Time => {
  let kept: string | undefined
  let state = asTheWorld
  const now = () => state.frozen_at ?? Math.floor(world() / 1000) + state.offset
  const look = () => {
    const text = store.setting(setting)
    if (text !== kept) state = text === undefined ? asTheWorld : (JSON.parse(text) as ClockState) // only `set` writes it
    kept = text
    return now()
  }
  return {
    now,
    look,
    state: () => state,
    set: (wanted) => {
      store.set(setting, JSON.stringify(wanted))
      look()
    },
  }
}
