import { Ajv, type ErrorObject } from 'ajv'
import { readFileSync } from 'node:fs'
import { closed, mapped, type Schema } from './closed.ts'

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: Readonly<Record<string, Response>> }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** What Intercom publishes about answers. */
export interface PublishedAnswers {
  /** Those that are declared, and 404 where the path names something. */
  readonly statusesOf: (operationId: string) => readonly number[]
  /** Whether a body is published for this status. */
  readonly hasBody: (operationId: string, status: number) => boolean
  /** What is wrong with a body, as `data[].email: null, not string`; that of an error is held to the schema of errors. */
  readonly wrongIn: (operationId: string | undefined, status: number, body: unknown) => string[]
}

const formats = {
  uri: (text: string) => text.startsWith('/') || URL.canParse(text), // the published examples are paths
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  email: /^[^\s@]+@[^\s@]+$/,
  // on numbers, where they mean unix seconds and what JSON has anyway
  'date-time': true,
  timestamp: true,
  float: true,
} as const

const errorSchema = '#/components/schemas/error'

/** Reads the OpenAPI document, already turned into JSON. */
export const readPublishedAnswers = (file: string): PublishedAnswers => {
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as Document
  const operations = Object.entries(paths)
    .flatMap(([path, item]) => Object.values(item).map((operation) => ({ path, ...operation })))
    .filter(({ operationId }) => operationId) // parameters stand among them
  const responses = new Map(operations.map(({ operationId, responses }) => [operationId, responses]))
  const named = new Set(operations.filter(({ path }) => path.includes('{')).map(({ operationId }) => operationId))
  const schema = ({ content }: Response) => content?.['application/json']?.schema
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, formats })
  const close = (open: Schema) => closed(open, components.schemas)
  ajv.addSchema({
    $id: 'intercom',
    components: { schemas: mapped(components.schemas, close) },
    answers: Object.fromEntries([...responses].map(([id, all]) => [id, mapped(all, (response) => close(schema(response) ?? {}))])),
  })
  const hasBody = (operationId: string, status: number) => schema(responses.get(operationId)?.[status] ?? {}) !== undefined
  return {
    statusesOf: (operationId) => [...Object.keys(responses.get(operationId) ?? {}).map(Number), ...(named.has(operationId) ? [404] : [])],
    hasBody,
    wrongIn: (operationId, status, body) => {
      const own = operationId !== undefined && hasBody(operationId, status)
      const validate = ajv.getSchema(`intercom${own ? `#/answers/${operationId}/${status}` : errorSchema}`)!
      return validate(body) ? [] : [...new Set(outermost(validate.errors ?? []).map(sentence))]
    },
  }
}

/** Where no variant fits, what each of them misses tells nothing. */
const outermost = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const unfit = errors.filter(({ keyword }) => keyword === 'anyOf')
  const within = (error: ErrorObject) => unfit.some((outer) => error !== outer && `${error.instancePath}/`.startsWith(`${outer.instancePath}/`))
  return errors.filter((error) => !within(error))
}

const sentence = ({ instancePath, keyword, params, schema, data }: ErrorObject): string => {
  const at = instancePath.slice(1).replaceAll(/\/\d+(?=\/|$)/g, '[]').replaceAll('/', '.')
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`)
  if (keyword === 'additionalProperties') return `${inside(String(params['additionalProperty']))}: not published`
  if (keyword === 'required') return `${inside(String(params['missingProperty']))}: missing`
  const wanted = keyword === 'anyOf' ? 'one of its variants' : String(schema)
  return `${at}: ${keyword === 'format' ? '' : `${brief(data)}, `}not ${wanted}`
}

/** A word, for whoever adds it to an enum; of all else the kind, so that many values make one line. */
const brief = (value: unknown): string => {
  if (typeof value === 'string') return /^[\w.-]{1,30}$/.test(value) ? `"${value}"` : 'a text'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'number' ? `a ${Number.isInteger(value) ? 'whole number' : 'fraction'}` : String(value)
}
