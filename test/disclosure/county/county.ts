import { derivedId } from '@common-thread/eventing/identifiers';
import type { Happening } from './happening.js';
import {
  families,
  lateOrganisations,
  organisations,
  organisationOf,
  people,
  recipients,
} from './places.js';
import type { Random } from './random.js';
import { Words } from './words.js';

export interface Membership {
  readonly streamId: string;
  readonly person: string;
  readonly family: string;
  readonly began: Happening;
  open: boolean;
  ended?: Happening;
}

/** A registration or a caseload. */
export interface Service {
  readonly streamId: string;
  readonly owner: string;
  readonly family: string;
  readonly kind: 'registration' | 'caseload';
  readonly began: Happening;
  open: boolean;
  ended?: Happening;
}

export interface Referral {
  readonly streamId: string;
  readonly owner: string;
  readonly family: string;
  readonly raised: Happening;
  open: boolean;
  closed?: Happening;
}

export interface Contact {
  readonly streamId: string;
  readonly owner: string;
  readonly referrer?: string;
  readonly received: Happening;
  family?: string;
  link?: Happening | undefined;
  rated: boolean;
  done: boolean;
}

type Recorded = Partial<Omit<Happening, 'id' | 'serial' | 'type' | 'streamId'>>;

/** A random county as a careful command side would let it grow. */
export class County {
  readonly events: Happening[] = [];
  readonly memberships: Membership[] = [];
  readonly services: Service[] = [];
  readonly referrals: Referral[] = [];
  readonly contacts: Contact[] = [];
  readonly recorded = new Set<string>();
  /** Restricted families, and the hub that keeps each family's restrictions. */
  readonly restricted = new Set<string>();
  readonly keptBy = new Map<string, string>();
  /** Ids of withdrawn events. */
  readonly gone = new Set<string>();
  readonly words: Words;
  #serial = 0;

  constructor(
    readonly random: Random,
    private readonly seed: number,
  ) {
    this.words = new Words(random);
  }

  put(type: Happening['type'], streamId: string, facts: Recorded = {}): Happening {
    this.#serial += 1;
    const { random } = this;
    const now = this.#serial * 10;
    const imported = random.chance(0.05);
    const event: Happening = {
      id: derivedId('county', 'event', this.seed, this.#serial),
      serial: this.#serial,
      type,
      streamId,
      people: [],
      data: {},
      // Some things are recorded late, and clocks differ by a quarter of an hour.
      occurred: random.chance(0.2) ? now - random.below(500) : now,
      recorded: now + random.below(15),
      ...(imported ? { imported } : {}),
      ...facts,
    };
    this.events.push(event);
    return event;
  }

  newStream(category: string): string {
    return `${category}-${derivedId('county', category, this.seed, this.#serial + 1)}`;
  }

  recordOrganisation(organisation: string): void {
    this.recorded.add(organisation);
    const named = recipients
      .map(({ id }) => id)
      .filter((id) => organisationOf(id) === organisation);
    this.put('OrganisationRecorded', `organisation-${organisation}`, {
      data: {
        organisationId: organisation,
        name: this.words.word(),
        recipients: named,
        ...this.words.maybe('telephone', () => '01632 960000'),
      },
    });
  }

  recordPlace(): void {
    const placeId = this.words.place();
    this.put('PlaceRecorded', `place-${placeId}`, {
      data: {
        placeId,
        organisationId: this.random.pick(organisations),
        name: this.words.word(),
        cluster: 'cluster',
        district: 'district',
      },
    });
  }

  begin(): void {
    for (const organisation of organisations) {
      if (!lateOrganisations.includes(organisation)) this.recordOrganisation(organisation);
    }
  }

  openServices(kind: Service['kind'] | 'any' = 'any'): Service[] {
    return this.services.filter(
      (service) => service.open && (kind === 'any' || kind === service.kind),
    );
  }

  /** Recipients of an audience that may act: those already recorded. */
  acting(...audiences: readonly string[]): string[] {
    return recipients
      .filter(
        ({ id, audience }) =>
          audiences.includes(audience) && this.recorded.has(organisationOf(id)),
      )
      .map(({ id }) => id);
  }

  members(family: string): string[] {
    return this.memberships
      .filter((membership) => membership.open && membership.family === family)
      .map(({ person }) => person);
  }

  serves(owner: string, family: string): boolean {
    return this.services.some(
      (service) => service.open && service.owner === owner && service.family === family,
    );
  }

  stands(event: Happening | undefined): event is Happening {
    return event !== undefined && !this.gone.has(event.id);
  }

  somePerson(): string {
    return this.random.pick(people);
  }

  someFamily(): string {
    return this.random.pick(families);
  }
}
