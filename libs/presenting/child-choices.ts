import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import type { Choice } from '@common-thread/platform/pages/components';
import type { OpenedBoxes } from './page-reveal.js';
import { ageInWords, inReadingOrder, nameInWords } from './people.js';

/**
 * Children to choose from on a form, the eldest first, each with age and date of birth. Where several read
 * alike, as all do while names cannot be shown, each has its number: a choice must not look like another.
 * @param today `YYYY-MM-DD` in London
 */
export function childChoices(
  opened: OpenedBoxes,
  line: string,
  children: readonly HouseholdMember[],
  today: string,
): readonly Choice[] {
  const choices = inReadingOrder(opened, line, children).map((child): Choice => {
    const age = ageInWords(opened, line, child, today);
    const text = nameInWords(opened, line, child);
    return { value: child.personId, text, ...(age ? { hint: age } : {}) };
  });
  const reading = ({ text, hint = '' }: Choice) => JSON.stringify([text, hint]);
  return choices.map((choice, index) =>
    choices.filter((other) => reading(other) === reading(choice)).length === 1
      ? choice
      : { ...choice, text: `Child ${index + 1}: ${choice.text}` },
  );
}
