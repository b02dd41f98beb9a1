import { inline } from '../text.ts';

/** Owner and name of a repository. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** The two parts of `owner/name`; undefined for anything else, and for names that would change the path of a request. */
export function repositoryNameOf(text: string): RepositoryName | undefined {
  const [owner = '', repo = '', ...rest] = text.split('/');
  const isName = (part: string): boolean => /^[A-Za-z0-9_.-]+$/.test(part) && !/^\.{1,2}$/.test(part);
  return rest.length === 0 && isName(owner) && isName(repo) ? { owner, repo } : undefined;
}

/** Which place in GitHub: a line of the input `store-in`. */
export type PlaceName =
  | { readonly kind: 'repository' }
  | { readonly kind: 'github-environment'; readonly name: string }
  | { readonly kind: 'organization' };

const environmentPrefix = 'github-environment:';

/** The word by which the input `store-in`, the record and the output `stored` name a place. */
export function placeWord(place: PlaceName): string {
  return place.kind === 'github-environment' ? environmentPrefix + place.name : place.kind;
}

/**
 * The place of such a word. The name of a GitHub environment is whatever follows the colon, even nothing: whether
 * GitHub takes it is for `environmentNameProblem` to say.
 *
 * @returns undefined for another word, e.g. one in the record of a later version
 */
export function placeOfWord(word: string): PlaceName | undefined {
  if (word === 'repository' || word === 'organization') return { kind: word };
  if (!word.startsWith(environmentPrefix)) return undefined;
  return { kind: 'github-environment', name: word.slice(environmentPrefix.length) };
}

/** A place for a sentence. */
export function placeLabel(place: PlaceName, { owner, repo }: RepositoryName): string {
  switch (place.kind) {
    case 'repository':
      return `the repository ${owner}/${repo}`;
    case 'github-environment':
      return `the GitHub environment "${inline(place.name, 60)}" of ${owner}/${repo}`;
    case 'organization':
      return `the organization ${owner}`;
  }
}
