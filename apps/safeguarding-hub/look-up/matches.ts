import { Injectable } from '@nestjs/common';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { londonDay } from '@common-thread/domain/london-day';
import type { LookUpQuery } from '@common-thread/platform/looking-up';
import { LookingUp } from '@common-thread/platform/looking-up';
import { Page } from '@common-thread/platform/pages/page';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { askForLabel } from '@common-thread/presenting/family-label';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { foundFamilies, matchesView } from './look-up.presenter.js';

/** Finds who matches and shows them: by name where the hub has a matter in hand, else that there is one. */
@Injectable()
export class Matches {
  constructor(
    private readonly lookingUp: LookingUp,
    private readonly households: HouseholdReader,
    private readonly revealing: Revealing,
  ) {}

  async page(
    query: LookUpQuery,
    caller: SignedInCaller,
    linking: { readonly contactId: string; readonly reference: string } | undefined,
  ): Promise<Page> {
    const { matches, speakTo } = await this.lookingUp.lookUp(caller.accessToken, query);
    const lines = matches.flatMap(({ familyIds }) => familyIds.map((id) => `family/${id}`));
    const entitled = await this.households.entitledAmong(lines);
    const members = await this.households.members([...entitled]);
    const reveal = new PageReveal('look-up', linking ? 'hub/link-contact' : 'hub/look-up');
    for (const [line, household] of members) askForLabel(reveal, line, household);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const today = londonDay(new Date().toISOString());
    const found = { families: foundFamilies(matches, members), speakTo };
    const view = matchesView(found, opened, today, linking);
    return new Page('safeguarding-hub/look-up/matches.njk', view, {
      title: view.heading,
      section: '/look-up',
    });
  }
}
