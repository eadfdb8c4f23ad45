// The process
export { runService, type RunningService, type ServiceOptions } from './process.ts';

// Settings
export {
  ConfigError,
  readSettings,
  type Environment,
  type Settings,
  type SettingsOptions,
} from './settings.ts';

// Health
export { addHealth, type HealthOptions } from './health.ts';
