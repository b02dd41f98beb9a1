// Jest's environment: Node's, and in it the modules that take long to load. Jest loads every module anew for each test
// file, half a second of work and more; these are loaded once for each of jest's processes, and stay warm.
import { TestEnvironment } from 'jest-environment-node';
import { warmUp } from '../contract/warm-up.ts';
import * as modules from './modules.ts';

// Before the first test, since nothing else runs in this process meanwhile, the sandbox included: the action under test
// would see an outage.
warmUp();

export default class LoadedOnceEnvironment extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup();
    this.global['loadedOnce'] = modules;
  }
}
