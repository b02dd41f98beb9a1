import * as core from '@actions/core';
import type { Core } from './runner.ts';

/** The toolkit itself; everything else sees it as a `Core` that was handed in. */
export const toolkit: Core = core;
