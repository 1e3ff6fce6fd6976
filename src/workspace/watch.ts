import type { Visit } from './answer.ts'
import { type Fault, type Faults, runs } from './faults.ts'
import type { Journal } from './journal.ts'
import { spoil } from './spoil.ts'

interface Watching {
  readonly faults: Faults
  /** Absent when nobody wants to know of requests. */
  readonly journal: Journal | undefined
}

/** Lets faults befall requests, and writes requests down. Without faults and journal it only passes on. */
export const watching = ({ faults, journal }: Watching) => {
  const answered = async (visit: Visit): Promise<Response> => {
    const fault = faults.list().length > 0 ? await befalling(visit, faults) : undefined
    if (!journal) return fault ? spoil(visit, fault) : visit.answer()
    const note = noting(visit, fault, journal)
    try {
      const response = await (fault ? spoil(visit, fault) : visit.answer())
      note(response.status)
      return response
    } catch (error) {
      note(null)
      throw error
    }
  }
  return (visit: Visit): Promise<Response> => (journal || faults.list().length > 0 ? answered(visit) : visit.answer())
}

/** A request that a fault keeps from running is read all the same, for the journal. */
const befalling = async (visit: Visit, faults: Faults): Promise<Fault | undefined> => {
  await visit.recognise()
  const fault = faults.draw(visit.about.operation?.name)
  if (fault && !runs[fault.kind]) await visit.read()
  return fault
}

const noting = ({ request, about }: Visit, fault: Fault | undefined, journal: Journal) => (status: number | null): void => {
  const { pathname, search } = new URL(request.url)
  journal.write({
    request_id: about.requestId,
    at: about.at,
    method: request.method,
    path: pathname + search,
    operation: about.operation?.name ?? null,
    token: about.access?.name ?? null,
    status,
    fault: fault?.kind ?? null,
    body: about.body === undefined ? null : JSON.stringify(about.body),
    answer: about.text ?? null,
  })
}
