import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import { londonDay } from '@common-thread/domain/london-day';
import type { FormState } from '@common-thread/platform/pages/components';
import { errorSummary } from '@common-thread/platform/pages/components';
import { Page } from '@common-thread/platform/pages/page';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import type { Purpose, Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { IsOptional, Matches } from 'class-validator';
import { askForLabel, familyLabel } from './family-label.js';
import type { OpenedBoxes } from './page-reveal.js';
import { PageReveal } from './page-reveal.js';
import { isChild } from './people.js';

/** What is put on the wrong child is worse than what is recorded a little later. */
export const childNamesMissing =
  'Names cannot be shown right now. If you have not chosen the child yet, wait until they can be.';

/** The family in the path of a page. */
export class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

/** A form that was kept when the session ended is opened again by its name. */
export class KeptQuery {
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

/** A form as it is drawn: fresh, again with what is wrong, or again with what was kept. */
export type Drawn = FormState & { readonly wasKept?: boolean };

/** A family that a form is about. */
export interface FamilyAsked {
  readonly familyId: string;
  /** `family/<id>` */
  readonly line: string;
  readonly members: readonly HouseholdMember[];
}

/** What a form says of the family it is about. */
export interface FamilyFormParts {
  readonly familyId: string;
  /** Undefined where no name can be shown. */
  readonly familyName: string | undefined;
  readonly namesUnavailable: boolean;
  readonly wasKept: boolean;
}

export interface OpenedFamily {
  readonly parts: FamilyFormParts;
  readonly opened: OpenedBoxes;
}

/** Opens what a form shows of its family, in the page's one look into the vault. */
export async function openFamilyForm(
  { familyId, line, members }: FamilyAsked,
  { wasKept = false }: Drawn,
  look: { readonly purpose: Purpose; readonly page: string },
  revealing: Revealing,
  { accessToken }: SignedInCaller,
): Promise<OpenedFamily> {
  const reveal = new PageReveal(look.purpose, look.page);
  askForLabel(reveal, line, members);
  const opened = await reveal.open(revealing, accessToken);
  const familyName = familyLabel(line, members, opened, today()).name;
  return { parts: { familyId, familyName, namesUnavailable: !opened.reachable, wasKept }, opened };
}

/** What stands around the questions of every form about one family. */
export function familyForm(state: FormState, form: string, path: string, parts: FamilyFormParts) {
  const { familyId, familyName = 'this family', namesUnavailable, wasKept } = parts;
  return {
    namesUnavailable,
    wasKept,
    back: { href: `/families/${familyId}`, text: `Back to ${familyName}` },
    action: path,
    form: { hidden: hiddenFields({ form, page: path }, state.typed) },
    errorSummary: errorSummary(state.errors),
  };
}

/** The page of a form; it says so where something is wrong. */
export function formPage(
  template: `${string}.njk`,
  view: object,
  { title, section = '/' }: { readonly title: string; readonly section?: string },
  { errors }: FormState,
): Page {
  const hasErrors = errors.length > 0;
  return new Page(template, view, {
    title,
    section,
    ...(hasErrors ? { hasErrors, status: 422 } : {}),
  });
}

export function currentMembers({ members }: FamilyAsked): readonly HouseholdMember[] {
  return members.filter(({ current }) => current);
}

export function currentChildren(family: FamilyAsked): readonly HouseholdMember[] {
  return currentMembers(family).filter(isChild);
}

/** Today in London, `YYYY-MM-DD`. */
export function today(): string {
  return londonDay(new Date().toISOString());
}
