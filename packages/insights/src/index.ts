export { addInsights, type InsightsOptions } from './insights.ts';
