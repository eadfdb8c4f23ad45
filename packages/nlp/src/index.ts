// Intents, learned from examples
export {
  createLocalRecogniser,
  loadModel,
  openLocalRecogniser,
  type Guess,
  type LocalRecogniser,
  type LocalRecogniserOptions,
  type OpenLocalRecogniserOptions,
} from './local-recogniser.ts';

// Entities
export {
  createEntityFinder,
  type EntityContext,
  type EntityFinder,
  type EntityFinderOptions,
} from './entities/entity-finder.ts';
export { messengerEntities, type MessengerEntityOptions } from './entities/messenger-entities.ts';
export type {
  DateEntity,
  Entity,
  MoneyEntity,
  PhoneEntity,
  TermEntity,
} from './entities/entity.ts';

// Learning
export { readExamples, type Examples, type IntentExamples, type Terms } from './examples.ts';
export { trainModel } from './training.ts';
export { formatModel, readModel, type IntentModel } from './intent-model.ts';
export type { NetworkJson } from './neural-network.ts';

// How good it is
export {
  evaluate,
  type Confusion,
  type Evaluation,
  type EvaluationInput,
  type IntentFigures,
  type Outcomes,
} from './evaluation.ts';

// Errors
export { ExamplesError, ModelError, NlpError, type Wrong } from './errors.ts';
