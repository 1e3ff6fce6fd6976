/** How a client starts this very server: command, arguments and environment. */
export interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What a person who starts the server by hand should know: it waits for a program, and how to give it one. */
export const greeting = (start: Start, upstream: string): string => `
intercom-mcp is an MCP server. It waits here for an MCP client to speak JSON-RPC on stdin; nothing is wrong.
It answers from ${upstream}.

To connect a client (Claude Desktop, Claude Code, Cursor, VS Code …), put this in its MCP configuration:

${JSON.stringify({ mcpServers: { intercom: start } }, null, 2)}

Other ways to run it: intercom-mcp --help. Press Ctrl+D to end.

`
