import { placeWord } from '../github/place-name.ts';
import { delivers } from '../settings.ts';
import { inline, sentenceList } from '../text.ts';
import type { Session } from './session.ts';
import { shownName } from './session.ts';

/** Logs the settings, in a group: the first thing to check if a run does something unexpected. */
export function logSettings({ runner, settings }: Session): void {
  const { environment, store, dataSync } = settings;
  runner.section('Settings');
  const lines = [
    `Worker: ${shownName(settings)}, ${settings.state}${settings.dryRun ? ', dry run' : ''}`,
    `PingOne environment: ${'id' in environment ? 'by its id' : inline(environment.name, 100)}`,
    `PingOne API: ${settings.apiUrl}; sign-in: ${settings.authUrl}`,
    `Stored in: ${store ? sentenceList(store.targets.map((place) => inline(placeWord(place), 100))) : 'nowhere'}`,
    `Files for PingDataSync: ${dataSync ? inline(dataSync.directory, 200) : 'none'}`,
    `Time limit: ${settings.timeoutSeconds} s`,
  ];
  lines.forEach(runner.info);
  runner.section(undefined);
  if (delivers(settings) && !settings.outputSecret && !store && !dataSync) {
    runner.notice(
      'The client secret is not stored anywhere: `output-secret` is `false`, and neither `store-in` nor `datasync-dir` ' +
        'is set. If a later job needs the secret, set `store-in`.',
    );
  }
}
