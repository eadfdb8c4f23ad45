/** A tool, such as `tool` of the AI SDK makes. */
export interface ModelTool {
  readonly inputSchema: unknown;
  /** Runs when the model calls it. */
  readonly execute?: ((input: never, options: never) => unknown) | undefined;
}

/** Tools by their names. */
export type ModelTools = Readonly<Record<string, ModelTool>>;

/**
 * The tools as the model gets them: of one that throws it hears that it failed, and not why, because
 * it might tell the person.
 */
export function discreet(tools: ModelTools, failed: (tool: string) => void): ModelTools {
  const entries = Object.entries(tools).map(([name, each]): [string, ModelTool] => {
    const { execute } = each;
    if (execute === undefined) return [name, each];
    const run: typeof execute = async (input, options) => {
      try {
        return await execute(input, options);
      } catch {
        failed(name);
        return { failed: true };
      }
    };
    return [name, { ...each, execute: run }];
  });
  return Object.fromEntries(entries);
}
