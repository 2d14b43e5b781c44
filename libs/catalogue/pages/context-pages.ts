/** One page for each context, and the streams told there. */
export interface ContextPage {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  /** Categories of streams. */
  readonly categories: readonly string[];
}

export const contextPages: readonly ContextPage[] = [
  {
    file: 'people.md',
    title: 'People',
    about:
      'Who somebody is. A record of a person is told to whoever is entitled to a family the person belongs to.',
    categories: ['person'],
  },
  {
    file: 'families.md',
    title: 'Families',
    about:
      'Who belongs to a family from when to when, where they live as its members, and how they are related. ' +
      'Everyone entitled to a family is told who is in it, from its beginning.',
    categories: ['membership', 'family'],
  },
  {
    file: 'provision.md',
    title: 'Organisations and places',
    about:
      'Public reference data: who takes part and which centres there are. Nothing here is personal.',
    categories: ['organisation', 'place'],
  },
  {
    file: 'engagement.md',
    title: 'Centres and health visiting',
    about:
      'A family’s registration with a centre and what it came to there; a family on a health visiting ' +
      'caseload and the reviews its children are offered.',
    categories: ['registration', 'caseload'],
  },
  {
    file: 'referrals.md',
    title: 'Referrals',
    about:
      'One agency’s request to the safeguarding hub about a family, and what became of it. Whoever asked ' +
      'hears the outcome, whatever its relation to the family is by then.',
    categories: ['referral'],
  },
  {
    file: 'contacts.md',
    title: 'Contacts at the front door',
    about:
      'Anything that reaches the safeguarding hub about a child, how soon it must act, and what it decides.',
    categories: ['contact'],
  },
  {
    file: 'restrictions.md',
    title: 'Restricted records',
    about:
      'Families of whom nobody but a safeguarding hub may know that they are known. Whoever else had been told ' +
      'of one is told of a withdrawal like any other and, once it is lifted, that the family is shared.',
    categories: ['restriction'],
  },
  {
    file: 'need-to-know.md',
    title: 'Decisions to share, consent and confidential addresses',
    about:
      'What a hub decided about telling others of a family, either way; what the family said; and whether the ' +
      'address is confidential, which whoever knows the family is told and nobody is told why.',
    categories: ['sharing', 'shielding'],
  },
  {
    file: 'agreements.md',
    title: 'Sharing agreements',
    about:
      'What organisations have agreed to tell each other. No feed carries them; each row that rests on one names ' +
      'it, with its version, as its ground.',
    categories: ['agreement'],
  },
  {
    file: 'break-glass.md',
    title: 'Broken glass',
    about:
      'Ways past a restriction that the vault granted in an emergency. It grants, ends and audits them itself; ' +
      'they are recorded here afterwards, and no feed carries them.',
    categories: ['glass'],
  },
  {
    file: 'erasure.md',
    title: 'Legal holds and erasure',
    about:
      'What keeps a person’s records from being destroyed, and what two officers decided to destroy. No feed ' +
      'carries them.',
    categories: ['erasure'],
  },
  {
    file: 'table.md',
    title: 'The disclosure table in force',
    about:
      'Which version of the disclosure table says who is told what, from which place in the log on. No feed ' +
      'carries it; each row names the version it was told by.',
    categories: ['table'],
  },
  {
    file: 'withdrawal.md',
    title: 'Withdrawing a record',
    about:
      'What is recorded in error is never deleted: it is withdrawn, on any of the other pages.',
    categories: [],
  },
];

/** The page an event is on: that of its streams, or the last where streams of several pages hold it. */
export function pageOf(categories: readonly string[]): ContextPage {
  const pages = contextPages.filter((page) =>
    page.categories.some((category) => categories.includes(category)),
  );
  const [only] = pages;
  const shared = contextPages.at(-1);
  const found = pages.length === 1 ? only : shared;
  if (!found || pages.length === 0) {
    throw new Error(`the catalogue has no page for streams ${categories.join(', ')}`);
  }
  return found;
}
