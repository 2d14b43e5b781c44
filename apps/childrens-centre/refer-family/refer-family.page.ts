import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { londonDay } from '@common-thread/domain/london-day';
import { Commands } from '@common-thread/platform/commands';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { childChoices } from '@common-thread/presenting/child-choices';
import { askForLabel, familyLabel } from '@common-thread/presenting/family-label';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { isChild } from '@common-thread/presenting/people';
import { IsOptional, Matches } from 'class-validator';
import type { OurFamily } from '../our-families/queries.js';
import { OurFamiliesQueries } from '../our-families/queries.js';
import { checkReferral } from './refer-family.form.js';
import { REFER_FAMILY, referFamilyView } from './refer-family.presenter.js';

class FamilyPath {
  @Matches(/^[0-9a-f-]{36}$/)
  familyId!: string;
}

class ReferralPath {
  @Matches(/^[0-9a-f-]{36}$/)
  referralId!: string;
}

class KeptQuery {
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

class SentQuery {
  @Matches(/^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  reference!: string;
}

type Drawn = FormState & { readonly wasKept?: boolean };

/** *Refer a family* to the safeguarding hub. */
@Controller()
export class ReferFamilyPageRoutes {
  constructor(
    private readonly families: OurFamiliesQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get('families/:familyId/refer')
  async ask(
    @Param() { familyId }: FamilyPath,
    @Query() query: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const family = await this.ours(familyId);
    return this.drawn(family, await reopened(this.kept, caller, REFER_FAMILY, query.kept), caller);
  }

  @Post('families/:familyId/refer')
  async send(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await this.ours(familyId);
    const hubs = (await this.directory.names()).recipientsOf('safeguarding-hub');
    const checked = checkReferral(typed, {
      childIds: childrenOf(family).map(({ personId }) => personId),
      hubs: hubs.map(({ recipient }) => recipient),
    });
    if (!checked.ok) return this.drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: '/v1/referrals',
      body: { familyId, ...checked.value },
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'concern');
    if (errors) return this.drawn(family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    const { id, reference } = outcome.kind === 'done' ? outcome.answer : {};
    return new GoTo(`/referrals/${String(id)}/sent?reference=${String(reference)}`);
  }

  @Get('referrals/:referralId/sent')
  async confirm(
    @Param() { referralId }: ReferralPath,
    @Query() { reference }: SentQuery,
  ): Promise<Page> {
    const names = await this.directory.names();
    const hubs = names
      .recipientsOf('safeguarding-hub')
      .map(({ recipient, name }) => ({ name, telephone: names.telephone(recipient) }));
    const view = { reference, hubs, referralHref: `/referrals/${referralId}` };
    return new Page('childrens-centre/refer-family/referral-sent.njk', view, {
      title: 'Referral sent',
      section: '/referrals',
    });
  }

  private async ours(familyId: string): Promise<OurFamily> {
    const family = await this.families.findFamily(familyId);
    if (!family) throw problems.notFound();
    return family;
  }

  private async drawn(family: OurFamily, state: Drawn, caller: SignedInCaller): Promise<Page> {
    const { line, familyId, members } = family;
    const names = await this.directory.names();
    const reveal = new PageReveal('centre-support', 'centre/refer-family');
    askForLabel(reveal, line, members);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const today = londonDay(new Date().toISOString());
    const parts = {
      familyId,
      familyName: familyLabel(line, members, opened, today).name,
      children: childChoices(opened, line, childrenOf(family), today),
      hubs: names
        .recipientsOf('safeguarding-hub')
        .map(({ recipient, name }) => ({ value: recipient, text: name })),
      namesUnavailable: !opened.reachable,
      wasKept: state.wasKept ?? false,
    };
    const hasErrors = state.errors.length > 0;
    return new Page(
      'childrens-centre/refer-family/refer-family.njk',
      referFamilyView(state, parts, names),
      { title: 'Refer a family', section: '/', ...(hasErrors ? { hasErrors, status: 422 } : {}) },
    );
  }
}

function childrenOf(family: OurFamily) {
  return family.members.filter((member) => member.current && isChild(member));
}
