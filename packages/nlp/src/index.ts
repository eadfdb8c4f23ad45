// Greeting
export { createGreeter, type Greeter, type GreeterOptions } from './greeter.ts';
