import { Controller, Get } from '@nestjs/common';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { PageReveal } from '@common-thread/presenting/page-reveal';
import { askForPerson, nameInWords } from '@common-thread/presenting/people';
import { PublishedQueuedContact } from './published-contacts.js';
import type { QueuedContact } from './queries.js';
import { TriageQueueQueries } from './queries.js';
import { triageQueueView } from './triage-queue.presenter.js';

@Controller()
export class TriageQueuePageRoutes {
  constructor(
    private readonly contacts: TriageQueueQueries,
    private readonly households: HouseholdReader,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
  ) {}

  /** Where everybody arrives; an officer has a page of their own to begin with. */
  @Get()
  @ForRoles('hub-triage', 'hub-manager', 'information-governance')
  async show(@Caller() caller: SignedInCaller): Promise<Page | GoTo> {
    if (caller.actor.role === 'information-governance') return new GoTo('/audit');
    const queue = await this.contacts.queue();
    const names = await this.directory.names();
    const { children, reachable } = await this.named(queue, caller);
    const view = {
      ...triageQueueView(queue, children, names, new Date()),
      namesUnavailable: !reachable,
    };
    return new Page('safeguarding-hub/triage-queue/triage-queue.njk', view, {
      title: 'Contacts in hand',
      section: '/',
    });
  }

  @Get('v1/contacts')
  @ForRoles('hub-triage', 'hub-manager')
  @PublishedQuery({
    summary: 'List contacts in hand, the least time left first',
    answers: PublishedQueuedContact,
    isList: true,
  })
  async list(): Promise<readonly QueuedContact[]> {
    return this.contacts.queue();
  }

  /** The children of every contact in the queue, by name, with one look into the vault. */
  private async named(queue: readonly QueuedContact[], caller: SignedInCaller) {
    const lines = [...new Set(queue.map(({ line }) => line))];
    const members = await this.households.members(lines);
    const reveal = new PageReveal('triage', 'hub/queue');
    const childrenOf = ({ line, childIds }: QueuedContact) =>
      (members.get(line) ?? []).filter(({ personId }) => childIds.includes(personId));
    for (const contact of queue) {
      reveal.about(contact.line);
      for (const child of childrenOf(contact)) askForPerson(reveal, contact.line, child);
    }
    const opened = await reveal.open(this.revealing, caller.accessToken);
    const children = new Map(
      queue.map((contact) => [
        contact.contactId,
        childrenOf(contact).map((child) => nameInWords(opened, contact.line, child)),
      ]),
    );
    return { children, reachable: opened.reachable };
  }
}
