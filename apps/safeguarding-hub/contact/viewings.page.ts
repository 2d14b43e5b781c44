import { Controller, Get, Param } from '@nestjs/common';
import { Matches } from 'class-validator';
import { Auditing } from '@common-thread/platform/auditing';
import { Page } from '@common-thread/platform/pages/page';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { callInWords } from '../information-governance/audit.presenter.js';
import { ContactDrawing } from './contact-drawing.js';

class ContactPath {
  @Matches(/^[0-9a-f-]{36}$/)
  contactId!: string;
}

/** Who last looked at the record that a contact is about; its one look into the vault is that question. */
@Controller('contacts/:contactId/viewings')
@ForRoles('hub-manager')
export class ViewingsPageRoutes {
  constructor(
    private readonly drawing: ContactDrawing,
    private readonly auditing: Auditing,
    private readonly directory: DirectoryNamesReader,
  ) {}

  @Get()
  async show(
    @Param() { contactId }: ContactPath,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const { line, reference } = await this.drawing.ours(contactId);
    const calls = await this.auditing.viewings(caller.accessToken, line);
    if (!calls) throw problems.notFound();
    const names = await this.directory.names();
    const view = {
      back: { href: `/contacts/${contactId}`, text: `Contact ${reference ?? ''}`.trim() },
      calls: calls.map((call) => callInWords(call, names)),
    };
    return new Page('safeguarding-hub/contact/viewings.njk', view, {
      title: 'Who has looked at this record',
      section: '/',
    });
  }
}
