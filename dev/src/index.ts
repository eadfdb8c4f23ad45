// The whole path
export { runCommand, type CommandResult } from './command.ts';
export { startStack } from './stack.ts';
export type { Stack, StackOptions } from './stack.ts';

// Redis
export { startRedis } from './redis-server.ts';
export { startRedisCluster } from './redis-cluster.ts';
export type { RedisCluster } from './redis-cluster.ts';
export { startRedisSentinel } from './redis-sentinel.ts';
export type { RedisSentinel } from './redis-sentinel.ts';
export type { RedisServer } from './redis-node.ts';

// PostgreSQL
export { startPostgres } from './postgres-server.ts';
export type { PostgresServer } from './postgres-server.ts';

// Processes
export type { Environment } from './environment.ts';
export { startChild } from './child.ts';
export type { Child, ChildExit } from './child.ts';
export { createGuard } from './guard.ts';
export type { Guard } from './guard.ts';

// Waiting
export { delay, poll } from './clock.ts';

// This repository
export { repositoryFolder } from './folders.ts';
export { publishedPackages } from './published-packages.ts';
export type { Manifest, PublishedPackage } from './published-packages.ts';
export { openRepository } from './release/repository.ts';
export type { Repository } from './release/repository.ts';

// This machine
export { findChromium } from './chromium.ts';
export { SetupError } from './setup-error.ts';
export { newCertificate } from './certificate.ts';
export { freePort } from './ports.ts';
