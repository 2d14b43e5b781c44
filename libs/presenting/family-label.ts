import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import type { OpenedBoxes, PageReveal } from './page-reveal.js';
import { erasedWhen, textIn } from './page-reveal.js';
import { askForPerson, inReadingOrder, isChild, nameInWords, shortAge } from './people.js';

/** A family in a list: what it is called and who is in it now. */
export interface FamilyLabel {
  /** `Applegarth and Finch family`, or when its name was erased; undefined where none can be seen. */
  readonly name: string | undefined;
  readonly children: readonly { readonly name: string; readonly age: string | undefined }[];
  readonly adults: readonly string[];
}

/** Asks for what a family's label shows. */
export function askForLabel(
  reveal: PageReveal,
  line: string,
  members: readonly HouseholdMember[],
): void {
  reveal.about(line);
  for (const member of members.filter(({ current }) => current))
    askForPerson(reveal, line, member);
}

export function familyLabel(
  line: string,
  members: readonly HouseholdMember[],
  opened: OpenedBoxes,
  today: string,
): FamilyLabel {
  const current = inReadingOrder(
    opened,
    line,
    members.filter((member) => member.current),
  );
  const surnames = current.map((member) => opened.of(line, 'familyName', member.familyName));
  const names = surnames.flatMap((surname) => textIn(surname) ?? []);
  const [erased] = surnames.flatMap((surname) => erasedWhen(surname) ?? []);
  const children = current.filter(isChild);
  return {
    name: familyNameOf([...new Set(names)]) ?? (erased && `Family, name ${erased}`),
    children: children.map((child) => ({
      name: nameInWords(opened, line, child),
      age: shortAge(opened, line, child, today),
    })),
    adults: current
      .filter((member) => !isChild(member))
      .map((adult) => nameInWords(opened, line, adult)),
  };
}

function familyNameOf(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const [last] = names.slice(-1);
  const others = names.slice(0, -1);
  return others.length === 0 ? `${last} family` : `${others.join(', ')} and ${last} family`;
}
