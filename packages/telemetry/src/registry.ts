import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry that has the process's own metrics: CPU, memory, event loop. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
