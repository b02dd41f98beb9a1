// An ESLint rule: what `tsc --noEmit` says of the project. ESLint has read and mostly checked the same program already,
// so that this costs `npm run lint` a fourth of what tsc, which begins again, costs.
import ts from 'typescript';

/** The programs whose own errors, which belong to no file, are told already. */
const told = new WeakSet();

/** @param {ts.Program} program */
function ownErrors(program) {
  if (told.has(program)) return [];
  told.add(program);
  return [program.getConfigFileParsingDiagnostics(), program.getOptionsDiagnostics(), program.getGlobalDiagnostics()];
}

/**
 * In ESLint's words: lines from 1, columns from 0.
 * @param {ts.Diagnostic} diagnostic
 */
function toReport({ file, start = 0, length = 0, code, messageText }) {
  const message = `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  const [from, to] = [start, start + length].map((at) => file?.getLineAndCharacterOfPosition(at));
  const place = (/** @type {ts.LineAndCharacter | undefined} */ at) => ({
    line: (at?.line ?? 0) + 1,
    column: at?.character ?? 0,
  });
  return { message, loc: { start: place(from), end: place(to) } };
}

/** @type {import('eslint').Rule.RuleModule} */
export const typeErrors = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    /** @type {{ program?: ts.Program }} */
    const { program } = context.sourceCode.parserServices;
    if (!program) throw new Error(`${context.filename} was read without its types.`);
    const file = program.getSourceFile(context.filename);
    const errors = [...ownErrors(program), program.getSyntacticDiagnostics(file), program.getSemanticDiagnostics(file)];
    return {
      Program: () => {
        for (const error of errors.flat()) context.report(toReport(error));
      },
    };
  },
};
