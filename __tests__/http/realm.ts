/**
 * Jest runs tests in a realm of their own, in which an error that Node throws is no `instanceof Error`. This makes it
 * one, as it is where the action runs.
 */
export function acceptErrorsOfNode(): void {
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      return this === Error
        ? Object.prototype.toString.call(value) === '[object Error]'
        : ordinary.call(this as () => void, value);
    },
  });
}
