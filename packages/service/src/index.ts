// The process
export { runService, type RunningService, type ServiceOptions } from './process.ts';

// Settings
export { readSettings, type Environment, type Settings, type SettingsOptions } from './settings.ts';

export { ConfigError } from './config-error.ts';

// Health
export { addHealth, type HealthOptions } from './health.ts';
