import * as z from 'zod'
import { operation } from './operation.ts'
import { Segment } from './segment.ts'
import { list } from './shape.ts'

const permission = 'Read and list users and companies'

export const listSegments = operation({
  name: 'list_segments',
  operationId: 'listSegments',
  title: 'List segments',
  description: 'Every saved group of people, such as Active or Leads, by id and name. Who is in one: search_contacts with segment_id.',
  asked: 'all audiences cohorts customer groups many people each count which name overview company user every catalogue target available saved filters pick right defined size',
  route: 'GET /segments',
  effect: 'read',
  reference: true,
  permission,
  input: z.strictObject({ include_count: z.boolean().optional().describe('Also count who is in each; false by default.') }),
  output: list('segments', Segment).extend({ pages: z.looseObject({}).nullish() }),
  resource: 'intercom://segments',
})

export const getSegment = operation({
  name: 'get_segment',
  operationId: 'retrieveSegment',
  title: 'Get a segment',
  description: 'One segment by id: its name and whether it holds users or leads.',
  asked: 'one audience cohort details name show many what called view single member count user company pull when last updated look open behind size target group',
  route: 'GET /segments/{id}',
  effect: 'read',
  permission,
  input: z.strictObject({ id: z.string().describe("The segment's id, from list_segments.") }),
  output: Segment,
  resource: 'intercom://segments/{id}',
})
