import {
  debug,
  endGroup,
  error,
  info,
  notice,
  saveState,
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning,
} from '@actions/core';
import type { Core } from './runner.ts';

/**
 * The toolkit itself; everything else sees it as a `Core` that was handed in. By name, so that the build leaves out
 * the rest of it, which would start processes and ask for OIDC tokens.
 */
export const toolkit: Core = {
  debug,
  endGroup,
  info,
  notice,
  saveState,
  // The toolkit's own `setFailed` takes no title.
  setFailed(message, properties) {
    process.exitCode = 1;
    error(message, properties);
  },
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning,
};
