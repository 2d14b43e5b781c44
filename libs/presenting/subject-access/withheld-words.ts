import { fieldInWords } from '../field-words.js';
import { labels } from './copy-words.js';

const ownWords: Readonly<Record<string, string>> = {
  personIds: 'Who else was there',
  childIds: 'Which other children',
  who: 'Who it was',
};

/** What of a fact was held back, as the officer's log says it; all of it where no field is named. */
export function withheldFieldInWords(field: string | undefined): string {
  if (field === undefined) return 'All of it';
  const own = Object.hasOwn(ownWords, field) ? ownWords[field] : undefined;
  const label = Object.hasOwn(labels, field) ? labels[field] : undefined;
  return own ?? label ?? fieldInWords(field);
}
