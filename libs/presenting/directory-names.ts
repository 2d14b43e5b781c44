import type { Directory } from '@common-thread/adapters/postgres/directory-reader';

export interface NamedPlace {
  readonly placeId: string;
  readonly name: string;
}

/** What organisations and places are called, from the public directory as this agency was told it. */
export class DirectoryNames {
  constructor(
    private readonly directory: Directory,
    /** Our own organisation, by slug: lines we recorded ourselves name nobody. */
    readonly ourselves: string,
  ) {}

  /** By slug or recipient id (`fairholme-hub.safeguarding-hub`); the slug itself where it is not known. */
  organisation(id: string): string {
    const slug = slugOf(id);
    return this.directory.organisations.get(slug)?.name ?? slug;
  }

  /** All of them, to choose from. */
  organisations(): readonly { readonly value: string; readonly text: string }[] {
    return [...this.directory.organisations.entries()].map(([value, { name }]) => ({
      value,
      text: name,
    }));
  }

  telephone(id: string): string | undefined {
    return this.directory.organisations.get(slugOf(id))?.telephone ?? undefined;
  }

  place(slug: string): string {
    return this.directory.places.get(slug)?.name ?? slug;
  }

  /** Places of our own organisation, by name. */
  ownPlaces(): readonly NamedPlace[] {
    return this.placesOf(this.ourselves);
  }

  /** Places of an organisation, by name. */
  placesOf(organisation: string): readonly NamedPlace[] {
    return [...this.directory.places.values()].filter(
      ({ organisationId }) => organisationId === organisation,
    );
  }

  /** What an organisation acts as; nothing of one that is not known. */
  recipientsOfOrganisation(slug: string): readonly string[] {
    return this.directory.organisations.get(slug)?.recipients ?? [];
  }

  /** What kind of service a recipient is, in a sentence: `a children’s centre`. */
  service(recipient: string): string {
    const audience = recipient.slice(recipient.indexOf('.') + 1);
    return Object.hasOwn(services, audience) ? (services[audience] ?? audience) : audience;
  }

  /** Recipients of one audience, by name: to choose whom to refer to. */
  recipientsOf(
    audience: string,
  ): readonly { readonly recipient: string; readonly name: string }[] {
    return [...this.directory.organisations.values()].flatMap(({ name, recipients }) =>
      recipients
        .filter((recipient) => recipient.endsWith(`.${audience}`))
        .map((recipient) => ({ recipient, name })),
    );
  }
}

const services: Readonly<Record<string, string>> = {
  'safeguarding-hub': 'safeguarding hub',
  'childrens-centre': 'children’s centre',
  'health-visiting': 'health visiting',
};

function slugOf(id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? id : id.slice(0, dot);
}
