import { Injectable } from '@nestjs/common';
import { londonDay } from '@common-thread/domain/london-day';
import { BreakingGlass } from '@common-thread/platform/break-glass';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { inWords, restrictionEnquiryWords } from '@common-thread/presenting/code-words';
import { findHistoryPage } from '@common-thread/presenting/history-paging';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { setTimeout as pause } from 'node:timers/promises';
import { HouseholdHistoryQueries } from '../household-history/queries.js';
import { openGlassView } from '../break-glass/break-glass.presenter.js';
import { RestrictionQueries } from '../restrictions/queries.js';
import type { ContactRecord } from '../triage-queue/queries.js';
import { TriageQueueQueries } from '../triage-queue/queries.js';
import type { OpenForm } from './contact-forms.presenter.js';
import type { ContactParts } from './contact.presenter.js';
import { askForContact, contactView } from './contact.presenter.js';

/** How long a page waits for our own copy to show what was just recorded. */
const WAIT_MS_MAX = 2_000;
const LOOK_AGAIN_MS = 50;

export interface ContactAsked {
  /** A form that is being filled in again. */
  readonly open?: OpenForm;
  readonly before?: string;
  /** Tag of a change that was recorded. */
  readonly after?: string;
  readonly changedSince?: number;
  /** Opened just now under broken glass: the page says for how long, whatever the record is. */
  readonly underGlass?: boolean;
}

/** Draws the page of a contact, with one look into the vault. */
@Injectable()
export class ContactDrawing {
  constructor(
    private readonly contacts: TriageQueueQueries,
    private readonly histories: HouseholdHistoryQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
    private readonly restrictions: RestrictionQueries,
    private readonly breakingGlass: BreakingGlass,
  ) {}

  /** @throws Problem not-found where it is no contact of this hub's */
  async ours(contactId: string): Promise<ContactRecord> {
    const contact = await this.contacts.findContact(contactId);
    if (!contact) throw problems.notFound();
    return contact;
  }

  async page(contactId: string, caller: SignedInCaller, asked: ContactAsked): Promise<Page> {
    const contact = await this.settled(contactId, asked.after);
    const history = await findHistoryPage(this.histories, contact.line, asked.before);
    const { open } = asked;
    const parts: ContactParts = {
      contact,
      history,
      open,
      changedSince: asked.changedSince,
      wasKept: open !== undefined && open.errors.length === 0,
      isBehind: asked.after !== undefined && contact.tag !== asked.after,
      earlier: asked.before !== undefined,
    };
    const names = await this.directory.names();
    const reveal = new PageReveal('triage', 'hub/contact');
    askForContact(reveal, parts);
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const now = new Date();
    const { role, id } = caller.actor;
    const reader = { role, id, now, today: londonDay(now.toISOString()) };
    const hasErrors = open !== undefined && open.errors.length > 0;
    return new Page(
      'safeguarding-hub/contact/contact.njk',
      {
        ...contactView(parts, opened, names, reader),
        needsGlass: await this.needsGlass(contact, caller, opened.reachable, asked),
      },
      {
        title: `Contact ${contact.reference ?? ''}`.trim(),
        section: '/',
        ...(hasErrors ? { hasErrors, status: asked.changedSince === undefined ? 422 : 412 } : {}),
      },
    );
  }

  /**
   * What stands over a record that a restriction shuts, or that the vault cannot show just now: whom to
   * speak to, and how to go on without; or for how long it is open.
   */
  private async needsGlass(
    { contactId, familyId }: ContactRecord,
    caller: SignedInCaller,
    isReachable: boolean,
    { underGlass = false }: ContactAsked,
  ) {
    if (familyId === null) return undefined;
    const restricted = await this.restrictions.find(familyId);
    if (!restricted && isReachable && !underGlass) return undefined;
    const glass = await this.openGlass(familyId, caller);
    const open = openGlassView(glass, contactId, new Date());
    if (!restricted && isReachable && !open) return undefined;
    const isNamed = restricted?.speakTo === caller.actor.role;
    return {
      open,
      isRestricted: restricted !== undefined,
      href: open || (restricted && isNamed) ? undefined : `/contacts/${contactId}/break-glass`,
      speakTo: isNamed || !restricted ? undefined : speakToInWords(restricted.speakTo),
    };
  }

  private async openGlass(familyId: string, caller: SignedInCaller) {
    const { id } = caller.actor;
    const glasses = await this.breakingGlass.list(caller.accessToken).catch((error: unknown) => {
      if (error instanceof VaultUnreachable) return [];
      throw error;
    });
    return glasses?.find(({ by, isOpen, familyId: of }) => isOpen && by === id && of === familyId);
  }

  /** Our own copy, once it has the change or has had long enough; the page says which. */
  private async settled(contactId: string, after: string | undefined): Promise<ContactRecord> {
    const deadline = Date.now() + WAIT_MS_MAX;
    for (;;) {
      const contact = await this.contacts.findContact(contactId);
      const isThere = contact && (after === undefined || contact.tag === after);
      if (isThere || Date.now() > deadline || after === undefined) {
        if (!contact) throw problems.notFound();
        return contact;
      }
      await pause(LOOK_AGAIN_MS);
    }
  }
}

function speakToInWords(post: string | null): string {
  return inWords(restrictionEnquiryWords, post ?? 'hub-manager');
}
