import type { Conclusion } from './events.ts';

/**
 * Whether a `pre-if` or `post-if` holds after what has happened so far. Only the status functions are known; anything
 * else is refused, as guessing would run or skip a phase silently.
 * Source: GitHub Docs, "Evaluate expressions", "Status check functions".
 */
export function isConditionMet(condition: string, conclusion: Conclusion): boolean {
  switch (condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').replaceAll(/\s/g, '')) {
    case 'always()':
      return true;
    case 'success()':
      return conclusion === 'success';
    case 'failure()':
      return conclusion === 'failure';
    case 'cancelled()':
      return conclusion === 'cancelled';
    case '!cancelled()':
      return conclusion !== 'cancelled';
    default:
      throw new Error(`The condition '${condition}' is an expression that this runner does not know.`);
  }
}
