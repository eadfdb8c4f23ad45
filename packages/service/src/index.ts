// The process
export {
  runService,
  type RunningService,
  type ServiceOptions,
  type ServiceProcess,
} from './process.ts';

// Settings
export {
  readSettings,
  type Environment,
  type Settings,
  type SettingsOptions,
  type TracingSettings,
} from './settings.ts';

export { ConfigError } from './config-error.ts';
export { wholeNumber } from './whole-number.ts';

// HTTP
export { createHttp, type HttpOptions } from './http.ts';
export { requirePassword } from './password.ts';

// Health
export { addHealth, type HealthOptions } from './health.ts';

// Overload
export { createLargeBodies, type LargeBodies, type LargeBodiesOptions } from './large-bodies.ts';
export { refuseOverload, type OverloadLimits, type Refuse } from './overload.ts';
