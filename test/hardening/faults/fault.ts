import type { Socket } from 'node:net'
import type { Code } from '../../../src/client/failure.ts'

/** What a call ends with. */
export type End = Code | 'answer'

/** One way in which what answers for Intercom can go wrong. */
export interface Fault {
  readonly name: string
  /** What it does on the connection of a request, whose proper answer is given. */
  readonly does: (socket: Socket, proper: string) => void
  /** What a call ends with that meets nothing else: where it spoils nothing, with an answer. One of several, where time decides. */
  readonly told: End | readonly End[]
  /** Does so as soon as there is a connection, before any request. */
  readonly early?: true
  /** It says that the request was not run, so that it must not have been. */
  readonly refuses?: true
  /** It never ends by itself. */
  readonly hangs?: true
  /** Met once, it is got over: a read, or a write that it refuses, is sent again. */
  readonly passes?: true
}

type Deed = Fault['does']

/** Faults that have all but their names and deeds in common. */
export const faultsOf = (common: Omit<Fault, 'name' | 'does'>, deeds: Readonly<Record<string, Deed>>): readonly Fault[] =>
  Object.entries(deeds).map(([name, does]) => ({ name, does, ...common }))

/** Faults that answer something else: each is what to write for the proper body. */
export const answersOf = (common: Omit<Fault, 'name' | 'does'>, answers: Readonly<Record<string, (proper: string) => string | Uint8Array>>): readonly Fault[] =>
  faultsOf(common, Object.fromEntries(Object.entries(answers).map(([name, answer]): [string, Deed] => [name, (socket, proper) => void socket.write(answer(proper))])))
