import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { LogEvent } from '../../client/log.ts'
import type { Story } from '../story.ts'
import type { Watch } from './visit.ts'

/**
 * Sends a span for each MCP request, and one under it for each request to Intercom, by OTLP over HTTP, as the standard OTEL_ variables say.
 * Spans are made once all is over, of what is told then: nothing has to be carried through the calls. The context is not sent on to Intercom.
 */
export const tracing = (version: string): { readonly watch: Watch; readonly close: () => Promise<void> } => {
  const resource = resourceFromAttributes({ 'service.name': 'intercom-mcp', 'service.version': version }).merge(detectResources({ detectors: [envDetector] })) // what is detected wins
  const provider = new BasicTracerProvider({ resource: defaultResource().merge(resource), spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
  const tracer = provider.getTracer('intercom-mcp', version)
  return {
    watch: (story) => {
      const { method, tool, at, ms, requests } = story
      const name = tool === undefined ? method : `${method} ${tool}`
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, startTime: at, attributes: attributesOf(story) }, contextOf(story.traceparent))
      if (isError(story)) span.setStatus({ code: SpanStatusCode.ERROR })
      const within = trace.setSpan(ROOT_CONTEXT, span)
      for (const event of requests) {
        const child = tracer.startSpan(event.route, { kind: SpanKind.CLIENT, startTime: event.at, attributes: upstreamAttributesOf(event) }, within)
        if (failureOf(event) !== undefined) child.setStatus({ code: SpanStatusCode.ERROR })
        child.end(event.at + event.ms)
      }
      span.end(at + ms)
    },
    close: () => provider.shutdown(),
  }
}

const contextOf = (traceparent: string | undefined) => {
  if (traceparent === undefined) return ROOT_CONTEXT
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-')
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true })
}

/** What was asked for and did not go wrong: a question to a person is no error. */
const isError = ({ outcome }: Story): boolean => outcome !== 'ok' && outcome !== 'question'

const attributesOf = (story: Story) => {
  const { method, tool, outcome, visit } = story
  return {
    'mcp.method.name': method,
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    'intercom_mcp.outcome': outcome,
    'intercom_mcp.request_id': visit.id,
    ...(visit.protocol !== undefined && { 'mcp.protocol.version': visit.protocol }),
    ...(visit.tenant !== undefined && { 'intercom_mcp.tenant': visit.tenant }),
    ...(tool !== undefined && { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool }),
    ...(isError(story) && { 'error.type': tool === undefined ? outcome : 'tool_error' }),
  }
}

const upstreamAttributesOf = (event: LogEvent) => {
  const { operation, method, route, host, status, requestId } = event
  const failure = failureOf(event)
  return {
    'http.request.method': method,
    'url.template': route.slice(method.length + 1),
    'server.address': host,
    'intercom.operation': operation,
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(requestId !== undefined && { 'intercom.request_id': requestId }),
    ...(failure !== undefined && { 'error.type': failure }),
  }
}

const failureOf = ({ status = 0, failure }: LogEvent): string | undefined => failure ?? (status >= 400 ? String(status) : undefined)
