// Jest's environment: Node's, and in it the vendors' contracts. Jest loads every module anew for each test file, and to
// read and compile these takes half a second; here they are loaded once for each of jest's processes.
import { TestEnvironment } from 'jest-environment-node';
import { inspectExchange } from './check.ts';
import { warmUp } from './warm-up.ts';

// Before the first test, since nothing else runs in this process meanwhile, the sandbox included: the action under test
// would see an outage.
warmUp();

export default class ContractEnvironment extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup();
    this.global['inspectExchange'] = inspectExchange;
  }
}
