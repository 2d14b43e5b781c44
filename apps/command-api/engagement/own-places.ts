import { Injectable } from '@nestjs/common';
import { Refusal } from '@common-thread/eventing/decider';
import type { Actor } from '@common-thread/platform/actor';
import { Records } from '../records.js';

/** Where an actor works: places of their organisation, and of those the ones their token names, if any. */
@Injectable()
export class OwnPlaces {
  constructor(private readonly records: Records) {}

  async refusal(actor: Actor, placeId: string): Promise<Refusal | undefined> {
    const history = await this.records.history('place', placeId);
    const owner = history.at(-1)?.data.organisationId;
    const workedAt = actor.places.length === 0 || actor.places.includes(placeId);
    return owner === actor.organisation && workedAt ? undefined : notTheirs;
  }
}

const notTheirs = new Refusal(
  'registration/place-not-yours',
  'Choose one of your own centres, by its short name.',
  '/placeId',
);
