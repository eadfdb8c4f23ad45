import type { ToolSet } from 'ai';

/**
 * The tools as the model gets them: of one that throws it hears that it failed, and not why, because
 * it might tell the person.
 */
export function discreet(tools: ToolSet, failed: (tool: string) => void): ToolSet {
  const entries = Object.entries(tools).map(([name, each]) => {
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
  return Object.fromEntries(entries) as ToolSet;
}
