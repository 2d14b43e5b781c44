import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AgencyStart } from './agency-under-test.js';
import { AgencyUnderTest } from './agency-under-test.js';
import { launchChromium } from './chromium.js';
import { signInAs } from './page-checks.js';
import { tellDirectory } from './told-families.js';

/** What somebody types from a letter to say whom they mean, as a command takes it. */
export const robin = {
  kind: 'child',
  givenName: 'Robin',
  familyName: 'Applegarth',
  dateOfBirth: '2025-09-02',
} as const;

/** Somebody at work on an agency's pages, whose commands are answered as the test says. */
export class Visit {
  private context!: BrowserContext;
  page!: Page;

  private constructor(
    readonly agency: AgencyUnderTest,
    private readonly browser: Browser,
    private readonly user: string,
  ) {}

  static async to(
    start: AgencyStart,
    user: string,
    tell: (agency: AgencyUnderTest) => void,
  ): Promise<Visit> {
    const agency = await AgencyUnderTest.start(start);
    tellDirectory(agency.feed);
    tell(agency);
    await agency.fold();
    return new Visit(agency, await launchChromium(), user);
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.agency.stop();
  }

  /** Signs in on a page of its own. */
  async begin(): Promise<void> {
    this.context = await this.browser.newContext({ locale: 'en-GB' });
    this.page = await this.context.newPage();
    await signInAs(this.page, this.agency.publicUrl, this.user);
    this.agency.commands.sent.length = 0;
    this.agency.vault.pages.length = 0;
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  open(path: string) {
    return this.page.goto(new URL(path, this.agency.publicUrl).href);
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  follow(name: string): Promise<void> {
    return this.page.getByRole('link', { name }).click();
  }

  /** What the page says is wrong. */
  errors(): Promise<string> {
    return this.page.innerText('.govuk-error-summary');
  }

  /** One of the dates on a page, by its question. */
  async fillDate(question: string, [day, month, year]: readonly string[]): Promise<void> {
    const date = this.page.getByRole('group', { name: question });
    await date.getByLabel('Day').fill(day ?? '');
    await date.getByLabel('Month').fill(month ?? '');
    await date.getByLabel('Year').fill(year ?? '');
  }

  async typeRobin(): Promise<void> {
    await this.page.getByRole('radio', { name: 'A child', exact: true }).check();
    await this.page.getByLabel('First name').fill(robin.givenName);
    await this.page.getByLabel('Surname', { exact: true }).fill(robin.familyName);
    await this.fillDate('Date of birth', robin.dateOfBirth.split('-').reverse());
  }

  accepts(answer: object = {}): void {
    this.agency.commands.answer = () => ({ kind: 'done', answer: { ...answer } });
  }

  refuses(detail: string, pointer?: string): void {
    this.agency.commands.answer = () => ({
      kind: 'refused',
      status: pointer === undefined ? 409 : 422,
      slug: 'spec',
      title: 'Refused',
      detail,
      errors: pointer === undefined ? [] : [{ pointer, detail }],
    });
  }
}
