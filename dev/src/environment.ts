/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** This process's variables. The one place that reads them; everything else takes them. */
export function currentEnvironment(): Environment {
  return process.env;
}
