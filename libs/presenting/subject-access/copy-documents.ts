import { Templates } from '@common-thread/platform/pages/templates';
import type { CopyParts, HeldTelling, NamesInLog } from '@common-thread/platform/subject-access';
import { DirectoryNames } from '../directory-names.js';
import { copyView } from './copy.presenter.js';

/** In which files a person is given their copy. */
export const copyFormats = ['html', 'json'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** A copy as a file that is given to the person: no id, no officer and nothing withheld is in it. */
export function copyDocument(
  format: CopyFormat,
  copy: CopyParts['copy'],
  told: readonly HeldTelling[],
  names: DirectoryNames,
): string {
  if (format === 'html') {
    const view = copyView(copy, told, names);
    return new Templates().render('subject-access-copy.njk', { view });
  }
  const { asOf, held, looked } = copy;
  const { askedBy, dueOn, receivedOn } = copy.request;
  return inJson({ request: { askedBy, receivedOn, dueOn }, asOf, held, looked, told });
}

export function inJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Names as the log tells them, for a copy that is put together away from any agency's tables. */
export function namesIn({ organisations, places }: NamesInLog, ourselves: string): DirectoryNames {
  const told = organisations.map((organisation) => ({
    ...organisation,
    recipients: [],
    telephone: null,
  }));
  const elsewhere = { organisationId: '', cluster: '', district: '' };
  return new DirectoryNames(
    {
      organisations: new Map(told.map((one) => [one.organisationId, one])),
      places: new Map(places.map((place) => [place.placeId, { ...elsewhere, ...place }])),
    },
    ourselves,
  );
}
